"""How many reports the news had of a relationship, month by month: quiet columns in a strip under its lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..partial_date import PartialDate
from .frame import Frame

HIGH: Final = 20
"""Pixels of the highest column of a picture."""
NARROW_HIGH: Final = 14
ABOVE: Final = 7
"""Pixels between the labels of a lane and the highest column."""
_LEAST: Final = 1.5
"""A month with one report beside one with a hundred is seen all the same."""
_GAP: Final = 0.6


@dataclass(frozen=True, slots=True)
class Volume:
    """So many reports in a month; `said` is that in words, for hovering."""

    month: PartialDate
    items: int
    said: str = ""


Volumes = Mapping[str, Sequence[Volume]]
"""Code of a lane → its months."""


@dataclass(frozen=True, slots=True)
class Column:
    """A month: `x` is the middle of the column, `height` pixels from the floor of its strip upwards."""

    x: float
    width: float
    height: float
    said: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The columns of one lane over `floor`, from the pixel `start` on."""

    floor: float
    start: float
    high: float
    columns: Sequence[Column]


def most(volumes: Volumes, codes: Sequence[str], frame: Frame) -> int:
    """The most that a month in the picture has: all lanes share one scale."""
    return max((volume.items for code in codes for volume in volumes.get(code, ()) if _shown(volume, frame)), default=0)


def strip(volumes: Sequence[Volume], frame: Frame, top: float, highest: int) -> Strip:
    """The columns of a lane whose labels end at `top`. Months outside the years shown have none."""
    high = NARROW_HIGH if frame.narrow else HIGH
    floor = top + ABOVE + high
    columns = []
    for volume in volumes:
        span = frame.span(volume.month) if _shown(volume, frame) and volume.items else None
        if span is None or span[1] <= span[0]:
            continue
        width = max(span[1] - span[0] - _GAP, 1)
        columns.append(Column((span[0] + span[1]) / 2, width, max(volume.items / highest * high, _LEAST), volume.said))
    start = min((column.x - column.width / 2 for column in columns), default=frame.end)
    return Strip(floor, start, high, columns)


def _shown(volume: Volume, frame: Frame) -> bool:
    return frame.view.first <= volume.month.year <= frame.view.last
