"""The status of a relationship through time: treads of a staircase, with the aims beside it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from relations.domain.partial_date import PartialDate
from relations.reference.ladder import rung


@dataclass(frozen=True, slots=True)
class Declared:
    """A status as it was declared: `level` is a code of `reference.ladder`, `key` whatever finds the record again."""

    date: PartialDate
    level: str
    title: str
    key: int


@dataclass(frozen=True, slots=True)
class Tread:
    """One rung and how long it was the highest: `end` is None while it still is."""

    status: Declared
    rung: int
    end: dt.date | None

    @property
    def start(self) -> dt.date:
        return self.status.date.first


@dataclass(frozen=True, slots=True)
class Stairs:
    """All treads in the order of time, the aims beside them, and what counts as the present status."""

    treads: tuple[Tread, ...]
    aims: tuple[Declared, ...]

    @property
    def now(self) -> Declared | None:
        """The present status: the last rung; an aim only where nothing stands above diplomatic relations."""
        last = self.treads[-1] if self.treads else None
        if self.aims and (last is None or last.rung <= 1):
            return self.aims[-1]
        return last.status if last else None

    @property
    def height(self) -> int:
        """The rung reached, 0 to 6; 0 without any."""
        return self.treads[-1].rung if self.treads else 0


def build(statuses: Iterable[Declared]) -> Stairs:
    """The staircase of one relationship.

    A status below the rung already reached is a rung that the sources tell out of order: it is left out of the stairs
    (the dataset check reports it), since governments do not declare steps down.
    Recognition counts as a tread only while nothing follows it.
    """
    ordered = sorted(statuses, key=lambda status: (status.date, rung(status.level) or 0))
    aims = tuple(status for status in ordered if rung(status.level) is None)
    rising: list[tuple[Declared, int]] = []
    for status in ordered:
        height = rung(status.level)
        if height is None or (rising and height < rising[-1][1]):
            continue
        rising.append((status, height))
    if len(rising) > 1 and rising[0][1] == 0:
        rising = rising[1:]
    ends = itertools.chain((status.date.first for status, _ in rising[1:]), [None])
    treads = (Tread(status, height, end) for (status, height), end in zip(rising, ends, strict=False))
    return Stairs(tuple(treads), aims)
