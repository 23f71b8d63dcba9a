"""The calendar in Chromium: turning it, filtering it, and the address that a calendar program subscribes to."""

import re
from urllib.request import urlopen

import icalendar
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, WIDE, OpenPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def test_the_address_to_subscribe_to_gives_a_calendar(page: Page) -> None:
    page.goto("/calendar/?dyad=CN-KZ")
    address = page.get_by_label("Or add a calendar by this address").input_value()
    webcal = page.get_by_role("link", name="Open in a calendar program").get_attribute("href")
    assert address.startswith("http://")
    assert webcal == "webcal://" + address.removeprefix("http://")
    with urlopen(address) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        parsed = icalendar.Calendar.from_ical(answer.read())
    assert isinstance(parsed, icalendar.Calendar)
    events = parsed.walk("VEVENT")
    assert len(events) > 10
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert all("China–Kazakhstan" in [str(category) for category in event["CATEGORIES"].cats] for event in events)
    assert {event["DTSTART"].dt.strftime("%m-%d") for event in events} >= {"01-03", "06-13", "09-11"}  # three of its statuses


def test_turning_the_month_changes_the_page_and_the_address_and_back_undoes_it(page: Page) -> None:
    page.goto("/calendar/?month=2026-05")
    expect(page.locator("#month")).to_have_text("May 2026")
    page.get_by_role("link", name="Next month").click()
    expect(page.locator("#month")).to_have_text("June 2026")
    expect(page).to_have_url(re.compile(r"\?month=2026-06$"))
    expect(page.locator(".days").first).to_contain_text("Foundation day of the Shanghai Cooperation Organisation")
    page.go_back()
    expect(page.locator("#month")).to_have_text("May 2026")


def test_a_filter_keeps_the_month_and_changes_the_address_to_subscribe_to(page: Page) -> None:
    page.goto("/calendar/?month=2026-06")
    page.locator("#f-CN-UZ").check()
    expect(page).to_have_url(re.compile(r"month=2026-06&dyad=CN-UZ$"))
    expect(page.locator("#month")).to_have_text("June 2026")
    expect(page.locator(".days").first).not_to_contain_text("Shanghai")
    expect(page.locator("#address")).to_have_value(re.compile(r"dyad=CN-UZ"))
    expect(page.locator("#f-CN-UZ")).to_be_focused()


def test_without_a_script_the_month_turns_and_filters_too(open_page: OpenPage) -> None:
    page = open_page("/calendar/?month=2026-05", script=False)
    page.get_by_role("link", name="Next month").click()
    expect(page.locator("#month")).to_have_text("June 2026")
    page.locator("#f-CN-UZ").check()
    page.locator("#f-show").click()
    expect(page.locator(".days").first).not_to_contain_text("Shanghai")
    expect(page.locator("#month")).to_have_text("June 2026")


def test_an_empty_month_leads_on(page: Page) -> None:
    page.goto("/calendar/?month=2026-03&dyad=CN-KZ")
    page.locator(".empty a").click()
    expect(page.locator("#month")).to_have_text("April 2026")


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
@pytest.mark.parametrize("path", ["/calendar/?month=2026-06", "/calendar/?month=2026-03&dyad=CN-KZ"])
def test_everybody_can_read_it(open_page: OpenPage, path: str, width: int, scheme: str) -> None:
    page = open_page(path, width=width, scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{violation['id']}: {node['html'][:200]}" for violation in found for node in violation["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


@pytest.mark.parametrize("width", [360, 820, 1100])
def test_nothing_runs_over_the_edge(open_page: OpenPage, width: int) -> None:
    page = open_page("/calendar/?month=2026-06", width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
