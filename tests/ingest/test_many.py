"""Runs of many feeds."""

from __future__ import annotations

import datetime as dt
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.utils import timezone

from relations.ingest import many
from relations.ingest.many import run_feeds
from relations.ingest.record import FeedResult
from relations.models import Feed, FetchAttempt, NewsItem
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

    monkeypatch.setattr(many, "gather", broken)
    (result,) = run(due(feeds.file("/a", "agency_en.rss.xml")))
    assert result is not None and result.detail == "LookupError: lost"


def test_ctrl_c_that_reaches_a_thread_ends_the_wait_for_a_server(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted, answered = threading.Event(), []

    def hang(*_: Any) -> None:
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # the main thread is not woken by it
        answered.append(not interrupted.wait(20))
        raise LookupError("too late")

    monkeypatch.setattr(many, "gather", hang)
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


def test_one_host_gets_one_request_at_a_time(feeds: FeedServer) -> None:
    under_way, most, lock = 0, 0, threading.Lock()

    def count(handler: BaseHTTPRequestHandler) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.05)
        with lock:
            under_way -= 1
        handler.send_response(404)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    run(*(due(feeds.serve(f"/{n}", act=count)) for n in range(6)))
    assert len(feeds.requests) == 6
    assert most == 1


def test_several_hosts_are_asked_at_the_same_time(feeds: FeedServer) -> None:
    together = threading.Barrier(3, timeout=10)

    def meet(handler: BaseHTTPRequestHandler) -> None:
        together.wait()  # breaks where the others do not come
        handler.send_response(404)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    hosts = [feeds.url.replace("127.0.0.1", f"127.0.0.{n}") for n in (1, 1, 1)]
    for number in range(3):
        feeds.serve(f"/{number}", act=meet)
    ids = [
        due(f"{host.replace('127.0.0.1', name)}/{n}")
        for n, (host, name) in enumerate(zip(hosts, ("127.0.0.1", "localhost", "127.1"), strict=True))
    ]
    assert [result.error for result in run(*ids) if result] == ["not_found"] * 3


def test_a_run_that_is_broken_off_keeps_what_is_stored_and_gives_back_the_rest(feeds: FeedServer) -> None:
    first, second = due(feeds.file("/a", "agency_en.rss.xml")), due(feeds.file("/b", "agency_ru_1251.rss.xml"))
    before = Feed.objects.get(pk=second).next_check

    def interrupt(result: FeedResult | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_feeds([first, second], only_due=True, on_result=interrupt)
    assert NewsItem.objects.count() == 3
    assert Feed.objects.get(pk=second).next_check == before
    assert FetchAttempt.objects.get().feed_id == first
