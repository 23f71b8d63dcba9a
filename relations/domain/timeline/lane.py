"""One lane: stairs, marks in their rows, labels where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from ..partial_date import PartialDate
from . import text
from .board import Board, Box
from .frame import NAME_SIZE, Frame, name_lines, now_lines, standing
from .labels import Label, arrange
from .layout import TEXT_HALF, Line, Mark, PlacedLane, Role, Text, Tread
from .records import Entry, Kind, Lane, Status
from .rows import AIR, SHAPES, SMALL_STATUS, assign, count, reach

STEP: Final = 6
"""Pixels from one rung to the next."""
HEAD: Final = 18
"""Room over the highest tread for the name of a rung."""
TALL_HEAD: Final = 28
"""The same where a name has to stand above its mark."""
NARROW_HEAD: Final = 40
UNDER_STAIRS: Final = 15
"""From the lowest tread to the middle of the first row: a mark on the tread and one in the row clear each other."""
ROW_GAP: Final = 2.5
FOOT: Final = 5
LINE: Final = 17
"""Pixels from one line of text to the next."""
ROWS: Final = (Kind.DOCUMENT, Kind.VISIT, Kind.SESSION, Kind.LANDMARK, Kind.FRICTION)
NARROW_ROWS: Final = (Kind.DOCUMENT, Kind.FRICTION)
AIM_GAP: Final = 16


@dataclass(slots=True)
class Item:
    """A mark that waits for its row."""

    kind: Kind
    keys: tuple[str, ...]
    x: float
    bar: tuple[float, float] | None
    label: str = ""
    year: int = 0
    hollow: bool = False


@dataclass(slots=True)
class Turn:
    """A mark on the stairs: the statuses that one document set together, at `x`."""

    statuses: list[Status] = field(default_factory=list)
    x: float = 0
    document: str | None = None

    @property
    def lead(self) -> Status:
        """The rung before the aim."""
        return min(self.statuses, key=lambda status: status.height is None)


def build(lane: Lane, frame: Frame, top: float) -> PlacedLane:
    """Place one lane. Where a rung has no room for its name, try once more with room above the stairs."""
    placed = _Builder(lane, frame, top, _narrow_head(lane, frame) if frame.narrow else HEAD).run()
    if placed.unnamed and not frame.narrow:
        taller = _Builder(lane, frame, top, TALL_HEAD).run()
        if taller.unnamed < placed.unnamed:
            return taller
    return placed


class _Builder:
    """Places one lane, step by step; each step reads what the ones before it have laid on the board."""

    def __init__(self, lane: Lane, frame: Frame, top: float, head: float) -> None:
        self.lane, self.frame, self.head = lane, frame, head
        self.placed = PlacedLane(lane.code, lane.name, top)
        shown = sorted((s for s in lane.statuses if s.date.first <= frame.view.end), key=lambda s: s.date) if lane.show_statuses else []
        self.rungs = [status for status in shown if status.height is not None]
        self.aims = [status for status in shown if status.height is None]
        self.status_shape = SMALL_STATUS if frame.narrow else SHAPES[Kind.STATUS]
        self.items: list[tuple[Item, float]] = []

    def run(self) -> PlacedLane:
        self._stairs()
        turns = self._turns()
        on_stairs, displaced = self._seat(turns)
        self._rows(on_stairs, displaced)
        placed, frame = self.placed, self.frame
        self.board = Board(Box(0, placed.top - 4, frame.scale.width, placed.base))
        self._marks(on_stairs)
        self._block()
        self._aims()
        self._rung_names()
        placed.bottom = placed.base
        if not frame.narrow:
            self._labels()
        self._sides()
        return placed

    # ---- Stairs ---------------------------------------------------------------------------------------------------------

    def _stairs(self) -> None:
        """The treads that lie in the picture, at y measured from the top of the lane's ladder until the base is known."""
        frame = self.frame
        starts = [min(max(frame.at(status.date), 0), frame.end) for status in self.rungs]
        spans = [
            (start, stop, status.height or 0)
            for status, start, stop in zip(self.rungs, starts, [*starts[1:], frame.end], strict=False)
            if stop > start
        ]
        heights = [height for *_, height in spans]
        self.highest, self.lowest = max(heights, default=0), min(heights, default=0)
        self.stacked = bool(self.aims) and self.highest <= 1  # no ladder to stand beside: the aims are what there is
        shown_aims = len(self.aims) if self.stacked else 0
        self.stair_top = self.placed.top + self.head + shown_aims * AIM_GAP + (4 if shown_aims else 0)
        self.placed.treads = [Tread(start, stop, self._tread(height), height) for start, stop, height in spans]

    def _tread(self, height: int) -> float:
        return self.stair_top + (self.highest - height) * STEP

    def _standing_at(self, x: float) -> Tread | None:
        """The tread under a pixel; at a riser, the upper one."""
        found = [tread for tread in self.placed.treads if tread.left <= x + 0.01 and x <= tread.right + 0.01]
        return found[-1] if found else None

    # ---- Marks on the stairs --------------------------------------------------------------------------------------------

    def _turns(self) -> list[Turn]:
        """Statuses declared in the years shown, those that one document set together as one, newest first, rungs before aims."""
        view = self.frame.view
        found: dict[tuple[PartialDate, str], Turn] = {}
        for status in [*self.rungs, *self.aims]:
            if view.first <= status.date.year <= view.last:
                turn = found.setdefault(
                    (status.date, status.document or status.key), Turn(x=self.frame.at(status.date), document=status.document)
                )
                turn.statuses.append(status)
        return sorted(found.values(), key=lambda turn: (turn.lead.height is None, -turn.x))

    def _seat(self, turns: Sequence[Turn]) -> tuple[list[tuple[Turn, Tread]], list[Turn]]:
        """Seat the marks on the stairs by weight; one that would touch another goes down into the row of documents."""
        half = self.status_shape.half_width
        seated: list[tuple[Turn, Tread]] = []
        displaced: list[Turn] = []
        for turn in turns:
            tread = self._standing_at(turn.x)
            if tread is not None and all(abs(turn.x - other.x) >= 2 * half + AIR for other, _ in seated):
                seated.append((turn, tread))
            else:
                displaced.append(turn)
        return seated, displaced

    # ---- Rows ------------------------------------------------------------------------------------------------------------

    def _document(self, turn: Turn) -> tuple[str, ...]:
        """The document that shares the mark of the statuses it set: it is shown, and of the same day."""
        return (turn.document,) if turn.document and self.days.get(turn.document) == turn.lead.date else ()

    def _keys(self, turn: Turn) -> tuple[str, ...]:
        lead = turn.lead
        return (lead.key, *(status.key for status in turn.statuses if status is not lead), *self._document(turn))

    def _rows(self, seated: Sequence[tuple[Turn, Tread]], displaced: Sequence[Turn]) -> None:
        """Give every mark its row, and so the lane its depth."""
        frame, lane = self.frame, self.lane
        self.days = {entry.key: entry.date for entry in lane.entries}
        merged = {key for turn in [*displaced, *(turn for turn, _ in seated)] for key in self._document(turn)}
        waiting: dict[Kind, list[Item]] = {kind: [] for kind in ROWS}
        for turn in displaced:
            waiting[Kind.DOCUMENT].append(
                Item(Kind.STATUS, self._keys(turn), turn.x, frame.span(turn.lead.date), hollow=turn.document is None)
            )
        for entry in lane.entries:
            if not (entry.kind is Kind.DOCUMENT and entry.key in merged):
                waiting[entry.kind].append(self._item(entry))
        middle = self._tread(self.lowest) + UNDER_STAIRS if self.placed.treads else self.placed.top + self.head
        y = middle - SHAPES[Kind.DOCUMENT].half_height
        for kind in NARROW_ROWS if frame.narrow else ROWS:
            items = waiting[kind]
            shape = SHAPES[kind]
            rows = assign([reach(item.x, shape, item.bar) for item in items])
            pitch = 2 * shape.half_height + AIR
            self.items += [(item, y + shape.half_height + row * pitch) for item, row in zip(items, rows, strict=True)]
            if items:
                y += count(rows) * pitch + ROW_GAP
        least = self.placed.top + self.head + self._least_depth()
        self.placed.base = max(y + FOOT, least)

    def _least_depth(self) -> float:
        """A lane is never lower than what its right side says."""
        status = standing(self.lane, self.frame.view.end)
        if self.frame.narrow:
            return 24
        now = len(now_lines(status)) + 1 if status and self.lane.show_statuses else 0
        return max(now * LINE, len(name_lines(self.lane.name)) * 20, 34)

    def _item(self, entry: Entry) -> Item:
        return Item(entry.kind, (entry.key,), self.frame.at(entry.date), self.frame.span(entry.date), entry.label, entry.date.year)

    def _marks(self, seated: Sequence[tuple[Turn, Tread]]) -> None:
        marks = self.placed.marks
        for turn, tread in seated:
            bar, hollow = self.frame.span(turn.lead.date), turn.document is None
            marks.append(Mark(Kind.STATUS, self._keys(turn), turn.x, tread.y, self.status_shape, bar, hollow))
        for item, y in self.items:
            shape = SHAPES[Kind.DOCUMENT] if item.kind is Kind.STATUS else SHAPES[item.kind]
            marks.append(Mark(item.kind, item.keys, item.x, y, shape, item.bar, item.hollow))

    def _block(self) -> None:
        """Nothing may be laid over a mark, a tread or a riser."""
        for mark in self.placed.marks:
            self.board.lay(mark.box)
        for tread in self.placed.treads:
            self.board.lay(Box(tread.left, tread.y - 1, tread.right, tread.y + 1))
        for before, after in pairwise(self.placed.treads):
            self.board.lay(Box(after.left - 1, min(before.y, after.y), after.left + 1, max(before.y, after.y)))

    # ---- Words on the stairs ------------------------------------------------------------------------------------------------

    def _put(self, label: str, x: float, y: float, role: Role, air: float) -> bool:
        candidate = Text(label, x, y, role, width=text.width(label))
        if not self.board.try_lay(candidate.box, air):
            return False
        self.placed.texts.append(candidate)
        return True

    def _aims(self) -> None:
        """Aims stand beside the ladder, dotted: under the tread of their day, or above the only tread, with their names."""
        frame = self.frame
        for index, aim in enumerate(self.aims):
            x = max(frame.at(aim.date), 0)
            if x >= frame.end:
                continue
            tread = self._standing_at(x)
            y = self.stair_top - 12 - index * AIM_GAP if self.stacked or tread is None else tread.y + 5
            self.placed.lines.append(Line(x, y, frame.end, y, Role.AIM))
            if self.stacked and not frame.narrow:
                self.board.lay(Box(x, y - 1, frame.end, y + 1))
                label = frame.words.aim.format(name=aim.name, year=aim.date.year)
                for candidate in (label, aim.name, str(aim.date.year)):
                    if self._put(candidate, x - self.status_shape.half_width - 3 - text.width(candidate), y, Role.AIM, air=2):
                        break

    def _rung_names(self) -> None:
        """The names of the rungs, the newest first; the last one is named at the right side."""
        frame, half = self.frame, self.status_shape.half_width
        for tread in reversed([tread for tread in self.placed.treads[:-1] if tread.right - tread.left > 2]):
            status = next(s for s in reversed(self.rungs) if frame.at(s.date) <= tread.left + 0.01)
            year = str(status.date.year)
            names = [] if frame.narrow else [f"{status.name} {year}", status.name]
            beside = tread.left + (half + 3 if frame.at(status.date) >= 0 else 2), tread.y - 3 - TEXT_HALF
            spots = [(label, *beside) for label in names]
            if self.head == TALL_HEAD:
                above = tread.y - half - 3.5 - TEXT_HALF
                spots += [(label, left, above) for label in names for left in self._above(tread.left, text.width(label))]
            spots.append((year, *beside))
            found = next((label for label, left, y in spots if self._put(label, left, y, Role.RUNG, air=1)), None)
            self.placed.unnamed += 2 if found is None else 1 if found == year and not frame.narrow else 0

    def _above(self, x: float, width: float) -> tuple[float, ...]:
        """Where a name over its mark may start: in the middle, or flush with either side of the mark; never beyond the ground."""
        half, last = self.status_shape.half_width, self.frame.end - width
        first = self.placed.treads[0].left - half
        return tuple(start for start in (min(x - width / 2, last), x + half - width, x - half) if first <= start <= last)

    # ---- Words under the lane -----------------------------------------------------------------------------------------------

    def _labels(self) -> None:
        """Turning points by name: frictions first, then landmarks, the newest first, in up to two lines under the ground."""
        placed, frame = self.placed, self.frame
        labelled = [(item, y) for item, y in self.items if item.label and 0 <= item.x <= frame.end]
        labelled.sort(key=lambda pair: (pair[0].kind is not Kind.FRICTION, -pair[0].x))
        words = [f"{item.label} {item.year}" for item, _ in labelled]
        spots = arrange([Label(item.x, text.width(word)) for (item, _), word in zip(labelled, words, strict=True)], frame.end)
        for (item, mark_y), word, spot in zip(labelled, words, spots, strict=True):
            if spot is None:
                continue
            line, start = spot
            y = placed.base + 3 + TEXT_HALF + line * (2 * TEXT_HALF + 1)
            role = Role.FRICTION if item.kind is Kind.FRICTION else Role.LANDMARK
            placed.texts.append(Text(word, start, y, role, width=text.width(word)))
            placed.lines.append(Line(item.x, mark_y + SHAPES[item.kind].half_height, item.x, y - TEXT_HALF + 1, role))
            placed.bottom = max(placed.bottom, y + TEXT_HALF)

    # ---- Left and right ---------------------------------------------------------------------------------------------------

    def _sides(self) -> None:
        """Left: who. Right: where it stands, and since when. Above the lane where the picture is narrow."""
        frame, placed = self.frame, self.placed
        status = standing(self.lane, frame.view.end) if self.lane.show_statuses else None
        since = frame.words.since.format(year=status.date.year) if status else ""
        if frame.narrow:
            y = placed.top + 10
            placed.texts.append(Text(self.lane.name, 0, y, Role.NAME, width=text.width(self.lane.name, NAME_SIZE, bold=True)))
            if status:
                self._narrow_now(status.name, since, y)
            return
        lines = name_lines(self.lane.name)
        first = (self._ground_top() + placed.base) / 2 - (len(lines) - 1) * 10
        for index, line in enumerate(lines):
            placed.texts.append(Text(line, -frame.left, first + index * 20, Role.NAME, width=text.width(line, NAME_SIZE, bold=True)))
        if status:
            words = now_lines(status)
            y = placed.treads[-1].y if placed.treads else placed.top + self.head
            if self.stacked:
                y = self.stair_top - 12 - (len(self.aims) - 1) * AIM_GAP
            x = frame.scale.width + 10
            for index, line in enumerate(words):
                placed.texts.append(Text(line, x, y + index * LINE, Role.NOW, width=text.width(line, bold=True)))
            placed.texts.append(Text(since, x, y + len(words) * LINE, Role.SINCE, width=text.width(since)))

    def _ground_top(self) -> float:
        return max((tread.y for tread in self.placed.treads), default=self.placed.top + self.head)

    def _narrow_now(self, name: str, since: str, y: float) -> None:
        """Flush right, clear of today's line; on a line of its own where the lane's name leaves no room."""
        right, (room, needed) = self.frame.end - 5, narrow_room(self.lane, self.frame, name, since)
        line = y if needed <= room else y + LINE
        since_width = text.width(since)
        self.placed.texts.append(Text(since, right, line, Role.SINCE, "right", since_width))
        self.placed.texts.append(Text(name, right - since_width - 1, line, Role.NOW, "right", text.width(name, bold=True)))


def narrow_room(lane: Lane, frame: Frame, name: str, since: str) -> tuple[float, float]:
    """The pixels beside the lane's name in a narrow picture, and those that its standing needs."""
    room = frame.end - 5 - text.width(lane.name, NAME_SIZE, bold=True) - 12
    return room, text.width(name, bold=True) + 1 + text.width(since)


def _narrow_head(lane: Lane, frame: Frame) -> float:
    """The room over the stairs of a narrow lane: its name, and one line more where its standing finds no place beside it."""
    status = standing(lane, frame.view.end) if lane.show_statuses else None
    if status is None:
        return NARROW_HEAD
    room, needed = narrow_room(lane, frame, status.name, frame.words.since.format(year=status.date.year))
    return NARROW_HEAD if needed <= room else NARROW_HEAD + LINE
