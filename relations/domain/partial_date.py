"""Dates known to the day, the month or only the year.

A partial date is written in ISO form (`2022-09-14`, `2022-09`, `2022`), which sorts as text in the order of time,
the less precise first. Nothing here invents a day: `first` and `last` say between which days the date must lie.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import functools
import re
from dataclasses import dataclass
from functools import total_ordering

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class Precision(enum.IntEnum):
    """How much of a date is known; a larger value is more precise."""

    YEAR = 1
    MONTH = 2
    DAY = 3


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with the precision that is known: `month` and `day` are None where they are not."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        dt.date(
            self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day
        )  # refuses a 13th month or a 30 February

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Raises ValueError for anything else, an impossible day included."""
        return _parsed(text)

    @classmethod
    def of(cls, day: dt.date) -> PartialDate:
        """The partial date of a known day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return Precision.DAY
        return Precision.MONTH if self.month is not None else Precision.YEAR

    @property
    def first(self) -> dt.date:
        """The earliest day it can be."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The latest day it can be."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def middle(self) -> dt.date:
        """The day in the middle of what is possible: where a chart puts the mark, never what a page says."""
        if self.day is not None:
            return self.first
        return self.first + (self.last - self.first) / 2

    @property
    def exact(self) -> dt.date | None:
        """The day, where it is known."""
        return self.first if self.day is not None else None

    @property
    def iso(self) -> str:
        return str(self)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    def __lt__(self, other: PartialDate) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return str(self) < str(other)


@functools.lru_cache(maxsize=8192)  # a page reads the same few hundred dates several times, and every request reads them again
def _parsed(text: str) -> PartialDate:
    match = _ISO.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    return PartialDate(year, month, day)
