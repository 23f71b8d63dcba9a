"""Two wordings of one position, and what changed between them: word by word, character by character in Chinese.

    difference("opposes independence", "opposes it in any form")
    → same “opposes ”, gone “independence”, new “it in any form”

Pure rules over text. What is told apart is the wording before the reader: where that is a summary, its words, not the document's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import Final

LIKE: Final = 0.4
"""Two wordings are one position reworded where they share so much of their words (0 to 1); else they are two positions."""

ISLAND: Final = 2
"""Fewer words than this that stay the same between two changes are marked with them: “the” alone between two says nothing."""

LONGEST: Final = 4_000
"""Longer wordings are not compared word by word: the work grows with the square of their length."""

_CJK: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_TOKEN: Final = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:[’'‐‑-][^\W_{_CJK}]+)*|\s+|[^\s]")
_WORD: Final = re.compile(r"\w")
_TYPED: Final = str.maketrans({"'": "’", "‑": "-", "‐": "-", "\xa0": " "})
_STOPWORDS: Final = frozenset(
    ("a", "an", "and", "any", "as", "at", "be", "by", "for", "from", "in", "is", "it", "its", "of", "on", "or", "that", "the",
     "their", "this", "to", "will", "with")
)  # fmt: skip
"""Words that stand in every sentence; two positions are not alike for sharing them."""


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that share their fate; the pieces of the later wording that are not gone are its text."""

    change: Change
    text: str


def tokens(text: str) -> list[str]:
    """Words, characters of Chinese, marks of punctuation and blanks, in order; together they are the text."""
    return _TOKEN.findall(text)


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """How `before` became `after`. SAME and NEW joined are `after`; SAME and GONE joined are `before`, blanks aside.

    Apostrophes and hyphens of whatever kind are the same. Both wordings whole, gone and new, where one is longer than LONGEST.
    """
    if _written(before) == _written(after):
        return (Piece(Change.SAME, after),) if after else ()
    if max(len(before), len(after)) > LONGEST:
        return tuple(Piece(change, text) for change, text in ((Change.GONE, before), (Change.NEW, after)) if text)
    old, new = _units(before), _units(after)
    matcher = SequenceMatcher(None, [_key(unit) for unit in old], [_key(unit) for unit in new], autojunk=False)
    return tuple(_pieces(_without_islands(matcher.get_opcodes(), new), old, new))


def likeness(before: str, after: str) -> float:
    """How much two wordings share: twice the words in common by the words of both (Dice), 0 to 1, without small words and marks."""
    ours, theirs = _bag(before), _bag(after)
    size = sum(ours.values()) + sum(theirs.values())
    if not size:
        return 1.0 if _written(before) == _written(after) else 0.0
    few, many = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    return 2 * sum(min(count, many[word]) for word, count in few.items() if word in many) / size


def paired(before: Sequence[str], after: Sequence[str], *, least: float = LIKE) -> list[tuple[int, int]]:
    """Which of some wordings became which of others: the likest pair first, none twice, none less alike than `least`.

    Pairs of indices in the order of `after`. Of equally like pairs the first in the order of the texts.
    """
    found = ((likeness(old, new), i, j) for i, old in enumerate(before) for j, new in enumerate(after))
    ranked = sorted((-like, i, j) for like, i, j in found if like >= least)
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    pairs = []
    for _like, i, j in ranked:
        if i not in taken_before and j not in taken_after:
            taken_before.add(i)
            taken_after.add(j)
            pairs.append((i, j))
    return sorted(pairs, key=lambda pair: pair[1])


# ---- Parts -----------------------------------------------------------------------------------------------------------------


def _written(text: str) -> str:
    return " ".join(text.translate(_TYPED).split())


@lru_cache(maxsize=4096)
def _bag(text: str) -> Counter[str]:
    """The words of a text that tell it apart, each with how often it stands there."""
    words = (token.translate(_TYPED).casefold() for token in tokens(text) if _WORD.search(token))
    return Counter(word for word in words if word not in _STOPWORDS)


def _units(text: str) -> list[str]:
    """Tokens that are no blank, each with the blanks after it."""
    units: list[str] = []
    for token in tokens(text):
        if token.isspace() and units:
            units[-1] += token
        elif not token.isspace():
            units.append(token)
    return units


def _key(unit: str) -> str:
    return unit.rstrip().translate(_TYPED)


_Opcode = tuple[str, int, int, int, int]


def _without_islands(opcodes: Sequence[_Opcode], new: Sequence[str]) -> list[_Opcode]:
    """The steps with islands (see ISLAND) taken into the changes around them, and neighbouring changes made one."""
    steps: list[_Opcode] = []
    last = len(opcodes) - 1
    for index, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        words = sum(1 for unit in new[j1:j2] if _WORD.search(unit))
        if tag == "equal" and not (0 < index < last and words < ISLAND):
            steps.append((tag, i1, i2, j1, j2))
        elif steps and steps[-1][0] != "equal":
            steps[-1] = ("replace", steps[-1][1], i2, steps[-1][3], j2)
        else:
            steps.append(("replace", i1, i2, j1, j2))
    return steps


def _pieces(steps: Iterable[_Opcode], old: Sequence[str], new: Sequence[str]) -> Iterable[Piece]:
    """The pieces of the steps. What is gone keeps a blank on either side where it had one, so that words never run together."""
    shown = ""
    for tag, i1, i2, j1, j2 in steps:
        now = "".join(new[j1:j2])
        if tag == "equal":
            yield Piece(Change.SAME, now)
        else:
            gone = "".join(old[i1:i2])
            if gone and i1 and old[i1 - 1] != old[i1 - 1].rstrip() and shown and shown == shown.rstrip():
                gone = f" {gone}"
            if gone:
                yield Piece(Change.GONE, gone)
            if now:
                yield Piece(Change.NEW, now)
        shown = now or shown
