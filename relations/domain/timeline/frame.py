"""The frame of a picture: its years, its width, its margins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..partial_date import PartialDate
from . import text
from .records import Lane, Status, Words
from .scale import Scale, decimal_year

NARROW: Final = 640
"""Below this width, in pixels, the picture has its narrow form."""
EDGE: Final = 9
"""Pixels between the end of the scale and the end of the plot, so that a mark on the first day is whole."""
AFTER_TODAY: Final = 0.15
NAME_SIZE: Final = 16
NAME_LIMIT: Final = 124
NOW_LIMIT: Final = 120


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for: the width of the picture in pixels, the years from `first` to `last` (included), and today."""

    width: int
    first: int
    last: int
    today: dt.date

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    @property
    def ends_today(self) -> bool:
        """Whether the years shown reach the present: the right side then says where a relationship stands now."""
        return self.last >= self.today.year

    @property
    def end(self) -> dt.date:
        """The last day shown."""
        return self.today if self.ends_today else dt.date(self.last, 12, 31)


@dataclass(frozen=True, slots=True)
class Frame:
    """A view with its scale and margins. `end` is the pixel at which the stairs stop."""

    view: View
    words: Words
    scale: Scale
    left: float
    right: float
    end: float

    @property
    def narrow(self) -> bool:
        return self.view.narrow

    def span(self, date: PartialDate) -> tuple[float, float] | None:
        """The pixels of a date known to the month or the year, never beyond the end of the picture; None for a day."""
        span = self.scale.span(date)
        if span is None:
            return None
        left, right = max(0.0, span[0]), min(span[1], self.end)
        return (left, right) if right > left else (left, left)

    def at(self, date: PartialDate) -> float:
        """The pixel of a mark: its day, or the middle of what is possible."""
        span = self.span(date)
        return self.scale.at(date) if span is None else (span[0] + span[1]) / 2


def standing(lane: Lane, end: dt.date) -> Status | None:
    """Where a relationship stands on a day: the last rung; the last aim where the ladder has but its first rung.

    A date known to the month or the year counts from the earliest day that it may be.
    """
    known = sorted((status for status in lane.statuses if status.date.first <= end), key=lambda status: status.date)
    rungs = [status for status in known if status.height is not None]
    aims = [status for status in known if status.height is None]
    if aims and (not rungs or (rungs[-1].height or 0) <= 1):
        return aims[-1]
    return rungs[-1] if rungs else None


def now_lines(status: Status) -> list[str]:
    """The name of a status, broken for the right margin."""
    return text.wrap(status.name, NOW_LIMIT, bold=True)


def name_lines(name: str) -> list[str]:
    """The name of a lane, broken for the left margin."""
    return text.wrap(name, NAME_LIMIT, NAME_SIZE, bold=True)


def frame(lanes: Sequence[Lane], view: View, words: Words) -> Frame:
    """Measure the margins by what has to stand in them, and lay the years over the rest."""
    left = right = 0.0
    if not view.narrow:
        left = max((text.width(line, NAME_SIZE, bold=True) for lane in lanes for line in name_lines(lane.name)), default=0) + 8
        right = max(_now_width(lanes, view, words) + 14, 44)
    width = view.width - left - right
    first = decimal_year(dt.date(view.first, 1, 1))
    last = decimal_year(view.end) + AFTER_TODAY if view.ends_today else float(view.last + 1)
    last = max(last, first + 0.5)
    per_year = (width - 2 * EDGE) / (last - first)
    scale = Scale(first - EDGE / per_year, last + EDGE / per_year, width)
    end = scale.px(decimal_year(view.end)) if view.ends_today else width - EDGE
    return Frame(view, words, scale, left, right, max(end, 0))


def _now_width(lanes: Sequence[Lane], view: View, words: Words) -> float:
    standings = [standing(lane, view.end) for lane in lanes if lane.show_statuses]
    shown = [status for status in standings if status is not None]
    names = [text.width(line, bold=True) for status in shown for line in now_lines(status)]
    return max([0.0, *names, *(text.width(words.since.format(year=status.date.year)) for status in shown)])
