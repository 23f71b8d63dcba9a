"""The relationship index: the scores of several relationships, or one with its uncertainty and what moved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from relations.reference.impact import BANDS, FURTHEST

from . import theme
from .figure import Figure, axis, figure, font, layout, plain

LINES_HEIGHT: Final = 400
ONE_HEIGHT: Final = 460
NARROW: Final = 560
"""Under so many pixels names are shortened and less is written."""
_LABEL_GAP: Final = 17
"""Pixels between the names at the ends of lines."""
_LETTER: Final = 8
"""Pixels that a bold letter of a name takes at most, on the average of a name."""
_BARS: Final = 0.24
"""The share of the height that the monthly contributions take."""
_BOUNDARIES: Final = (*(start for _name, start in BANDS), FURTHEST)
DASHES: Final = ("solid", "5px,2px", "2px,2px", "9px,3px", "9px,3px,2px,3px", "1px,3px")
"""Lines of several relationships differ by more than colour."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line: years as decimals, scores, and what hovering over each says. `short` names it where there is little room.

    `months` are the ISO months of the points, for a click.
    """

    dyad: str
    name: str
    short: str
    x: Sequence[float]
    y: Sequence[float]
    said: Sequence[str]
    months: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Contributions:
    """What moved a score, a bar up and a bar down a month."""

    x: Sequence[float] = ()
    up: Sequence[float] = ()
    down: Sequence[float] = ()
    said: Sequence[str] = ()
    months: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Width in pixels, the years shown (both included), the words of the bands, the mark before decimals."""

    width: int
    first: int
    last: float
    bands: Mapping[str, str]
    decimal: str = "."
    minus: str = "−"

    @property
    def narrow(self) -> bool:
        return self.width < NARROW


def lines_figure(curves: Sequence[Curve], view: View) -> Figure:
    """The scores of some relationships as steps, each named at its end."""
    lowest = _floor([value for curve in curves for value in curve.y])
    names = [curve.short if view.narrow else curve.name for curve in curves]
    right = 20 + _LETTER * max([2, *map(len, names)])
    traces = [
        _line(curve, dash=DASHES[index % len(DASHES)] if len(curves) > 1 else "solid") for index, curve in enumerate(curves) if curve.x
    ]
    drawn = [curve for curve in curves if curve.x]
    inner = LINES_HEIGHT - 8 - 28
    shifts = spaced([(FURTHEST - curve.y[-1]) / (FURTHEST - lowest) * inner for curve in drawn], _LABEL_GAP, inner)
    notes = [_end(curve, FURTHEST - place / inner * (FURTHEST - lowest), view) for curve, place in zip(drawn, shifts, strict=True)]
    return figure(
        traces,
        layout(
            LINES_HEIGHT,
            margin=(8, right, 28, 8),
            width=view.width,
            annotations=notes,
            shapes=_hairlines(lowest),
            hoverdistance=24,
            xaxis=_years(view),
            yaxis=_scale(lowest, view, [0, 1]),
        ),
    )


def one_figure(
    curve: Curve, low: Sequence[float], high: Sequence[float], moved: Contributions, view: View, chosen: float | None = None
) -> Figure:
    """One score with the band around it, and below it what the records of each month added and took away.

    A dotted stroke marks the month that is `chosen`, where its records stand below the figure.
    """
    lowest = _floor([*curve.y, *low])
    edge, fill = theme.edge(curve.dyad), theme.fill(curve.dyad)
    band: dict[str, Any] = {"type": "scatter", "x": list(curve.x), "mode": "lines", "hoverinfo": "skip"}
    line = {"color": edge, "width": 0, "shape": "hv"}
    traces = [
        {**band, "y": list(low), "line": line},
        {**band, "y": list(high), "line": line, "fill": "tonexty", "fillcolor": theme.faded(fill, 0.22, 0.34)},
        _line(curve),
        *_bars(moved, edge, fill, view),
    ]
    most = max([abs(value) for value in (*moved.up, *moved.down)], default=0.1)
    return figure(
        traces,
        layout(
            ONE_HEIGHT,
            margin=(8, 16, 28, 8),
            width=view.width,
            shapes=[*_hairlines(lowest), *([] if chosen is None else [_mark(chosen)])],
            hovermode="x",
            hoverdistance=24,
            barmode="overlay",
            bargap=0,
            separators=f"{view.decimal}\u202f",
            xaxis=_years(view) | {"anchor": "y2"},
            yaxis=_scale(lowest, view, [_BARS + 0.06, 1]),
            yaxis2=axis(
                domain=[0, _BARS], anchor="x", nticks=3, range=[-most * 1.1, most * 1.1], zeroline=True, zerolinecolor=theme.INK_3,
                zerolinewidth=1,
            ),
        ),
    )  # fmt: skip


def spaced(places: Sequence[float], gap: float, room: float) -> list[float]:
    """Places of labels, in pixels from above, moved apart to `gap` at least and kept within `room` where that is possible."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for before, index in pairwise(order):
        moved[index] = max(moved[index], moved[before] + gap)
    if order and moved[order[-1]] > room:
        moved[order[-1]] = room
        for index, after in zip(reversed(order[:-1]), reversed(order[1:]), strict=True):
            moved[index] = min(moved[index], moved[after] - gap)
    return moved


def _line(curve: Curve, *, dash: str = "solid") -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "name": curve.name,
        "x": list(curve.x),
        "y": list(curve.y),
        "customdata": [[month, plain(said).replace("\n", "<br>")] for month, said in zip(curve.months, curve.said, strict=True)],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "line": {"color": theme.edge(curve.dyad), "width": 2, "shape": "hv", "dash": dash},
    }
    return found


def _bars(moved: Contributions, edge: str, fill: str, view: View) -> list[dict[str, Any]]:
    """Bars up in the colour of the partner, bars down in ink; at least two pixels wide, whatever the width of a month."""
    span = max(view.last - view.first, 1)
    width = max(1 / 12, 2.5 * span / max(view.width - 90, 100))
    shared: dict[str, Any] = {
        "type": "bar",
        "x": list(moved.x),
        "yaxis": "y2",
        "width": width,
        "customdata": [[month, plain(said).replace("\n", "<br>")] for month, said in zip(moved.months, moved.said, strict=True)],
    }
    up = {**shared, "y": list(moved.up), "marker": {"color": fill, "line": {"color": edge, "width": 1}}}
    down = {**shared, "y": list(moved.down), "marker": {"color": theme.INK, "line": {"width": 0}}, "hoverinfo": "skip"}
    return [up | {"hovertemplate": "%{customdata[1]}<extra></extra>"}, down]


def _floor(values: Sequence[float]) -> int:
    """The lowest boundary to show: one band under zero at least, so that the zero line is in the picture."""
    lowest = min([-1.0, *values])
    return max(start for start in _BOUNDARIES if start <= max(lowest, -FURTHEST))


def _years(view: View) -> dict[str, Any]:
    return axis(grid=False, range=[view.first, view.last], tickformat="d", tickangle=0, nticks=5 if view.narrow else 9)


def _scale(lowest: int, view: View, domain: Sequence[float]) -> dict[str, Any]:
    """The boundaries as figures, and the word of each band between them."""
    ticks: list[tuple[float, str]] = []
    for (name, start), end in zip(BANDS, _BOUNDARIES[1:], strict=True):
        if start >= lowest:
            ticks += [(start, str(start).replace("-", view.minus)), ((start + end) / 2, plain(view.bands[name]))]
    ticks.append((FURTHEST, str(FURTHEST)))
    return axis(
        grid=False,
        domain=list(domain),
        range=[lowest - 0.2, FURTHEST + 0.2],
        tickmode="array",
        tickvals=[value for value, _word in ticks],
        ticktext=[word for _value, word in ticks],
    )


def _hairlines(lowest: int) -> list[dict[str, Any]]:
    """A line where each band begins, that of zero in the second ink."""
    return [
        {
            "type": "line",
            "layer": "below",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "yref": "y",
            "y0": start,
            "y1": start,
            "line": {"width": 1, "color": theme.INK_3 if start == 0 else theme.faded(theme.INK_3, 0.35)},
        }
        for start in _BOUNDARIES
        if start >= lowest
    ]


def _mark(place: float) -> dict[str, Any]:
    """The stroke of the chosen month; static/js/index.js knows it by its name and moves it."""
    line = {"width": 1.5, "color": theme.INK, "dash": "2px,3px"}
    return {"type": "line", "name": "chosen", "yref": "paper", "y0": 0, "y1": 1, "xref": "x", "x0": place, "x1": place, "line": line}


def _end(curve: Curve, place: float, view: View) -> dict[str, Any]:
    """The name of a line beside its end."""
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 6,
        "y": round(place, 3),
        "yanchor": "middle",
        "showarrow": False,
        "align": "left",
        "text": plain(curve.short if view.narrow else curve.name),
        "font": font(theme.edge(curve.dyad), bold=True),
    }
