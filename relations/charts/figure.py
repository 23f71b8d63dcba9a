"""What every figure shares: plain Plotly figures (`data` and `layout` as dictionaries) in the house's visual language.

They are dictionaries and not `plotly.graph_objects.Figure`, since building and checking those takes longer than the rest
of a page; the tests hand every figure to plotly's own validators instead.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeAlias

from . import theme

Figure: TypeAlias = dict[str, Any]
"""`{"data": [trace, …], "layout": {…}}` with tokens for colours and fonts."""


def font(color: str = theme.INK, *, size: int = theme.SIZE, family: str = theme.SANS, bold: bool = False) -> dict[str, Any]:
    """A font as Plotly wants it."""
    found: dict[str, Any] = {"family": family, "size": size, "color": color}
    if bold:
        found["weight"] = theme.BOLD
    return found


def layout(height: int, *, margin: tuple[int, int, int, int] = (8, 8, 28, 48), **more: Any) -> dict[str, Any]:
    """The layout of a plain chart, `height` px high; `margin` is top, right, bottom, left. `more` wins over the defaults.

    No legend (name series in words beside the chart or at their ends), no mode bar, no dragging.
    """
    top, right, bottom, left = margin
    found: dict[str, Any] = {
        "height": height,
        "margin": {"t": top, "r": right, "b": bottom, "l": left, "pad": 0},
        "paper_bgcolor": theme.CLEAR,
        "plot_bgcolor": theme.CLEAR,
        "font": font(),
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": 16,
        "hoverlabel": {"bgcolor": theme.PAPER, "bordercolor": theme.INK, "align": "left", "font": font()},
        "xaxis": axis(grid=False),
        "yaxis": axis(),
    }
    return found | more


def axis(*, grid: bool = True, line: bool = False, **more: Any) -> dict[str, Any]:
    """An axis with hairlines: no zero line, no title (the unit stands in the caption), labels in the second ink."""
    found: dict[str, Any] = {
        "fixedrange": True,
        "showgrid": grid,
        "gridcolor": theme.faded(theme.INK_3, 0.35),
        "gridwidth": 1,
        "zeroline": False,
        "showline": line,
        "linecolor": theme.INK_3,
        "ticks": "",
        "tickfont": font(theme.INK_2),
        "automargin": True,
    }
    return found | more


def series(
    x: Sequence[Any], y: Sequence[Any], side: str, name: str, *, steps: bool = False, markers: bool = True, dash: str = "solid", **more: Any
) -> dict[str, Any]:
    """A line of one side's colour. A None in `y` leaves a gap (a year that a reporter skipped is not joined).

    `steps` keeps a value until the next one. What hovering says is `name`, x and y unless `hovertemplate` is given.
    """
    color = theme.edge(side)
    found: dict[str, Any] = {
        "type": "scatter",
        "x": list(x),
        "y": list(y),
        "name": name,
        "mode": "lines+markers" if markers else "lines",
        "connectgaps": False,
        "line": {"color": color, "width": 2, "shape": "hv" if steps else "linear", "dash": dash},
    }
    if markers:
        found["marker"] = {"size": 6, "color": theme.fill(side), "line": {"color": color, "width": 1}}
    return found | more


def figure(data: Sequence[dict[str, Any]], layout: dict[str, Any]) -> Figure:
    """Traces and layout as one figure."""
    return {"data": list(data), "layout": layout}


def to_json(built: Figure) -> str:
    """The figure as compact JSON. Raises ValueError for a number that JSON does not know (NaN, infinity)."""
    return json.dumps(built, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def short(number: float) -> float | int:
    """A pixel or a value with one decimal at most, without the `.0`: JSON stays small."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def plain(text: str) -> str:
    """Text of a record, safe from Plotly's reading of `<b>` and the like as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
