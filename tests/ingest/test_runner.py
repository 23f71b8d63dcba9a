"""The run of a feed: stored, not modified, failed, poisoned; and the time of the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from relations.ingest import gather, lease, runner
from relations.ingest.runner import run_feed
from relations.models import Feed, FetchAttempt, NewsItem
from tests.factories import FeedFactory
from tests.ingest.feed_server import FeedServer

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
LATE = dt.timedelta(minutes=30)
"""Room for the dice, which adds up to a tenth."""


def due(url: str, **columns: Any) -> Feed:
    made: Feed = FeedFactory(url=url, next_check=timezone.now() - HOUR, **columns)
    return made


def wait(feed: Feed) -> dt.timedelta:
    feed.refresh_from_db()
    assert feed.next_check is not None
    return feed.next_check - timezone.now()


def test_a_feed_is_fetched_stored_recorded_and_scheduled(feeds: FeedServer) -> None:
    feed = due(feeds.file("/a", "agency_en.rss.xml", headers={"ETag": '"v1"', "Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT"}))
    result = run_feed(feed.pk)
    assert result is not None
    assert (result.outcome, result.entries, result.new, result.updated, result.unchanged, result.skipped) == ("stored", 3, 3, 0, 0, 0)
    attempt = FetchAttempt.objects.get()
    assert (attempt.outcome, attempt.status, attempt.entries, attempt.new, attempt.error) == ("stored", 200, 3, 3, "")
    assert attempt.size > 500 and attempt.started <= attempt.finished
    assert HOUR - LATE < wait(feed) < HOUR + LATE
    assert (feed.etag, feed.last_modified, feed.failures) == ('"v1"', "Mon, 02 Mar 2026 10:00:00 GMT", 0)
    assert feed.last_success is not None
    assert "Tianshan" in feeds.sent("/a")[0]["user-agent"] and "mailto:desk@example.org" in feeds.sent("/a")[0]["user-agent"]


def test_the_next_fetch_asks_only_for_what_is_new(feeds: FeedServer) -> None:
    feed = due(feeds.file("/a", "agency_en.rss.xml", headers={"ETag": '"v1"'}))
    run_feed(feed.pk)
    feeds.serve("/a", status=304)
    result = run_feed(feed.pk, only_due=False)
    assert result is not None and result.outcome == "not_modified" and not result.failed
    assert feeds.sent("/a")[1]["if-none-match"] == '"v1"'
    assert FetchAttempt.objects.filter(outcome="not_modified", status=304).count() == 1
    feed.refresh_from_db()
    assert feed.etag == '"v1"'
    assert NewsItem.objects.count() == 3


def test_the_same_feed_once_more_adds_nothing(feeds: FeedServer) -> None:
    feed = due(feeds.file("/a", "agency_en.rss.xml"))
    run_feed(feed.pk)
    result = run_feed(feed.pk, only_due=False)
    assert result is not None and (result.new, result.updated, result.unchanged) == (0, 0, 3)
    assert NewsItem.objects.count() == 3


def test_a_feed_that_fails_leaves_a_row_that_says_why(feeds: FeedServer) -> None:
    feed = due(feeds.url + "/nothing")
    result = run_feed(feed.pk)
    assert result is not None and result.failed and result.error == "not_found"
    attempt = FetchAttempt.objects.get()
    assert (attempt.outcome, attempt.error, attempt.status, attempt.detail) == (
        "failed",
        "not_found",
        404,
        "The server answered 404 Not Found.",
    )
    assert 2 * HOUR - LATE < wait(feed) < 2 * HOUR + LATE
    assert feed.failures == 1 and feed.enabled


def test_a_feed_that_goes_on_failing_is_asked_less_and_less_often(feeds: FeedServer) -> None:
    feed = due(feeds.file("/a", "not_a_feed.html"), failures=3)
    run_feed(feed.pk)
    assert FetchAttempt.objects.get().error == "not_a_feed"
    assert 16 * HOUR - LATE < wait(feed) < 16 * HOUR * 1.11
    assert feed.failures == 4


def test_a_feed_that_recovers_forgets_its_failures(feeds: FeedServer) -> None:
    feed = due(feeds.file("/a", "agency_en.rss.xml"), failures=9)
    run_feed(feed.pk)
    assert HOUR - LATE < wait(feed) < HOUR + LATE
    assert feed.failures == 0


def test_a_request_to_wait_is_obeyed_and_is_no_failure_of_the_feed(feeds: FeedServer) -> None:
    feed = due(feeds.serve("/a", status=429, headers={"Retry-After": "18000"}))
    run_feed(feed.pk)
    attempt = FetchAttempt.objects.get()
    assert (attempt.outcome, attempt.error, attempt.status) == ("asked_to_wait", "asked_to_wait", 429)
    assert 5 * HOUR - LATE < wait(feed) < 5 * HOUR * 1.11
    assert (feed.failures, feed.failing_since, feed.last_error) == (0, None, "")


def test_an_error_that_nobody_foresaw_pushes_the_feed_an_hour_ahead(
    feeds: FeedServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(gather.aside, "read", broken)
    feed = due(feeds.file("/a", "agency_en.rss.xml"), interval=10 * HOUR)
    result = run_feed(feed.pk)
    assert result is not None and (result.error, result.detail) == ("unexpected", "ZeroDivisionError: by zero")
    assert FetchAttempt.objects.get().error == "unexpected"
    assert dt.timedelta(minutes=59) < wait(feed) <= HOUR
    assert feed.failures == 1
    assert "nobody foresaw" in caplog.text


def test_what_fails_while_storing_stores_nothing_and_leaves_a_row(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("no room left")

    monkeypatch.setattr(runner.record, "success", broken)  # after the items were written
    feed = due(feeds.file("/a", "agency_en.rss.xml"))
    result = run_feed(feed.pk)
    assert result is not None and result.error == "unexpected"
    assert NewsItem.objects.count() == 0
    assert FetchAttempt.objects.get().detail == "RuntimeError: no room left"


def test_a_run_that_is_broken_off_gives_the_feed_back(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runner, "gather", interrupted)
    feed = due(feeds.url + "/a")
    before = feed.next_check
    with pytest.raises(KeyboardInterrupt):
        run_feed(feed.pk)
    feed.refresh_from_db()
    assert feed.next_check == before
    assert FetchAttempt.objects.count() == 0


def test_a_feed_that_is_not_due_is_not_asked(feeds: FeedServer) -> None:
    feed = FeedFactory(url=feeds.file("/a", "agency_en.rss.xml"), next_check=timezone.now() + HOUR)
    assert run_feed(feed.pk) is None
    assert feeds.requests == []


def test_an_editor_who_asks_for_a_fetch_meanwhile_is_heard(feeds: FeedServer) -> None:
    feed = due(feeds.file("/a", "agency_en.rss.xml"))
    job = lease.claim(feed.pk, timezone.now())
    assert job is not None
    wanted = timezone.now()
    Feed.objects.update(next_check=wanted)
    runner.settle(job, gather.gather(job, runner.policy()))
    feed.refresh_from_db()
    assert feed.next_check == wanted
    assert NewsItem.objects.count() == 3


def test_a_validator_too_long_to_keep_is_not_sent_back_in_part(feeds: FeedServer) -> None:
    feed = due(feeds.file("/a", "agency_en.rss.xml", headers={"ETag": '"' + "e" * 400 + '"'}))
    run_feed(feed.pk)
    feed.refresh_from_db()
    assert feed.etag == ""


def test_due_feeds_are_handed_out_up_to_a_limit() -> None:
    with time_machine.travel(dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC), tick=False):
        now = timezone.now()
        made = [FeedFactory(next_check=now - n * HOUR) for n in range(4)]
        assert runner.due_feeds(3) == [made[3].pk, made[2].pk, made[1].pk]
