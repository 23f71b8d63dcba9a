"""What jubilees brought: the documents, visits and sessions around earlier ones, so that a desk can expect what the next will bring.

Rules, all of them here and nowhere else:

- Around an anniversary are the days from 45 before it to 45 after it. Where only the month of the origin is known, they reach from
  45 days before its first day to 45 after its last. An origin known to the year alone has none: a year holds something anyway.
- A record belongs there where its date, known at least to the month, lies in those days with its middle; of a visit the
  first day counts. The record that began it all has no part in it: it lies years before.
- A jubilee has passed once the days around it are over. One that lasts, or is before the first year of the records (1992), is no
  evidence.
- One record can lie around the jubilees of several origins; by week it counts once for one day of jubilee of a relationship.
- Chance: how often the days around *any* day hold a record. For a relationship it is the share of the days since 1992 that have one
  within 45 days. A jubilee brings more where its share is higher than that.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from relations.domain import recurrence
from relations.domain.partial_date import PartialDate, Precision
from relations.domain.recurrence import Occurrence, Origin

AROUND_DAYS: Final = 45
AHEAD_MONTHS: Final = 24
"""So far ahead the jubilees stand that a desk prepares."""
KINDS: Final = ("declaration", "visit", "session")
FIRST_DAY: Final = dt.date(1992, 1, 1)
"""The first day of which the records tell."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What one relationship recorded. `kind` is `declaration`, `visit` or `session`, `key` the row."""

    date: PartialDate
    kind: str
    key: int

    @property
    def is_dated(self) -> bool:
        """Whether it is known closely enough to lie around a day."""
        return self.date.precision >= Precision.MONTH


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Passed:
    """An earlier jubilee and what lay around it, in the order of time."""

    occurrence: Occurrence
    happenings: tuple[Happening, ...]


class Chronicle:
    """The documents, visits and sessions of one relationship in the order of time."""

    def __init__(self, happenings: Iterable[Happening]) -> None:
        self._rows = sorted((row for row in happenings if row.is_dated), key=lambda row: (row.date.middle, row.kind, row.key))
        self._days = [row.date.middle for row in self._rows]

    def within(self, span: Span) -> tuple[Happening, ...]:
        """What lies in a span of days."""
        return tuple(self._rows[bisect_left(self._days, span.first) : bisect_right(self._days, span.last)])

    def chance(self, today: dt.date) -> float | None:
        """The share of the days from 1992 to 45 days before today around which something lies; None where there are none."""
        return _covered(self._days, FIRST_DAY + _AROUND, today - _AROUND)


_AROUND: Final = dt.timedelta(days=AROUND_DAYS)


def around(date: PartialDate) -> Span | None:
    """The days around an anniversary; None where not even its month is known."""
    if date.precision is Precision.YEAR:
        return None
    return Span(date.first - _AROUND, date.last + _AROUND)


def passed(origin: Origin, chronicle: Chronicle, today: dt.date) -> list[Passed]:
    """The jubilees whose days are over, the last one first, each with what lay around it."""
    found: list[Passed] = []
    if origin.year is None:
        return found
    # Every fifth year after the origin, from the first year of the records on.
    begin = origin.year + 5 * max(1, -(-(FIRST_DAY.year - origin.year) // 5))
    for year in range(begin, today.year + 1, 5):
        occurrence = recurrence.in_year(origin, year)
        if occurrence is None or not occurrence.is_jubilee:
            continue
        span = around(occurrence.date)
        if span and span.first >= FIRST_DAY and span.last < today:
            found.append(Passed(occurrence, chronicle.within(span)))
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many jubilees had something around them, and what chance alone would give (a share, None where it is not known)."""

    jubilees: int
    marked: int
    chance: float | None

    @property
    def share(self) -> float | None:
        return self.marked / self.jubilees if self.jubilees else None


def evidence(rows: Sequence[tuple[str, Sequence[Passed]]], chances: dict[str, float | None]) -> Evidence:
    """What the jubilees of several origins add up to; `rows` are (relationship, its jubilees).

    The chance is the mean of those of the relationships, each as often as it has jubilees here.
    """
    jubilees = [(dyad, one) for dyad, passed in rows for one in passed]
    known = [chance for dyad, _one in jubilees if (chance := chances.get(dyad)) is not None]
    marked = sum(bool(one.happenings) for _dyad, one in jubilees)
    return Evidence(len(jubilees), marked, sum(known) / len(known) if known else None)


def marked_by(passed: Sequence[Passed]) -> dict[str, int]:
    """Kind → how many of these jubilees had one of it around them."""
    return {kind: sum(any(row.kind == kind for row in one.happenings) for one in passed) for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days by their distance from the jubilee, negative before it, and how many records of each kind lay in them."""

    first: int
    last: int
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def weeks(rows: Iterable[tuple[str, Sequence[Passed]]]) -> list[Week]:
    """When records lie around a jubilee; `rows` are (relationship, its jubilees). Jubilees and records known to the day alone.

    Thirteen weeks, the middle one from three days before to three days after; the last one reaches to 45 days.
    """
    found: set[tuple[str, dt.date, Happening]] = set()
    for dyad, jubilees in rows:
        for one in jubilees:
            day = one.occurrence.date.exact
            if day:
                found |= {(dyad, day, row) for row in one.happenings if row.date.day}
    counts: dict[int, dict[str, int]] = {number: dict.fromkeys(KINDS, 0) for number in range(-_WEEKS, _WEEKS + 1)}
    for _dyad, day, row in found:
        counts[((row.date.middle - day).days + 3) // 7][row.kind] += 1
    return [Week(7 * number - 3, 7 * number + 3, kinds) for number, kinds in counts.items()]


_WEEKS: Final = (AROUND_DAYS + 3) // 7


def _covered(days: Sequence[dt.date], first: dt.date, last: dt.date) -> float | None:
    """The share of the days between two, both included, that have one of `days` (sorted) within 45 days."""
    total = (last - first).days + 1
    if total <= 0:
        return None
    covered, reached = 0, first - dt.timedelta(days=1)
    for day in days:
        start, end = max(day - _AROUND, reached + dt.timedelta(days=1)), min(day + _AROUND, last)
        if end >= start:
            covered += (end - start).days + 1
            reached = end
    return covered / total
