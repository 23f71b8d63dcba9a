"""Months of the calendar and the span of its file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.selectors.calendar import CalendarPage, Month, bounds, calendar_page, file_entries
from tests.factories import AnniversaryFactory, DeclarationFactory, MechanismFactory, SessionFactory, SourceFactory, StatusFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)
APRIL = Month(2026, 4)


def test_a_month_knows_its_ends_and_its_neighbours() -> None:
    assert (Month(2024, 2).first, Month(2024, 2).last) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert Month(2025, 12).plus(1) == Month(2026, 1)
    assert Month(2026, 1).plus(-1) == Month(2025, 12)
    assert Month.parse("2026-04") == APRIL
    assert APRIL.iso == "2026-04"


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-04-01", "april", "", "2026-4", "0000-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Month.parse(text)


def month(number: int, *dyads: str, year: int = 2026) -> CalendarPage:
    return calendar_page(TODAY, Month(year, number), dyads)


def test_a_month_holds_its_days_its_months_and_its_sessions_in_order() -> None:
    StatusFactory(level="strategic_partnership", date="2013-04-20", title_en="Status")
    DeclarationFactory(kind="treaty", date="2006-04", title_en="Treaty")
    AnniversaryFactory(month_day="04-01", title_en="Day")
    SessionFactory(mechanism=MechanismFactory(title_en="Strategic dialogue", established=None, periodicity_months=12), date="2025-04-25")
    page = month(4)
    assert [entry.title for entry in page.entries] == ["Day", "Status", "Strategic dialogue", "Treaty"]
    assert (page.jubilees, page.expected) == (1, 1)


def test_the_year_beside_it_counts_every_month() -> None:
    AnniversaryFactory(month_day="01-03", origin="1991-01-03")
    AnniversaryFactory(month_day="04-01", origin="1992-04-01")
    AnniversaryFactory(month_day="04-30", origin="1991-04-30")
    counts = [(count.month.number, count.entries, count.jubilees) for count in month(4).year if count.entries]
    assert counts == [(1, 1, 1), (4, 2, 1)]
    assert len(month(4).year) == 12


def test_what_is_known_to_the_year_stands_beside_every_month_of_it() -> None:
    MechanismFactory(established="2011", title_en="Founded in 2011")
    for number in (1, 12):
        assert [entry.title for entry in month(number).undated] == ["Founded in 2011"]
    assert month(4, year=2027).undated == ()


def test_an_empty_month_knows_the_next_one_that_holds_something() -> None:
    AnniversaryFactory(month_day="01-03")
    page = month(4)
    assert page.entries == ()
    assert page.next_with is not None
    assert (page.next_with.month, page.next_with.entries) == (Month(2027, 1), 1)


def test_a_calendar_without_records_knows_none() -> None:
    assert month(4).next_with is None


def test_a_filter_leaves_the_others_out_but_still_counts_them() -> None:
    AnniversaryFactory(dyad_id="CN-KZ", month_day="04-01")
    AnniversaryFactory(dyad_id="CN-KG", month_day="04-02")
    AnniversaryFactory(dyad_id="CN-TJ", month_day="04-03")
    page = month(4, "CN-KG", "CN-TJ")
    assert [entry.dyad for entry in page.entries] == ["CN-KG", "CN-TJ"]
    assert page.by_dyad == {"CN-KZ": 1, "CN-KG": 1, "CN-TJ": 1, "CN-TM": 0, "CN-UZ": 0, "CN-C5": 0}


def test_the_calendar_ends_where_it_ends() -> None:
    assert bounds(TODAY) == (Month(1992, 1), Month(2036, 12))
    first, last = calendar_page(TODAY, Month(1992, 1)), calendar_page(TODAY, Month(2036, 12))
    assert (first.previous, first.year_before) == (None, None)
    assert (last.next, last.year_after, last.next_with) == (None, None, None)
    assert (month(4).previous, month(4).next) == (Month(2026, 3), Month(2026, 5))
    assert (month(4).year_before, month(4).year_after) == (Month(2025, 4), Month(2027, 4))


def test_the_sources_of_a_day_without_a_page_come_along() -> None:
    source = SourceFactory()
    row = AnniversaryFactory(month_day="04-01", sources=[source])
    assert month(4).sources == {row.pk: (source,)}


def test_the_file_holds_twelve_months_back_and_twenty_four_ahead() -> None:
    AnniversaryFactory(month_day="03-01", origin=None)
    AnniversaryFactory(month_day="03-31", origin=None)
    MechanismFactory(established="2016")
    dates = [entry.date.iso for entry in file_entries(TODAY)]
    assert dates == ["2025-03-01", "2025-03-31", "2026-03-01", "2026-03-31", "2027-03-01", "2027-03-31", "2028-03-01", "2028-03-31"]
    assert [entry.date.iso for entry in file_entries(dt.date(2026, 3, 1))] == dates


def test_the_number_of_queries_stays_the_same(django_assert_num_queries: Any) -> None:
    AnniversaryFactory(month_day="04-01", sources=[SourceFactory()])
    with django_assert_num_queries(12):
        month(4)
    for day in range(2, 9):
        AnniversaryFactory(month_day=f"04-0{day}", sources=[SourceFactory()])
        StatusFactory(dyad_id="CN-KG", level=LEVELS[day], date=f"2013-04-0{day}")
    with django_assert_num_queries(12):
        month(4)


LEVELS = ["", "", "recognition", "diplomatic_relations", "friendly_cooperation", "good_neighbourly_partnership", "strategic_partnership",
          "comprehensive_strategic_partnership", "community_shared_future"]  # fmt: skip
