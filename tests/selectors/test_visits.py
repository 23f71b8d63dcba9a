"""Visits and sessions as the calendar shows them: what counts, who visits whom, and when leaders last met."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.domain.partial_date import PartialDate
from relations.selectors.visits import LATEST, VisitFilters, visits_page
from tests.factories import MechanismFactory, PersonFactory, SessionFactory, VisitFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)


def kazakh(date: str, office: str = "President", **values: Any) -> Any:
    return VisitFactory(dyad_id="CN-KZ", visitor=PersonFactory(side="KZ"), office=office, host="CN", date_start=date, **values)


def chinese(date: str, office: str = "President", **values: Any) -> Any:
    return VisitFactory(dyad_id="CN-KZ", visitor=PersonFactory(side="CN"), office=office, host="KZ", date_start=date, **values)


def test_visits_and_sessions_count_and_what_lies_ahead_does_not() -> None:
    kazakh("2024-07-02", date_end="2024-07-05")
    kazakh("2024-07-20", office="Minister of Foreign Affairs")
    chinese("2026-12-01")
    SessionFactory(mechanism=MechanismFactory(kind="committee"), date="2024-07")
    SessionFactory(mechanism=MechanismFactory(kind="committee"), date="2023")
    page = visits_page(TODAY, VisitFilters())
    assert (page.visits, page.sessions, page.heat.total) == (2, 2, 4)
    busiest = page.heat.busiest
    assert busiest and (busiest.year, busiest.month, busiest.visits, busiest.sessions) == (2024, 7, 2, 1)
    assert [line.date.iso for line in page.lines] == ["2024-07-20", "2024-07-02", "2024-07", "2023"]


def test_leaders_alone_leave_ministers_and_committees_out() -> None:
    kazakh("2024-07-02")
    kazakh("2024-08-01", office="Minister of Foreign Affairs")
    SessionFactory(mechanism=MechanismFactory(kind="committee"), date="2024-09-01")
    SessionFactory(mechanism=MechanismFactory(kind="summit"), date="2024-10-01")
    page = visits_page(TODAY, VisitFilters(leaders=True))
    assert [(line.record, line.date.iso) for line in page.lines] == [("session", "2024-10-01"), ("visit", "2024-07-02")]


def test_the_balance_counts_both_ways_and_the_leaders_among_them() -> None:
    kazakh("2013-05-01")
    kazakh("2019-09-11", office="Minister of Energy")
    chinese("2013-09-07")
    kazakh("2024")
    page = visits_page(TODAY, VisitFilters(dyads=("CN-KZ",)))
    (one,) = page.balances
    assert (one.to_china.visits, one.to_china.leaders, one.from_china.visits, one.difference, one.leaders_difference) == (3, 2, 1, 2, 1)
    assert [(year.to_china, year.from_china) for year in page.by_year if year.year in (2013, 2019, 2024)] == [(1, 1), (1, 0), (1, 0)]
    assert (page.by_year[0].year, page.by_year[-1].year) == (1992, 2026)


def test_the_six_have_no_balance_of_two() -> None:
    assert visits_page(TODAY, VisitFilters(dyads=("CN-C5",))).balances == ()
    assert len(visits_page(TODAY, VisitFilters()).balances) == 5


def test_the_longest_time_without_a_meeting_and_the_present_one() -> None:
    # From 10 January 2020 to 20 January 2020 are 10 days; from 1 February (its last day) to 24 March 2026 2243.
    kazakh("2020-01-05", date_end="2020-01-10")
    chinese("2020-01-20", date_end="2020-02-01")
    kazakh("2021", office="President")  # the year alone is left out
    (met,) = visits_page(TODAY, VisitFilters(dyads=("CN-KZ",))).met
    assert met.longest and met.present
    assert (met.longest.days, met.present.days, met.place) == (10, (TODAY - dt.date(2020, 2, 1)).days, 1)


def test_without_a_meeting_nothing_is_long() -> None:
    (met,) = visits_page(TODAY, VisitFilters(dyads=("CN-TM",))).met
    assert (met.silences, met.longest, met.present, met.place) == ((), None, None, 0)


def test_the_list_is_that_of_the_month_or_year_or_the_latest() -> None:
    for day in range(1, 15):
        kazakh(f"2024-07-{day:02d}")
    kazakh("2024-08-01")
    kazakh("2024")

    def listed(when: PartialDate | None) -> int:
        return len(visits_page(TODAY, VisitFilters(when=when)).listed)

    assert (listed(PartialDate(2024, 7)), listed(PartialDate(2024)), listed(PartialDate(2020)), listed(None)) == (14, 16, 0, LATEST)


def test_five_queries_whatever_the_number(django_assert_num_queries: Any) -> None:
    def enter(first: int) -> None:
        for number in range(first, first + 6):
            kazakh(f"20{number + 10}-07-02")
            SessionFactory(mechanism=MechanismFactory(kind="summit"), date=f"20{number + 10}-08")

    enter(0)
    visits_page(TODAY, VisitFilters())
    for first in (0, 6):
        if first:
            enter(first)
        with django_assert_num_queries(5):
            assert len(visits_page(TODAY, VisitFilters()).lines) == 12 + 2 * first
