"""When the leaders last met."""

from __future__ import annotations

import datetime as dt

from relations.domain.meetings import Meeting, last_meeting
from relations.domain.partial_date import PartialDate

TODAY = dt.date(2026, 3, 24)


def meeting(date: str, end: str | None = None, kind: str = "visit", key: int = 1) -> Meeting:
    return Meeting(PartialDate.parse(date), PartialDate.parse(end) if end else None, kind, key, "Somebody", "Somewhere")


def test_the_meeting_that_ended_last_counts() -> None:
    long_one = meeting("2025-08-30", "2025-09-03")
    short_one = meeting("2025-09-01", key=2)
    assert last_meeting([short_one, long_one], TODAY) is long_one
    assert long_one.days_ago(TODAY) == 202  # 27 days of September, 31, 30, 31, 31, 28, and 24 of March


def test_a_meeting_still_to_come_does_not_count() -> None:
    assert last_meeting([meeting("2026-06-01")], TODAY) is None


def test_a_visit_goes_before_a_session_of_the_same_day() -> None:
    visit, session = meeting("2025-06-17", key=1), meeting("2025-06-17", kind="session", key=9)
    assert last_meeting([session, visit], TODAY) is visit


def test_days_are_counted_only_from_a_known_day() -> None:
    assert meeting("2025-08").days_ago(TODAY) is None
    assert meeting("2026-03-24").days_ago(TODAY) == 0
