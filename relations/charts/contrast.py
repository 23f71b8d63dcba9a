"""Two sets of documents by topic: how large a share of each takes a topic up, a line between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from . import theme
from .figure import Figure, axis, figure, layout, plain, short

ROW: Final = 24
"""Pixels of height for a topic."""


@dataclass(frozen=True, slots=True)
class Share:
    """A topic and its share of the documents of either set, 0 to 100; None where a set has no documents at all."""

    name: str
    left: float | None
    right: float | None


def contrast_figure(rows: Sequence[Share], names: tuple[str, str], sides: tuple[str, str]) -> Figure:
    """A circle for the left set, a diamond for the right, in the colours of `sides`; the topic of the first row on top."""
    height = {row.name: len(rows) - 1 - place for place, row in enumerate(rows)}
    joined: dict[str, list[Any]] = {"x": [], "y": []}
    for row in rows:
        if row.left is not None and row.right is not None:
            joined["x"] += [short(row.left), short(row.right), None]
            joined["y"] += [height[row.name], height[row.name], None]
    line = {
        "type": "scatter", "mode": "lines", "name": "", "hoverinfo": "skip", "connectgaps": False,
        "line": {"color": theme.faded(theme.INK_3, 0.6), "width": 2}, **joined,
    }  # fmt: skip
    ticks: dict[str, Any] = {"tickvals": list(height.values()), "ticktext": [plain(row.name) for row in rows]}
    traces = [line, _trace(rows, height, 0, names[0], sides[0], "circle"), _trace(rows, height, 1, names[1], sides[1], "diamond")]
    if sides[0] == sides[1]:
        traces[2]["marker"]["color"] = theme.PAPER
    return figure(
        traces,
        layout(
            ROW * len(rows) + 48,
            margin=(8, 16, 28, 8),
            xaxis=axis(grid=True, range=[-3, 103], tickvals=[0, 25, 50, 75, 100], ticksuffix=" %"),
            yaxis=axis(grid=True, range=[-0.6, len(rows) - 0.4], **ticks),
        ),
    )


def _trace(rows: Sequence[Share], height: dict[str, int], place: int, name: str, side: str, symbol: str) -> dict[str, Any]:
    found = [(row, row.right if place else row.left) for row in rows]
    shown = [(row, value) for row, value in found if value is not None]
    color, edge = theme.fill(side), theme.edge(side)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(name),
        "x": [short(value) for _row, value in shown],
        "y": [height[row.name] for row, _value in shown],
        "customdata": [f"{plain(row.name)}<br>{plain(name)}<br>{value:.0f} %" for row, value in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "marker": {"symbol": symbol, "size": 11, "color": color, "opacity": 1, "line": {"color": edge, "width": 1.75}},
    }
