"""Claiming a feed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings

from relations.ingest import lease
from relations.models import Feed
from relations.tasks import fetch_feed
from tests.factories import FeedFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def test_a_due_feed_is_claimed_once() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    assert lease.claim(feed.pk, NOW) is not None
    assert lease.claim(feed.pk, NOW) is None


def test_of_two_workers_that_read_the_same_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    stale = Feed.objects.select_related("outlet").get(pk=feed.pk)
    assert lease.claim(feed.pk, NOW) is not None
    monkeypatch.setattr(Feed.objects.__class__, "select_related", lambda *_: Feed.objects.all())
    monkeypatch.setattr(Feed.objects.all().__class__, "first", lambda _: stale)  # what the second had read before the first wrote
    assert lease.claim(feed.pk, NOW) is None


@pytest.mark.parametrize("columns", [{"next_check": NOW + MINUTE}, {"enabled": False, "next_check": NOW - MINUTE}])
def test_a_feed_that_is_not_due_is_left(columns: dict[str, object]) -> None:
    feed = FeedFactory(**columns)
    assert lease.claim(feed.pk, NOW) is None
    assert lease.claim(feed.pk, NOW, only_due=False) is not None


def test_a_feed_that_was_never_scheduled_is_due() -> None:
    feed = FeedFactory(next_check=None)
    assert list(Feed.objects.due(NOW)) == [feed]
    job = lease.claim(feed.pk, NOW)
    assert job is not None
    assert lease.claim(feed.pk, NOW) is None
    lease.release(job)
    assert Feed.objects.get().next_check is None


def test_the_longest_waiting_comes_first() -> None:
    second, first, never = (FeedFactory(next_check=when) for when in (NOW - MINUTE, NOW - 2 * MINUTE, None))
    FeedFactory(next_check=NOW + MINUTE)
    FeedFactory(next_check=NOW - MINUTE, enabled=False)
    assert list(Feed.objects.due(NOW)) == [never, first, second]


def test_a_lease_runs_out() -> None:
    feed = FeedFactory(next_check=NOW - MINUTE)
    lease.claim(feed.pk, NOW)
    assert lease.claim(feed.pk, NOW + lease.LENGTH - MINUTE) is None
    assert lease.claim(feed.pk, NOW + lease.LENGTH) is not None


def test_a_lease_outlives_the_longest_task() -> None:
    assert lease.LENGTH.total_seconds() > max(settings.CELERY_TASK_TIME_LIMIT, fetch_feed.time_limit)


def test_a_feed_that_is_gone_cannot_be_claimed() -> None:
    assert lease.claim(12345, NOW) is None
