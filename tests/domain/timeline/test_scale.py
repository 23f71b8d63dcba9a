"""Years to pixels, and the ticks."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.partial_date import PartialDate
from relations.domain.timeline.records import Words
from relations.domain.timeline.scale import Scale, decimal_year, ticks

MONTHS = Words().months


def parse(text: str) -> PartialDate:
    return PartialDate.parse(text)


def test_a_day_is_the_part_of_its_year_that_has_passed() -> None:
    assert decimal_year(dt.date(2021, 1, 1)) == 2021
    assert decimal_year(dt.date(2021, 7, 2)) == pytest.approx(2021 + 182 / 365)
    assert decimal_year(dt.date(2024, 12, 31)) == pytest.approx(2024 + 365 / 366)


def test_pixels_and_years_go_both_ways() -> None:
    scale = Scale(2000, 2010, 500)
    assert scale.per_year == 50
    assert scale.px(2003) == 150
    assert scale.year(150) == 2003


def test_a_year_alone_spans_its_year_and_stands_in_its_middle() -> None:
    scale = Scale(2000, 2010, 3650)
    assert scale.span(parse("2003")) == (1095, 1460)
    assert scale.at(parse("2003")) == pytest.approx(1095 + 182)


def test_a_month_alone_spans_its_month() -> None:
    scale = Scale(2000, 2010, 3650)
    first, last = scale.span(parse("2003-02")) or (0, 0)
    assert last - first == pytest.approx(28)
    assert first == pytest.approx(1095 + 31)


def test_a_known_day_has_no_span() -> None:
    assert Scale(2000, 2010, 500).span(parse("2003-02-01")) is None


def test_many_years_are_labelled_by_fives() -> None:
    labels = [tick.label for tick in ticks(Scale(1990, 2026, 800), MONTHS)]
    assert labels == ["1990", "1995", "2000", "2005", "2010", "2015", "2020", "2025"]


def test_few_years_are_labelled_each() -> None:
    assert [tick.label for tick in ticks(Scale(2018, 2022.5, 300), MONTHS)] == ["2018", "2019", "2020", "2021", "2022"]


def test_a_wide_year_is_labelled_by_months() -> None:
    labels = [tick.label for tick in ticks(Scale(2022, 2023, 800), MONTHS)]
    assert labels == ["2022", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "2023"]


def test_ticks_never_leave_the_picture() -> None:
    scale = Scale(1991.6, 2026.4, 700)
    assert all(0 <= tick.x <= scale.width for tick in ticks(scale, MONTHS))
