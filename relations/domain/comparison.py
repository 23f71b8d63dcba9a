"""Declarations side by side, and what one relationship or period takes up that another does not.

    comparison([first, second])          documents, aligned by topic and side
    contrast({"a": …, "b": …})           topics of two sets of documents, with what is only in one

Alike are provisions that the same side states on a topic in common, in words that are alike (`wording.LIKE`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from relations.domain.formulations import Wording, worded
from relations.domain.positions import Role, Stated
from relations.domain.wording import LIKE, likeness

MOST = 4
"""So many documents have room side by side."""


@dataclass(frozen=True)
class Line:
    """Provisions of several documents that are alike: one a column, None where a column has none."""

    cells: tuple[Wording | None, ...]

    @property
    def everywhere(self) -> bool:
        return None not in self.cells


@dataclass(frozen=True)
class Block:
    """One topic and one role: lines of what is alike, then what only one column says, a list a column."""

    topic: str
    role: Role
    lines: tuple[Line, ...]
    only: tuple[tuple[Wording, ...], ...]

    @property
    def has_only(self) -> bool:
        return any(self.only)

    @property
    def sides(self) -> tuple[str, ...]:
        """Those who speak in it, each once: two partners where documents of two relationships are compared."""
        cells = [cell for line in self.lines for cell in line.cells if cell] + [wording for column in self.only for wording in column]
        return tuple(dict.fromkeys(cell.provision.side for cell in cells))


@dataclass(frozen=True)
class Comparison:
    """Documents side by side. `topics_only` are the topics of each column that no other has, `shared` those that all have."""

    blocks: tuple[Block, ...]
    shared: tuple[str, ...]
    topics_only: tuple[tuple[str, ...], ...]

    @property
    def alike(self) -> int:
        """How many provisions of one column have a counterpart in another, counted by lines."""
        return sum(len(block.lines) for block in self.blocks)

    @property
    def only(self) -> tuple[int, ...]:
        """How many provisions each column has without a counterpart."""
        columns = len(self.topics_only)
        return tuple(sum(len(block.only[column]) for block in self.blocks) for column in range(columns))


@dataclass
class _Chain:
    """A line while it is made: the provision of each column."""

    members: dict[int, Stated] = field(default_factory=dict)

    @property
    def latest(self) -> Stated:
        return self.members[max(self.members)]

    @property
    def head(self) -> Stated:
        return self.members[min(self.members)]


def comparison(documents: Sequence[Sequence[Stated]]) -> Comparison:
    """The provisions of documents, one column each in the given order.

    Each column is laid beside what stands already: the likest first, none twice. A provision stands under the main topic
    of the first document of its line. Words are marked against the nearest column to the left that has the line.
    """
    chains: list[_Chain] = []
    for column, provisions in enumerate(documents):
        _lay(chains, column, provisions)
    order = _topic_order(documents)
    blocks: dict[tuple[str, Role], list[_Chain]] = {}
    for chain in chains:
        blocks.setdefault((chain.head.topics[0], chain.head.role), []).append(chain)
    roles = list(Role)
    made = [
        _block(topic, role, blocks[topic, role], len(documents))
        for topic, role in sorted(blocks, key=lambda key: (order.index(key[0]), roles.index(key[1])))
    ]
    topics = [{topic for one in provisions for topic in one.topics} for provisions in documents]
    named = list(dict.fromkeys(topic for provisions in documents for one in provisions for topic in one.topics))
    shared = tuple(topic for topic in named if topics and all(topic in column for column in topics))
    return Comparison(tuple(made), shared, tuple(tuple(topic for topic in named if _only(topic, topics, i)) for i in range(len(documents))))


def _only(topic: str, columns: Sequence[set[str]], place: int) -> bool:
    return topic in columns[place] and not any(topic in column for i, column in enumerate(columns) if i != place)


def _topic_order(documents: Sequence[Sequence[Stated]]) -> list[str]:
    """Main topics, those of most provisions first; of equals the one that comes first."""
    counted = Counter(one.topics[0] for provisions in documents for one in provisions)
    return [topic for topic, _count in counted.most_common()]


def _lay(chains: list[_Chain], column: int, provisions: Sequence[Stated]) -> None:
    """Put the provisions of a column beside those that they are like, and the rest into lines of their own."""
    found = []
    for place, chain in enumerate(chains):
        latest = chain.latest
        for number, one in enumerate(provisions):
            if one.role is latest.role and not set(one.topics).isdisjoint(latest.topics):
                like = likeness(latest.text, one.text)
                if like >= LIKE:
                    found.append((-like, place, number))
    taken: dict[int, int] = {}
    for _like, place, number in sorted(found):
        if number not in taken and place not in taken.values():
            taken[number] = place
    for number, one in enumerate(provisions):
        if number in taken:
            chains[taken[number]].members[column] = one
        else:
            chains.append(_Chain({column: one}))


def _block(topic: str, role: Role, chains: Iterable[_Chain], columns: int) -> Block:
    lines, only = [], [[] for _ in range(columns)]  # type: tuple[list[Line], list[list[Wording]]]
    for chain in chains:
        if len(chain.members) == 1:
            ((column, one),) = chain.members.items()
            only[column].append(worded(one, None))
            continue
        before: Stated | None = None
        cells: list[Wording | None] = []
        for column in range(columns):
            member = chain.members.get(column)
            cells.append(worded(member, before, alone=before is None) if member else None)
            before = member or before
        lines.append(Line(tuple(cells)))
    return Block(topic, role, tuple(lines), tuple(tuple(column) for column in only))


# ---- Two relationships, or one in two periods -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """How one set of documents takes a topic up: in how many of its documents, who states how many provisions, first and last."""

    documents: int
    of: int
    sides: tuple[tuple[str, int], ...]
    first: str
    last: str

    @property
    def share(self) -> float:
        """Of its documents, 0 to 100."""
        return 100 * self.documents / self.of if self.of else 0.0


@dataclass(frozen=True)
class Facing:
    """One topic in each of two sets; None where a set leaves it out."""

    topic: str
    left: Taken | None
    right: Taken | None

    @property
    def gap(self) -> float:
        """How much larger the share is to the right, in percentage points."""
        return (self.right.share if self.right else 0.0) - (self.left.share if self.left else 0.0)


@dataclass(frozen=True)
class Contrast:
    """Topics of two sets of documents; `documents` and `provisions` count each set, `both` how many documents stand in both."""

    rows: tuple[Facing, ...]
    documents: tuple[int, int]
    provisions: tuple[int, int]
    both: int

    @property
    def only_left(self) -> tuple[str, ...]:
        return tuple(row.topic for row in self.rows if row.right is None)

    @property
    def only_right(self) -> tuple[str, ...]:
        return tuple(row.topic for row in self.rows if row.left is None)


def contrast(left: Sequence[Stated], right: Sequence[Stated]) -> Contrast:
    """Two sets of provisions by topic; topics that more documents of both take up come first."""
    sets = (_taken(left), _taken(right))
    documents = tuple({one.document for one in provisions} for provisions in (left, right))
    rows = [Facing(topic, sets[0].get(topic), sets[1].get(topic)) for topic in dict.fromkeys([*sets[0], *sets[1]])]
    rows.sort(key=lambda row: (-sum(taken.share for taken in (row.left, row.right) if taken), row.topic))
    return Contrast(tuple(rows), (len(documents[0]), len(documents[1])), (len(left), len(right)), len(documents[0] & documents[1]))


def _taken(provisions: Sequence[Stated]) -> Mapping[str, Taken]:
    """By topic; a document counts once for a topic, a provision under each of its topics."""
    of = len({one.document for one in provisions})
    by_topic: dict[str, list[Stated]] = {}
    for one in sorted(provisions, key=lambda one: one.order):
        for topic in dict.fromkeys(one.topics):
            by_topic.setdefault(topic, []).append(one)
    return {
        topic: Taken(
            documents=len({one.document for one in members}),
            of=of,
            sides=tuple(Counter(one.side for one in members).items()),
            first=members[0].date,
            last=members[-1].date,
        )
        for topic, members in by_topic.items()
    }


def in_years(provisions: Iterable[Stated], first: int, last: int) -> list[Stated]:
    """Those of documents of these years, both included; a document known to its year alone counts in it."""
    return [one for one in provisions if first <= int(one.date[:4]) <= last]


def years_in_common(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int] | None:
    """The years that two periods share; None where they do not overlap."""
    first, last = max(left[0], right[0]), min(left[1], right[1])
    return (first, last) if first <= last else None
