"""Who takes up which topic, how often and how recently, in the documents of each relationship: counts with their evidence.

Records in (`Stated`: one provision of a published document), results out that name the documents they stand on. Nothing
here weighs a position: it is counted under the side that states it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from relations.domain.provisions import TOGETHER
from relations.reference.parties import CHINA

BROAD: Final = 4
"""A document with so many provisions entered is broad: that it leaves a topic out says something. A single agreement says nothing."""

SILENT: Final = 3
"""So many broad documents in a row that leave a topic out, after two or more that took it up: it is no longer taken up."""

OTHER: Final = "other"
"""The code for what has no topic of its own."""

CORE: Final = ("taiwan", "sovereignty", "development_path", "human_rights")
"""Topics that the documents themselves call core interests, in the order in which the page shows them."""


class Role(StrEnum):
    """Which side of the relationship states something: China alone, the other side alone, or all together."""

    CHINA = "china"
    PARTNER = "partner"
    TOGETHER = "together"


class State(StrEnum):
    """Whether a topic is still taken up: in the last broad document, in one shortly before, no longer, or once and not again."""

    CURRENT = "current"
    RECENT = "recent"
    GONE = "gone"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Stated:
    """One provision: the document it stands in, its number there, who states it, on what (the main topic first), in what words."""

    dyad: str
    document: str
    date: str
    number: int
    side: str
    topics: tuple[str, ...]
    text: str = ""

    @property
    def role(self) -> Role:
        return role_of(self.side)

    @property
    def order(self) -> tuple[str, str, int]:
        """Sorts by time; what is known to the year only stands at its beginning."""
        return self.date, self.document, self.number


def role_of(side: str) -> Role:
    """`both` and `all` are together, `CN` is China, any other side (a partner, the five) the partner."""
    return Role.TOGETHER if side in TOGETHER else Role.CHINA if side == CHINA else Role.PARTNER


# ---- Matrix ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tick:
    """One document that takes a topic up: who speaks in it."""

    document: str
    date: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Cell:
    """One topic in one relationship. `since` counts the broad documents after the last one that took it up, those of one day once:
    a summit's declaration and its plan are one occasion."""

    topic: str
    dyad: str
    ticks: tuple[Tick, ...]
    provisions: int
    sides: tuple[tuple[str, int], ...]
    since: int

    @property
    def documents(self) -> int:
        return len(self.ticks)

    @property
    def first(self) -> str:
        return self.ticks[0].date

    @property
    def last(self) -> str:
        return self.ticks[-1].date

    @property
    def state(self) -> State:
        if not self.since:
            return State.CURRENT
        if self.since < SILENT:
            return State.RECENT
        return State.ONCE if self.documents == 1 else State.GONE


@dataclass(frozen=True)
class Row:
    """One topic through all relationships; a relationship that never took it up has no cell."""

    topic: str
    cells: Mapping[str, Cell]

    @property
    def documents(self) -> int:
        return sum(cell.documents for cell in self.cells.values())

    @property
    def provisions(self) -> int:
        return sum(cell.provisions for cell in self.cells.values())

    @property
    def last(self) -> str:
        return max(cell.last for cell in self.cells.values())


@dataclass(frozen=True)
class Matrix:
    """Topics by relationships, the topic of most documents first. `provisions` counts those of the role asked for, `documents` and
    `broad` the documents with provisions entered, whoever states them."""

    rows: tuple[Row, ...]
    provisions: int
    documents: Mapping[str, int]
    broad: Mapping[str, int]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells.values())

    @property
    def gone(self) -> list[Cell]:
        """What is no longer taken up, the last to fall silent first; of equals the one that had been taken up more often.

        “Other” is no topic that could fall silent.
        """
        found = [cell for cell in self.cells if cell.state is State.GONE and cell.topic != OTHER]
        return sorted(found, key=lambda cell: (cell.last, cell.documents, cell.topic), reverse=True)


def matrix(stated: Iterable[Stated], role: Role | None = None) -> Matrix:
    """The matrix of some provisions, of those of one role where it is named.

    Which document is broad, and what came after it, is judged by all the provisions given, whoever states them.
    """
    provisions = sorted(stated, key=lambda one: one.order)
    sizes = Counter((one.dyad, one.date, one.document) for one in provisions)
    broad: dict[str, list[tuple[str, str]]] = {}
    for (dyad, date, document), size in sorted(sizes.items()):
        if size >= BROAD:
            broad.setdefault(dyad, []).append((date, document))
    shown = [one for one in provisions if role is None or one.role is role]
    by_cell: dict[tuple[str, str], list[Stated]] = {}
    for one in shown:
        for topic in dict.fromkeys(one.topics):
            by_cell.setdefault((topic, one.dyad), []).append(one)
    rows: dict[str, dict[str, Cell]] = {}
    for (topic, dyad), members in by_cell.items():
        rows.setdefault(topic, {})[dyad] = _cell(topic, dyad, members, broad.get(dyad, ()))
    made = [Row(topic, cells) for topic, cells in rows.items()]
    made.sort(key=lambda row: (-row.documents, -row.provisions, row.topic))
    documents = Counter(dyad for dyad, _date, _document in sizes)
    return Matrix(tuple(made), len(shown), documents, {dyad: len(found) for dyad, found in broad.items()})


def _cell(topic: str, dyad: str, members: Sequence[Stated], broad: Sequence[tuple[str, str]]) -> Cell:
    roles: dict[tuple[str, str], set[Role]] = {}
    for one in members:
        roles.setdefault((one.date, one.document), set()).add(one.role)
    last = max(date for date, _document in roles)
    return Cell(
        topic=topic,
        dyad=dyad,
        ticks=tuple(Tick(document, date, frozenset(found)) for (date, document), found in roles.items()),
        provisions=len(members),
        sides=tuple(Counter(one.side for one in members).items()),
        since=len({date for date, _document in broad if date > last and not date.startswith(last)}),
    )


# ---- Core interests ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Support:
    """What one side states alone on one topic: its latest words, in whole documents, and how often and since when it does."""

    topic: str
    dyad: str
    side: str
    latest: tuple[Stated, ...]
    documents: tuple[str, ...]
    first: str

    @property
    def last(self) -> str:
        return self.latest[0].date


def supports(stated: Iterable[Stated], topics: Sequence[str] = CORE) -> list[Support]:
    """Who states what alone on these topics, with the words of the latest document; topics in their order, then sides by name.

    What all state together is left out: it supports nobody in particular.
    """
    found: dict[tuple[str, str, str], list[Stated]] = {}
    for one in sorted(stated, key=lambda one: one.order):
        if one.role is Role.TOGETHER:
            continue
        for topic in topics:
            if topic in one.topics:
                found.setdefault((one.dyad, topic, one.side), []).append(one)
    made = []
    for (dyad, topic, side), members in found.items():
        last = members[-1].document
        latest = tuple(one for one in members if one.document == last)
        made.append(Support(topic, dyad, side, latest, tuple(dict.fromkeys(one.document for one in members)), members[0].date))
    return sorted(made, key=lambda support: (support.dyad, topics.index(support.topic), support.side))
