"""Small graphics drawn by the server: SVG with positions in percent, so that text keeps its size and no style attribute is needed.

Each tag renders a component of templates/components/ from plain values; the arithmetic stands here, the shapes there.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from relations.reference.parties import ALL, BOTH, CHINA, FIVE, partner_of
from relations.templatetags import dates, joins, names

register = template.Library()

FIRST_YEAR: Final = 1992
"""Where the steps begin: the year of the first diplomatic relations."""
STRIP_YEARS: Final = 15
"""How many years the line of sessions shows, next year's first day being its end."""

_BASE: Final = 75  # the ground of the steps
_LOWEST: Final = 62  # the tread of the first rung
_RISE: Final = 9  # from one rung to the next
_TRACKS: Final = 840
"""Pixels that the two tracks have at least where their labels are shown (75rem, see site.css)."""
_LABEL: Final = 13.0  # the width of a year in percent of the narrowest card


def _share(day: dt.date, first: dt.date, last: dt.date) -> float:
    """Where a day stands between two others, in percent with two decimals, kept inside."""
    return round(max(0.0, min(100.0, (day - first).days / (last - first).days * 100)), 2)


def _middle(value: dates.DateLike) -> dt.date | None:
    known = dates.partial(value)
    return known.middle if known else None


# ---- Steps: the ladder in small -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One rung: from x to `end` in percent, its tread at y pixels; `anchor` and `label_x` say where its year stands, if anywhere."""

    x: float
    end: float
    y: int
    year: str
    anchor: str = ""
    label_x: float = 0.0


@dataclass(frozen=True)
class Year:
    """A year written on the stairs; the newest stands out."""

    text: str
    x: str
    y: int
    anchor: str
    newest: bool


@register.inclusion_tag("components/_steps.html")
def steps(
    rungs: Iterable[tuple[dates.DateLike, int, str]], dyad: str, today: dt.date, aims: Iterable[tuple[dates.DateLike, str]] = ()
) -> dict[str, Any]:
    """The stairs of a card. `rungs`: (date, height 0–6, title) in the order of time; `aims`: (date, title), drawn beside them."""
    rungs, aims = list(rungs), list(aims)
    first = dt.date(FIRST_YEAR, 1, 1)
    told = [f"{title} {str(date)[:4]}" for date, _rung, title in rungs] + [f"{title} {str(date)[:4]}" for date, title in aims]
    drawn = place_steps([(date, rung) for date, rung, _title in rungs], first, today)
    beside = _place_aims([date for date, _title in aims], first, today)
    newest = None if aims or not drawn else drawn[-1]
    return {
        "side": partner_of(dyad),
        "label": joins.clauses(told),
        "ground": ground_path(drawn),
        "treads": treads_path(drawn) + "".join(f"M{aim.x:g} {_LOWEST}V{aim.y}" for aim in beside),
        "dotted": "".join(f"M{aim.x:g} {aim.y}H100" for aim in beside),
        "years": [Year(step.year, f"{step.label_x:g}", step.y - 6, step.anchor, step is newest) for step in drawn if step.anchor]
        + [Year(aim.year, f"{aim.label_x:g}", aim.y + 5, aim.anchor, aim is beside[-1]) for aim in beside],
    }


def treads_path(drawn: Sequence[Step]) -> str:
    """Treads and risers as one line, x in percent and y in pixels: `M3 62H40V53H100`."""
    return "".join(f"{'V' if index else f'M{step.x:g} '}{step.y}H{step.end:g}" for index, step in enumerate(drawn))


def ground_path(drawn: Sequence[Step]) -> str:
    """What lies under the treads, as one closed shape; empty without any."""
    return f"M{drawn[0].x:g} {_BASE}{''.join(f'V{step.y}H{step.end:g}' for step in drawn)}V{_BASE}Z" if drawn else ""


def place_steps(rungs: Sequence[tuple[dates.DateLike, int]], first: dt.date, last: dt.date) -> list[Step]:
    """The treads in percent of the time from `first` to `last`. A year is written where it touches neither riser nor year."""
    placed = [(day, rung, str(date)[:4]) for date, rung in rungs if (day := _middle(date))]
    drawn: list[Step] = []
    for index, (day, rung, year) in enumerate(placed):
        end = _share(placed[index + 1][0], first, last) if index + 1 < len(placed) else 100.0
        drawn.append(Step(_share(day, first, last), end, _LOWEST - _RISE * (rung - 1), year))
    return [_labelled(step, drawn[-1]) for step in drawn]


def _labelled(step: Step, newest: Step) -> Step:
    """The step with the place of its year, or without one. The newest always has its own."""
    at_end = newest.x + _LABEL > 100
    if step is newest:
        return replace(step, anchor="end" if at_end else "start", label_x=100.0 if at_end else step.x)
    roomy = step.end - step.x >= _LABEL
    touches = at_end and step.x + _LABEL > 100 - _LABEL and abs(step.y - newest.y) < 2 * _RISE
    return step if touches or not roomy else replace(step, anchor="start", label_x=step.x)


def _place_aims(aims: Sequence[dates.DateLike], first: dt.date, last: dt.date) -> list[Step]:
    """Aims from the day they were declared to today, each above the one before, its year to the left of it."""
    days = [(_share(day, first, last), str(date)[:4]) for date in aims if (day := _middle(date))]
    return [Step(x, 100.0, 46 - 16 * index, year, "end", round(x - 1.5, 2)) for index, (x, year) in enumerate(days)]


# ---- Strip: the sessions of a mechanism on a line -----------------------------------------------------------------------


def strip_years(today: dt.date) -> tuple[int, int]:
    """The first year of the line and the one at whose first day it ends: (2012, 2027) in 2026."""
    return today.year + 1 - STRIP_YEARS, today.year + 1


@register.simple_tag
def strip_first_year(today: dt.date) -> int:
    """The year at the left end of the line, for the head of a table."""
    return strip_years(today)[0]


@register.simple_tag
def strip_last_year(today: dt.date) -> int:
    """The year at the right end of the line."""
    return strip_years(today)[1]


@functools.lru_cache(maxsize=8)  # one day, and a table may have a hundred lines
def _strip_ground(today: dt.date) -> SafeString:
    """What all lines of a day have in common: the line itself, a tick every fifth year, and today."""
    first_year, last_year = strip_years(today)
    first, last = dt.date(first_year, 1, 1), dt.date(last_year, 1, 1)
    years = range(first_year + 1, last_year)
    ticks = [_share(dt.date(year, 1, 1), first, last) for year in years if year % 5 == 0]
    return render_to_string("components/_strip_ground.html", {"ticks": ticks, "now": _share(today, first, last)})


@register.inclusion_tag("components/_health_strip.html")
def health_strip(sessions: Iterable[dates.DateLike], dyad: str, today: dt.date, due: dates.DateLike | None = None) -> dict[str, Any]:
    """Sessions as squares on a line of fifteen years, the expected one dashed, today as a stroke.

    A session of which only the year or the month is known wears a bar through that time. Where all sessions are older
    than the line, the line says when the last one was.
    """
    first_year, last_year = strip_years(today)
    first, last = dt.date(first_year, 1, 1), dt.date(last_year, 1, 1)
    known = [date for value in sessions if (date := dates.partial(value))]
    shown = [date for date in known if first <= date.middle < last]
    older = max((date.year for date in known if date.middle < first), default=None)
    expected = _middle(due) if due else None
    return {
        "side": partner_of(dyad),
        "label": ngettext("%(n)d session since %(year)d", "%(n)d sessions since %(year)d", len(shown))
        % {"n": len(shown), "year": first_year},
        "ground": _strip_ground(today),
        "sessions": [_share(date.middle, first, last) for date in shown],
        "spans": [(_share(date.first, first, last), _share(date.last, first, last)) for date in shown if date.exact is None],
        "due": _share(expected, first, last) if expected and first <= expected < last else None,
        "older": older if not shown else None,
    }


# ---- Tracks: how often each side states a topic ---------------------------------------------------------------------------


@register.inclusion_tag("components/_tracks.html")
def tracks(together: int, china: int, partner: int, most: int, dyad: str) -> dict[str, Any]:
    """Two tracks, China above: what both state, then what each states alone, in percent of the largest total `most`."""
    scale = 100 / most if most else 0
    both, cn, pa = (round(count * scale, 2) for count in (together, china, partner))
    return {"side": partner_of(dyad), "both": both, "cn": cn, "pa": pa, "cn_x": both, "pa_x": round(both + cn, 2)}


# ---- Score: who states each provision, in the order of the text --------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One provision in the two tracks."""

    number: int
    china: bool
    partner: bool
    side: str
    told: bool


@dataclass
class Run:
    """Provisions in a row of one side, with a label where it has room."""

    side: str
    start: int
    length: int
    label: str
    shown: bool = False

    @property
    def alone(self) -> bool:
        return self.side not in (BOTH, ALL)


@register.inclusion_tag("components/_score.html")
def score(provisions: Iterable[Any], dyad: str, caption: str = "", anchor: str = "p") -> dict[str, Any]:
    """The two tracks of a document. Each provision has `number`, `side` and `topics`; `anchor` + number is the id it links to."""
    rows = list(provisions)
    partner = partner_of(dyad)
    cells = [_cell(row, index, partner) for index, row in enumerate(rows, start=1)]
    return {
        "side": partner,
        "partner_name": gettext("The five") if partner == FIVE else names.state_name(partner),
        "cells": cells,
        "runs": label_runs(rows),
        "anchor": anchor,
        "caption": caption
        or ngettext("Who states the one provision", "Who states each of the %(n)d provisions, in the order of the text", len(rows))
        % {"n": len(rows)},
    }


def _cell(row: Any, index: int, partner: str) -> Cell:
    together = row.side in (BOTH, ALL)
    of_china = together or row.side == CHINA
    of_partner = together or row.side != CHINA
    # One of the five by itself keeps its own colour in the track of the five.
    colour = row.side if partner == FIVE and not together and row.side not in (CHINA, FIVE) else ""
    return Cell(row.number, of_china, of_partner, colour, index == 1 or index % 5 == 0)


def label_runs(rows: Sequence[Any]) -> list[Run]:
    """Provisions in a row of one side, and which of these runs may carry their label without touching the next.

    What one side states alone is labelled first. The style sheet hides all labels where the tracks are narrower.
    """
    runs: list[Run] = []
    start = 0
    for side, group in itertools.groupby(rows, key=lambda row: row.side):
        members = list(group)
        runs.append(Run(side, start, len(members), _run_label(side, members)))
        start += len(members)
    column = _TRACKS / max(1, len(rows))
    taken: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: (not run.alone, run.start)):
        span = (run.start * column, run.start * column + _label_width(run.label))
        if span[1] <= _TRACKS and all(span[1] <= left or span[0] >= right for left, right in taken):
            run.shown = True
            taken.append(span)
    return runs


def _label_width(label: str) -> float:
    """About how wide a label is, in pixels, with the space to the next."""
    return sum(13 if ord(letter) > 0x2E80 else 6.1 for letter in label) + 4


def _run_label(side: str, members: Sequence[Any]) -> str:
    if side in (BOTH, ALL):
        return names.side_title(side)
    who = names.state_name(side)
    shared = [topic for topic in members[0].topics if all(topic in row.topics for row in members)]
    return gettext("%(side)s: %(topic)s") % {"side": who, "topic": names.code_name("topic", shared[0])} if shared else who
