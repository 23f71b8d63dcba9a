"""Dates known to the day, the month or only the year."""

from __future__ import annotations

import calendar
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain.partial_date import PartialDate, Precision
from relations.reference.dates import PARTIAL_DATE

days = st.dates(min_value=dt.date(1, 1, 1))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Any day there is, cut to what is known of it."""
    day = draw(days)
    precision = draw(st.sampled_from(Precision))
    return PartialDate(day.year, day.month if precision >= Precision.MONTH else None, day.day if precision == Precision.DAY else None)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last", "exact"),
    [
        ("2022-09-14", Precision.DAY, "2022-09-14", "2022-09-14", "2022-09-14"),
        ("2022-09", Precision.MONTH, "2022-09-01", "2022-09-30", None),
        ("2024-02", Precision.MONTH, "2024-02-01", "2024-02-29", None),
        ("2023-02", Precision.MONTH, "2023-02-01", "2023-02-28", None),
        ("2022", Precision.YEAR, "2022-01-01", "2022-12-31", None),
        ("2024-02-29", Precision.DAY, "2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_it_says_what_is_known_and_invents_no_day(text: str, precision: Precision, first: str, last: str, exact: str | None) -> None:
    date = PartialDate.parse(text)

    assert date.precision is precision
    assert (date.first.isoformat(), date.last.isoformat()) == (first, last)
    assert (date.exact.isoformat() if date.exact else None) == exact
    assert date.iso == text


@pytest.mark.parametrize(("text", "middle"), [("2022-09-14", "2022-09-14"), ("2022-09", "2022-09-15"), ("2022", "2022-07-02")])
def test_a_chart_puts_the_mark_in_the_middle_of_what_is_possible(text: str, middle: str) -> None:
    assert PartialDate.parse(text).middle.isoformat() == middle


@pytest.mark.parametrize(
    "text",
    [
        "", "22", "2022-", "2022-9", "2022-13", "2022-00", "2022-02-30", "2022-02-00", "2023-02-29", "2022-09-31", "2022-09-14T00:00",
        "2022-09-14 ", " 2022", "14.09.2022", "2022/09/14", "-2022", "0000", "２０２２", "2022-٠٩", "2022\n",
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_a_day_needs_a_month() -> None:
    with pytest.raises(ValueError, match="a day needs a month"):
        PartialDate(2022, None, 14)


def test_the_less_precise_comes_first() -> None:
    in_order = ["1999", "1999-12", "1999-12-31", "2000", "2000-01", "2000-01-01", "2000-01-02", "2000-02"]
    assert [str(date) for date in sorted(PartialDate.parse(text) for text in reversed(in_order))] == in_order


def test_equal_dates_are_one_key() -> None:
    assert len({PartialDate.parse("2022-09"), PartialDate(2022, 9), PartialDate.parse("2022")}) == 2
    assert PartialDate.of(dt.date(2022, 9, 14)) == PartialDate.parse("2022-09-14")


@given(partial_dates())
def test_text_and_date_are_the_same(date: PartialDate) -> None:
    assert PartialDate.parse(date.iso) == date
    assert str(date) == date.iso


@given(partial_dates())
def test_the_database_takes_every_date_there_is(date: PartialDate) -> None:
    assert re.fullmatch(PARTIAL_DATE, date.iso)


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}", fullmatch=True))
def test_what_is_read_is_what_the_database_takes(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return
    assert re.fullmatch(PARTIAL_DATE, text)
    assert date.iso == text


@given(partial_dates(), partial_dates())
def test_dates_sort_as_their_text(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) == (one.iso < other.iso)
    assert (one <= other) == (one.iso <= other.iso)
    assert (one == other) == (one.iso == other.iso)


@given(partial_dates(), partial_dates())
def test_what_lies_wholly_before_sorts_before(one: PartialDate, other: PartialDate) -> None:
    if one.last < other.first:
        assert one < other


@given(partial_dates())
def test_the_middle_lies_between_first_and_last(date: PartialDate) -> None:
    assert date.first <= date.middle <= date.last
    assert (date.exact is not None) == (date.first == date.last)


@given(partial_dates())
def test_first_and_last_span_just_what_is_not_known(date: PartialDate) -> None:
    span = (date.last - date.first).days + 1
    months = calendar.monthrange(date.year, date.month or 1)[1]
    assert span == {Precision.DAY: 1, Precision.MONTH: months, Precision.YEAR: 366 if calendar.isleap(date.year) else 365}[date.precision]
