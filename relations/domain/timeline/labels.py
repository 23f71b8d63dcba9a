"""Labels on a line: each stays over or beside its point, none touches another, and as many as possible find room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

AIR: Final = 8
"""Pixels between two labels."""
HOLD: Final = 3
"""How far the ends of a label reach beyond its point at least."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of `width` pixels for the point `x`. What must keep free a pixel for a line that passes is a label of no width."""

    x: float
    width: float

    @property
    def fixed(self) -> bool:
        return self.width == 0


def _bounds(label: Label, limit: float) -> tuple[float, float]:
    """The least and the greatest start of a label, by itself."""
    if label.fixed:
        return label.x, label.x
    return max(0.0, label.x - label.width + HOLD), min(label.x - HOLD, limit - label.width)


def starts(labels: Sequence[Label], limit: float) -> list[float] | None:
    """Where each label (sorted by `x`) starts on a line from 0 to `limit`, as near to the middle over its point as the
    others allow; None where they cannot all stand there."""
    least: list[float] = []
    for index, label in enumerate(labels):
        low, high = _bounds(label, limit)
        if index:
            low = max(low, least[-1] + labels[index - 1].width + _air(labels[index - 1], label))
        if low > high + 1e-9:
            return None
        least.append(low)
    most: list[float] = [0.0] * len(labels)
    for index in range(len(labels) - 1, -1, -1):
        _, high = _bounds(labels[index], limit)
        if index + 1 < len(labels):
            high = min(high, most[index + 1] - labels[index].width - _air(labels[index], labels[index + 1]))
        most[index] = high
    found: list[float] = []
    for index, label in enumerate(labels):
        low = least[index]
        if index:
            low = max(low, found[-1] + labels[index - 1].width + _air(labels[index - 1], label))
        found.append(min(max(label.x - label.width / 2, low), max(most[index], low)))
    return found


def _air(one: Label, other: Label) -> float:
    return AIR / 2 if one.fixed or other.fixed else AIR


def arrange(labels: Sequence[Label], limit: float) -> list[tuple[int, float] | None]:
    """The line (0 or 1, the lower) and the start of every label, in the order given, the weightiest first.

    A label on the lower line leaves room for its connector through the upper one. Where a label finds no room, one that
    stands already may change its line for it, but never gives up its place. None where there is no room at all.
    """
    lines: dict[int, int] = {}
    for number in range(len(labels)):
        changes = [{number: 0}, {number: 1}]
        changes += [{number: line, other: 1 - lines[other]} for other in lines for line in (0, 1)]
        for change in changes:
            if _rows(labels, lines | change, limit) is not None:
                lines |= change
                break
    rows = _rows(labels, lines, limit) or ({}, {})
    return [(lines[number], rows[lines[number]][number]) if number in lines else None for number in range(len(labels))]


def _rows(labels: Sequence[Label], lines: dict[int, int], limit: float) -> tuple[dict[int, float], dict[int, float]] | None:
    """The starts of the labels of both lines by their number; None where they do not all find room."""
    found: list[dict[int, float]] = []
    for line in (0, 1):
        row = [(labels[n] if lines[n] == line else Label(labels[n].x, 0), n) for n in lines if line == 0 or lines[n] == 1]
        row.sort(key=lambda pair: (pair[0].x, pair[1]))
        begin = starts([label for label, _ in row], limit)
        if begin is None:
            return None
        found.append({n: start for (_, n), start in zip(row, begin, strict=True)})
    return found[0], found[1]
