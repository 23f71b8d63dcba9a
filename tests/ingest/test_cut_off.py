"""Without the internet: no feed is put off for it, and all are back soon after it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from relations.domain.failures import Failure, IngestError
from relations.ingest import record
from relations.ingest.runner import run_feed
from relations.models import Feed
from tests.factories import FeedFactory

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def away(monkeypatch: pytest.MonkeyPatch) -> dict[int, Failure]:
    """Why which feed cannot be fetched; the others cannot be resolved."""
    kinds: dict[int, Failure] = {}
    monkeypatch.setattr(record.random, "random", lambda: 0.0)
    monkeypatch.setattr("relations.ingest.runner.gather", lambda job, _: IngestError(kinds.get(job.feed, Failure.UNRESOLVED), "No."))
    return kinds


def feed(host: str, **columns: Any) -> Feed:
    made: Feed = FeedFactory(url=f"https://{host}/feed", **{"last_success": NOON - HOUR, "next_check": NOON, **columns})
    return made


def failed(one: Feed) -> Feed:
    run_feed(one.pk, only_due=False)
    one.refresh_from_db()
    return one


def wait(one: Feed) -> dt.timedelta:
    one.refresh_from_db()
    assert one.next_check is not None
    return one.next_check - timezone.now()


def test_one_host_that_is_gone_is_put_off_further_each_time(clock: Any) -> None:
    gone = feed("gone.example.org")
    feed("well.example.org")
    assert wait(failed(gone)) == 2 * HOUR
    clock.shift(2 * HOUR)
    assert wait(failed(gone)) == 4 * HOUR
    assert gone.failures == 2


def test_while_no_name_resolves_the_wait_stays_short_however_long_it_lasts(clock: Any) -> None:
    feeds = [feed(f"{name}.example.org", interval=DAY) for name in "abc"]
    for _ in range(8):
        for one in feeds:
            failed(one)
        assert [wait(one) for one in feeds] == [15 * MINUTE] * 3
        clock.shift(DAY * 3)
    assert {(one.failures, one.failing_since, one.last_error) for one in feeds} == {(1, NOON, "unresolved")}
    assert {one.needs_human for one in feeds} == {""}


def test_a_feed_that_was_put_off_before_the_outage_was_known_is_brought_forward(clock: Any) -> None:
    first, leased, second = feed("a.example.org"), feed("b.example.org"), feed("c.example.org")
    failed(first)
    Feed.objects.filter(pk=leased.pk).update(last_error="unresolved", failing_since=NOON, next_check=NOON + DAY, leased_until=NOON + MINUTE)
    assert wait(first) == 2 * HOUR
    failed(second)
    assert [wait(one) for one in (first, leased, second)] == [15 * MINUTE, DAY, 15 * MINUTE]


def test_a_host_that_was_gone_before_is_still_put_off(clock: Any) -> None:
    gone = feed("gone.example.org", last_success=None, failing_since=NOON - 9 * DAY, last_error="unresolved", failures=4)
    feeds = [feed(f"{name}.example.org") for name in "ab"]
    for one in feeds:
        failed(one)
    assert wait(failed(gone)) == 32 * HOUR
    failed(feeds[0])
    assert wait(gone) == 32 * HOUR


def test_where_another_reason_is_told_as_well_the_machine_is_not_cut_off(clock: Any, away: dict[int, Failure]) -> None:
    feeds = [feed(f"{name}.example.org") for name in "abc"]
    away[feeds[0].pk] = Failure.SERVER_ERROR
    for one in feeds:
        failed(one)
    assert [wait(one) for one in feeds] == [2 * HOUR] * 3


def test_a_feed_that_somebody_has_to_look_at_keeps_its_reason(clock: Any) -> None:
    feed("a.example.org", failing_since=NOON, last_error="unresolved")
    bad = feed("b.example.org", failing_since=NOON, last_error="tls", needs_human="tls", needs_human_since=NOON, failures=3)
    assert wait(failed(bad)) == 15 * MINUTE
    assert (bad.needs_human, bad.failures) == ("tls", 3)
