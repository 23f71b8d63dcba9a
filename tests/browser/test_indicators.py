"""Indicators in Chromium: small multiples, what is laid over them, pictures, phones."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
PAGES = ["/indicators/?over=statuses&over=meetings", "/indicators/trade_turnover_usd_bn/", "/anniversaries/"]


def test_a_choice_acts_at_once_and_stands_in_the_address(page: Page) -> None:
    page.goto("/indicators/")
    expect(page.locator("#panels-plot.is-drawn")).to_be_visible()
    expect(page.locator("#panels-plot .infolayer .annotation")).to_have_count(6)
    page.locator("#f-over-statuses").check()
    expect(page).to_have_url(re.compile(r"over=statuses"))
    page.locator("#f-indicator").select_option("gas_imports_value_usd_bn")
    expect(page).to_have_url(re.compile(r"indicator=gas_imports_value_usd_bn"))
    expect(page.locator("#panels-plot .infolayer .annotation")).to_have_count(3)
    page.reload()
    expect(page.locator("#f-over-statuses")).to_be_checked()


def test_the_figure_can_be_saved_and_the_sources_are_a_link_away(page: Page) -> None:
    page.goto("/indicators/")
    expect(page.locator("#panels-plot.is-drawn")).to_be_visible()
    for button, ending in (("Image (PNG)", "png"), ("Drawing (SVG)", "svg")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename == f"tianshan-trade_turnover_usd_bn.{ending}"
    page.get_by_role("link", name="Definition, discrepancies, and the sources of every value").click()
    expect(page.locator("#values")).to_have_text("Every value with its sources")


def test_a_phone_keeps_the_choice_in_a_sheet(open_page: OpenPage) -> None:
    page = open_page("/indicators/", width=NARROW)
    expect(page.locator("#filter")).to_be_hidden()
    page.locator('[popovertarget="filter"]').click()
    page.locator("#f-CN-KZ").uncheck()
    page.locator("#f-CN-C5").uncheck()
    page.locator("#f-show").click()
    expect(page).to_have_url(re.compile(r"dyad=CN-KG"))
    expect(page.locator("#panels-plot .infolayer .annotation")).to_have_count(4)


def test_without_a_script_the_table_is_open(open_page: OpenPage) -> None:
    page = open_page("/indicators/?dyad=CN-KG", script=False)
    expect(page.locator("#panels-table tbody tr").first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(open_page: OpenPage, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
