"""The timeline as a Plotly figure: places from `relations.domain.timeline`, shapes and colours from here.

One unit of either axis is one pixel, and the axes cover the whole picture, margins included: where a mark stands is
decided by the placing rules, and Plotly only draws. `layout.meta` tells the page how pixels and years go together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from relations.domain.timeline.layout import Line, Mark, Placed, PlacedLane, Role, Text
from relations.domain.timeline.records import Kind

from . import theme
from .figure import Figure, figure, font, plain, short

SYMBOLS: Final = {
    Kind.STATUS: "diamond",
    Kind.DOCUMENT: "diamond",
    Kind.VISIT: "circle",
    Kind.SESSION: "square",
    Kind.LANDMARK: "triangle-up",
    Kind.FRICTION: "x-thin",
}
EDGE_WIDTH: Final = {Kind.VISIT: 1.5, Kind.FRICTION: 1.75}
HOVER_DISTANCE: Final = 16
DRAWN: Final = (Kind.FRICTION, Kind.LANDMARK, Kind.SESSION, Kind.VISIT, Kind.DOCUMENT, Kind.STATUS)
"""The order of drawing."""

Segment: TypeAlias = tuple[float, float, float, float]
"""From x, y to x, y, in pixels of the plot."""

Points: TypeAlias = Mapping[str, Sequence[str]]
"""Key of a record → what hovering says: date, title, detail, code of its verification."""


def timeline(placed: Placed, points: Points, words: Mapping[str, Any] | None = None) -> Figure:
    """The figure of a placed timeline.

    Each mark carries the records it stands for as customdata: a list of [key, date, title, detail, verification].
    `words` (of kinds and verification, for the hover card) travel in `layout.meta`.
    """
    canvas = _Canvas(placed)
    data = [*canvas.grid()]
    for lane in placed.lanes:
        data += canvas.lane(lane, points)
    data += canvas.texts([*placed.texts, *(text for lane in placed.lanes for text in lane.texts)])
    return figure(data, canvas.layout(words or {}))


class _Canvas:
    """Turns places measured from the plot into places measured from the picture's upper left corner."""

    def __init__(self, placed: Placed) -> None:
        self.placed = placed
        self.width = placed.scale.width + placed.left + placed.right
        self.height = placed.height + placed.top + placed.bottom
        self.codes = {id(text): lane.code for lane in placed.lanes for text in lane.texts}

    def x(self, px: float) -> float | int:
        return short(px + self.placed.left)

    def y(self, px: float) -> float | int:
        return short(px + self.placed.top)

    # ---- Behind everything ------------------------------------------------------------------------------------------------

    def grid(self) -> list[dict[str, Any]]:
        """Years as dotted lines; today and what concerned all six as plain ones."""
        placed = self.placed
        foot, above = placed.height, 20 - placed.top
        traces = [
            self._lines([(tick.x, 0, tick.x, foot) for tick in placed.ticks], theme.faded(theme.INK_3, 0.5), dash="1px,3px"),
            self._lines([(x, above, x, foot) for x in placed.contexts], theme.faded(theme.INK_3, 0.6)),
        ]
        if placed.today is not None:
            traces.append(self._lines([(placed.today, 0, placed.today, foot)], theme.INK))
        return [trace for trace in traces if trace["x"]]

    def _lines(self, segments: Iterable[Segment], color: str, *, width: float = 1, dash: str = "solid") -> dict[str, Any]:
        """Many straight lines as one trace, with gaps between them."""
        xs: list[Any] = []
        ys: list[Any] = []
        for x0, y0, x1, y1 in segments:
            xs += [self.x(x0), self.x(x1), None]
            ys += [self.y(y0), self.y(y1), None]
        line: dict[str, Any] = {"color": color, "width": width}
        if dash != "solid":
            line["dash"] = dash
        return {"type": "scatter", "mode": "lines", "x": xs[:-1], "y": ys[:-1], "line": line, "hoverinfo": "skip"}

    # ---- Lanes --------------------------------------------------------------------------------------------------------------

    def lane(self, lane: PlacedLane, points: Points) -> list[dict[str, Any]]:
        """Stairs, base, aims, connectors, bars and marks of one lane."""
        edge = theme.edge(lane.code)
        start = lane.treads[0].left if lane.treads else 0.0
        traces = [self._lines([(start, lane.base, self.placed.end, lane.base)], edge)]
        if lane.treads:
            xs = [self.x(px) for tread in lane.treads for px in (tread.left, tread.right)]
            ys = [self.y(tread.y) for tread in lane.treads for _ in range(2)]
            traces.append({"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": {"color": edge, "width": 2}, "hoverinfo": "skip"})
        traces += self._rules(lane, edge)
        for friction in (False, True):
            barred = [mark for mark in lane.marks if (mark.kind is Kind.FRICTION) is friction]
            bars = [(mark.bar[0], mark.y, mark.bar[1], mark.y) for mark in barred if mark.bar]
            if bars:
                traces.append(self._lines(bars, theme.INK if friction else edge))
        traces += self._news(lane)
        for kind in DRAWN:
            for hollow in (False, True):
                marks = [mark for mark in lane.marks if mark.kind is kind and mark.hollow is hollow]
                for size in sorted({mark.shape.size for mark in marks}):
                    traces.append(self._marks(lane, kind, [mark for mark in marks if mark.shape.size == size], points))
        return traces

    def _rules(self, lane: PlacedLane, edge: str) -> list[dict[str, Any]]:
        by_role: dict[Role, list[Line]] = defaultdict(list)
        for line in lane.lines:
            by_role[line.role].append(line)
        traces = []
        for role, lines in by_role.items():
            aim = role is Role.AIM
            color = theme.INK if role is Role.FRICTION else edge
            segments = [(line.x0, line.y0, line.x1, line.y1) for line in lines]
            traces.append(self._lines(segments, color, width=1.5 if aim else 1, dash="1px,3px" if aim else "solid"))
        return traces

    def _news(self, lane: PlacedLane) -> list[dict[str, Any]]:
        """What the news had of the relationship: quiet columns that say their number when they are hovered over."""
        found = lane.strip
        if found is None or not found.columns:
            return []
        columns = found.columns
        bars = {
            "type": "bar",
            "x": [self.x(column.x) for column in columns],
            "y": [short(-column.height) for column in columns],
            "base": self.y(found.floor),
            "width": [short(column.width) for column in columns],
            "marker": {"color": theme.faded(theme.edge(lane.code), 0.5, 0.6), "line": {"width": 0}},
            "hoverinfo": "text",
            "hovertext": [plain(column.said) for column in columns],
            "hoverlabel": {"bgcolor": theme.PAPER, "bordercolor": theme.INK, "font": font()},
        }
        return [self._lines([(found.start, found.floor, self.placed.end, found.floor)], theme.faded(theme.INK_3, 0.6)), bars]

    def _marks(self, lane: PlacedLane, kind: Kind, marks: Sequence[Mark], points: Points) -> dict[str, Any]:
        edge, fill = theme.edge(lane.code), theme.fill(lane.code)
        hollow = marks[0].hollow or kind is Kind.VISIT
        color = theme.PAPER if hollow else {Kind.STATUS: edge, Kind.DOCUMENT: edge, Kind.FRICTION: theme.INK}.get(kind, fill)
        outline = theme.INK if kind is Kind.FRICTION else theme.PAPER if kind is Kind.STATUS and not hollow else edge
        return {
            "type": "scatter",
            "mode": "markers",
            "name": kind.value,
            "meta": lane.name,
            "x": [self.x(mark.x) for mark in marks],
            "y": [self.y(mark.y + mark.shape.rise) for mark in marks],
            "customdata": [[[key, *points[key]] for key in mark.keys] for mark in marks],
            "hoverinfo": "none",
            "marker": {
                "symbol": SYMBOLS[kind],
                "size": marks[0].shape.size,
                "color": color,
                "opacity": 1,
                "line": {"color": outline, "width": EDGE_WIDTH.get(kind, 1)},
            },
        }

    # ---- Words ----------------------------------------------------------------------------------------------------------------

    def texts(self, texts: Sequence[Text]) -> list[dict[str, Any]]:
        """Texts as traces, one for each face, colour and side to which they are set."""
        groups: dict[tuple[Role, str, str], list[Text]] = defaultdict(list)
        for text in texts:
            color = theme.edge(self.codes[id(text)]) if text.role is Role.NAME else INKS.get(text.role, theme.INK)
            groups[text.role, color, text.anchor].append(text)
        return [self._text(role, color, anchor, group) for (role, color, anchor), group in groups.items()]

    def _text(self, role: Role, color: str, anchor: str, texts: Sequence[Text]) -> dict[str, Any]:
        name = role is Role.NAME
        return {
            "type": "scatter",
            "mode": "text",
            "x": [self.x(text.x) for text in texts],
            "y": [self.y(text.y) for text in texts],
            "text": [plain(text.text) for text in texts],
            "textposition": {"left": "middle right", "center": "middle center", "right": "middle left"}[anchor],
            "textfont": font(
                color,
                size=theme.NAME_SIZE if name else theme.SIZE,
                family=theme.SERIF if name else theme.SANS,
                bold=name or role is Role.NOW,
            ),
            "hoverinfo": "skip",
        }

    # ---- Around it --------------------------------------------------------------------------------------------------------------

    def layout(self, words: Mapping[str, Any]) -> dict[str, Any]:
        placed, scale = self.placed, self.placed.scale
        blank = {"visible": False, "fixedrange": True}
        return {
            "width": short(self.width),
            "height": short(self.height),
            "margin": {"t": 0, "r": 0, "b": 0, "l": 0, "pad": 0},
            "paper_bgcolor": theme.PAPER,
            "plot_bgcolor": theme.CLEAR,
            "font": font(),
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverdistance": HOVER_DISTANCE,
            **({"barmode": "overlay"} if any(lane.strip for lane in placed.lanes) else {}),
            "xaxis": blank | {"range": [0, short(self.width)]},
            "yaxis": blank | {"range": [short(self.height), 0]},
            "shapes": [shape for lane in placed.lanes for shape in self._ground(lane)],
            "meta": {
                "years": [round(scale.first, 4), round(scale.year(scale.width), 4)],
                "plot": [self.x(0), self.x(scale.width)],
                "lanes": [[lane.name, self.y(lane.top), self.y(lane.bottom), theme.key(lane.code).upper()] for lane in placed.lanes],
                "narrow": placed.narrow,
                **words,
            },
        }

    def _ground(self, lane: PlacedLane) -> list[dict[str, Any]]:
        """The ground under the stairs, deeper with every rung."""
        fill = theme.fill(lane.code)
        return [
            {
                "type": "rect",
                "layer": "below",
                "x0": self.x(tread.left),
                "x1": self.x(tread.right),
                "y0": self.y(tread.y),
                "y1": self.y(lane.base),
                "line": {"width": 0},
                "fillcolor": theme.faded(fill, 0.06 + tread.height * 0.025, 0.12 + tread.height * 0.035),
            }
            for tread in lane.treads
        ]


INKS: Final = {
    Role.SINCE: theme.INK,
    Role.AIM: theme.INK_2,
    Role.LANDMARK: theme.INK_2,
    Role.TICK: theme.INK_2,
    Role.NEWS: theme.INK_2,
}
"""Texts that are not set in the first ink."""
