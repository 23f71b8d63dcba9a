"""What two sides say of the same thing: mirror discrepancies, and shares in a total of the same reporter.

Rules, all of them here and nowhere else:

- A discrepancy is a period (a year, or the same months) for which a reporter of China's side and one of the partner's give a value
  of the same scope. Where several speak for a side, the one with the longest series does, as the list of series has it.
- Only exact and approximate values are compared: “more than 30” is a bound and no number. Nor is 0, of which nothing is a multiple.
- The two are never averaged. The larger divided by the smaller says how far they are apart; the largest discrepancy is the one with
  the largest quotient, the later one of equals.
- A share divides a value by the value for all five partners of the same reporter, scope and period; there is no other denominator.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from relations.domain.partial_date import PartialDate
from relations.domain.series import Series, Value
from relations.reference.parties import CHINA, PARTNERS, partner_of

COMPARED: Final = frozenset({"exact", "approx"})
"""Qualifiers of values that are numbers and no bounds."""
_WEAKEST_LAST: Final = ("official", "multiple", "single", "memory")


@dataclass(frozen=True, slots=True)
class Told:
    """Who says it, and what."""

    reporter: str
    value: Value


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What both sides say of one period, in the unit of the indicator."""

    dyad: str
    year: int
    period: str
    scope: str
    china: Told
    partner: Told
    side: str

    @property
    def low(self) -> float:
        return min(self.china.value.value, self.partner.value.value)

    @property
    def high(self) -> float:
        return max(self.china.value.value, self.partner.value.value)

    @property
    def ratio(self) -> float:
        """The larger divided by the smaller: 1 where they agree."""
        return self.high / self.low

    @property
    def china_is_larger(self) -> bool:
        return self.china.value.value > self.partner.value.value


def is_whole_year(value: Value) -> bool:
    """Whether it is a value of a calendar year, and not of some months or of a day."""
    return len(value.period) == 4


def place(value: Value) -> float:
    """Where a value stands on a line of years: a year at its number, which is its middle; months and days at the last day they name."""
    if is_whole_year(value):
        return float(value.year)
    return place_of(PartialDate.parse(value.period.rpartition("/")[2]).last)


def place_of(day: dt.date) -> float:
    """Where a day stands on the same line, on which 2022 is the middle of that year: 1 January 2022 is 2021.5."""
    first = dt.date(day.year, 1, 1)
    length = (dt.date(day.year, 12, 31) - first).days + 1
    return round(day.year - 0.5 + (day - first).days / length, 3)


def discrepancies(dyad: str, series: Sequence[Series]) -> list[Discrepancy]:
    """Every period that both sides count, in the order of time. `series` are those of one indicator and relationship, as grouped."""
    partner = partner_of(dyad)
    sides = (partner,) if partner in PARTNERS else PARTNERS
    china = _first_told(one for one in series if one.side == CHINA)
    theirs = _first_told(one for one in series if one.side in sides)
    found = [
        Discrepancy(dyad, told.value.year, period, scope, told, theirs[period, scope][0], theirs[period, scope][1])
        for (period, scope), (told, _side) in china.items()
        if (period, scope) in theirs
    ]
    return sorted(found, key=lambda one: (one.year, one.period, one.scope))


def _first_told(series: Iterable[Series]) -> dict[tuple[str, str], tuple[Told, str]]:
    """(period, scope) → what the first series that has it says, and for whom it speaks."""
    found: dict[tuple[str, str], tuple[Told, str]] = {}
    for one in series:
        for value in one.values:
            if value.qualifier in COMPARED and value.value > 0:
                found.setdefault((value.period, one.scope), (Told(one.reporter, value), one.side))
    return found


def largest(found: Iterable[Discrepancy]) -> Discrepancy | None:
    """The one whose two values are the furthest apart; None where nothing is counted by both sides."""
    return max(found, key=lambda one: (round(one.ratio, 9), one.period), default=None)


def runs(found: Sequence[Discrepancy]) -> list[list[Discrepancy]]:
    """Whole years in a row between the same two reporters: a band is drawn over each, never across a year that one of them left out."""
    made: list[list[Discrepancy]] = []
    for one in found:
        if not is_whole_year(one.china.value):
            continue
        last = made[-1][-1] if made else None
        pair = (one.scope, one.china.reporter, one.partner.reporter)
        if last and one.year == last.year + 1 and pair == (last.scope, last.china.reporter, last.partner.reporter):
            made[-1].append(one)
        else:
            made.append([one])
    return made


def shares(series: Sequence[Series], totals: Sequence[Series]) -> tuple[list[Series], dict[int, int]]:
    """Each value in per cent of the same reporter's total of the same scope and period; what has no total is left out.

    The second tells for each value (by its key) which total it is a share of. A share is as well verified as the weaker of the two.
    """
    known = {(one.reporter, one.scope, value.period): value for one in totals for value in one.values if _counts(value)}
    made: list[Series] = []
    of: dict[int, int] = {}
    for one in series:
        kept = []
        for value in one.values:
            total = known.get((one.reporter, one.scope, value.period))
            if total is None or value.qualifier not in COMPARED:
                continue
            exact = value.qualifier == total.qualifier == "exact"
            weaker = max(value.verification, total.verification, key=_WEAKEST_LAST.index)
            kept.append(
                replace(value, value=100 * value.value / total.value, qualifier="exact" if exact else "approx", verification=weaker)
            )
            of[value.key] = total.key
        if kept:
            made.append(replace(one, values=tuple(kept)))
    return made, of


def _counts(value: Value) -> bool:
    return value.qualifier in COMPARED and value.value > 0
