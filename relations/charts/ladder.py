"""The ladder of one relationship as a step chart: days across, rungs up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from relations.domain.stairs import Stairs

from . import theme
from .figure import Figure, axis, figure, font, layout, plain

HEIGHT = 232
"""Pixels: six rungs, the aims above them and the years below."""

_AIM_STEP = 0.75
_MARGIN = dt.timedelta(days=150)
"""Left of the first mark, so that it does not touch the names of the rungs."""


def ladder_figure(built: Stairs, dyad: str, today: dt.date, rungs: Mapping[int, str]) -> Figure:
    """Steps of the declared statuses to today, the year over each, and the aims dotted above them.

    `rungs` names the heights (1 to 6) in the language of the page. Marks of statuses known only to the month or year stand
    at the first day they can be.
    """
    edge = theme.edge(dyad)
    x: list[str] = [tread.start.isoformat() for tread in built.treads]
    y = [max(tread.rung, 1) for tread in built.treads]
    hover = [f"{tread.status.date}<br>{plain(tread.status.title)}" for tread in built.treads]
    line = {
        "type": "scatter", "x": [*x, today.isoformat()], "y": [*y, *y[-1:]], "mode": "lines", "hoverinfo": "skip",
        "line": {"color": edge, "width": 2, "shape": "hv"}, "fill": "tozeroy", "fillcolor": theme.faded(theme.fill(dyad), 0.14, 0.2),
    }  # fmt: skip
    marks = {
        "type": "scatter", "x": x, "y": y, "mode": "markers+text", "text": [str(tread.start.year) for tread in built.treads],
        "textposition": "top left" if len(built.treads) > 1 else "top right", "textfont": font(theme.INK_2),
        "customdata": hover, "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False,
        "marker": {"symbol": "diamond", "size": 10, "color": edge, "opacity": 1, "line": {"color": theme.PAPER, "width": 1}},
    }  # fmt: skip
    marks["textposition"] = ["top right", *["top left"] * (len(built.treads) - 1)]
    top = max([*y, 1]) + 0.8
    shown = [height for height in sorted(rungs) if height <= max([*y, 1])]
    ceiling = top + max(len(built.aims), 1) * _AIM_STEP
    first = min([tread.start for tread in built.treads] + [dt.date(1992, 1, 1)])
    margin = (8, 24, 26, 8)
    return figure(
        [line, marks, *_aims(built, today, edge, top)],
        layout(
            HEIGHT,
            margin=margin,
            xaxis=axis(
                grid=False, range=[(first - _MARGIN).isoformat(), today.isoformat()], type="date", tickformat="%Y", nticks=6, tickangle=0
            ),
            yaxis=axis(range=[0, ceiling], tickmode="array", tickvals=shown, ticktext=[plain(rungs[height]) for height in shown]),
        ),
    )


def _aims(built: Stairs, today: dt.date, color: str, lowest: float) -> list[dict[str, Any]]:
    """Dotted lines to today for what the two sides aim at, one above the other from `lowest` up."""
    return [
        {
            "type": "scatter",
            "x": [aim.date.first.isoformat(), today.isoformat()],
            "y": [lowest + index * _AIM_STEP] * 2,
            "mode": "lines",
            "line": {"color": color, "width": 1.5, "dash": "1px,3px"},
            "customdata": [f"{aim.date}<br>{plain(aim.title)}"] * 2,
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for index, aim in enumerate(built.aims)
    ]
