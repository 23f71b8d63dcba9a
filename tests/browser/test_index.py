"""The relationship index in Chromium: figures, a click on a month, filters, without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def test_the_figures_are_drawn_and_a_click_on_a_month_shows_its_records(page: Page) -> None:
    page.goto("/index/?from=2020&to=2022")
    expect(page.locator("#lines-plot .scatterlayer .trace")).to_have_count(6)
    page.locator("#one-plot").scroll_into_view_if_needed()
    bars = page.locator("#one-plot .barlayer .point path")
    expect(bars.first).to_be_attached()
    heading = page.locator("#index-month h3")
    before = heading.inner_text()
    box = page.locator("#one-plot .barlayer").bounding_box()
    plot = page.locator("#one-plot .nsewdrag").last.bounding_box()
    assert box and plot
    first = bars.first.bounding_box()
    assert first
    page.mouse.move(first["x"] + first["width"] / 2, plot["y"] + plot["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    expect(heading).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"month=20(20|21|22)-\d\d"))
    stroke = "() => document.querySelector('#one-plot .js-plotly-plot').layout.shapes.find((one) => one.name === 'chosen').x0"
    month = re.search(r"month=(\d{4})-(\d\d)", page.url)
    assert month
    assert page.evaluate(stroke) == pytest.approx(int(month[1]) + (int(month[2]) - 0.5) / 12, abs=0.001)
    said = heading.inner_text()
    page.reload()
    expect(page.locator("#index-month h3")).to_have_text(said)


def test_the_months_are_walked_by_links_and_lead_to_the_records(page: Page) -> None:
    page.goto("/index/?one=CN-UZ&month=2022-09")
    expect(page.locator("#index-month h3")).to_contain_text("September 2022")
    page.locator("#month-earlier").click()
    expect(page.locator("#index-month h3")).not_to_contain_text("September 2022")
    page.locator("#month-later").click()
    expect(page.locator("#index-month h3")).to_contain_text("September 2022")
    page.locator("#index-month tbody a").first.click()
    expect(page).to_have_url(re.compile(r"/records/"))


def test_an_option_acts_at_once_and_stands_in_the_address(page: Page) -> None:
    page.goto("/index/")
    page.locator("#half-life").select_option("24")
    expect(page).to_have_url(re.compile(r"half_life=24"))
    expect(page.locator("#index .chart-unit").first).to_contain_text("half-life of 2 years")
    page.locator("#official").check()
    expect(page).to_have_url(re.compile(r"half_life=24&official=1"))
    page.locator("#one-CN-TJ").click()
    expect(page.locator("#one-title")).to_contain_text("Tajikistan")
    expect(page).to_have_url(re.compile(r"one=CN-TJ"))


def test_the_figure_can_be_saved_as_picture_and_drawing(page: Page) -> None:
    page.goto("/index/")
    expect(page.locator("#lines-plot.is-drawn")).to_be_visible()
    for button, name in (("Image (PNG)", "tianshan-index.png"), ("Drawing (SVG)", "tianshan-index.svg")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).first.click()
        assert download.value.suggested_filename == name


def test_without_a_script_tables_and_links_hold_everything(open_page: OpenPage) -> None:
    page = open_page("/index/?months=all", script=False)
    page.locator("#one-table summary").scroll_into_view_if_needed()
    page.locator("#one-table tbody a").nth(3).click()
    expect(page).to_have_url(re.compile(r"month=\d{4}-\d\d#index-month"))
    expect(page.locator("#index-month table")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_page_fits_and_is_accessible(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page("/index/", width=width, scheme=scheme)
    expect(page.locator("#lines-plot.is-drawn")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=RULES)
    assert not found.response["violations"], found.generate_report()
