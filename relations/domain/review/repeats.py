"""Provisions of a draft that say again what stands in it already, or in a document that it may complete. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from relations.domain.review.draft import Statement
from relations.domain.wording import LIKE, likeness

MOST_COMPARED: Final = 20_000
"""Pairs of wordings: beyond that only the same words are looked for, so that a page comes in no time."""
_MARKS: Final = " .,;:!?…·\"'“”‘’«»„()[]。，；：！？、《》「」"


@dataclass(frozen=True)
class Stated:
    """A provision of a stored document: its declaration's key, and what it says."""

    declaration: int
    side: str
    topics: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Repeat:
    """What a provision repeats: number `number` of its own draft, or the provision `text` of a stored document.

    `same` where the words are the same: then it is added once at most.
    """

    same: bool
    number: int | None = None
    declaration: int | None = None
    text: str = ""


def plain(text: str) -> str:
    """The words by which two provisions are the same: blanks, capitals, and marks around them do not matter."""
    return " ".join(text.split()).casefold().strip(_MARKS)


def repeats(provisions: Sequence[Statement], known: Iterable[Stated]) -> dict[int, Repeat]:
    """What the kept provisions of a draft repeat, by their place from 0: the same words first, else the likest ones.

    Like are two provisions of one side that share a topic and so much of their words as a position reworded does (`wording.LIKE`).
    Those of the draft itself are compared with the ones before them.
    """
    stored = list(known)
    by_words = {plain(one.text): one for one in reversed(stored)}
    near = len(provisions) * (len(stored) + len(provisions)) <= MOST_COMPARED
    first: dict[str, int] = {}
    found: dict[int, Repeat] = {}
    before: list[tuple[int, Statement]] = []
    for place, one in enumerate(provisions):
        words = plain(one.text)
        if one.dropped or not words:
            continue
        if (there := by_words.get(words)) is not None:
            found[place] = Repeat(True, declaration=there.declaration, text=there.text)
        elif words in first:
            found[place] = Repeat(True, number=first[words] + 1)
        elif near and (like := _likest(one, stored, before)) is not None:
            found[place] = like
        if words not in first:
            first[words] = place
            before.append((place, one))
    return found


def _likest(one: Statement, stored: Sequence[Stated], before: Sequence[tuple[int, Statement]]) -> Repeat | None:
    found = [Repeat(False, None, other.declaration, other.text) for other in stored if _akin(one, other)]
    found += [Repeat(False, place + 1, None, other.text) for place, other in before if _akin(one, other)]
    like, which = max(((likeness(other.text, one.text), other) for other in found), key=lambda pair: pair[0], default=(0.0, None))
    return which if like >= LIKE else None


def _akin(one: Statement, other: Stated | Statement) -> bool:
    return one.side == other.side and not set(one.topics).isdisjoint(other.topics)
