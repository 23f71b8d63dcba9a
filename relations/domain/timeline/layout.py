"""The result of placing: positions in pixels, y downwards from the top of the first lane, x from the left of the plot."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from .board import Box
from .records import Kind
from .rows import Shape
from .scale import Scale, Tick
from .volume import Strip


class Role(enum.StrEnum):
    """What a text is; the figure gives each its weight and colour."""

    NAME = "name"
    NOW = "now"
    SINCE = "since"
    RUNG = "rung"
    AIM = "aim"
    LANDMARK = "landmark"
    FRICTION = "friction"
    TICK = "tick"
    TODAY = "today"
    CONTEXT = "context"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text: `x` is its left end, middle or right end by `anchor` (left, center, right); `y` its middle."""

    text: str
    x: float
    y: float
    role: Role
    anchor: str = "left"
    width: float = 0

    @property
    def box(self) -> Box:
        left = self.x - {"left": 0.0, "center": 0.5, "right": 1.0}[self.anchor] * self.width
        return Box(left, self.y - TEXT_HALF, left + self.width, self.y + TEXT_HALF)


TEXT_HALF = 7.5
"""Half the height of a line of 13 px."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the figure. `keys` are the records it stands for: the status and the document that set it share one."""

    kind: Kind
    keys: tuple[str, ...]
    x: float
    y: float
    shape: Shape
    bar: tuple[float, float] | None = None
    hollow: bool = False

    @property
    def box(self) -> Box:
        """What the mark itself covers, without its bar."""
        half_width, half_height = self.shape.half_width, self.shape.half_height
        return Box(self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height)


@dataclass(frozen=True, slots=True)
class Tread:
    """A level stretch of the stairs, at `y`, `height` rungs up the ladder."""

    left: float
    right: float
    y: float
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: the dotted line of an aim, or the connector from a mark to its label."""

    x0: float
    y0: float
    x1: float
    y1: float
    role: Role


@dataclass(slots=True)
class PlacedLane:
    """One lane between `top` and `bottom`; its ground ends at `base`, its labels stand under it.

    `unnamed` counts rungs without their name: 1 where the year stands for it, 2 where nothing does. `strip` is what the news had.
    """

    code: str
    name: str
    top: float
    base: float = 0
    bottom: float = 0
    treads: list[Tread] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    unnamed: int = 0
    strip: Strip | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """The whole picture: `width` and `height` of the plot, the margins around it, and what stands where.

    `today` is the pixel of today's line, None where the years shown end before it; `end` is where the stairs stop.
    `contexts` are the pixels of the lines through all lanes.
    """

    scale: Scale
    height: float
    left: float
    right: float
    top: float
    bottom: float
    narrow: bool
    lanes: Sequence[PlacedLane]
    ticks: Sequence[Tick]
    texts: Sequence[Text]
    contexts: Sequence[float]
    today: float | None
    end: float
