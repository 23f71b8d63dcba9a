"""Years to pixels: where a date stands, and which ticks a range gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..partial_date import PartialDate, Precision

YEAR_LABEL: Final = 48
"""Room that the label of a year needs, in pixels, with air."""
MONTH_LABEL: Final = 46


def decimal_year(day: dt.date) -> float:
    """The day as a year with a fraction: 1 July 2021 → 2021.4959 (the beginning of that day)."""
    first = dt.date(day.year, 1, 1)
    return day.year + (day - first).days / (dt.date(day.year + 1, 1, 1) - first).days


# The same few thousand dates are placed again at every request.
@lru_cache(maxsize=8192)
def _decimals(date: PartialDate) -> tuple[float, float, float]:
    """A date as decimal years: the middle of what it may be, the beginning of its first day, the end of its last."""
    half = 0.5 / 365 if date.exact else 0
    return decimal_year(date.middle) + half, decimal_year(date.first), decimal_year(date.last + dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale: the year `first` (decimal) stands at 0 pixels, `last` at `width` pixels."""

    first: float
    last: float
    width: float

    @property
    def per_year(self) -> float:
        """Pixels of a year."""
        return self.width / (self.last - self.first)

    def px(self, year: float) -> float:
        return (year - self.first) * self.per_year

    def year(self, px: float) -> float:
        return self.first + px / self.per_year

    def at(self, date: PartialDate) -> float:
        """The pixel at which the mark of a date stands: in the middle of the days that it may be."""
        return self.px(_decimals(date)[0])

    def span(self, date: PartialDate) -> tuple[float, float] | None:
        """The pixels from the first to the last day that it may be; None where the day is known."""
        if date.precision is Precision.DAY:
            return None
        _, first, last = _decimals(date)
        return self.px(first), self.px(last)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid and its label, at `x` pixels; `major` where a year begins."""

    x: float
    label: str
    major: bool = True


def ticks(scale: Scale, months: Sequence[str]) -> list[Tick]:
    """Years at the densest step that leaves each label its room; months too where a year is wide enough."""
    quarter = next((step for step in (1, 2, 3, 6) if scale.per_year / 12 * step >= MONTH_LABEL), 0)
    step = 1 if quarter else next(step for step in (1, 2, 5, 10, 20, 50, 100) if scale.per_year * step >= YEAR_LABEL or step == 100)
    found: list[Tick] = []
    for year in range(int(scale.first), int(scale.last) + 1):
        if year % step:
            continue
        found.append(Tick(scale.px(year), str(year)))
        for month in range(1 + quarter, 13, quarter) if quarter else ():
            found.append(Tick(scale.px(decimal_year(dt.date(year, month, 1))), months[month - 1], major=False))
    return [tick for tick in found if 0 <= tick.x <= scale.width]
