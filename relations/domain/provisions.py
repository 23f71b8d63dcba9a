"""Who says what in a document: its provisions by side and topic, and the parts of the sentence that sums them up.

Pure rules over numbers, sides and topics; the words stand with the page. A side is `CN`, a partner, `C5` (the five
together), or one that takes in every party: `both` (of two), `all` (of more).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from relations.reference.parties import ALL, BOTH, CHINA, FIVE

TOGETHER: Final = (BOTH, ALL)
"""Sides that take in every party."""

TOPICS_NAMED: Final = 3
"""A sentence names up to so many topics of a side."""


class Stated(Protocol):
    """A provision, as far as these rules look at it. Topics are in the order of the record, the main one first."""

    @property
    def number(self) -> int: ...
    @property
    def side(self) -> str: ...
    @property
    def topics(self) -> tuple[str, ...]: ...


P = TypeVar("P", bound=Stated)
P_co = TypeVar("P_co", bound=Stated, covariant=True)


def side_order(parties: Sequence[str]) -> tuple[str, ...]:
    """Sides in the order in which a page shows them: China, the partners, the five, then all together."""
    partners = [party for party in parties if party != CHINA]
    return (CHINA, *partners, FIVE, *TOGETHER)


# ---- Groups ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group(Generic[P_co]):
    """What one side states: `items` as they are to be read, by main topic or in the order of the text."""

    side: str
    items: tuple[P_co, ...]

    def __len__(self) -> int:
        return len(self.items)

    @property
    def together(self) -> bool:
        """Whether every party states it."""
        return self.side in TOGETHER


def by_side(provisions: Iterable[P], parties: Sequence[str]) -> list[Group[P]]:
    """The provisions of each side that states any, the sides in the order of `side_order`, the numbers kept.

    Within a side those of one main topic stand together, topics in the order in which the text comes to them.
    """
    found: dict[str, list[P]] = {}
    for provision in sorted(provisions, key=lambda p: p.number):
        found.setdefault(provision.side, []).append(provision)
    order = side_order(parties)
    sides = sorted(found, key=lambda side: order.index(side) if side in order else len(order))
    return [Group(side, tuple(by_topic(found[side]))) for side in sides]


def by_topic(provisions: Iterable[P]) -> list[P]:
    """Provisions with those of one main topic (the first one) together, topics in the order in which the text comes to them."""
    topics: dict[str, list[P]] = {}
    for provision in sorted(provisions, key=lambda p: p.number):
        topics.setdefault(provision.topics[0] if provision.topics else "", []).append(provision)
    return [provision for group in topics.values() for provision in group]


# ---- The sentence ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """What the sentence says of one side: how many provisions, and on what.

    `topics` are all its topics, the most frequent first; the main ones only where all are too many to name, and two of
    them with `more` where these are too many still.
    """

    side: str
    count: int
    topics: tuple[str, ...]
    more: bool = False


@dataclass(frozen=True)
class Says:
    """The parts of the sentence: how many parties there are, how many provisions all state together, then who adds what alone."""

    parties: int
    total: int
    together: int
    alone: tuple[Part, ...]


def says(provisions: Sequence[Stated], parties: Sequence[str]) -> Says:
    """Who says what, for a sentence. Sides that state something alone come in the order of how much, then of the parties."""
    groups = by_side(provisions, parties)
    alone = [_part(group) for group in groups if not group.together]
    return Says(
        parties=len(parties),
        total=len(provisions),
        together=sum(len(group) for group in groups if group.together),
        alone=tuple(sorted(alone, key=lambda part: -part.count)),
    )


def _part(group: Group[Stated]) -> Part:
    topics = ranked_topics(group.items)
    if len(topics) > TOPICS_NAMED:  # then the main topic of each says enough
        topics = ranked_topics(group.items, main=True)
    more = len(topics) > TOPICS_NAMED
    return Part(group.side, len(group), topics[:2] if more else topics, more)


def ranked_topics(provisions: Iterable[Stated], *, main: bool = False) -> tuple[str, ...]:
    """All topics of some provisions (`main`: the first of each), the most frequent first; of equals the first in the text."""
    ordered = sorted(provisions, key=lambda p: p.number)
    counted = Counter(topic for provision in ordered for topic in (provision.topics[:1] if main else provision.topics))
    return tuple(topic for topic, _ in counted.most_common())


def sides_counted(sides: Iterable[str], parties: Sequence[str]) -> list[tuple[str, int]]:
    """How many provisions each side states, all together first, then China, the partners, the five."""
    counted = Counter(sides)
    order = (*TOGETHER, *(side for side in side_order(parties) if side not in TOGETHER))
    known = [(side, counted[side]) for side in order if counted[side]]
    return known + [(side, count) for side, count in counted.items() if side not in order]
