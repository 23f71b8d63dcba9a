"""Topics: all of them by relationship as a grid, and one through the years, a mark for each document in the lane of who states it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from relations.domain.partial_date import PartialDate
from relations.domain.positions import Role

from . import theme
from .figure import Figure, axis, figure, font, layout, plain, short

LANE: Final = 44
"""Pixels of height for a lane."""

ROW: Final = 24
"""Pixels of height for a topic of the grid."""

_SYMBOLS: Final = {Role.CHINA: "square", Role.PARTNER: "circle", Role.TOGETHER: "diamond"}


@dataclass(frozen=True, slots=True)
class Lane:
    """A side, its name, and its documents: date and what hovering says; `side` gives the colour, China's is ink."""

    name: str
    role: Role
    side: str
    marks: tuple[tuple[str, int, str], ...]
    """(ISO date, provisions, words) of each document."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A topic in a relationship: row and column of the grid from 0, in how many documents, whether no longer, what hovering says."""

    row: int
    column: int
    side: str
    documents: int
    gone: bool
    words: str


def matrix_figure(topics: Sequence[str], relationships: Sequence[str], spots: Sequence[Spot]) -> Figure:
    """A circle for each topic that a relationship takes up, its area by the number of documents, the number beside; hollow where gone."""
    most = max((spot.documents for spot in spots), default=1)
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [spot.column for spot in spots],
        "y": [spot.row for spot in spots],
        "text": [str(spot.documents) for spot in spots],
        "textposition": "middle right",
        "textfont": font(theme.INK_2, size=theme.SIZE - 2),
        "customdata": [plain(spot.words) for spot in spots],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": "circle",
            "size": [short(6 + 12 * (spot.documents / most) ** 0.5) for spot in spots],
            "color": [theme.PAPER if spot.gone else theme.fill(spot.side) for spot in spots],
            "opacity": 1,
            "line": {"color": [theme.edge(spot.side) for spot in spots], "width": 1.5},
        },
    }
    columns: dict[str, Any] = {
        "tickvals": list(range(len(relationships))),
        "ticktext": [plain(name) for name in relationships],
        "side": "top",
    }
    rows: dict[str, Any] = {"tickvals": list(range(len(topics))), "ticktext": [plain(name) for name in topics]}
    return figure(
        [trace],
        layout(
            ROW * len(topics) + 44,
            margin=(34, 8, 8, 8),
            xaxis=axis(grid=False, range=[-0.5, len(relationships) - 0.5], tickangle=0, **columns),
            yaxis=axis(grid=True, range=[len(topics) - 0.5, -0.5], **rows),
        ),
    )


def position_figure(lanes: Sequence[Lane], years: tuple[int, int]) -> Figure:
    """Marks by date and lane, larger where a document has more provisions; a vague date stands in the middle of what it may be."""
    names = [lane.name for lane in lanes]
    ticks: dict[str, Any] = {"tickvals": list(range(len(names))), "ticktext": [plain(name) for name in reversed(names)]}
    span = [f"{years[0]}-01-01", f"{years[1] + 1}-01-01"]
    return figure(
        [_trace(lane, len(names) - 1 - place) for place, lane in enumerate(lanes)],
        layout(
            LANE * len(names) + 42,
            margin=(8, 12, 26, 8),
            xaxis=axis(grid=True, range=span, type="date", nticks=8, tickformat="%Y", tickangle=0),
            yaxis=axis(grid=True, range=[-0.5, len(names) - 0.5], **ticks),
        ),
    )


def _trace(lane: Lane, height: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(lane.name),
        "x": [PartialDate.parse(date).middle.isoformat() for date, _count, _words in lane.marks],
        "y": [height] * len(lane.marks),
        "customdata": [plain(words) for _date, _count, words in lane.marks],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": _SYMBOLS[lane.role],
            "size": [min(9 + 2 * count, 21) for _date, count, _words in lane.marks],
            "color": theme.fill(lane.side),
            "opacity": 1,
            "line": {"color": theme.edge(lane.side), "width": 1.5},
        },
    }
