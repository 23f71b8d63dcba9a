"""Sessions on a line of their own."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from relations.domain.cadence import Cadence, Session, cadence
from relations.domain.partial_date import PartialDate
from relations.templatetags.session_line import _MARK, Mark, place, session_line

TODAY = dt.date(2026, 3, 24)


def read(*texts: str, months: int | None = None) -> Cadence:
    return cadence((Session(PartialDate.parse(text)) for text in texts), periodicity_months=months, status="active", today=TODAY)


def by_percent_of_a_century(day: dt.date) -> float:
    return round((day - dt.date(1950, 1, 1)).days / 36525 * 100, 2)


def test_the_line_begins_with_the_foundation_and_ends_after_what_is_expected() -> None:
    drawn = session_line(read("2024-11-04", months=24), "CN-KZ", TODAY, "2012-03-31")
    assert drawn["side"] == "KZ"
    assert drawn["ticks"][0] == (0.0, 2012)
    # To 1 January 2027 it is 5,479 days; 5,114 of fourteen years and 82 of this one have passed.
    assert drawn["now"] == 94.83
    assert drawn["due"] is not None
    assert drawn["due"]["end"] == 98.94  # 4 November 2026, day 5,421


def test_sessions_that_would_touch_stand_above_each_other() -> None:
    marks = place([PartialDate.parse(text) for text in ("2000-01-01", "2000-02-01", "2010-01-01")], by_percent_of_a_century)
    assert [(mark.level, mark.y) for mark in marks] == [(0, 38.5), (1, 29.5), (0, 38.5)]


def test_a_vague_date_wears_the_time_it_can_be() -> None:
    (mark,) = place([PartialDate.parse("2000")], by_percent_of_a_century)
    assert mark.start is not None and mark.end is not None
    assert mark.start < mark.x < mark.end
    (exact,) = place([PartialDate.parse("2000-06-01")], by_percent_of_a_century)
    assert (exact.start, exact.end) == (None, None)


def test_gaps_carry_their_length_where_there_is_room() -> None:
    drawn = session_line(read("1995-06-01", "2010-06-01", "2012-12-01", "2025-06-01"), "CN-KZ", TODAY)
    assert [gap.label for gap in drawn["gaps"]] == ["15 years", "", "12½ years"]


def test_the_present_silence_is_a_gap_too() -> None:
    drawn = session_line(read("2015-06-01", "2016-06-01"), "CN-KZ", TODAY)
    assert len(drawn["gaps"]) == 1
    assert drawn["gaps"][0].end == drawn["now"]


def test_a_mechanism_without_sessions_still_has_a_line() -> None:
    drawn = session_line(read(), "CN-C5", TODAY)
    assert (drawn["marks"], drawn["gaps"], drawn["due"]) == ([], [], None)
    assert drawn["label"] == "0 sessions since 2022"


@given(st.lists(st.dates(dt.date(1992, 1, 1), dt.date(2026, 1, 1)), max_size=10, unique=True))
def test_no_mark_hides_another_while_there_are_few(days: list[dt.date]) -> None:
    marks = place([PartialDate.of(day) for day in sorted(days)], lambda day: round((day - dt.date(1992, 1, 1)).days / 12419 * 100, 2))

    def touch(one: Mark, other: Mark) -> bool:
        return one.level == other.level and abs(one.x - other.x) < _MARK

    stacked = max((mark.level for mark in marks), default=0)
    if stacked < 3:
        assert not any(touch(one, other) for one, other in combinations(marks, 2))
