"""Claiming a feed."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from relations.ingest import client, lease, patience, runner
from relations.ingest.document import PARSER_VERSION
from relations.ingest.lease import LeaseLost
from relations.models import Feed
from relations.tasks import fetch_feed
from tests.factories import FeedFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
LATER = NOW + dt.timedelta(hours=1)


def claimed(feed: Feed, now: dt.datetime = NOW, *, only_due: bool = True) -> lease.Job:
    job = lease.claim(feed.pk, now, only_due=only_due)
    assert job is not None
    return job


def schedule(feed: Feed) -> tuple[dt.datetime | None, dt.datetime | None]:
    feed.refresh_from_db()
    return feed.next_check, feed.leased_until


def test_a_due_feed_is_claimed_once() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    claimed(feed)
    assert lease.claim(feed.pk, NOW) is None
    assert lease.claim(feed.pk, NOW, only_due=False) is None


def test_a_claim_that_was_written_just_before_the_database_went_away_is_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = FeedFactory(next_check=timezone.now() - MINUTE, url="https://feeds.example.org/a")
    read, gone = lease._CLAIMED.rows, [OperationalError("terminating connection")]

    def rows(**values: object) -> object:
        if gone:
            raise gone.pop()
        return read(**values)

    monkeypatch.setattr(lease._CLAIMED, "rows", rows)
    monkeypatch.setattr(patience, "connection", SimpleNamespace(in_atomic_block=False, connection=None, close=lambda: None))
    monkeypatch.setattr(patience.time, "sleep", lambda _seconds: None)
    begun = runner.begin(feed.pk, only_due=True)
    assert isinstance(begun, tuple) and begun[0].feed == feed.pk
    assert runner.begin(feed.pk, only_due=True) is None


def test_whoever_asks_for_a_feed_takes_the_same_lease() -> None:
    feed = FeedFactory(next_check=LATER)
    claimed(feed, only_due=False)
    Feed.objects.update(next_check=NOW - MINUTE)  # an editor's "fetch now" meanwhile
    assert lease.claim(feed.pk, NOW) is None
    assert list(Feed.objects.due(NOW)) == []
    assert list(Feed.objects.in_progress(NOW)) == [feed]


def test_the_claim_is_one_conditional_update(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    feed = FeedFactory(next_check=NOW - MINUTE)
    with django_assert_num_queries(2) as queries:
        claimed(feed)
    assert "UPDATE" in queries[0]["sql"] and "leased_until" in queries[0]["sql"].split("WHERE")[1]
    with django_assert_num_queries(1):
        assert lease.claim(feed.pk, NOW) is None


def test_a_claim_leaves_the_schedule_as_it_is() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    claimed(feed)
    assert schedule(feed) == (NOW - MINUTE, NOW + lease.LENGTH)


@pytest.mark.parametrize(
    "columns", [{"next_check": LATER}, {"enabled": False, "next_check": NOW - MINUTE}, {"paused": True, "next_check": NOW - MINUTE}]
)
def test_a_feed_that_is_not_due_is_left(columns: dict[str, object]) -> None:
    feed = FeedFactory(**columns)
    assert lease.claim(feed.pk, NOW) is None
    claimed(feed, only_due=False)


def test_a_feed_that_was_fetched_between_two_looks_is_not_fetched_again() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    assert list(Feed.objects.due(NOW)) == [feed]  # two workers see it
    lease.finish(claimed(feed), LATER)
    assert lease.claim(feed.pk, NOW) is None


def test_a_feed_that_was_never_scheduled_is_due() -> None:
    feed = FeedFactory(next_check=None)
    assert list(Feed.objects.due(NOW)) == [feed]
    job = claimed(feed)
    lease.release(job)
    assert schedule(feed) == (None, None)
    lease.finish(claimed(feed), LATER)
    assert schedule(feed) == (LATER, None)


def test_the_longest_waiting_comes_first() -> None:
    second, first, never = (FeedFactory(next_check=when) for when in (NOW - MINUTE, NOW - 2 * MINUTE, None))
    FeedFactory(next_check=NOW + MINUTE)
    FeedFactory(next_check=NOW - MINUTE, enabled=False)
    assert list(Feed.objects.due(NOW)) == [never, first, second]


def test_a_lease_runs_out() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    claimed(feed)
    assert lease.claim(feed.pk, NOW + lease.LENGTH - MINUTE) is None
    claimed(feed, NOW + lease.LENGTH)


def test_who_has_lost_a_lease_writes_nothing() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    lost = claimed(feed)
    present = claimed(feed, NOW + lease.LENGTH)
    with pytest.raises(LeaseLost):
        lease.finish(lost, LATER, failures=5)
    lease.release(lost)
    assert schedule(feed) == (NOW - MINUTE, present.until)
    assert feed.failures == 0
    lease.finish(present, LATER, failures=1)
    assert schedule(feed) == (LATER, None)
    with pytest.raises(LeaseLost):
        lease.finish(present, LATER)  # ended already


def test_a_lease_outlives_the_longest_task() -> None:
    assert lease.LENGTH.total_seconds() > max(settings.CELERY_TASK_TIME_LIMIT, fetch_feed.time_limit)


def test_a_task_has_time_to_fetch_and_to_wait_for_the_database() -> None:
    assert fetch_feed.soft_time_limit > client.TOTAL_SECONDS + patience.SECONDS


def test_what_an_editor_wants_meanwhile_stays() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    job = claimed(feed)
    Feed.objects.update(next_check=NOW)
    lease.finish(job, LATER, etag='"1"')
    assert schedule(feed) == (NOW, None)
    assert feed.etag == '"1"'


def test_what_was_learned_of_an_address_is_not_said_of_another() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    job = claimed(feed)
    Feed.objects.update(url="https://moved.example.org/feed")
    lease.finish(job, LATER, etag='"1"')
    assert schedule(feed) == (NOW - MINUTE, None)
    assert feed.etag == ""


def test_a_feed_that_is_gone_cannot_be_claimed_and_its_end_is_told() -> None:
    assert lease.claim(12345, NOW) is None
    feed = FeedFactory(next_check=NOW - MINUTE)
    job = claimed(feed)
    Feed.objects.all().delete()
    with pytest.raises(LeaseLost):
        lease.finish(job, LATER)


def test_validators_of_an_older_parser_are_not_sent() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE, etag='"1"', last_modified="Mon", parser_version=PARSER_VERSION)
    job = claimed(feed)
    assert (job.etag, job.last_modified) == ('"1"', "Mon")
    lease.release(job)
    Feed.objects.update(parser_version=PARSER_VERSION - 1)
    job = claimed(feed)
    assert (job.etag, job.last_modified) == ("", "")


def test_the_turn_is_taken_at_the_host_that_it_was_sent_on_to_as_well() -> None:
    feed = FeedFactory(url="https://www.example.org/feed", moved_to="https://feeds.example.net/x", next_check=None)
    assert claimed(feed).hosts == ("example.org", "example.net")
    Feed.objects.update(leased_until=None, moved_to="https://example.org/x")
    assert claimed(feed).hosts == ("example.org",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writes at a time there in any case")
def test_of_many_workers_that_claim_at_the_same_moment_one_gets_the_feed() -> None:
    feeds = [FeedFactory(next_check=NOW - MINUTE) for _ in range(5)]
    together = threading.Barrier(8)

    def claim_all(_worker: int) -> list[int]:
        try:
            together.wait(10)
            return [job.feed for feed in feeds if (job := lease.claim(feed.pk, NOW)) is not None]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        claims = [feed for claimed in pool.map(claim_all, range(8)) for feed in claimed]
    assert sorted(claims) == sorted(feed.pk for feed in feeds)
