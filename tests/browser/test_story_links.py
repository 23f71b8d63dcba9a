"""The links of a story in Chromium: an editor confirms, rejects and takes back by keyboard, with a script and without."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, VIOLATIONS, OpenPage, log_in
from tests.fixtures.sites import Account, Desk, Site
from tests.ingest.feed_server import FEEDS


@pytest.fixture
def with_news(desk: Desk) -> Site:
    return desk.begin("one feed", lambda site: site.manage("ingest", str(FEEDS / "agency_en.rss.xml")))


@pytest.fixture
def ana(with_news: Site) -> Account:
    return with_news.add_account("ana", "Editor")


def story(page: Page) -> None:
    """Open the story that is first in the news."""
    page.goto("/news/")
    page.get_by_role("link", name="Details").first.click()
    page.wait_for_url(re.compile(r"/news/[^?]"))  # with its scripts: without them a button shows the page anew


def test_the_focus_stays_while_an_editor_decides_by_keyboard(with_news: Site, ana: Account, open_page: OpenPage) -> None:
    page = open_page("/news/", site=with_news)
    log_in(page, ana)
    story(page)
    row = page.locator("ul.linked > li").first
    row.get_by_role("button", name="Confirm").focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Confirmed by an editor")
    undo = row.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Read by the machine")
    expect(row.get_by_role("button", name="Confirm")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Rejected by an editor")
    page.reload()
    expect(page.locator("ul.linked > li", has_text="Rejected by an editor")).to_have_count(1)


def test_it_works_without_script(with_news: Site, ana: Account, open_page: OpenPage) -> None:
    page = open_page("/news/", site=with_news, script=False)
    log_in(page, ana)
    story(page)
    page.locator("ul.linked > li").first.get_by_role("button", name="Confirm").click()
    expect(page.locator("ul.linked > li", has_text="Confirmed by an editor")).to_have_count(1)


def test_nothing_stands_in_the_way_of_a_reader(with_news: Site, ana: Account, open_page: OpenPage) -> None:
    page = open_page("/news/", site=with_news, width=NARROW, scheme="dark")
    log_in(page, ana)
    story(page)
    page.locator("ul.linked summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    found = Axe().run(page, options=VIOLATIONS)
    assert found.violations_count == 0, found.generate_report()
