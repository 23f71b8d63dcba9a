"""The sessions of one mechanism on a line of their own, wide enough for years, gaps and the window of the next one.

Positions are percent of the width, so the drawing fits a phone and a wide page alike; what would touch on a phone is
stacked or left unlabelled everywhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.utils.translation import gettext, ngettext

from relations.domain.cadence import Cadence, State
from relations.domain.partial_date import PartialDate
from relations.reference.parties import partner_of
from relations.templatetags import dates

register = template.Library()

_NARROWEST: Final = 340
"""Pixels of the narrowest line: a phone of 360 or more, less its margins."""
_MARK: Final = 8.5 / _NARROWEST * 100
"""The width of a mark with a little air, in percent of the narrowest line."""
_YEAR: Final = 40 / _NARROWEST * 100
_GAP_LABEL: Final = 62 / _NARROWEST * 100
_LEVELS: Final = 4
_STEPS: Final = (1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Mark:
    """A session: its place, how many marks it stands above the line, and where the bar of a vague date begins and ends."""

    x: float
    level: int
    start: float | None = None
    end: float | None = None

    @property
    def y(self) -> float:
        return 38.5 - 9 * self.level


@dataclass(frozen=True, slots=True)
class Gap:
    """A long time without a session, or the present silence: from start to end, with its length where there is room."""

    start: float
    end: float
    label: str

    @property
    def middle(self) -> float:
        return round((self.start + self.end) / 2, 2)


class _Scale:
    """Days as percent of the line."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self._first, self._days = first, max(1, (last - first).days)

    def __call__(self, day: dt.date) -> float:
        return round(max(0.0, min(100.0, (day - self._first).days / self._days * 100)), 2)


@register.inclusion_tag("mechanisms/_line.html")
def session_line(found: Cadence, dyad: str, today: dt.date, established: dates.DateLike | None = None) -> dict[str, Any]:
    """Sessions as squares, long gaps dotted with their length, the window of the next session dashed, today as a stroke."""
    first, last = _years(found, today, dates.partial(established))
    scale = _Scale(dt.date(first, 1, 1), dt.date(last, 1, 1))
    founded = dates.partial(established)
    return {
        "side": partner_of(dyad),
        "label": _label(found, first),
        "ticks": _ticks(first, last, scale),
        "now": scale(today),
        "founded": scale(founded.middle) if founded else None,
        "marks": place([session.date for session in found.sessions], scale),
        "gaps": _gaps(found, today, scale),
        "due": _due(found, scale),
    }


def _years(found: Cadence, today: dt.date, established: PartialDate | None) -> tuple[int, int]:
    """The first year and the one at whose first day the line ends."""
    began = [date.year for date in ([established] if established else []) + [session.date for session in found.sessions]]
    ends = [today.year]
    if found.expected:
        ends.append(found.expected.latest.year)
    if found.announced:
        ends.append(found.announced.date.year)
    return min([*began, today.year - 4]), max(ends) + 1


def _label(found: Cadence, first: int) -> str:
    count = ngettext("%(n)d session since %(year)d", "%(n)d sessions since %(year)d", found.count) % {"n": found.count, "year": first}
    if not found.gaps:
        return count
    gaps = ngettext("%(n)d long gap", "%(n)d long gaps", len(found.gaps)) % {"n": len(found.gaps)}
    return gettext("%(sessions)s, %(gaps)s; the table below has the same") % {"sessions": count, "gaps": gaps}


def _ticks(first: int, last: int, scale: _Scale) -> list[tuple[float, int]]:
    """Years that have room for their number; the last stands where it does not run over the end."""
    step = next((step for step in _STEPS if 100 / max(1, last - first) * step >= _YEAR), _STEPS[-1])
    years = [year for year in range(first, last) if year % step == 0 or year == first]
    places = [(scale(dt.date(year, 1, 1)), year) for year in years]
    return [
        (x, year)
        for index, (x, year) in enumerate(places)
        if x <= 100 - _YEAR and (index == 0 or year % step == 0) and (index == 0 or x - places[0][0] >= _YEAR)
    ]


def place(days: Sequence[PartialDate], scale: _Scale) -> list[Mark]:
    """A mark for each session; one that would touch another stands above it, so that none is hidden."""
    ends: list[float] = []
    marks: list[Mark] = []
    for day in days:
        x = scale(day.middle)
        level = next((level for level, end in enumerate(ends) if x - end >= _MARK), len(ends))
        level = min(level, _LEVELS - 1)
        if level == len(ends):
            ends.append(x)
        ends[level] = x
        vague = day.exact is None
        marks.append(Mark(x, level, scale(day.first) if vague else None, scale(day.last) if vague else None))
    return marks


def _gaps(found: Cadence, today: dt.date, scale: _Scale) -> list[Gap]:
    spans: Iterable[tuple[PartialDate, PartialDate]] = ((gap.start.date, gap.end.date) for gap in found.gaps)
    shown = [_gap(start, end, scale) for start, end in spans]
    if found.last and found.state in (State.QUIET, State.OVERDUE):
        shown.append(_gap(found.last.date, PartialDate.of(today), scale))
    return shown


def _gap(start: PartialDate, end: PartialDate, scale: _Scale) -> Gap:
    left, right = scale(start.middle), scale(end.middle)
    return Gap(left, right, dates.span_between(start, end) if right - left >= _GAP_LABEL else "")


def _due(found: Cadence, scale: _Scale) -> dict[str, float] | None:
    """The window of the next session with the day that counts in it, or the day for which it is announced."""
    if found.announced:
        day = scale(found.announced.date.middle)
        return {"start": day, "end": day, "x": day, "width": 0.0}
    if found.expected is None or found.aim is None:
        return None
    start, end = scale(found.expected.earliest), scale(found.expected.latest)
    return {"start": start, "end": end, "x": scale(found.aim), "width": round(end - start, 2)}
