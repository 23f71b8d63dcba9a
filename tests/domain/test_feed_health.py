"""How feeds are doing: states, outage, figures, and the strip of a month."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.domain.feed_health import (
    OVERDUE_AFTER,
    SILENT_AFTER,
    Day,
    State,
    Vitals,
    day_of,
    is_silent,
    outage,
    since,
    state_of,
    strip,
    summary,
    worst_first,
)

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def vitals(**values: Any) -> Vitals:
    """A feed that is fine, but for the values."""
    return Vitals(**{"last_success": NOW - HOUR, "last_news": NOW - DAY, "next_check": NOW + HOUR, "host": "a.example", **values})


def unresolved(host: str, since: dt.datetime, **values: Any) -> Vitals:
    return vitals(**{"host": host, "failing_since": since, "error": "unresolved", "last_success": None, "last_news": None, **values})


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.FINE),
        ({"last_success": None, "last_news": None}, State.WAITING),
        ({"failing_since": NOW, "error": "timeout"}, State.FAILING),
        ({"failing_since": NOW, "error": "gone", "needs_human": "gone"}, State.NEEDS_HUMAN),
        ({"proposed": True}, State.NEEDS_HUMAN),
        ({"last_news": NOW - 31 * DAY}, State.SILENT),
        ({"last_news": NOW - SILENT_AFTER}, State.FINE),
        ({"last_news": None}, State.SILENT),
        ({"last_news": NOW - 31 * DAY, "failing_since": NOW, "error": "timeout"}, State.FAILING),
        ({"paused": True, "needs_human": "gone", "failing_since": NOW}, State.PAUSED),
        ({"enabled": False, "paused": True}, State.OFF),
    ],
)
def test_the_state_of_a_feed(values: dict[str, Any], state: State) -> None:
    assert state_of(vitals(**values), NOW) is state


def test_a_feed_that_has_never_answered_is_not_silent() -> None:
    assert not is_silent(vitals(last_success=None, last_news=None), NOW)


def test_since_when_a_feed_is_in_its_state() -> None:
    feed = vitals(needs_human="gone", needs_human_since=NOW - DAY, proposed=True, proposed_since=NOW - 3 * DAY, failing_since=NOW - 5 * DAY)
    assert since(feed, State.NEEDS_HUMAN) == NOW - 3 * DAY
    assert since(feed, State.FAILING) == NOW - 5 * DAY
    assert since(feed, State.SILENT) == NOW - DAY
    assert since(feed, State.FINE) is None


def test_what_asks_for_attention_comes_first_and_in_it_what_has_lasted_longest() -> None:
    feeds = {
        "off": vitals(enabled=False),
        "fine": vitals(),
        "failing": vitals(failing_since=NOW - HOUR, error="timeout"),
        "failing longer": vitals(failing_since=NOW - DAY, error="timeout"),
        "silent": vitals(last_news=NOW - 40 * DAY),
        "silent ever since": vitals(last_news=None),
        "human": vitals(needs_human="gone", needs_human_since=NOW - HOUR, failing_since=NOW - DAY),
        "paused": vitals(paused=True),
        "waiting": vitals(last_success=None, last_news=None),
    }
    order = sorted(feeds, key=lambda name: worst_first(feeds[name], state_of(feeds[name], NOW)))
    assert order == ["human", "failing longer", "failing", "silent ever since", "silent", "waiting", "fine", "paused", "off"]


# ---- Without the internet ---------------------------------------------------------------------------------------------------


def test_names_of_two_hosts_that_do_not_resolve_and_nothing_else_are_an_outage() -> None:
    found = outage([unresolved("a.example", NOW - HOUR), unresolved("b.example", NOW - 2 * HOUR), vitals(last_success=NOW - 5 * HOUR)])
    assert found is not None and found.since == NOW - 2 * HOUR


@pytest.mark.parametrize(
    "feeds",
    [
        [],
        [vitals()],
        [unresolved("a.example", NOW - HOUR)],  # one name that is gone
        [unresolved("a.example", NOW - HOUR), unresolved("a.example", NOW - HOUR)],  # twice the same
        [unresolved("a.example", NOW - 3 * HOUR), unresolved("b.example", NOW - HOUR), vitals(last_success=NOW - 2 * HOUR)],
        [unresolved("a.example", NOW - HOUR), unresolved("b.example", NOW - HOUR), vitals(failing_since=NOW - HOUR, error="timeout")],
        [unresolved("a.example", NOW - HOUR), unresolved("b.example", NOW - HOUR, paused=True)],
        [unresolved("a.example", NOW - HOUR), unresolved("b.example", NOW - HOUR, enabled=False)],
    ],
)
def test_no_outage(feeds: list[Vitals]) -> None:
    assert outage(feeds) is None


def test_an_old_failure_of_another_kind_does_not_hide_an_outage() -> None:
    old = vitals(failing_since=NOW - 9 * DAY, error="gone", needs_human="gone", last_success=NOW - 10 * DAY)
    reached = vitals(last_success=NOW - 3 * HOUR)
    assert outage([old, reached, unresolved("a.example", NOW - HOUR), unresolved("b.example", NOW - HOUR)]) is not None


def test_during_an_outage_nobody_is_needed_for_what_it_covers() -> None:
    cut_off = unresolved("a.example", NOW - 15 * DAY, needs_human="unresolved", needs_human_since=NOW - DAY)
    found = outage([cut_off, unresolved("b.example", NOW - 15 * DAY)])
    assert state_of(cut_off, NOW) is State.NEEDS_HUMAN
    assert state_of(cut_off, NOW, found) is State.FAILING
    gone = vitals(failing_since=NOW - 20 * DAY, error="gone", needs_human="gone")
    assert state_of(gone, NOW, found) is State.NEEDS_HUMAN


# ---- In figures ----------------------------------------------------------------------------------------------------------------


def test_the_figures_of_all_feeds() -> None:
    feeds = [
        vitals(next_check=NOW + 3 * HOUR),
        vitals(last_news=NOW - 40 * DAY),
        vitals(failing_since=NOW - HOUR, error="timeout", next_check=NOW + 2 * HOUR),
        vitals(failing_since=NOW - HOUR, error="gone", needs_human="gone", next_check=NOW + 5 * HOUR),
        vitals(proposed=True, leased_until=NOW + HOUR, next_check=NOW - HOUR),
        vitals(last_success=None, last_news=None, next_check=None),
        vitals(paused=True, next_check=NOW - 9 * DAY),
        vitals(enabled=False, next_check=NOW - 9 * DAY),
    ]
    told = summary(feeds, NOW)
    assert (told.total, told.enabled, told.fine, told.silent, told.waiting) == (8, 7, 3, 1, 1)
    assert (told.failing, told.failing_and_needing, told.moved, told.paused, told.leased) == (2, 1, 1, 1, 1)
    assert told.fine + told.failing + told.waiting + told.paused == told.enabled
    assert told.next_check == NOW + HOUR
    assert told.due_since is None


def test_feeds_that_wait_for_nobody_are_overdue() -> None:
    assert not summary([vitals(next_check=NOW - OVERDUE_AFTER)], NOW).overdue(NOW)
    assert summary([vitals(next_check=NOW - OVERDUE_AFTER - HOUR)], NOW).overdue(NOW)
    assert not summary([vitals(next_check=NOW - DAY, leased_until=NOW + HOUR)], NOW).overdue(NOW)
    assert not summary([vitals(next_check=NOW - DAY, paused=True)], NOW).overdue(NOW)


# ---- The strip -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("good", "failed", "day"), [(0, 0, Day.NONE), (3, 0, Day.GOOD), (1, 9, Day.SOME), (9, 1, Day.SOME), (0, 1, Day.FAILED)]
)
def test_a_day_is_told_by_how_its_attempts_went(good: int, failed: int, day: Day) -> None:
    assert day_of(good, failed) is day


def test_the_strip_has_thirty_days_today_being_the_last() -> None:
    drawn = strip({"2026-03-10": (1, 0), "2026-03-09": (0, 2), "2026-02-09": (1, 1), "2026-02-08": (5, 5)}, NOW.date())
    assert len(drawn) == 30
    assert (drawn[-1], drawn[-2], drawn[0]) == (Day.GOOD, Day.FAILED, Day.SOME)
    assert set(drawn[1:-2]) == {Day.NONE}
