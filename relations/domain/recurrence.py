"""What is remembered, and when it comes round: yearly days, jubilees, and dates known only to the month or the year.

Rules, all of them here and nowhere else:

- An occurrence is counted from the first anniversary on; the day itself (0 years) is none.
- A jubilee is every fifth year. The round ones, divisible by 10 or by 25, weigh more: 10, 20, 25, 30, 40, 50 …
- 29 February is kept on 28 February in years without it; such an occurrence is marked `moved`.
- An origin known to the month comes round in that month, one known to the year in that year: no day is invented.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from relations.domain.partial_date import PartialDate


class Weight(enum.IntEnum):
    """How much a number of years is worth remembering; a larger value more."""

    ORDINARY = 0
    JUBILEE = 1
    ROUND = 2


def weight(years: int | None) -> Weight:
    """The weight of a number of years: 15 is a jubilee, 10 and 25 are round, 13 and an unknown number are ordinary."""
    if years is None or years < 1 or years % 5:
        return Weight.ORDINARY
    return Weight.JUBILEE if years % 10 and years % 25 else Weight.ROUND


def is_jubilee(years: int | None) -> bool:
    """Whether a number of years is a multiple of five."""
    return weight(years) > Weight.ORDINARY


@dataclass(frozen=True, slots=True)
class Origin:
    """What comes round: the year it began (None where unknown), and its month and day as far as they are known.

    The day kept may differ from the day it began: Turkmenistan declared independence on 27 October and keeps 27 September.
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        if self.year is None and self.day is None:
            raise ValueError("without a year, what comes round is a day of the year")

    @classmethod
    def of(cls, date: PartialDate) -> Origin:
        """The origin of a dated record."""
        return cls(date.year, date.month, date.day)

    @classmethod
    def yearly(cls, month_day: str, since: PartialDate | None = None) -> Origin:
        """A day of the year, `09-27`, counted from a year if one is known. Raises ValueError for other text."""
        month, _dash, day = month_day.partition("-")
        return cls(since.year if since else None, int(month), int(day))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One return: its date as far as known, how many years it is (None where the beginning is unknown)."""

    date: PartialDate
    years: int | None
    moved: bool = False

    @property
    def weight(self) -> Weight:
        return weight(self.years)

    @property
    def is_jubilee(self) -> bool:
        return is_jubilee(self.years)


def in_year(origin: Origin, year: int) -> Occurrence | None:
    """The occurrence of a year; None up to the year in which it began."""
    if origin.year is not None and year <= origin.year:
        return None
    years = None if origin.year is None else year - origin.year
    leap_day = (origin.month, origin.day) == (2, 29)
    if leap_day and not calendar.isleap(year):
        return Occurrence(PartialDate(year, 2, 28), years, moved=True)
    return Occurrence(PartialDate(year, origin.month, origin.day), years)


def between(origin: Origin, first: dt.date, last: dt.date, *, jubilees_only: bool = False) -> Iterator[Occurrence]:
    """The occurrences that can lie between two days, both included, in order.

    One known to the month or the year is among them as soon as any of its days is.
    """
    for year in range(first.year, last.year + 1):
        occurrence = in_year(origin, year)
        if occurrence is None or occurrence.date.first > last or occurrence.date.last < first:
            continue
        if not jubilees_only or occurrence.is_jubilee:
            yield occurrence


def upcoming(origin: Origin, today: dt.date, *, jubilees_only: bool = False) -> Occurrence | None:
    """The next occurrence, today included; None for the jubilees of an unknown year, and past the last year that dates know."""
    # Five years hold a jubilee, and one more where this year's day is over or the origin lies ahead.
    start = today.year if origin.year is None else max(today.year, origin.year + 1)
    for year in range(start, min(start + 6, dt.MAXYEAR) + 1):
        occurrence = in_year(origin, year)
        if occurrence and occurrence.date.last >= today and (occurrence.is_jubilee or not jubilees_only):
            return occurrence
    return None
