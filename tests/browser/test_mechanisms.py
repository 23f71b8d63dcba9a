"""Mechanisms in Chromium: from the list to one of them, filters, the line of sessions."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}

COMMITTEE = "/mechanisms/cn-kz-cooperation-committee/"
PAGES = ["/mechanisms/", COMMITTEE, "/mechanisms/cn-kg-heads-of-state-meetings/", "/mechanisms/cn-kz-subcommittee-finance/"]


def test_a_mechanism_opens_from_the_list_and_leads_to_its_parts_and_declarations(page: Page) -> None:
    page.goto("/mechanisms/")
    page.get_by_role("link", name="Cooperation Committee", exact=True).first.click()
    expect(page).to_have_url(re.compile(COMMITTEE))
    expect(page.locator("h1")).to_have_text("China–Kazakhstan Cooperation Committee")
    expect(page.locator(".sessions-table")).to_contain_text("Ding Xuexiang")
    expect(page.locator(".sessions-table")).to_contain_text("without a documented session")
    page.get_by_role("link", name="Sub-Committee on Energy Cooperation").click()
    expect(page.locator("h1")).to_have_text("Sub-Committee on Energy Cooperation")
    page.locator(".kicker a").click()
    expect(page).to_have_url(re.compile(COMMITTEE))


def test_a_filter_changes_the_list_the_counts_and_the_address(page: Page) -> None:
    page.goto("/mechanisms/")
    page.locator("#f-dyad-CN-UZ").check()
    expect(page).to_have_url(re.compile(r"\?dyad=CN-UZ$"))
    expect(page.locator(".count")).to_have_text("15 of 88 mechanisms")
    expect(page.locator(".branch")).to_have_count(1)
    expect(page.locator("#f-dyad-CN-UZ")).to_be_focused()
    page.locator("#f-state-no_session").check()
    expect(page.locator(".count")).not_to_have_text("15 of 88 mechanisms")
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".count")).to_have_text("88 of 88 mechanisms")
    page.go_back()
    expect(page.locator(".branch")).to_have_count(1)


def test_on_a_phone_the_filter_is_a_sheet_that_stays_open(narrow_page: Page) -> None:
    page = narrow_page
    page.goto("/mechanisms/")
    expect(page.locator("#f-dyad-CN-UZ")).to_be_hidden()
    page.get_by_role("button", name="Filter", exact=True).click()
    page.locator("#f-dyad-CN-UZ").check()
    expect(page.locator(".count")).to_have_text("15 of 88 mechanisms")
    expect(page.locator("#f-dyad-CN-KZ")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#f-dyad-CN-KZ")).to_be_hidden()


def test_the_intervals_are_drawn_with_the_window_of_the_next_session(page: Page) -> None:
    page.goto(COMMITTEE)
    page.locator("#intervals-plot").scroll_into_view_if_needed()
    expect(page.locator("#intervals-plot.is-drawn")).to_be_visible()
    expect(page.locator("#intervals-plot .shapelayer path")).to_have_count(2)
    assert page.locator("#intervals-plot .scatterlayer .point").count() >= 7
    expect(page.locator("#intervals-table tbody tr").first).to_be_attached()
    with page.expect_download() as saved:
        page.locator("#intervals").get_by_role("link", name="Data (CSV)").click()
    assert saved.value.suggested_filename == "tianshan-intervals-cn-kz-cooperation-committee.csv"


def test_without_a_script_the_filter_has_its_button(open_page: OpenPage) -> None:
    page = open_page("/mechanisms/", script=False)
    page.locator("#f-dyad-CN-UZ").check()
    page.locator("#f-show").click()
    expect(page.locator(".count")).to_have_text("15 of 88 mechanisms")


def test_no_square_of_the_line_hides_another(open_page: OpenPage) -> None:
    page = open_page("/mechanisms/cn-uz-heads-of-state-meetings/", width=360)
    boxes = page.locator(".sessions rect:not(.due)").evaluate_all("all => all.map(e => e.getBoundingClientRect().toJSON())")
    assert len(boxes) == 22
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = abs(one["x"] - other["x"]) >= one["width"] or abs(one["y"] - other["y"]) >= one["height"]
            assert apart, (one, other)


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(open_page: OpenPage, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


@pytest.mark.parametrize("width", [360, 820, 1100])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_over_the_edge(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
