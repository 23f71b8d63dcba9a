"""One month of the calendar, with the months around it; and the years that a calendar program subscribes to."""

from __future__ import annotations

import calendar as months_of
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from relations.domain.agenda import Entry, Kind
from relations.domain.cadence import add_months
from relations.domain.partial_date import PartialDate, Precision
from relations.models import Anniversary
from relations.reference.parties import DYADS
from relations.selectors.agenda import between

FIRST_YEAR: Final = 1992
YEARS_AHEAD: Final = 10
"""So far ahead the calendar can be turned; what comes round does so for ever."""
FILE_MONTHS_BACK: Final = 12
FILE_MONTHS_AHEAD: Final = 24


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2026-04`. Raises ValueError for anything else."""
        date = PartialDate.parse(text)
        if date.precision is not Precision.MONTH or date.month is None:
            raise ValueError(f"{text!r} is not a month of the form YYYY-MM")
        return cls(date.year, date.month)

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, self.number, months_of.monthrange(self.year, self.number)[1])

    @property
    def date(self) -> PartialDate:
        return PartialDate(self.year, self.number)

    @property
    def iso(self) -> str:
        return self.date.iso

    def plus(self, months: int) -> Month:
        return Month.of(add_months(self.first, months))


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How much a month of the year holds: lines, and jubilees among them."""

    month: Month
    entries: int
    jubilees: int


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A month: its lines, those of its year of which no month is known, and what the other months of the year hold.

    `previous` and `next` (and the same month a year away) are None at the ends of the calendar; `next_with` is the next
    month that holds a line, with how many, for a month that holds none. `by_dyad` counts the lines of the month for each
    relationship.
    """

    month: Month
    entries: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    year: tuple[MonthCount, ...]
    previous: Month | None
    next: Month | None
    year_before: Month | None
    year_after: Month | None
    next_with: MonthCount | None
    by_dyad: dict[str, int]
    sources: dict[int, tuple[Any, ...]]

    @property
    def jubilees(self) -> int:
        return sum(entry.is_jubilee for entry in self.entries)

    @property
    def expected(self) -> int:
        return sum(entry.kind is Kind.SESSION for entry in self.entries)


def bounds(today: dt.date) -> tuple[Month, Month]:
    """The first and the last month that the calendar can be turned to."""
    return Month(FIRST_YEAR, 1), Month(today.year + YEARS_AHEAD, 12)


def calendar_page(today: dt.date, month: Month, dyads: Sequence[str] = ()) -> CalendarPage:
    """A month as seen on `today`, of some relationships or of all.

    Twelve queries, whatever the number of records: those of the agenda, and the sources of the days shown.
    """
    lowest, highest = bounds(today)
    # The year shown, and as much after the month as it takes to find one that holds something: every day of the year comes
    # round within twelve months.
    last = max(Month(month.year, 12), month.plus(12))
    everything = between(dt.date(month.year, 1, 1), last.last, today).entries
    chosen = [entry for entry in everything if not dyads or set(entry.dyads) & set(dyads)]
    shown = _of_month(chosen, month)
    counts = [_count(chosen, Month(month.year, number)) for number in range(1, 13)]
    later = (_count(chosen, month.plus(ahead)) for ahead in range(1, 13))
    return CalendarPage(
        month=month,
        entries=tuple(shown),
        undated=tuple(entry for entry in chosen if entry.date.precision is Precision.YEAR and entry.date.year == month.year),
        year=tuple(counts),
        previous=month.plus(-1) if month > lowest else None,
        next=month.plus(1) if month < highest else None,
        year_before=month.plus(-12) if month.plus(-12) >= lowest else None,
        year_after=month.plus(12) if month.plus(12) <= highest else None,
        next_with=next((count for count in later if count.entries and count.month <= highest), None),
        by_dyad={code: sum(code in entry.dyads for entry in _of_month(everything, month)) for code in DYADS},
        sources=_sources(shown),
    )


def _of_month(entries: Iterable[Entry], month: Month) -> list[Entry]:
    return [entry for entry in entries if (entry.date.year, entry.date.month) == (month.year, month.number)]


def _count(entries: Iterable[Entry], month: Month) -> MonthCount:
    held = _of_month(entries, month)
    return MonthCount(month, len(held), sum(entry.is_jubilee for entry in held))


def _sources(entries: Iterable[Entry]) -> dict[int, tuple[Any, ...]]:
    """The sources of the anniversaries shown, by row: they have no page of their own that would name them."""
    rows = [entry.pk for entry in entries if entry.record == "anniversary"]
    found = Anniversary.objects.filter(pk__in=rows).with_sources()
    return {row.pk: tuple(row.cited_sources) for row in found}


def file_entries(today: dt.date, dyads: Sequence[str] = ()) -> list[Entry]:
    """What a calendar program is told: the past twelve months and the next twenty-four, whole months, so that the file is the
    same all month as long as the records are.

    What is known to the year alone is left out, since a calendar has no place for it. Nine queries.
    """
    here = Month.of(today)
    entries = between(here.plus(-FILE_MONTHS_BACK).first, here.plus(FILE_MONTHS_AHEAD).last, today).entries
    chosen = (entry for entry in entries if not dyads or set(entry.dyads) & set(dyads))
    return [entry for entry in chosen if entry.date.precision > Precision.YEAR]
