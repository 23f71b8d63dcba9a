"""What the picture says in one sentence: how many of the relationships shown had come how far, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .frame import standing
from .records import Lane, Status

COMPREHENSIVE: Final = 5
"""The rung that the sentence counts: the comprehensive strategic partnership, and whatever stands above it."""


@dataclass(frozen=True, slots=True)
class Headline:
    """`total` relationships are shown; `reached` of them stood on the rung or above it by `end`, the first in `first`,
    the last in `last` (years, None where none had). For a single one, `name` and `alone` say where it stands."""

    total: int
    reached: int
    end: dt.date
    first: int | None = None
    last: int | None = None
    name: str = ""
    alone: Status | None = None


def headline(lanes: Sequence[Lane], end: dt.date) -> Headline:
    """Count over the lanes, as they stood on the day `end`."""
    years = []
    for lane in lanes:
        dates = [status.date for status in lane.statuses if (status.height or 0) >= COMPREHENSIVE and status.date.first <= end]
        if dates:
            years.append(min(dates).year)
    single = lanes[0] if len(lanes) == 1 else None
    return Headline(
        total=len(lanes),
        reached=len(years),
        end=end,
        first=min(years, default=None),
        last=max(years, default=None),
        name=single.name if single else "",
        alone=standing(single, end) if single else None,
    )
