"""What belongs into the daily letter about feeds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.domain.digest import LASTING, Case, Patient, Trouble, cases_of, is_time, letter, still_told
from relations.domain.feed_health import Outage, State, Vitals

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def patient(feed: int = 1, failures: int = 0, proposed_url: str = "", **vitals: Any) -> Patient:
    told = Vitals(**{"last_success": NOW - DAY, "proposed": bool(proposed_url), **vitals})
    return Patient(feed, told, State.FINE, failures, proposed_url)


def failing(feed: int = 1, error: str = "timeout", failures: int = LASTING, **vitals: Any) -> Patient:
    return patient(feed, failures, failing_since=NOW - DAY, error=error, **vitals)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (patient(), []),
        (failing(failures=LASTING - 1), []),
        (failing(), [Case(Trouble.FAILING, 1, "timeout")]),
        (failing(needs_human="gone"), [Case(Trouble.NEEDS_HUMAN, 1, "gone")]),
        (failing(needs_human="tls", failures=1), [Case(Trouble.NEEDS_HUMAN, 1, "tls")]),
        (patient(proposed_url="https://new/"), [Case(Trouble.MOVED, 1, "https://new/")]),
        (failing(paused=True), []),
        (failing(enabled=False, needs_human="gone"), []),
    ],
)
def test_the_troubles_of_a_feed(who: Patient, found: list[Case]) -> None:
    assert cases_of([who], None) == found


def test_an_outage_is_one_trouble_and_hides_only_its_own() -> None:
    outage = Outage(NOW - 2 * DAY)
    found = cases_of([failing(1, "unresolved"), failing(2, "unresolved"), failing(3, "gone", needs_human="gone")], outage)
    assert found == [Case(Trouble.CUT_OFF), Case(Trouble.NEEDS_HUMAN, 3, "gone")]


def test_only_what_is_new_makes_a_letter_and_what_waits_is_named_in_it() -> None:
    old, new, fails = Case(Trouble.NEEDS_HUMAN, 1, "gone"), Case(Trouble.NEEDS_HUMAN, 2, "tls"), Case(Trouble.FAILING, 3, "timeout")
    assert not letter([old, fails], {old.key, fails.key}).worth_sending
    written = letter([old, new, fails], {old.key, fails.key})
    assert written.worth_sending
    assert (written.new, written.waiting) == ([new], [old])


def test_another_reason_to_fail_is_no_news_another_reason_for_a_human_is() -> None:
    assert Case(Trouble.FAILING, 1, "timeout").key == Case(Trouble.FAILING, 1, "unreachable").key
    assert Case(Trouble.NEEDS_HUMAN, 1, "tls").key != Case(Trouble.NEEDS_HUMAN, 1, "gone").key
    assert Case(Trouble.FAILING, 1).key != Case(Trouble.FAILING, 2).key


def test_what_has_passed_is_new_when_it_comes_back() -> None:
    case = Case(Trouble.FAILING, 1, "timeout")
    assert still_told([], [case.key]) == []
    assert letter([case], still_told([], [case.key])).new == [case]
    assert still_told([case], [case.key, "failing:9:"]) == [case.key]


def test_the_letter_waits_for_its_hour() -> None:
    assert [is_time(NOW.replace(hour=hour), 4) for hour in (3, 4, 23)] == [False, True, True]
    assert is_time(dt.datetime(2026, 3, 10, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=5))), 4) is False
