"""Place the whole picture: lane under lane, the years above and below, and what concerns every lane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from . import text
from .board import Board, Box
from .frame import Frame, View, frame
from .lane import build
from .layout import TEXT_HALF, Placed, PlacedLane, Role, Text
from .records import Context, Lane, Words
from .scale import Tick, decimal_year, ticks
from .volume import Volume, Volumes, most, strip

LANE_GAP: Final = 10
TICKS_Y: Final = -12
CONTEXT_Y: Final = -30
BOTTOM: Final = 22


def place(lanes: Sequence[Lane], view: View, words: Words, contexts: Sequence[Context] = (), volumes: Volumes | None = None) -> Placed:
    """Positions of everything in the picture.

    Every entry of every lane whose date lies in the years of `view` becomes part of one mark, and so does every status
    where the lane shows them; in a narrow picture only statuses, documents and frictions do. With `volumes` every lane
    has a strip for what the news had of it.
    """
    measured = frame(lanes, view, words)
    placed: list[PlacedLane] = []
    y = 4.0
    highest = most(volumes, [lane.code for lane in lanes], measured) if volumes else 0
    for lane in lanes:
        placed.append(build(lane, measured, y))
        if volumes is not None:
            _news(placed[-1], volumes.get(lane.code, ()), measured, highest)
        y = placed[-1].bottom + LANE_GAP
    height = max(y - LANE_GAP + 4, 40)
    head, xs = _head(measured, contexts)
    grid = ticks(measured.scale, words.months)
    if view.ends_today:
        grid = [tick for tick in grid if tick.x <= measured.end]
    return Placed(
        scale=measured.scale,
        height=height,
        left=measured.left,
        right=measured.right,
        top=24 if view.narrow or not xs else 42,
        bottom=BOTTOM,
        narrow=view.narrow,
        lanes=placed,
        ticks=grid,
        texts=[*head, *_years(measured, grid, head), *_years(measured, grid, (), y=height + 12)],
        contexts=xs,
        today=measured.end if view.ends_today else None,
        end=measured.end,
    )


def _news(lane: PlacedLane, volumes: Sequence[Volume], measured: Frame, highest: int) -> None:
    """The strip of the news under a lane, with its name in the margin where there is one."""
    lane.strip = strip(volumes, measured, lane.bottom, highest)
    lane.bottom = lane.strip.floor
    if not measured.narrow:
        label = measured.words.news
        lane.texts.append(Text(label, -measured.left, lane.strip.floor - TEXT_HALF, Role.NEWS, width=text.width(label)))


def _head(measured: Frame, contexts: Sequence[Context]) -> tuple[list[Text], list[float]]:
    """Today's date, and the names of the lines through all lanes where they do not meet; the lines stay in any case."""
    view, words, scale = measured.view, measured.words, measured.scale
    texts: list[Text] = []
    board = Board(Box(-measured.left, -100, scale.width + measured.right, 0))
    if view.ends_today:
        label = words.now_short if view.narrow else words.now
        width = text.width(label)
        x = min(measured.end - 4, scale.width + measured.right - width)
        today = Text(label, x, TICKS_Y, Role.TODAY, width=width)
        texts.append(today)
        board.lay(today.box)
    if view.narrow:
        return texts, []
    xs: list[float] = []
    for context in sorted(contexts, key=lambda context: context.date, reverse=True):
        x = scale.px(decimal_year(context.date.middle))
        if not (view.first <= context.date.year <= view.last and 0 <= x <= measured.end):
            continue
        xs.append(x)
        width = text.width(context.label)
        for left in (x - width / 2, x - width + 6, x - 6):
            candidate = Text(context.label, left, CONTEXT_Y, Role.CONTEXT, width=width)
            if board.try_lay(candidate.box, 8):
                texts.append(candidate)
                break
    return texts, xs


def _years(measured: Frame, grid: Sequence[Tick], head: Sequence[Text], y: float = TICKS_Y) -> list[Text]:
    """The labels of the ticks, those left out that would meet another text of their line."""
    board = Board(Box(-measured.left, y - TEXT_HALF, measured.scale.width + measured.right, y + TEXT_HALF))
    for other in head:
        board.lay(other.box)
    texts: list[Text] = []
    for tick in sorted(grid, key=lambda tick: not tick.major):
        width = text.width(tick.label)
        candidate = Text(tick.label, tick.x, y, Role.TICK, "center", width)
        if board.try_lay(candidate.box, 6):
            texts.append(candidate)
    return texts
