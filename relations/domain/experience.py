"""How far sessions fell from what was expected of them: the windows of the next ones are learned from that.

Rules, all of them here and nowhere else:

- A fall is one past session: the days since the one before it, as a share of what was expected then. 1 is to the day, 0.5
  came in half the time, 2 took twice as long.
- The band holds the middle eight of ten falls: from their 10 % quantile to their 90 % quantile. The q quantile of n falls
  stands at place q·(n + 1) of the sorted ones, between two neighbours in proportion, and at the ends not beyond them.
- The falls of all mechanisms make one band, since one mechanism alone has too few: of five intervals the shortest and the
  longest hold the next one but four times in six. Fewer than ten falls make none.
- At any day only the falls known by then count.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FALLS_NEEDED: Final = 10
LOW: Final = 0.1
HIGH: Final = 0.9


@dataclass(frozen=True, slots=True, order=True)
class Fall:
    """A past session: by which day it was surely held, and its interval as a share of the expected one."""

    day: dt.date
    share: float


@dataclass(frozen=True, slots=True)
class Band:
    """Between which shares of the expected interval eight of ten sessions fell, and from how many falls that was learned."""

    low: float
    high: float
    falls: int


class Experience:
    """All falls in the order of time."""

    def __init__(self, falls: Iterable[Fall] = ()) -> None:
        self._falls = sorted(falls)

    def __len__(self) -> int:
        return len(self._falls)

    def band(self, day: dt.date) -> Band | None:
        """What was known by a day, that day included; None where fewer than ten sessions tell."""
        known = sorted(fall.share for fall in self._falls[: bisect_right(self._falls, day, key=lambda fall: fall.day)])
        if len(known) < FALLS_NEEDED:
            return None
        return Band(quantile(known, LOW), quantile(known, HIGH), len(known))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile of sorted values at place share·(n + 1), between neighbours in proportion; at the ends the end itself.

    Raises ValueError where there is no value.
    """
    if not ordered:
        raise ValueError("no values have no quantile")
    place = share * (len(ordered) + 1)
    below = int(place)
    if below < 1:
        return ordered[0]
    if below >= len(ordered):
        return ordered[-1]
    return ordered[below - 1] + (place - below) * (ordered[below] - ordered[below - 1])
