"""One indicator of several relationships: a small chart each, a line a reporter, a band where two sides count the same thing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from relations.domain.mirror import Discrepancy, is_whole_year, place, runs
from relations.domain.series import Series, Value

from . import theme
from .figure import Figure, axis, figure, font, layout, plain, short
from .indicator import marks

SAME, OWN, LOG = "same", "own", "log"
SCALES: Final = (OWN, SAME, LOG)
PANEL: Final = 190
"""Pixels of height that a panel takes, its name and its years included."""
_HEAD, _FOOT, _GAP = 28, 26, 44
_WIDE, _MIDDLE = 880, 560
_LAID: Final = {"status": ("diamond", 0.965), "visit": ("circle", 0.895), "session": ("square", 0.895)}
"""The shape of what is laid over, and its height in the panel: above the values, statuses over meetings."""
_ROOM: Final = 0.82
"""The share of the height that values take."""


@dataclass(frozen=True, slots=True)
class Over:
    """Something laid over a panel, at a place of the line of years, and what hovering over it says."""

    at: float
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class PanelView:
    """One panel: `labels` has what hovering over each value says, a list a series; `bands` what hovering over a band's middle says."""

    dyad: str
    name: str
    series: Sequence[Series]
    labels: Sequence[Sequence[str]]
    discrepancies: Sequence[Discrepancy] = ()
    laid: Sequence[Over] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Width in pixels, the years shown (both included), the scale (`same`, `own`, `log`), the mark before decimals."""

    width: int
    first: int
    last: int
    scale: str = OWN
    decimal: str = "."

    @property
    def columns(self) -> int:
        return 3 if self.width >= _WIDE else 2 if self.width >= _MIDDLE else 1


def multiples_figure(panels: Sequence[PanelView], view: View) -> Figure:
    """All panels in one figure, so that it is saved as one picture; a value of 0 has no place on a logarithmic scale."""
    rows = max(1, math.ceil(len(panels) / view.columns))
    height = rows * PANEL
    traces: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    names: list[dict[str, Any]] = []
    limits = _limits([one for panel in panels for one in panel.series], view.scale)
    for number, panel in enumerate(panels):
        x, y = _domain(number, view, height)
        mark = "" if number == 0 else str(number + 1)
        low, high = limits if view.scale != OWN else _limits(panel.series, view.scale)
        at = {"xaxis": f"x{mark}", "yaxis": f"y{mark}"}
        traces += [trace | at for trace in _panel(panel, view, low, high)]
        more |= {
            f"xaxis{mark}": axis(
                grid=False, line=True, domain=x, anchor=f"y{mark}", range=[view.first - 0.7, view.last + 0.7], tickformat="d",
                tickangle=0, **_years(view),
            ),
            f"yaxis{mark}": axis(
                domain=y, anchor=f"x{mark}", range=[low, high], automargin=False, exponentformat="none",
                **({"type": "log", "dtick": 1} if view.scale == LOG else {"nticks": 4}),
            ),
        }  # fmt: skip
        names.append(
            {"text": plain(panel.name), "x": x[0], "xref": "paper", "xanchor": "left", "y": y[1], "yref": "paper", "yanchor": "bottom",
             "yshift": 6, "showarrow": False, "font": font(theme.edge(panel.dyad), size=14, bold=True)}
        )  # fmt: skip
    return figure(
        traces,
        layout(height, margin=(0, 12, 0, _GAP), width=view.width, annotations=names, separators=f"{view.decimal}\u202f", **more),
    )


def _domain(number: int, view: View, height: int) -> tuple[list[float], list[float]]:
    """The part of the figure that a panel takes, from left to right and from below to above."""
    row, column = divmod(number, view.columns)
    inner = max(view.width - _GAP - 12, 100)
    wide = (inner - _GAP * (view.columns - 1)) / view.columns
    left = column * (wide + _GAP) / inner
    top, bottom = row * PANEL + _HEAD, (row + 1) * PANEL - _FOOT
    return [round(left, 4), round(min(left + wide / inner, 1), 4)], [round(1 - bottom / height, 4), round(1 - top / height, 4)]


def _years(view: View) -> dict[str, Any]:
    return {"tickvals": [view.first]} if view.first == view.last else {"nticks": 5}


def _limits(series: Sequence[Series], scale: str) -> tuple[float, float]:
    """The ends of an axis from 0, or a decade where it is logarithmic, with room above for what is laid over."""
    values = [value.value for one in series for value in one.values]
    if scale == LOG:
        above = [value for value in values if value > 0] or [1.0]
        low = float(math.floor(math.log10(min(above))))
        return low, low + (max(math.log10(max(above)) - low, 0.1)) / _ROOM
    low = min([0.0, *values])
    return low, low + (max(values, default=0.0) - low) / _ROOM or 1.0


def _panel(panel: PanelView, view: View, low: float, high: float) -> list[dict[str, Any]]:
    """What is laid over, then the bands, then the lines above them."""
    found = _over(panel.laid, view, low, high) + _bands(panel.discrepancies)
    for one, mark, labels in zip(panel.series, marks(panel.series), panel.labels, strict=True):
        found.append(_line(one, mark.symbol, labels, view.scale == LOG))
    return found


def _bands(discrepancies: Sequence[Discrepancy]) -> list[dict[str, Any]]:
    """An area over years in a row, a stroke where a year stands alone; nothing between the two values is claimed to be true."""
    found: list[dict[str, Any]] = []
    shared = {"type": "scatter", "hoverinfo": "skip", "mode": "lines", "name": "", "cliponaxis": False}
    shade = theme.faded(theme.INK_3, 0.3, 0.4)
    for run in runs(discrepancies):
        if len(run) == 1:
            (one,) = run
            found.append(
                {**shared, "x": [one.year, one.year], "y": [one.low, one.high], "line": {"color": shade, "width": 6}}
            )  # fmt: skip
            continue
        forth, back = [one.year for one in run], [one.year for one in reversed(run)]
        edges = [one.china.value.value for one in run] + [one.partner.value.value for one in reversed(run)]
        found.append({**shared, "x": forth + back, "y": edges, "fill": "toself", "fillcolor": shade, "line": {"width": 0}})
    return found


def _line(one: Series, symbol: str, labels: Sequence[str], above_zero: bool) -> dict[str, Any]:
    """The line of a reporter: whole years in a row are joined, all else stands by itself."""
    color = theme.edge(one.side) if one.side else theme.INK_3
    x: list[float | None] = []
    y: list[float | None] = []
    said: list[str | None] = []
    before: Value | None = None
    for value, label in zip(one.values, labels, strict=True):
        if before and not (is_whole_year(before) and is_whole_year(value) and value.year == before.year + 1):
            x, y, said = [*x, None], [*y, None], [*said, None]
        x.append(short(place(value)) if is_whole_year(value) else place(value))
        y.append(None if above_zero and value.value <= 0 else round(value.value, 4))
        said.append(label)
        before = value
    filled = theme.PAPER if symbol.endswith("-open") else theme.fill(one.side) if one.side else theme.INK_3
    return {
        "type": "scatter", "mode": "lines+markers", "name": plain(one.reporter), "x": x, "y": y, "connectgaps": False,
        "customdata": said, "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False, "line": {"color": color, "width": 1.75},
        "marker": {
            "symbol": symbol.removesuffix("-open"), "size": 7, "color": filled, "opacity": 1, "line": {"color": color, "width": 1.5}
        },
    }  # fmt: skip


def _over(laid: Sequence[Over], view: View, low: float, high: float) -> list[dict[str, Any]]:
    """Statuses along the upper edge, each with a line down; meetings of leaders below them."""
    found: list[dict[str, Any]] = []
    for kind, (symbol, share) in _LAID.items():
        rows = [one for one in laid if one.kind == kind]
        if not rows:
            continue
        height = _at(low, high, share, view.scale)
        if kind == "status":
            floor = _at(low, high, 0, view.scale)
            found.append(
                {"type": "scatter", "mode": "lines", "name": "", "hoverinfo": "skip", "connectgaps": False,
                 "x": [part for one in rows for part in (one.at, one.at, None)],
                 "y": [part for _one in rows for part in (floor, height, None)],
                 "line": {"color": theme.faded(theme.INK_3, 0.7), "width": 1, "dash": "2px,2px"}}
            )  # fmt: skip
        found.append(
            {"type": "scatter", "mode": "markers", "name": "", "x": [one.at for one in rows], "y": [height] * len(rows),
             "customdata": [one.said for one in rows], "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False,
             "marker": {"symbol": symbol, "size": 9 if kind == "status" else 6, "opacity": 1,
                        "color": theme.INK if kind == "status" else theme.PAPER, "line": {"color": theme.INK_2, "width": 1.25}}}
        )  # fmt: skip
    return found


def _at(low: float, high: float, share: float, scale: str) -> float:
    """The value that stands at a share of the height of a panel."""
    value = low + share * (high - low)
    return round(10**value if scale == LOG else value, 6)
