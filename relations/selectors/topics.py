"""Who says what in the documents of one relationship, topic by topic."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from relations.models import Provision
from relations.reference.parties import ALL, BOTH, CHINA, FIVE
from relations.selectors.statement import Named, Statement, columns


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic: how many provisions each side states.

    `together` is what all sides state, `china` what China states alone, `partner` what the other side states without it.
    """

    topic: str
    sides: tuple[tuple[str, int], ...]
    together: int
    china: int
    partner: int

    @property
    def total(self) -> int:
        return self.together + self.china + self.partner


@dataclass(frozen=True, slots=True)
class Topics:
    """All topics, the fullest first; a provision counts under each of its topics, `provisions` counts it once."""

    rows: tuple[TopicRow, ...]
    provisions: int
    documents: int

    @property
    def most(self) -> int:
        """The total of the fullest topic, the scale of the bars."""
        return self.rows[0].total if self.rows else 0


_PROVISIONS: Final = Statement(
    lambda: columns(Provision.objects.published().filter(declaration__dyad=Named("dyad")).order_by(), "declaration_id", "side", "topics")
)


def topics_by_side(dyad: str) -> Topics:
    """Topics of the published documents of a relationship. One query."""
    counts: dict[str, Counter[str]] = {}
    documents = set()
    provisions = 0
    for declaration, side, topics in _PROVISIONS.rows(dyad=dyad):
        provisions += 1
        documents.add(declaration)
        for topic in topics:
            counts.setdefault(topic, Counter())[side] += 1
    made = [_row(topic, counter) for topic, counter in counts.items()]
    made.sort(key=lambda row: (-row.total, row.topic))
    return Topics(tuple(made), provisions, len(documents))


def _row(topic: str, counter: Counter[str]) -> TopicRow:
    together = counter[BOTH] + counter[ALL]
    china = counter[CHINA]
    order = {BOTH: 0, ALL: 0, CHINA: 1, FIVE: 2}
    sides = tuple(sorted(counter.items(), key=lambda item: (order.get(item[0], 3), item[0])))
    return TopicRow(topic, sides, together, china, sum(counter.values()) - together - china)
