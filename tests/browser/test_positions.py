"""Positions and comparisons in Chromium: from the matrix to a wording, from a declaration to the one before it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}

TWO = "/compare/?d=cn-kz-2022-09-14-joint-statement-30th-anniversary&d=cn-kz-2024-07-03-joint-statement"
PAGES = [
    "/positions/",
    "/positions/taiwan/kz/",
    "/positions/core-interests/",
    "/compare/",
    TWO,
    "/compare/?by=relationships&dyad=CN-KZ&dyad=CN-UZ",
    "/compare/?by=periods&dyad=CN-KZ&from=1992&to=2010&from2=2005&to2=2026",
]


def test_a_cell_opens_its_wordings_and_a_wording_the_comparison(page: Page) -> None:
    page.goto("/positions/")
    page.locator('a.cell[href="/positions/taiwan/kz/"]').click()
    expect(page.locator("h1")).to_have_text("Taiwan in the documents of China–Kazakhstan")
    expect(page.locator(".step")).to_have_count(3)
    expect(page.locator("ins").first).to_contain_text("affirms")
    expect(page.locator("#taken-plot.is-drawn")).to_be_visible()
    page.get_by_role("link", name="Compare with the one before").last.click()
    expect(page).to_have_url(re.compile(re.escape(TWO)))
    expect(page.locator(".side-by-side thead th")).to_have_count(2)


def test_a_filter_changes_the_matrix_and_the_address(page: Page) -> None:
    page.goto("/positions/")
    page.locator("#f-side-partner").check()
    expect(page).to_have_url(re.compile(r"\?side=partner$"))
    expect(page.locator('a.cell[href="/positions/trade/tm/"]')).to_have_count(0)
    page.go_back()
    expect(page.locator('a.cell[href="/positions/trade/tm/"]')).to_have_count(1)


def test_a_declaration_is_added_and_taken_away(page: Page) -> None:
    page.goto("/declarations/cn-kz-2024-07-03-joint-statement/")
    page.get_by_role("link", name="Compare with the one before").click()
    expect(page.locator(".side-by-side thead th")).to_have_count(2)
    page.locator("#f-d").select_option("cn-uz-2024-01-24-joint-statement-all-weather")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".side-by-side thead th")).to_have_count(3)
    page.locator(".chip").first.click()
    expect(page.locator(".side-by-side thead th")).to_have_count(2)


def test_two_relationships_are_drawn_and_stand_in_a_table(page: Page) -> None:
    page.goto("/compare/?by=relationships&dyad=CN-KZ&dyad=CN-UZ")
    expect(page.locator("#contrast-plot.is-drawn")).to_be_visible()
    page.locator("#f-dyad-2").select_option("CN-TJ")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile("dyad=CN-TJ"))
    expect(page.locator("#contrast-table tbody tr").first).to_be_attached()


def test_without_a_script_everything_is_there(open_page: OpenPage) -> None:
    page = open_page("/positions/", script=False)
    page.locator("#f-side-china").check()
    page.locator("#f-show").click()
    expect(page).to_have_url(re.compile("side=china"))
    expect(page.locator("a.cell").first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(open_page: OpenPage, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
