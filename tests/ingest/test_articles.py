"""Articles behind items: which are asked for, what is kept of them, and what becomes of those that cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import socket
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from relations import tasks
from relations.domain.articles import Trouble
from relations.domain.failures import Failure
from relations.ingest import articles, turns
from relations.ingest.articles import Read, fetch_articles
from relations.ingest.robots import Robots
from relations.models import ArticleText, Host, NewsItem, Outlet
from tests.factories import NewsItemFactory, OutletFactory
from tests.ingest.feed_server import FeedServer
from tests.ingest.pages import expected, page

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def new_robots(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test learns of a site's rules another one does not know."""
    monkeypatch.setattr(articles, "_robots", Robots())


@pytest.fixture
def outlet() -> Outlet:
    made: Outlet = OutletFactory(full_text="excerpt")
    return made


def item(url: str, outlet: Outlet, **values: Any) -> NewsItem:
    now = timezone.now() - HOUR
    made: NewsItem = NewsItemFactory(**{"url": url, "outlet": outlet, "dyads": ["CN-KZ"], "first_seen": now, **values})
    return made


def serve(feeds: FeedServer, path: str = "/a", body: bytes | str = "", **answer: Any) -> str:
    return feeds.serve(path, body or page(), content_type=answer.pop("content_type", "text/html; charset=utf-8"), **answer)


def text_of(item: NewsItem) -> ArticleText:
    return ArticleText.objects.get(item=item)


def asked(feeds: FeedServer) -> list[str]:
    return [path for path, _headers in feeds.requests if path != "/robots.txt"]


# ---- What is read ----------------------------------------------------------------------------------------------------


def test_nothing_is_asked_for_where_no_outlet_allows_it(feeds: FeedServer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    item(serve(feeds), OutletFactory())
    with django_assert_num_queries(1):
        assert fetch_articles() == Read()
    assert not feeds.requests and not ArticleText.objects.exists()


def test_the_machine_reads_the_whole_and_keeps_an_excerpt(feeds: FeedServer, outlet: Outlet) -> None:
    read: list[tuple[int, str]] = []
    one = item(serve(feeds, body=page(times=20)), outlet)
    assert fetch_articles(reader=lambda *given: read.append(given)) == Read(read=1)
    assert read[0][0] == one.pk and read[0][1].count(expected("en")[1]) == 20
    text = text_of(one)
    assert (text.state, text.whole, text.length, text.next_try, text.error) == ("read", False, len(read[0][1]), None, "")
    assert 500 < len(text.text) <= 600 and expected("en")[0] in text.text


def test_of_an_official_text_the_whole_is_kept(feeds: FeedServer, outlet: Outlet) -> None:
    Outlet.objects.update(full_text="whole")
    one = item(serve(feeds, body=page(times=20)), outlet)
    fetch_articles()
    assert text_of(one).whole and text_of(one).text.count(expected("en")[1]) == 20


def test_what_was_read_is_not_asked_for_again(feeds: FeedServer, outlet: Outlet) -> None:
    item(serve(feeds), outlet)
    fetch_articles()
    assert fetch_articles() == Read()
    assert asked(feeds) == ["/a"]


@pytest.mark.parametrize(
    "values",
    [
        {"dyads": []},
        {"hidden": True},
        {"url": ""},
        {"sort_time": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"sort_time": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_what_names_no_relationship_is_hidden_leads_nowhere_or_is_no_news_is_left_alone(
    feeds: FeedServer, outlet: Outlet, values: dict[str, Any]
) -> None:
    item(**{"url": serve(feeds), "outlet": outlet, **values})
    assert fetch_articles() == Read()
    assert not feeds.requests


def test_a_run_is_bounded_and_begins_with_the_newest(feeds: FeedServer, outlet: Outlet) -> None:
    now = timezone.now()
    for n in range(4):
        item(serve(feeds, f"/{n}"), outlet, sort_time=now - n * HOUR)
    assert fetch_articles(most=3) == Read(read=3)
    assert asked(feeds) == ["/0", "/1", "/2"]
    assert fetch_articles(seconds=0) == Read()
    assert fetch_articles() == Read(read=1)


def test_the_queries_of_a_look_do_not_grow(feeds: FeedServer, outlet: Outlet, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(5):
        item(f"{feeds.url}/{n}", outlet)
    with django_assert_num_queries(3):
        assert len(articles._wanted(timezone.now(), 40)) == 5


def test_hosts_take_turns() -> None:
    urls = ["https://a.example/1", "https://a.example/2", "https://b.example/1", "https://a.example/3", "https://c.example/1"]
    found = [articles._Wanted(n, url, timezone.now(), False, False) for n, url in enumerate(urls)]
    assert [wanted.url[8:] for wanted in articles._apart(found)] == [
        "a.example/1",
        "b.example/1",
        "c.example/1",
        "a.example/2",
        "a.example/3",
    ]


# ---- Manners ---------------------------------------------------------------------------------------------------------


def test_a_page_is_asked_for_under_the_name_of_every_fetch(feeds: FeedServer, outlet: Outlet) -> None:
    item(serve(feeds), outlet)
    fetch_articles()
    (headers,) = feeds.sent("/a")
    assert "Tianshan" in headers["user-agent"] and "desk@example.org" in headers["user-agent"]
    assert headers["accept"].startswith("text/html")


def test_robots_txt_is_kept_to_and_asked_for_once(feeds: FeedServer, outlet: Outlet) -> None:
    feeds.serve("/robots.txt", "User-agent: *\nDisallow: /private/\n", content_type="text/plain")
    closed, opened = item(serve(feeds, "/private/a"), outlet), item(serve(feeds, "/b"), outlet)
    assert fetch_articles() == Read(read=1, failed=1)
    assert (text_of(closed).state, text_of(closed).error, text_of(opened).state) == ("failed", Trouble.ROBOTS, "read")
    assert [path for path, _headers in feeds.requests].count("/robots.txt") == 1
    assert asked(feeds) == ["/b"]


def test_rules_that_name_this_program_count(feeds: FeedServer, outlet: Outlet) -> None:
    feeds.serve("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: tianshan\nDisallow: /\n", content_type="text/plain")
    item(serve(feeds), outlet)
    assert fetch_articles() == Read(failed=1)


def test_a_site_that_has_trouble_with_its_rules_is_not_asked_for_pages(feeds: FeedServer, outlet: Outlet) -> None:
    feeds.serve("/robots.txt", status=500)
    one = item(serve(feeds), outlet)
    assert fetch_articles() == Read(waiting=1)
    assert (asked(feeds), text_of(one).error) == ([], Failure.SERVER_ERROR)


def test_an_article_waits_for_the_turn_at_its_host_and_is_not_tried_meanwhile(
    feeds: FeedServer, outlet: Outlet, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INGEST_HOST_GAP = 2.0
    monkeypatch.setattr(articles, "_TURN", 0.05)
    for path in ("/a", "/b"):
        item(serve(feeds, path), outlet)
    turn = turns.take(["127.0.0.1"], timezone.now())
    assert isinstance(turn, turns.Turn)
    assert fetch_articles() == Read(postponed=2)
    assert not feeds.requests and not ArticleText.objects.exists()


def test_a_host_that_gives_no_second_turn_leaves_no_trace_of_a_try(
    feeds: FeedServer, outlet: Outlet, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rules were asked for; the gap after that is longer than anybody waits."""
    settings.INGEST_HOST_GAP = 30.0
    monkeypatch.setattr(articles, "_TURN", 0.05)
    new = item(serve(feeds), outlet)
    assert fetch_articles() == Read(postponed=1)
    assert not ArticleText.objects.exists()
    before = timezone.now() - HOUR
    ArticleText.objects.create(item=new, state="waiting", tries=2, tried=before, next_try=before)
    assert fetch_articles() == Read(postponed=1)
    assert text_of(new).tries == 2 and text_of(new).next_try <= timezone.now()


def test_a_host_that_asks_to_wait_is_left_alone_by_feeds_and_articles_alike(feeds: FeedServer, outlet: Outlet) -> None:
    one = item(serve(feeds, "/a", status=429, headers={"Retry-After": "7200"}), outlet)
    item(serve(feeds, "/b"), outlet, sort_time=timezone.now() - 2 * HOUR)
    assert fetch_articles() == Read(waiting=1, postponed=1)
    until = Host.objects.get(name="127.0.0.1").wait_until
    assert until is not None and until > timezone.now() + 1.9 * HOUR
    assert text_of(one).next_try >= until - dt.timedelta(seconds=5)


def test_a_page_on_a_private_network_is_not_asked_for(feeds: FeedServer, outlet: Outlet, settings: Settings) -> None:
    settings.INGEST_ALLOW_NETS = []
    one = item(serve(feeds), outlet)
    assert fetch_articles() == Read(failed=1)
    assert (feeds.requests, text_of(one).error) == ([], Failure.REFUSED_ADDRESS)


# ---- What cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind", "state"),
    [
        ({"status": 404}, Failure.NOT_FOUND, "waiting"),
        ({"status": 410}, Failure.GONE, "failed"),
        ({"status": 503}, Failure.BUSY, "waiting"),
        ({"body": b"x" * (5 * 1024 * 1024 + 1)}, Failure.TOO_LARGE, "failed"),
        ({"body": b"%PDF", "content_type": "application/pdf"}, Trouble.NOT_A_PAGE, "failed"),
        ({"body": b"<html><form><input type=password></form></html>"}, Trouble.LOGIN_PAGE, "failed"),
        ({"body": b"<html><body><p>Soon.</p></body></html>"}, Trouble.NO_ARTICLE, "waiting"),
        ({"body": b" "}, Failure.EMPTY, "waiting"),
        ({"status": 302, "headers": {"Location": "/a"}}, Failure.REDIRECT_LOOP, "waiting"),
    ],
)
def test_a_failure_has_its_kind_and_its_end(feeds: FeedServer, outlet: Outlet, answer: dict[str, Any], kind: str, state: str) -> None:
    one = item(serve(feeds, **answer), outlet)
    done = fetch_articles()
    assert (done.failed, done.waiting) == ((1, 0) if state == "failed" else (0, 1))
    text = text_of(one)
    assert (text.state, text.error, text.text, text.tries) == (state, kind, "", 1)
    assert (text.next_try is None) == (state == "failed")


def test_it_is_tried_later_and_later_and_then_no_more(feeds: FeedServer, outlet: Outlet) -> None:
    one = item(serve(feeds, status=500), outlet)
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            assert fetch_articles() == Read(waiting=1)
            assert fetch_articles() == Read()
            waits.append(text_of(one).next_try - timezone.now())
            clock.move_to(text_of(one).next_try)
        assert fetch_articles() == Read(failed=1)
        clock.shift(DAY)
        assert fetch_articles() == Read()
    assert waits == [HOUR, 4 * HOUR, 16 * HOUR]
    assert (asked(feeds), text_of(one).tries) == (["/a"] * 4, 4)


def test_a_page_that_is_mended_is_read_and_nothing_of_the_failure_stays(feeds: FeedServer, outlet: Outlet) -> None:
    one = item(serve(feeds, status=500), outlet)
    fetch_articles()
    serve(feeds)
    ArticleText.objects.update(next_try=timezone.now())
    assert fetch_articles() == Read(read=1)
    text = text_of(one)
    assert (text.state, text.error, text.detail, text.tries) == ("read", "", "", 2)


def test_an_error_that_nobody_foresaw_is_that_of_one_article(feeds: FeedServer, outlet: Outlet, caplog: pytest.LogCaptureFixture) -> None:
    bad, good = (item(serve(feeds, path), outlet) for path in ("/a", "/b"))

    def reader(pk: int, _text: str) -> None:
        if pk == bad.pk:
            raise ZeroDivisionError("\0boom")

    assert fetch_articles(reader=reader) == Read(read=1, waiting=1)
    assert (text_of(bad).error, text_of(bad).detail) == (Failure.UNEXPECTED, "ZeroDivisionError: boom")
    assert text_of(good).state == "read" and "nobody foresaw" in caplog.text


def test_an_article_whose_worker_died_is_tried_again_but_not_for_ever(feeds: FeedServer, outlet: Outlet) -> None:
    one = item(serve(feeds), outlet)
    claimed = timezone.now() - HOUR
    ArticleText.objects.create(item=one, state="waiting", tries=4, tried=claimed, next_try=claimed + articles.LEASE)
    assert fetch_articles() == Read(failed=1)
    assert (asked(feeds), text_of(one).error) == ([], Failure.UNEXPECTED)


def test_of_two_workers_one_reads_an_article(feeds: FeedServer, outlet: Outlet) -> None:
    item(serve(feeds), outlet)
    (wanted,) = articles._wanted(timezone.now(), 40)
    assert articles._one(wanted, None) == "read"
    assert articles._one(wanted, None) == ""
    assert asked(feeds) == ["/a"]


def test_who_has_lost_its_claim_writes_nothing(feeds: FeedServer, outlet: Outlet) -> None:
    one = item(serve(feeds), outlet)

    def slow(*_: Any) -> None:
        ArticleText.objects.update(next_try=timezone.now() + DAY, detail="somebody else")

    assert fetch_articles(reader=slow) == Read()
    assert (text_of(one).state, text_of(one).detail) == ("waiting", "somebody else")


def test_an_item_that_goes_meanwhile_is_no_error(feeds: FeedServer, outlet: Outlet) -> None:
    item(serve(feeds), outlet)

    def gone(*_: Any) -> None:
        NewsItem.objects.all().delete()

    assert fetch_articles(reader=gone) == Read()


def test_an_outlet_that_is_switched_off_is_left_alone_and_so_are_its_failures(feeds: FeedServer, outlet: Outlet) -> None:
    item(serve(feeds, status=500), outlet)
    fetch_articles()
    ArticleText.objects.update(next_try=timezone.now())
    Outlet.objects.update(full_text="off")
    assert fetch_articles() == Read()
    assert asked(feeds) == ["/a"]


def test_without_the_internet_an_article_waits(outlet: Outlet, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise socket.gaierror("no net")

    monkeypatch.setattr(socket, "getaddrinfo", away)
    one = item("https://nowhere.example/a", outlet)
    assert fetch_articles() == Read(waiting=1)
    assert text_of(one).error == Failure.UNRESOLVED


# ---- Job and command -------------------------------------------------------------------------------------------------


def test_the_job_reads_articles(feeds: FeedServer, outlet: Outlet) -> None:
    item(serve(feeds), outlet)
    tasks.fetch_articles()
    assert ArticleText.objects.get().state == "read"


def test_the_command_tells_what_came_of_it(feeds: FeedServer, outlet: Outlet) -> None:
    for n in range(2):
        item(serve(feeds, f"/{n}"), outlet)
    item(serve(feeds, "/gone", status=410), outlet)
    out = io.StringIO()
    call_command("fetch_articles", "--most", "2", stdout=out)
    call_command("fetch_articles", stdout=out)
    Outlet.objects.update(full_text="off")
    call_command("fetch_articles", stdout=out)
    first, second, third = out.getvalue().splitlines()
    assert "failed and tried again later" in first and "0 left to the next run." in second
    assert third.startswith("No outlet has its articles read")
    assert sorted(ArticleText.objects.values_list("state", flat=True)) == ["failed", "read", "read"]
