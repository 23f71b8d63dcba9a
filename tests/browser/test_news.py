"""The news in Chromium: a feed goes in, its items show, filters answer."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.fixtures.browsers import NARROW, VIOLATIONS, WIDE, OpenPage
from tests.fixtures.sites import Desk, Site
from tests.ingest.feed_server import FEEDS


def ingest(site: Site, *names: str) -> dict[str, int]:
    """Give feeds to the command; its figures."""
    figures: dict[str, int] = json.loads(site.manage("ingest", "--json", *(str(FEEDS / name) for name in names)))
    return figures


def take_in(site: Site) -> None:
    """Feeds in four languages, and two that cannot be taken in."""
    figures = ingest(
        site,
        "agency_en.rss.xml",
        "agency_ru_1251.rss.xml",
        "agency_zh_gb18030.rss.xml",
        "journal_fr_latin1.rdf.xml",
        "blog.atom.xml",
        "not_a_feed.html",
        "empty.xml",
    )
    assert (figures["new"], figures["failed"]) == (10, 2)


@pytest.fixture
def with_news(desk: Desk) -> Site:
    """A dashboard that has taken in feeds in four languages, and failed to take in two."""
    return desk.begin("news", take_in)


def titles(page: Page) -> list[str]:
    return page.locator(".news h3").all_inner_texts()


def test_a_feed_given_to_the_command_shows_and_a_second_run_adds_nothing(with_news: Site, open_page: OpenPage) -> None:
    page = open_page("/news/", site=with_news)
    shown = titles(page)
    assert "China and Kazakhstan agree on a third rail crossing" in shown and len(shown) == 6
    again = ingest(with_news, "agency_en.rss.xml")
    assert (again["new"], again["unchanged"]) == (0, 3)
    page.reload()
    assert titles(page) == shown


def test_a_broken_feed_is_reported_and_loses_nothing(with_news: Site, open_page: OpenPage) -> None:
    with pytest.raises(RuntimeError, match="Not a feed"):
        with_news.manage("ingest", str(FEEDS / "not_a_feed.html"))
    assert len(titles(open_page("/news/", site=with_news))) == 6


def test_filters_answer_at_once_stand_in_the_address_and_go_back(with_news: Site, open_page: OpenPage) -> None:
    page = open_page("/news/", site=with_news)
    page.get_by_label("Turkmenistan").check()
    expect(page.locator(".news h3")).to_have_text(["中国与土库曼斯坦扩大天然气合作"])
    assert page.url.endswith("/news/?dyad=CN-TM")
    expect(page.locator("#count")).to_have_text("1 story concerning China and Central Asia")
    page.get_by_label("Uzbekistan").check()
    expect(page.locator(".news h3")).to_have_count(2)
    page.go_back()
    expect(page.locator(".news h3")).to_have_count(1)
    page.locator(".chip", has_text="Turkmenistan").click()
    expect(page.locator(".news h3")).to_have_count(6)


def test_all_items_are_one_click_away(with_news: Site, open_page: OpenPage) -> None:
    page = open_page("/news/", site=with_news)
    page.get_by_role("link", name="All 10 stored stories").click()
    expect(page.locator(".news h3")).to_have_count(10)
    assert page.url.endswith("?scope=all")
    page.reload()
    expect(page.locator(".news h3")).to_have_count(10)


def test_the_page_works_without_script(with_news: Site, open_page: OpenPage) -> None:
    page = open_page("/news/", site=with_news, script=False)
    page.get_by_label("Words").fill("узбекистан")
    page.get_by_label("Words").press("Enter")
    expect(page.locator(".news h3")).to_have_text(["Узбекистан и Китай подписали соглашение"])
    page.get_by_role("link", name="Clear all").first.click()
    expect(page.locator(".news h3")).to_have_count(6)


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_the_page_is_accessible_and_fits(with_news: Site, open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page("/news/?scope=all&dyad=CN-KZ", site=with_news, width=width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    results = Axe().run(page, options=VIOLATIONS)
    assert results.violations_count == 0, results.generate_report()
