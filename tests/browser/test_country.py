"""The page of a relationship in Chromium: its figures, its tables, and both without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
FIGURES = ["#ladder-plot", "#timeline-plot", "#indicator-plot"]


def draw_all(page: Page) -> None:
    """Bring every figure near and wait until it is drawn."""
    for figure in FIGURES:
        page.locator(figure).scroll_into_view_if_needed()
        expect(page.locator(f"{figure} .main-svg").first).to_be_attached()


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_everybody_can_read_it(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page("/countries/kz/", width=width, scheme=scheme)
    draw_all(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]] == []


@pytest.mark.parametrize("width", [360, 390, 820, 1100, 1280])
@pytest.mark.parametrize("path", ["/countries/kz/", "/countries/c5/"])
def test_nothing_runs_over_the_edge(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_the_ladder_and_the_indicator_are_drawn(page: Page) -> None:
    page.goto("/countries/kz/")
    draw_all(page)
    expect(page.locator("#ladder-plot .scatterlayer .points path")).to_have_count(page.locator(".rungs tbody tr").count())
    assert page.locator("#indicator-plot .scatterlayer .trace").count() >= page.locator(".reporters li").count()
    for figure in FIGURES:
        expect(page.locator(f"{figure} .wait")).to_be_hidden()


def test_another_indicator_is_chosen(page: Page) -> None:
    page.goto("/countries/kz/")
    before = page.locator("#ind").inner_text()
    page.locator("#indicator-choice").select_option(index=2)
    page.locator(".choose").get_by_role("button").click()
    expect(page.locator("#ind")).not_to_have_text(before)
    expect(page.locator("#indicator-plot .main-svg").first).to_be_attached()


def test_without_a_script_the_tables_stand_in_place_of_the_figures(open_page: OpenPage) -> None:
    page = open_page("/countries/kz/", script=False)
    for figure in FIGURES:
        expect(page.locator(figure)).to_be_hidden()
    expect(page.locator(".rungs tbody tr").first).to_be_visible()
    table = page.locator("#indicator-table")
    expect(table.locator("summary")).to_be_visible()
    table.locator("summary").click()
    expect(table.locator("tbody tr").first).to_be_visible()
    page.locator("#visits").get_by_text("Visits").wait_for()
    expect(page.locator(".visits tbody tr")).to_have_count(6)
    page.locator("section:has(> header > #visits) header a").click()
    assert page.locator(".visits tbody tr").count() > 6
