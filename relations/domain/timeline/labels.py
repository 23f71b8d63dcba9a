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


def arrange(labels: Sequence[Label], limit: float, lines: int = 2) -> list[tuple[int, float] | None]:
    """The line (0 is the upper one) and the start of every label, in the order given, the weightiest first.

    A label on a lower line leaves room for its connector through the lines above. None where there is no room at all.
    """
    placed: list[int | None] = [None] * len(labels)
    rows: list[list[tuple[Label, int]]] = [[] for _ in range(lines)]
    for number, label in enumerate(labels):
        for line in range(lines):
            passing = Label(label.x, 0)
            tried = [
                _with(rows[line], label, number),
                *(_with(rows[above], passing, number) for above in range(line)),
            ]
            if all(starts([item for item, _ in row], limit) is not None for row in tried):
                rows[line] = tried[0]
                for above in range(line):
                    rows[above] = tried[1 + above]
                placed[number] = line
                break
    found: list[tuple[int, float] | None] = [None] * len(labels)
    for line, row in enumerate(rows):
        begin = starts([item for item, _ in row], limit) or []
        for (item, number), start in zip(row, begin, strict=True):
            if placed[number] == line and not item.fixed:
                found[number] = (line, start)
    return found


def _with(row: list[tuple[Label, int]], label: Label, number: int) -> list[tuple[Label, int]]:
    return sorted([*row, (label, number)], key=lambda pair: (pair[0].x, pair[1]))
