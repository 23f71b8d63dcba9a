"""Which row a mark takes: one kind, one row; what would touch another goes under it, and nothing is hidden."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .records import Kind

AIR: Final = 0.5
"""Pixels left free between two marks."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a mark: `size` as plotly counts it, the half width and half height of what is then drawn, outline included,
    in pixels, and by how much the middle of that lies above the point that plotly is given (a triangle's does)."""

    size: float
    half_width: float
    half_height: float
    rise: float = 0


def _diamond(size: float, edge: float = 1) -> Shape:
    half = size / 2 * 1.3 + edge / 2  # plotly draws a diamond 1.3 times as wide as it is told
    return Shape(size, half, half)


def _triangle(size: float, edge: float = 1) -> Shape:
    radius = size / 2  # of the circle around it: the base lies half of it below the middle, the tip all of it above
    return Shape(size, radius * 2 / 3**0.5 + edge / 2, radius * 0.75 + edge / 2, rise=radius / 4)


SHAPES: Final = {
    Kind.STATUS: _diamond(13),
    Kind.DOCUMENT: _diamond(7),
    Kind.VISIT: Shape(6, 3.75, 3.75),
    Kind.SESSION: Shape(5.5, 3.25, 3.25),
    Kind.LANDMARK: _triangle(7.5),
    Kind.FRICTION: Shape(6, 3.75, 3.75),
}
SMALL_STATUS: Final = _diamond(10)
"""The mark of a rung where the picture is narrow."""


@dataclass(frozen=True, slots=True)
class Extent:
    """From where to where something reaches, in pixels."""

    left: float
    right: float


def assign(extents: Sequence[Extent]) -> list[int]:
    """The row (0 is the upper one) of every extent, each in the first row where it touches none.

    Narrow ones come first, from left to right, so that what is known to the day keeps the upper rows and the bars of what is
    known to the year go under it. Those of one row never come closer than `AIR`.
    """
    rows = [0] * len(extents)
    taken: list[list[tuple[float, float]]] = []
    for index in sorted(range(len(extents)), key=lambda i: (round(extents[i].right - extents[i].left), extents[i].left, i)):
        extent = extents[index]
        row = next((row for row, others in enumerate(taken) if _free(extent, others)), len(taken))
        if row == len(taken):
            taken.append([])
        insort(taken[row], (extent.left, extent.right))
        rows[index] = row
    return rows


def _free(extent: Extent, others: list[tuple[float, float]]) -> bool:
    """Whether an extent touches none of those of a row, which are sorted and apart from each other."""
    index = bisect(others, (extent.left, extent.right))
    after = index < len(others) and others[index][0] < extent.right + AIR
    before = index > 0 and extent.left < others[index - 1][1] + AIR
    return not (after or before)


def reach(x: float, shape: Shape, bar: tuple[float, float] | None, edge: float = 0) -> Extent:
    """What a mark at `x` covers, the bar through it included. `edge` widens it by the width of its outline."""
    left, right = x - shape.half_width - edge, x + shape.half_width + edge
    return Extent(min(left, bar[0]), max(right, bar[1])) if bar else Extent(left, right)


def count(rows: Iterable[int]) -> int:
    """How many rows an assignment uses."""
    return max(rows, default=-1) + 1
