"""How much is recorded of a relationship, year by year: a measure of the records, not of warmth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """The records of one year; `x`, `width` and `height` are percent of the drawing, the tallest year 100."""

    year: int
    count: int
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Activity:
    """Records a year from the first year to the last, both included."""

    bars: tuple[Bar, ...]

    @property
    def total(self) -> int:
        return sum(bar.count for bar in self.bars)

    @property
    def path(self) -> str:
        """All bars as one SVG path in a square of 100 by 100, standing on its lower edge."""
        return "".join(f"M{bar.x:g} 100v-{bar.height:g}h{bar.width:g}v{bar.height:g}z" for bar in self.bars if bar.count)

    @property
    def peak(self) -> Bar | None:
        """The fullest year, the latest of equals; None without any record."""
        return max(self.bars, key=lambda bar: (bar.count, bar.year), default=None) if self.total else None


def by_year(years: Iterable[int], first: int, last: int) -> Activity:
    """Count records by year; years outside the range do not count. A year without records has a bar of height 0."""
    counts = Counter(year for year in years if first <= year <= last)
    number = last - first + 1
    most = max(counts.values(), default=0)
    width = 100 / number
    bars = (
        Bar(year, counts[year], round(index * width, 3), round(width * 0.72, 3), round(100 * counts[year] / most, 1) if most else 0.0)
        for index, year in enumerate(range(first, last + 1))
    )
    return Activity(tuple(bars))
