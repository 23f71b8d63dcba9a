"""The diplomatic calendar by hand: months, balance, and the times without a meeting of leaders."""

from __future__ import annotations

import datetime as dt

from relations.domain.calendar_heat import Dated, Travel, balance, balance_by_year, heat, silences
from relations.domain.meetings import Meeting
from relations.domain.partial_date import PartialDate

TODAY = dt.date(2026, 3, 24)


def dated(date: str, kind: str = "visit") -> Dated:
    return Dated(PartialDate.parse(date), kind)


def meeting(date: str, end: str = "", key: int = 1) -> Meeting:
    return Meeting(PartialDate.parse(date), PartialDate.parse(end) if end else None, "visit", key, "Somebody", "")


def test_records_count_in_their_month_and_the_year_alone_beside_the_months() -> None:
    found = heat([dated("2024-05-02"), dated("2024-05"), dated("2024-05-20", "session"), dated("2025"), dated("1991-01-01")], 2024, 2025)
    may = found.years[0].months[4]
    assert (may.visits, may.sessions, may.total) == (2, 1, 3)
    assert (found.years[1].undated, found.years[1].total, found.total) == (1, 1, 4)
    assert found.busiest == may
    assert found.by_month == (0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0)


def test_nothing_has_no_busiest_month() -> None:
    assert heat([], 1992, 2026).busiest is None
    assert heat([], 1992, 2026).total == 0


def test_the_balance_of_two_sides() -> None:
    rows = [
        Travel(PartialDate.parse("2023-05-17"), "KZ", "CN", True),
        Travel(PartialDate.parse("2024-07-02"), "CN", "KZ", True),
        Travel(PartialDate.parse("2024-12-01"), "KZ", "CN", False),
        Travel(PartialDate.parse("2024-12-01"), "UZ", "CN", True),
    ]
    found = balance(rows, "KZ")
    assert (found.to_china.visits, found.to_china.leaders, found.from_china.visits) == (2, 1, 1)
    assert (found.difference, found.leaders_difference) == (1, 0)
    assert found.to_china.last == PartialDate.parse("2024-12-01")
    assert found.to_china.last_leader == PartialDate.parse("2023-05-17")
    empty = balance(rows, "TM")
    assert (empty.to_china.visits, empty.to_china.last) == (0, None)
    years = balance_by_year(rows, 2023, 2025)
    assert [(year.to_china, year.from_china) for year in years] == [(1, 0), (2, 1), (0, 0)]


def test_times_without_a_meeting_run_from_the_last_day_of_one_to_the_next_and_to_today() -> None:
    found = silences([meeting("2026-03-04"), meeting("2024-01-01", "2024-01-04"), meeting("2025-01-03")], TODAY)
    # 4 January 2024 to 3 January 2025: 365; to 4 March 2026: 425; to today: 20.
    assert [silence.days for silence in found] == [425, 365, 20]
    assert [silence.after is None for silence in found] == [False, False, True]


def test_a_meeting_within_another_ends_no_silence_and_the_year_alone_counts_for_none() -> None:
    found = silences([meeting("2026-03-01", "2026-03-09"), meeting("2026-03-03"), meeting("2025")], TODAY)
    assert [silence.days for silence in found] == [15]
    assert silences([], TODAY) == []
    assert silences([meeting("2027-01-01")], TODAY) == []
