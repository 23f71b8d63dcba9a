"""Two figures of the diplomatic calendar: how full each month was, and how visits went either way, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from relations.domain.calendar_heat import Cell, Heat, YearBalance

from . import theme
from .figure import Figure, axis, figure, font, layout

ROW: Final = 15
"""Pixels of a year of the heat."""
BALANCE_HEIGHT: Final = 280
SIZES: Final = ((1, 5), (2, 7), (3, 9), (5, 11), (8, 13))
"""From so many records on, a square of so many pixels: size tells what the shade tells."""
_SHADES: Final = (0.35, 0.5, 0.65, 0.8, 1.0)


def step(total: int) -> int:
    """Which of the five sizes a month has, from 0; a month that holds nothing is not drawn."""
    return max(place for place, (least, _size) in enumerate(SIZES) if total >= least)


def heat_figure(heat: Heat, months: Sequence[str], spoken: Sequence[str], *, side: str = "") -> Figure:
    """A square for every month that holds something, the larger and darker the more; years downwards, the newest first.

    `months` are the twelve heads; `spoken` what hovering over each square says, in the order of `full_months`; `side` whose
    colour the squares wear, nobody's where it is empty.
    """
    cells = full_months(heat)
    color = theme.edge(side) if side else theme.INK
    levels = [step(cell.total) for cell in cells]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [cell.month for cell in cells],
        "y": [cell.year for cell in cells],
        "customdata": list(spoken),
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": "square",
            "size": [SIZES[level][1] for level in levels],
            "color": [theme.faded(color, _SHADES[level]) for level in levels],
            "line": {"width": 0},
            "opacity": 1,
        },
    }
    years = [year.year for year in heat.years] or [0]
    return figure(
        [trace],
        layout(
            ROW * len(years) + 36,
            margin=(26, 8, 8, 40),
            xaxis=axis(
                grid=False,
                side="top",
                range=[0.4, 12.6],
                tickvals=list(range(1, 13)),
                ticktext=list(months),
                tickangle=0,
                tickfont=font(theme.INK_2, size=theme.SIZE - 2),
            ),
            yaxis=axis(range=[years[0] - 0.7, years[-1] + 0.7], tickformat="d", dtick=5, tick0=years[0] - years[0] % 5),
        ),
    )


def full_months(heat: Heat) -> list[Cell]:
    """The months that hold something, in the order of time."""
    return [cell for year in heat.years for cell in year.months if cell.total]


def balance_figure(years: Sequence[YearBalance], words: tuple[str, str], spoken: Sequence[str], *, side: str = "") -> Figure:
    """Visits to China upwards, visits from China downwards, a pair of bars a year.

    `words` name the two directions (`to China`, `from China`), `spoken` is what hovering over a year says.
    """
    x = [year.year for year in years]
    up, down = [year.to_china for year in years], [-year.from_china for year in years]
    most = max([1, *up, *(-value for value in down)])
    partner = theme.fill(side) if side else theme.faded(theme.INK, 0.55)
    outline = theme.edge(side) if side else theme.INK
    return figure(
        [_bars(x, up, words[0], spoken, partner, outline), _bars(x, down, words[1], spoken, theme.fill("CN"), theme.edge("CN"))],
        layout(
            BALANCE_HEIGHT,
            margin=(20, 8, 26, 8),
            barmode="relative",
            bargap=0.25,
            annotations=[_direction(f"↑ {words[0]}", 1, "top"), _direction(f"↓ {words[1]}", 0, "bottom")],
            xaxis=axis(grid=False, tickformat="d", nticks=8, tickangle=0),
            yaxis=axis(
                range=[-most * 1.25, most * 1.25], zeroline=True, zerolinecolor=theme.INK, zerolinewidth=1,
                **_ticks(most),
            ),
        ),
    )  # fmt: skip


def _bars(x: Sequence[int], y: Sequence[int], name: str, spoken: Sequence[str], color: str, outline: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": list(x),
        "y": list(y),
        "name": name,
        "customdata": list(spoken),
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": color, "line": {"color": outline, "width": 1}},
    }


def _ticks(most: int) -> dict[str, Any]:
    """Numbers without a sign both ways: downwards is a direction, not less than nothing."""
    gap = next(gap for gap in (1, 2, 5, 10, 20, 50, 100, 1000) if most / gap <= 4)
    values = list(range(0, most + 1, gap))
    both = [-value for value in values[:0:-1]] + values
    return {"tickvals": both, "ticktext": [str(abs(value)) for value in both]}


def _direction(text: str, y: float, anchor: str) -> dict[str, Any]:
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": y, "text": text, "showarrow": False, "xanchor": "left", "yanchor": anchor,
        "font": font(theme.INK_2),
    }  # fmt: skip
