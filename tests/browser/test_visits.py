"""Visits and sessions in Chromium: the squares, a month with its records, filters, without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def test_the_squares_and_bars_are_drawn_and_a_month_opens_its_records(page: Page) -> None:
    page.goto("/visits/")
    expect(page.locator("#heat-plot.is-drawn")).to_be_visible()
    assert page.locator("#heat-plot .scatterlayer .point").count() > 100
    page.locator("#balance-plot").scroll_into_view_if_needed()
    expect(page.locator("#balance-plot.is-drawn")).to_be_visible()
    page.locator("#heat-table summary").click()
    page.locator('#heat-table a[href="?when=2023-05#listed"]').click()
    expect(page).to_have_url(re.compile(r"when=2023-05"))
    expect(page.locator("#listed")).to_have_text("Records of May 2023")
    page.locator("section[aria-labelledby=listed] tbody a").first.click()
    expect(page).to_have_url(re.compile(r"/records/"))


def test_a_filter_acts_at_once_and_stands_in_the_address(page: Page) -> None:
    page.goto("/visits/")
    page.locator("#f-CN-UZ").check()
    expect(page).to_have_url(re.compile("dyad=CN-UZ"))
    expect(page.locator("section[aria-labelledby=whom] tbody tr")).to_have_count(1)
    page.locator("#f-level").check()
    expect(page).to_have_url(re.compile("dyad=CN-UZ&level=leaders"))


def test_the_figure_can_be_saved(page: Page) -> None:
    page.goto("/visits/")
    expect(page.locator("#heat-plot.is-drawn")).to_be_visible()
    with page.expect_download() as saved:
        page.locator('[data-svg="heat-plot"]').click()
    assert saved.value.suggested_filename == "heat.svg"


def test_without_a_script_the_tables_are_there(open_page: OpenPage) -> None:
    page = open_page("/visits/?dyad=CN-KZ", script=False)
    expect(page.locator("#heat-table table")).to_be_visible()
    page.locator("#f-level").check()
    page.locator("#f-show").click()
    expect(page).to_have_url(re.compile("level=leaders"))


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
@pytest.mark.parametrize("path", ["/visits/", "/visits/?dyad=CN-TM&when=2023#listed"])
def test_everybody_can_read_it(open_page: OpenPage, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
