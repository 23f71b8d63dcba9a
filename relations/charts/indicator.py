"""One indicator of one relationship: a line a reporter, years in a row joined, others apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from relations.domain.series import Series
from relations.reference.parties import CHINA

from . import theme
from .figure import Figure, axis, figure, font, layout, plain, short

HEIGHT = 300
_LABEL_HEIGHT = 16
_LABEL_YEARS = 4
"""What a number beside a mark takes: pixels of height, years of width."""

SYMBOLS = ("circle", "circle-open", "square", "diamond", "triangle-up", "square-open", "diamond-open", "triangle-up-open")
"""Shapes that tell the reporters of one side apart, in the order of the series."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a series is drawn: a shape, and the side whose colour it wears (empty: nobody's, in grey)."""

    symbol: str
    side: str

    @property
    def shape(self) -> str:
        """The shape without its filling: circle, square, diamond, triangle-up."""
        return self.symbol.removesuffix("-open")

    @property
    def css(self) -> str:
        """The class of the same shape in the legend."""
        filled = "m-kind" if self.side else "m-other"
        return "m-kind-open" if self.symbol.endswith("-open") else filled


def marks(series: Sequence[Series]) -> list[Mark]:
    """A mark for each series: shapes differ within a side, since a colour alone tells nothing to some eyes."""
    used: dict[str, int] = {}
    found = []
    for one in series:
        number = used.get(one.side, 0)
        used[one.side] = number + 1
        found.append(Mark(SYMBOLS[number % len(SYMBOLS)], one.side))
    return found


def indicator_figure(series: Sequence[Series], labels: Sequence[Sequence[str]], *, decimal: str = ".") -> Figure:
    """Lines of all series. `labels` has what hovering over each value says, a list a series in the order of its values.

    The last value of the longest series of each side is written beside it; the legend under the chart names all of them.
    `decimal` is the mark that the reader's language puts before fractions.
    """
    traces = []
    ends: dict[str, tuple[Series, str]] = {}
    for one, mark, texts in zip(series, marks(series), labels, strict=True):
        color = theme.edge(one.side) if one.side else theme.INK_3
        traces.append(_trace(one, mark, texts, color))
        kept = ends.get(one.side)
        if kept is None or len(one.values) > len(kept[0].values):
            ends[one.side] = (one, color)
    years = [value.year for one in series for value in one.values]
    top = max((value.value for one in series for value in one.values), default=1.0)
    notes = [_end_label(one, color, decimal) for side, (one, color) in ends.items() if side and _has_room(one, series, top)]
    single = max(years) == min(years)
    ticks = {"tickvals": [min(years)]} if single else {"nticks": 7}
    return figure(
        traces,
        layout(
            HEIGHT,
            margin=(18, 56, 26, 8),
            annotations=notes,
            separators=f"{decimal}\u202f",
            xaxis=axis(grid=False, range=[min(years) - 0.6, max(years) + 0.6], tickformat="d", tickangle=0, **ticks),
            yaxis=axis(range=[0, top * 1.06 or 1], rangemode="tozero", nticks=6),
        ),
    )


def _trace(one: Series, mark: Mark, texts: Sequence[str], color: str) -> dict[str, Any]:
    """The line of one series; a year that the reporter skipped is not joined."""
    x: list[int | None] = []
    y: list[float | None] = []
    hover: list[str | None] = []
    spoken = iter(texts)
    for run in one.runs():
        if x:
            x, y, hover = [*x, None], [*y, None], [*hover, None]
        x += [value.year for value in run]
        y += [value.value for value in run]
        hover += [next(spoken) for _ in run]
    fill = theme.PAPER if mark.symbol.endswith("-open") else (theme.fill(one.side) if one.side else theme.INK_3)
    symbol = mark.symbol.removesuffix("-open")
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": plain(one.reporter),
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": color, "width": 2},
        "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "marker": {"symbol": symbol, "size": 8, "color": fill, "opacity": 1, "line": {"color": color, "width": 1.5}},
    }


def _has_room(one: Series, series: Sequence[Series], top: float) -> bool:
    """Whether the number after the last value would stand clear of the marks of other series."""
    last = one.last
    near = _LABEL_HEIGHT / HEIGHT * top
    others = (value for other in series if other is not one for value in other.values)
    return not any(last.year <= value.year <= last.year + _LABEL_YEARS and abs(value.value - last.value) < near for value in others)


def _end_label(one: Series, color: str, decimal: str) -> dict[str, object]:
    last, text = one.last, str(short(one.last.value)).replace(".", decimal)
    return {
        "x": last.year, "y": last.value, "text": text, "showarrow": False, "xanchor": "left", "xshift": 8,
        "yanchor": "middle", "font": font(theme.INK if one.side == CHINA else color, bold=True),
    }  # fmt: skip
