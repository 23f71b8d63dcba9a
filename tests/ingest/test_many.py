"""Runs of many feeds."""

from __future__ import annotations

import datetime as dt
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from relations.ingest import aside, many
from relations.ingest.document import PARSER_VERSION
from relations.ingest.many import run_feeds
from relations.ingest.record import FeedResult
from relations.models import Feed, FetchAttempt, Host, NewsItem
from tests.factories import FeedFactory
from tests.ingest.feed_server import FeedServer

pytestmark = pytest.mark.django_db


def due(url: str) -> int:
    return int(FeedFactory(url=url, next_check=timezone.now() - dt.timedelta(hours=1)).pk)


def run(*feeds: int) -> list[FeedResult | None]:
    results: list[FeedResult | None] = []
    run_feeds(feeds, only_due=True, on_result=results.append)
    return results


def test_a_feed_that_fails_does_not_stop_the_others(feeds: FeedServer) -> None:
    ids = [
        due(feeds.file("/good", "agency_en.rss.xml")),
        due(feeds.file("/broken", "not_a_feed.html")),
        due(feeds.url + "/missing"),
        due(feeds.file("/laughs", "billion_laughs.xml")),
        due(feeds.file("/zh", "agency_zh_gb18030.rss.xml")),
    ]
    results = [result for result in run(*ids) if result]
    assert {result.feed: result.error for result in results} == dict(zip(ids, ["", "not_a_feed", "not_found", "entities", ""], strict=True))
    assert FetchAttempt.objects.count() == 5
    assert NewsItem.objects.count() == 5


def test_an_unforeseen_error_in_a_thread_is_recorded(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise LookupError("lost")

    monkeypatch.setattr(many, "ask", broken)
    (result,) = run(due(feeds.file("/a", "agency_en.rss.xml")))
    assert result is not None and result.detail == "LookupError: lost"


def test_ctrl_c_that_reaches_a_thread_ends_the_wait_for_a_server(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted, answered = threading.Event(), []

    def hang(*_: Any) -> None:
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # the main thread is not woken by it
        answered.append(not interrupted.wait(20))
        raise LookupError("too late")

    monkeypatch.setattr(many, "ask", hang)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has programs in the background ignore it
    try:
        with pytest.raises(KeyboardInterrupt):
            run(due(feeds.url + "/hang"))
    finally:
        signal.signal(signal.SIGINT, before)
    assert answered == []
    interrupted.set()


def test_a_feed_that_somebody_else_has_is_passed_over(feeds: FeedServer) -> None:
    later = FeedFactory(url=feeds.url + "/later", next_check=timezone.now() + dt.timedelta(hours=1)).pk
    assert run(later, 999_999) == [None]
    assert feeds.requests == []


def test_one_host_gets_one_request_at_a_time_with_a_gap_between(feeds: FeedServer, settings: Settings) -> None:
    settings.INGEST_HOST_GAP = 0.1
    under_way, most, lock = 0, 0, threading.Lock()
    ended: list[float] = []
    gaps: list[float] = []

    def count(handler: BaseHTTPRequestHandler) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
            gaps.extend(time.monotonic() - moment for moment in ended[-1:])
        time.sleep(0.05)
        with lock:
            under_way -= 1
            ended.append(time.monotonic())
        handler.send_response(404)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    run(*(due(feeds.serve(f"/{n}", act=count)) for n in range(6)))
    assert len(feeds.requests) == 6
    assert most == 1
    assert min(gaps) >= 0.09


def test_a_gap_of_zero_lets_go_of_the_turns(feeds: FeedServer, settings: Settings) -> None:
    settings.INGEST_HOST_GAP = 0.0
    together = threading.Barrier(3, timeout=10)

    def meet(handler: BaseHTTPRequestHandler) -> None:
        together.wait()  # breaks where the others do not come
        handler.send_response(404)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    results = run(*(due(feeds.serve(f"/{n}", act=meet)) for n in range(3)))
    assert [result.error for result in results if result] == ["not_found"] * 3


def test_a_feed_whose_host_another_worker_keeps_busy_waits_for_it(feeds: FeedServer, settings: Settings) -> None:
    settings.INGEST_HOST_GAP = 0.1
    feed = due(feeds.file("/a", "agency_en.rss.xml"))
    now = timezone.now()
    Host.objects.create(name="127.0.0.1", busy_until=now + dt.timedelta(seconds=0.5))
    (result,) = run(feed)
    assert result is not None and result.new == 3
    assert timezone.now() - now >= dt.timedelta(seconds=0.5)


def test_a_run_does_not_wait_for_ever_for_a_busy_host(feeds: FeedServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.INGEST_HOST_GAP = 0.1
    monkeypatch.setattr(many, "PATIENCE", -10.0)
    feed = due(feeds.file("/a", "agency_en.rss.xml"))
    Host.objects.create(name="127.0.0.1", busy_until=timezone.now() + dt.timedelta(seconds=20))
    assert run(feed) == [None]
    assert list(Feed.objects.due(timezone.now()).values_list("pk", flat=True)) == [feed]
    assert feeds.requests == []


def test_where_a_host_asks_to_wait_the_other_feeds_of_it_are_left_alone(feeds: FeedServer, settings: Settings) -> None:
    settings.INGEST_HOST_GAP = 0.05
    feeds.serve("/first", status=429, headers={"Retry-After": "7200"})
    ids = [due(feeds.url + "/first"), due(feeds.file("/second", "agency_en.rss.xml"))]
    results = [result for result in run(*ids) if result]
    assert [(result.outcome, result.error, result.failed) for result in results] == [("asked_to_wait", "asked_to_wait", False)] * 2
    assert [path for path, _ in feeds.requests] == ["/first"]
    assert not Feed.objects.filter(next_check__lt=timezone.now() + dt.timedelta(minutes=119)).exists()
    assert FetchAttempt.objects.count() == 1  # of the feed that was asked
    assert set(Feed.objects.values_list("failures", "leased_until")) == {(0, None)}


def test_several_hosts_are_asked_at_the_same_time(feeds: FeedServer, settings: Settings) -> None:
    settings.INGEST_HOST_GAP = 30.0
    together = threading.Barrier(3, timeout=10)

    def meet(handler: BaseHTTPRequestHandler) -> None:
        together.wait()  # breaks where the others do not come
        handler.send_response(404)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    names = ("127.0.0.1", "localhost", "127.1")
    ids = [due(feeds.serve(f"/{name}", act=meet).replace("127.0.0.1", name, 1)) for name in names]
    assert [result.error for result in run(*ids) if result] == ["not_found"] * 3


def test_a_run_that_is_broken_off_keeps_what_is_stored_and_gives_back_the_rest(feeds: FeedServer) -> None:
    first, second = due(feeds.file("/a", "agency_en.rss.xml")), due(feeds.file("/b", "agency_ru_1251.rss.xml"))
    before = dict(Feed.objects.values_list("pk", "next_check"))

    def interrupt(result: FeedResult | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_feeds([first, second], only_due=True, on_result=interrupt)
    attempt = FetchAttempt.objects.get()  # of whichever answered first
    other = second if attempt.feed_id == first else first
    assert NewsItem.objects.filter(feed=attempt.feed_id).count() == NewsItem.objects.count() == attempt.new > 0
    assert Feed.objects.get(pk=other).next_check == before[other]
    assert not Feed.objects.filter(leased_until__isnull=False).exists()
    assert not Host.objects.filter(busy_until__gt=timezone.now() + dt.timedelta(seconds=5)).exists()


def test_few_documents_are_read_before_those_ahead_of_them_are_stored(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read of a document takes many times the memory of its bytes, which wait in their place."""
    ahead, most, lock = 0, 0, threading.Lock()
    understood, settle = many.understood, many.settle

    def count(more: int) -> None:
        nonlocal ahead, most
        with lock:
            ahead += more
            most = max(most, ahead)

    def reads(*args: Any, **options: Any) -> Any:
        count(1)
        try:
            return understood(*args, **options)
        except BaseException:  # its place is free again before what went wrong is stored
            count(-1)
            raise

    def stores(job: Any, outcome: Any) -> Any:
        if not isinstance(outcome, Exception):
            time.sleep(0.05)
            count(-1)
        return settle(job, outcome)

    monkeypatch.setattr(many, "understood", reads)
    monkeypatch.setattr(many, "settle", stores)
    run(*(due(feeds.file(f"/{n}", "agency_en.rss.xml")) for n in range(6)))
    assert most == many.READ_AHEAD
    assert NewsItem.objects.count() == 18


@pytest.mark.parametrize("behind", [True, False])
def test_gists_are_found_aside_while_the_storing_is_behind(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch, behind: bool) -> None:
    """Who has the time finds them; what is stored is the same."""
    asked: list[bool] = []
    read = aside.read

    def reads(*args: Any, with_gists: bool, **options: Any) -> Any:
        asked.append(with_gists)
        return read(*args, with_gists=with_gists, **options)

    monkeypatch.setattr(aside, "read", reads)
    monkeypatch.setattr(many._Threads, "_is_behind", lambda _self: behind)
    run(due(feeds.file("/a", "agency_en.rss.xml")))
    assert asked == [behind]
    assert NewsItem.objects.filter(dyads="CN-KZ").count() == 1


def test_what_cannot_be_read_makes_room_for_the_next(feeds: FeedServer) -> None:
    ids = [due(feeds.serve(f"/{n}", body=b"no feed")) for n in range(2 * many.READ_AHEAD)]
    results = run(*ids, due(feeds.file("/a", "agency_en.rss.xml")))
    assert sorted(result.error for result in results if result) == ["", *["not_a_feed"] * (2 * many.READ_AHEAD)]


@pytest.mark.parametrize("count", [1, 5])
def test_a_feed_that_has_not_changed_costs_five_statements(feeds: FeedServer, settings: Settings, count: int) -> None:
    settings.INGEST_HOST_GAP = 0
    ids = []
    for number in range(count):
        feeds.serve(f"/{number}", status=304)
        ids.append(due(f"{feeds.url}/{number}"))
    Feed.objects.update(etag='"1"', parser_version=PARSER_VERSION)
    with CaptureQueriesContext(connection) as queries:
        assert [result and result.outcome for result in run(*ids)] == ["not_modified"] * count
    told = [query["sql"].rpartition(" times: ")[2].split(" ", 1)[0] for query in queries]
    # The addresses of all; of each feed the claim, what is claimed, whether its host asked to wait, the attempt and the schedule.
    assert told.count("SELECT") == 1 + 2 * count
    assert (told.count("UPDATE"), told.count("INSERT")) == (2 * count, count)
    assert {verb for verb in told if verb not in {"SELECT", "UPDATE", "INSERT"}} <= {"SAVEPOINT", "RELEASE"}
