"""The overview and the list of countries in Chromium: readable by everybody, whole in every width, useful without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
PAGES = ["/", "/countries/"]


def findings(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]]


def scroll_through(page: Page) -> None:
    """Figures are drawn when they come near."""
    page.evaluate("document.querySelectorAll('[data-chart]').forEach((plot) => plot.scrollIntoView())")


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(open_page: OpenPage, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    scroll_through(page)
    for plot in page.locator("[data-chart]").all():
        expect(plot.locator(".main-svg").first).to_be_attached()
    assert findings(page) == []


@pytest.mark.parametrize("width", [360, 390, 820, 1100, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_over_the_edge(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_the_timeline_is_drawn_where_it_comes_near(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".card")).to_have_count(6)
    expect(page.locator("#timeline-plot .main-svg")).to_have_count(0)
    scroll_through(page)
    expect(page.locator("#timeline-plot .scatterlayer .points path").nth(400)).to_be_attached()
    expect(page.locator("#timeline-plot .wait")).to_be_hidden()


def test_without_a_script_the_same_is_read_in_words(open_page: OpenPage) -> None:
    page = open_page("/", script=False)
    expect(page.locator(".card").first).to_contain_text("Permanent comprehensive strategic partnership")
    expect(page.locator(".health tbody tr").first).to_be_visible()
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.locator("#timeline-table")).to_be_visible()
    expect(page.locator("[data-record-row]").first).to_be_visible()


def test_a_card_leads_to_its_relationship(page: Page) -> None:
    page.goto("/countries/")
    page.get_by_role("link", name="Uzbekistan", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Uzbekistan")
    expect(page.locator(".nav [aria-current]").first).to_have_text("Countries")
