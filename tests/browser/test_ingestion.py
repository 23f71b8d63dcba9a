"""The feeds in Chromium: an editor fetches, pauses, resumes and lets a feed move, with a worker behind the page."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from relations.models import Feed, FetchAttempt, Outlet
from tests.fixtures.browsers import NARROW, VIOLATIONS, WIDE, OpenPage, log_in
from tests.fixtures.processes import ROOT, end
from tests.fixtures.sites import Account, Site
from tests.ingest.feed_server import FEEDS, FeedServer, start
from tests.test_tasks import WORKER

BODY = (FEEDS / "agency_en.rss.xml").read_bytes()


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """A server of feeds on the loopback interface."""
    server, stop = start()
    yield server
    stop()


@pytest.fixture
def site(editable_site: Site) -> Site:
    """A dashboard that may fetch from this machine."""
    return editable_site


@pytest.fixture
def worker(site: Site) -> Iterator[None]:
    """A worker of that dashboard."""
    command = [sys.executable, "-m", "celery", "--app", "relations.config.celery", "worker", *WORKER]
    with (site.folder / "worker.log").open("wb") as stream:
        process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=stream, stderr=stream, start_new_session=True)
    yield
    end(process, signal.SIGKILL)


@pytest.fixture
def ana(site: Site) -> Account:
    """An editor."""
    return site.add_account("ana", "Editor")


def add_feed(site: Site, url: str, name: str = "Steppe News", **values: object) -> int:
    """An enabled feed of an outlet of its own, not due for a day; its number."""
    with site.database():
        outlet, _ = Outlet.objects.get_or_create(slug=name.lower().replace(" ", "-"), name=name, country="KZ", kind="newspaper")
        tomorrow = timezone.now() + timedelta(days=1)
        return Feed.objects.create(outlet=outlet, url=url, language="en", enabled=True, next_check=tomorrow, **values).pk


def row(page: Page, pk: int):  # type: ignore[no-untyped-def]
    return page.locator(f"#feed-{pk}")


def logged_in(open_page: OpenPage, site: Site, account: Account, path: str, **how: object) -> Page:
    page = open_page(None, site=site, **how)
    log_in(page, account)
    page.goto(path)
    return page


@pytest.mark.usefixtures("worker")
def test_fetch_now_is_seen_to_go_through(site: Site, feeds: FeedServer, ana: Account, open_page: OpenPage) -> None:
    go_on = threading.Event()

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        go_on.wait(15)
        handler.send_response(200)
        handler.send_header("Content-Type", "application/rss+xml")
        handler.send_header("Content-Length", str(len(BODY)))
        handler.end_headers()
        handler.wfile.write(BODY)

    pk = add_feed(site, feeds.serve("/slow", act=slowly))
    page = logged_in(open_page, site, ana, "/ingestion/?outlet=steppe-news")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
    expect(row(page, pk).locator(".state")).to_have_text("Not tried yet")

    button = row(page, pk).get_by_role("button", name="Fetch now Steppe News")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("A worker fetches it next.")
    assert page.url.endswith(f"/ingestion/?outlet=steppe-news#feed-{pk}")
    expect(page.locator("#live")).to_contain_text("1 feed is being fetched: Steppe News")
    expect(page.locator("#live").get_by_role("link", name="Refresh")).to_be_visible()

    page.locator("#f-show").focus()
    go_on.set()
    expect(page.locator("#live")).to_contain_text("The fetch is over")
    expect(page.locator("#live")).to_contain_text("Taken in, 3 new items")
    expect(row(page, pk).locator(".state")).to_have_text(re.compile("Fine|Silent but healthy"))
    expect(row(page, pk).locator(".figure")).to_have_text("3")
    assert page.evaluate("document.activeElement.id") == "f-show", "the polling took the focus away"
    assert len(asked) >= 1
    before = len(asked)
    page.wait_for_timeout(2500)  # it asked every two seconds
    assert len(asked) == before, "the page asks on though nothing runs"

    page.goto(f"/ingestion/{pk}/")
    expect(page.locator(".attempts-table tbody tr")).to_have_count(1)
    expect(page.locator(".attempts-table")).to_contain_text("Taken in")
    page.goto("/news/?scope=all")
    expect(page.locator("main")).to_contain_text("China and Kazakhstan agree on a third rail crossing")


@pytest.mark.usefixtures("worker")
def test_a_feed_is_paused_resumed_and_moves(site: Site, feeds: FeedServer, ana: Account, open_page: OpenPage) -> None:
    new = feeds.serve("/new", BODY)
    pk = add_feed(site, feeds.serve("/old", status=404), proposed_url=new, moved_days=3)
    site.told(f"Feed.objects.filter(pk={pk}).update(proposed_since='2026-03-01T00:00:00Z')")
    page = logged_in(open_page, site, ana, "/ingestion/?outlet=steppe-news")
    expect(row(page, pk).locator(".state")).to_contain_text("Needs a human")
    expect(row(page, pk)).to_contain_text(new.removeprefix("http://"))

    row(page, pk).get_by_role("button", name="Pause").click()
    expect(page.locator(".messages")).to_contain_text("Paused: Steppe News")
    expect(page.locator(".messages")).to_be_in_viewport()
    expect(row(page, pk).locator(".state")).to_have_text("Paused")
    assert site.told(f"Feed.objects.get(pk={pk}).paused") is True

    row(page, pk).get_by_role("button", name="Resume").click()
    expect(page.locator(".messages")).to_contain_text("Resumed: Steppe News")
    expect(row(page, pk).locator(".state")).to_contain_text("Not found at this address")

    page.goto(f"/ingestion/{pk}/")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".messages")).to_contain_text("Paused: Steppe News")
    assert page.evaluate("document.querySelector(':target')") is None, "the whole page is marked as if it were one row"
    page.get_by_role("button", name="Resume").click()
    expect(page.locator("main")).to_contain_text("The feed says that it has moved for good")
    page.get_by_role("button", name="Accept new address").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("The feed of Steppe News has moved to")
    expect(page.locator(".title .address")).to_have_text(new)
    expect(page.locator("#live")).to_contain_text("The fetch is over")
    page.reload()
    expect(page.locator(".attempts-table")).to_contain_text("Taken in")
    assert site.told(f"[Feed.objects.get(pk={pk}).url, Feed.objects.get(pk={pk}).failures, NewsItem.objects.count()]") == [new, 0, 3]

    site.told(f"Feed.objects.filter(pk={pk}).update(proposed_url='https://elsewhere.example/', proposed_since='2026-03-01T00:00:00Z')")
    page.goto("/ingestion/?outlet=steppe-news")
    row(page, pk).get_by_role("button", name="Accept new address").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("the other address is not proposed again")
    expect(row(page, pk).get_by_role("button", name="Reject")).to_have_count(0)
    assert site.told(f"[Feed.objects.get(pk={pk}).url, Feed.objects.get(pk={pk}).rejected_url]") == [new, "https://elsewhere.example/"]


def test_everything_works_without_script(site: Site, feeds: FeedServer, ana: Account, open_page: OpenPage) -> None:
    pk = add_feed(site, feeds.serve("/a", BODY))
    page = open_page(None, site=site, script=False)
    log_in(page, ana)
    page.goto("/ingestion/")
    page.wait_for_load_state()  # the filters act by themselves once the script has been read
    page.locator("#f-outlet").select_option("steppe-news")
    page.get_by_role("button", name=re.compile("Show .* feeds")).click()
    assert "outlet=steppe-news" in page.url
    row(page, pk).get_by_role("button", name="Fetch now").click()
    expect(page.locator("#live")).to_contain_text("1 feed waits for a worker.")
    site.manage("ingest", "--due")
    page.locator("#live").get_by_role("link", name="Refresh").click()
    expect(row(page, pk).locator(".figure")).to_have_text("3")
    expect(page.locator("#live")).to_be_empty()


def test_filters_answer_at_once_and_go_back(site: Site, open_page: OpenPage) -> None:
    page = open_page("/ingestion/", site=site)
    expect(page.locator("#count")).to_have_text(re.compile(r"^(\d+) of \1 feeds$"))
    page.get_by_label("Not enabled").check()
    expect(page.locator("#count")).not_to_have_text(re.compile(r"^(\d+) of \1 feeds$"))
    assert page.url.endswith("/ingestion/?state=off")
    page.locator("#f-language").select_option("ru")
    expect(page.locator(".chip")).to_have_count(2)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(1)


def test_a_list_is_imported_and_a_feed_of_it_enabled(
    site: Site, feeds: FeedServer, ana: Account, open_page: OpenPage, tmp_path: Path
) -> None:
    listed = tmp_path / "mine.opml"
    listed.write_text(f'<opml><body><outline text="Steppe News" xmlUrl="{feeds.serve("/a", BODY)}"/></body></opml>')
    page = logged_in(open_page, site, ana, "/ingestion/")
    page.get_by_role("link", name="Import a list of feeds").click()
    page.get_by_label("File").set_input_files(listed)
    page.get_by_role("button", name="Propose its feeds").click()
    expect(page.locator(".lede")).to_contain_text("1 feed is proposed.")
    page.get_by_role("link", name="See the feeds that are not enabled").click()
    page.wait_for_load_state()  # the filters act by themselves once the script has been read
    page.locator("#f-outlet").select_option(label="Steppe News (1)")
    shown = page.locator(".feeds tbody tr")
    expect(shown).to_have_count(1)
    expect(shown.locator(".state")).to_contain_text("proposed, unverified")
    shown.get_by_role("button", name="Enable").click()
    expect(page.locator(".messages")).to_contain_text("Enabled: Steppe News")


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_the_pages_are_accessible_and_fit(site: Site, ana: Account, open_page: OpenPage, width: int, scheme: str) -> None:
    pk = add_feed(site, "https://a-rather-long-name.of-a-host.example/with/a/path/that/goes/on/and/on?and=a&query=too", last_error="gone",
                  evidence="https://code.example/a/list/of/feeds/" + "0123456789abcdef" * 12)  # fmt: skip
    now = timezone.now()
    seen = {
        "failing_since": now - timedelta(days=3),
        "needs_human": "gone",
        "needs_human_since": now,
        "last_detail": "The server answered 410 Gone.",
        "proposed_since": now,
        "proposed_url": "https://another-rather-long-name.of-a-host.example/with/a/path/feed.xml",
    }
    with site.database():
        Feed.objects.filter(pk=pk).update(**seen)
        for n in range(40):
            how = {"outcome": "failed", "error": "gone"} if n % 3 else {"outcome": "stored", "error": ""}
            at = {"started": now - timedelta(hours=20 * n), "finished": now}
            FetchAttempt.objects.create(feed_id=pk, status=410, detail="The server answered 410 Gone.", **how, **at)
    page = open_page(None, site=site, width=width, scheme=scheme)
    log_in(page, ana)
    page.goto("/ingestion/?state=off")
    assert page.evaluate("document.documentElement.scrollHeight") < 4500, "a page of the list is longer than five screens of a phone"
    for path in ("/ingestion/", f"/ingestion/{pk}/", "/ingestion/import/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        results = Axe().run(page, options=VIOLATIONS)
        assert results.violations_count == 0, f"{path}\n{results.generate_report()}"
