"""What comes round, and when."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain.partial_date import PartialDate
from relations.domain.recurrence import Origin, Weight, between, in_year, is_jubilee, upcoming, weight

TODAY = dt.date(2026, 3, 24)


def origin(text: str) -> Origin:
    return Origin.of(PartialDate.parse(text))


days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
origins = st.one_of(
    days.map(lambda day: Origin(day.year, day.month, day.day)),
    days.map(lambda day: Origin(day.year, day.month)),
    days.map(lambda day: Origin(day.year)),
    days.map(lambda day: Origin(None, day.month, day.day)),
)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (None, Weight.ORDINARY),
        (0, Weight.ORDINARY),
        (1, Weight.ORDINARY),
        (4, Weight.ORDINARY),
        (5, Weight.JUBILEE),
        (10, Weight.ROUND),
        (15, Weight.JUBILEE),
        (20, Weight.ROUND),
        (25, Weight.ROUND),
        (30, Weight.ROUND),
        (34, Weight.ORDINARY),
        (35, Weight.JUBILEE),
        (50, Weight.ROUND),
        (75, Weight.ROUND),
    ],
)
def test_every_fifth_year_is_a_jubilee_and_tens_and_quarters_weigh_more(years: int | None, expected: Weight) -> None:
    assert weight(years) is expected
    assert is_jubilee(years) is (expected is not Weight.ORDINARY)


def test_the_first_anniversary_is_the_first_occurrence() -> None:
    treaty = origin("2025-06-17")
    assert in_year(treaty, 2025) is None
    first = in_year(treaty, 2026)
    assert first is not None
    assert (first.date.iso, first.years, first.is_jubilee) == ("2026-06-17", 1, False)


def test_a_leap_day_is_kept_a_day_early_in_common_years_and_says_so() -> None:
    leap = origin("2024-02-29")
    kept = in_year(leap, 2026)
    own = in_year(leap, 2028)
    assert kept is not None and own is not None
    assert (kept.date.iso, kept.moved) == ("2026-02-28", True)
    assert (own.date.iso, own.moved) == ("2028-02-29", False)


def test_the_century_that_has_no_leap_day_keeps_it_early_too() -> None:
    kept = in_year(origin("2096-02-29"), 2100)
    assert kept is not None
    assert kept.date.iso == "2100-02-28"


def test_a_month_comes_round_as_a_month_and_a_year_as_a_year() -> None:
    month, year = in_year(origin("2006-09"), 2026), in_year(origin("2011"), 2026)
    assert month is not None and year is not None
    assert (month.date.iso, month.years) == ("2026-09", 20)
    assert (year.date.iso, year.years) == ("2026", 15)


def test_a_kept_day_may_differ_from_the_day_it_began() -> None:
    # Turkmenistan: independence declared on 27 October 1991, kept on 27 September.
    day = in_year(Origin.yearly("09-27", PartialDate.parse("1991-10-27")), 2026)
    assert day is not None
    assert (day.date.iso, day.years, day.is_jubilee) == ("2026-09-27", 35, True)


def test_a_day_without_a_beginning_has_no_number_and_is_no_jubilee() -> None:
    nowruz = in_year(Origin.yearly("03-21"), 2026)
    assert nowruz is not None
    assert (nowruz.date.iso, nowruz.years, nowruz.is_jubilee) == ("2026-03-21", None, False)


def test_a_window_holds_both_its_ends() -> None:
    first, last = dt.date(2026, 3, 24), dt.date(2026, 6, 22)
    assert [o.date.iso for o in between(origin("1996-03-24"), first, last)] == ["2026-03-24"]
    assert [o.date.iso for o in between(origin("2016-06-22"), first, last)] == ["2026-06-22"]
    assert list(between(origin("1996-03-23"), first, last)) == []
    assert list(between(origin("2016-06-23"), first, last)) == []


def test_a_window_over_new_year_finds_what_lies_in_january() -> None:
    found = list(between(origin("1992-01-03"), dt.date(2026, 11, 24), dt.date(2027, 2, 22)))
    assert [(o.date.iso, o.years) for o in found] == [("2027-01-03", 35)]


def test_a_month_is_found_as_long_as_one_of_its_days_lies_in_the_window() -> None:
    assert [o.date.iso for o in between(origin("2006-06"), TODAY, dt.date(2026, 6, 1))] == ["2026-06"]
    assert list(between(origin("2006-06"), TODAY, dt.date(2026, 5, 31))) == []


def test_jubilees_can_be_asked_for_alone() -> None:
    first, last = dt.date(2026, 1, 1), dt.date(2031, 12, 31)
    found = [o.years for o in between(origin("2006-04-03"), first, last, jubilees_only=True)]
    assert found == [20, 25]


def test_today_is_still_to_come() -> None:
    found = upcoming(origin("2011-03-24"), TODAY)
    assert found is not None
    assert (found.date.iso, found.years) == ("2026-03-24", 15)


@pytest.mark.parametrize(
    ("text", "jubilees_only", "expected"),
    [
        ("2011-03-23", False, "2027-03-23"),
        ("1992-01-03", True, "2027-01-03"),
        ("2022-09-14", True, "2027-09-14"),
        ("2026-09-14", False, "2027-09-14"),
        ("2026-09-14", True, "2031-09-14"),
        ("2016-03", True, "2026-03"),
        ("2016-02", True, "2031-02"),
        ("2011", True, "2026"),
    ],
)
def test_the_next_one_is_found(text: str, jubilees_only: bool, expected: str) -> None:
    found = upcoming(origin(text), TODAY, jubilees_only=jubilees_only)
    assert found is not None
    assert found.date.iso == expected


def test_a_day_without_its_month_is_refused() -> None:
    with pytest.raises(ValueError, match="a day needs a month"):
        Origin(1992, None, 3)
    with pytest.raises(ValueError, match="day of the year"):
        Origin(None, 3)


@given(origins, days, st.integers(0, 800))
def test_whatever_is_found_lies_in_the_window_in_order_and_keeps_what_is_known(kept: Origin, first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    found = list(between(kept, first, last))
    assert [o.date.year for o in found] == sorted({o.date.year for o in found})
    for occurrence in found:
        assert occurrence.date.first <= last
        assert occurrence.date.last >= first
        assert occurrence.date.precision == PartialDate(2000, kept.month, kept.day).precision
        assert occurrence.years is None or occurrence.years >= 1
        if kept.day and not occurrence.moved:
            assert (occurrence.date.month, occurrence.date.day) == (kept.month, kept.day)
        if occurrence.moved:
            assert not calendar.isleap(occurrence.date.year)


@given(origins, days)
def test_the_next_one_is_the_first_of_the_years_to_come(kept: Origin, today: dt.date) -> None:
    found = upcoming(kept, today)
    assert found is not None
    begun = max(today.year, (kept.year or 0) + 1)
    assert found == next(between(kept, today, dt.date(begun + 1, 12, 31)))
