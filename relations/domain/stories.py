"""Which items tell the same event. Pure: texts and times in, groups out.

Two items are taken for the same event in one of two ways, and precision comes first: a wrong join is worse than a missed one.

**In one language**, where their texts are near-duplicates: the MinHash of the word triplets of title and lead (of five
characters in a row in Chinese) estimates a Jaccard similarity of at least `ALIKE`, they stand at most `WINDOW` apart, and
nothing speaks against it: no figure, relationship or leader of one is replaced by another, no name in titles that are
otherwise the same. Within one outlet only a text that is the same word for word counts, since outlets print the same form
every day.

**Across languages**, where they name the same relationships and at least `SHARED` facts in common (`domain.facts`), one
of them decisive, few others beside, at most `SAME_TIME` apart.

Candidates come from an index: `filed` are the values under which an item is filed, `sought` those under which it is looked
up. A pair of items with a similarity of 0.5 is found with a probability of 0.82, of 0.7 with 0.98; a value that
`MOST_A_BAND` items have already is no longer written, so that a phrase that everybody prints costs no more than a rare one.

The relation is symmetric and groups are its closure, so the order of arrival decides nothing, as long as the items of an
event are all alike, each to each. It may decide where only a chain of similar items links two, where a band is full, and
where an editor has said what belongs together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import re
import struct
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from operator import eq
from typing import Final, NamedTuple

import rensa

from relations.domain import facts

ALIKE: Final = 0.5
WINDOW: Final = dt.timedelta(days=4)
SHARED: Final = 3
OF_ALL: Final = 0.6
"""Share of the facts of either item that both have."""
SAME_TIME: Final = dt.timedelta(days=1)

PERMUTATIONS: Final = 64
BANDS: Final = 6
ROWS: Final = 2
MOST_A_BAND: Final = 8
KEPT: Final = dt.timedelta(days=14)
"""How long after it was stored an item may still be joined by others."""

_LEAD_WORDS: Final = 40
_LEAD: Final = 300
"""Characters in which so many words are looked for."""
_LEAD_CHARACTERS: Final = 90
"""Of Chinese."""
_WORDS: Final = 3
_CHARACTERS: Final = 5
_FEWEST: Final = 6
"""Shingles. A text with fewer is too short to be told from others."""
_MOST_FACTS: Final = 6
_SEED: Final = 2022
_BY_FACTS: Final = 0.25
"""The score of a pair that only facts join: any near-duplicate is a better one."""

_WORD: Final = re.compile(r"\w+")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_MIXED: Final = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_BOILERPLATE: Final = re.compile(
    r"the post .{0,200}? first (?:appeared )?on |запись .{0,200}? впервые появилась |read more\W*$|continue reading\W*$"
    r"|читать далее\W*$|подробнее\W*$|lire la suite\W*$|阅读全文\W*$"
)
_SUSPECT: Final = ("first on", "first appeared on", "впервые появилась", "more", "reading", "далее", "подробнее", "suite", "全文")
_STEM: Final = 4


class Sketch(NamedTuple):
    """What is compared of a text."""

    signature: bytes = b""
    """The lower halves of PERMUTATIONS hash values; empty for a text that is too short."""
    bands: tuple[int, ...] = ()
    """Values under which the text is filed, signed 64-bit."""
    numbers: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Telling:
    """One item as it is compared: new (`story` is None) or stored."""

    outlet: int
    language: str
    moment: dt.datetime
    title: str
    sketch: Sketch
    dyads: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    story: int | None = None
    edited: bool = False
    """An editor has split or joined the story: it is not merged with another one."""
    filed: tuple[int, ...] = field(init=False, default=(), repr=False)
    """The values under which the item is filed …"""
    sought: tuple[int, ...] = field(init=False, default=(), repr=False)
    """… and those under which its equals may be: by facts also those of the day before and after."""

    def __post_init__(self) -> None:
        if not self.dyads:  # most items
            self.filed = self.sought = self.sketch.bands
            return
        by_facts = _fact_values(self)
        self.filed = (*self.sketch.bands, *by_facts[0])
        self.sought = (*self.sketch.bands, *itertools.chain(*by_facts))


@dataclass(slots=True)
class Placed:
    """Where the new items belong: for each of them, in their order, a stored story or the number of a new one (from 0).

    `merged` are stored stories that turned out to be one: which → into which, the one with the lowest id.
    """

    stories: list[tuple[int | None, int]] = field(default_factory=list)
    new: int = 0
    merged: dict[int, int] = field(default_factory=dict)
    filed: list[tuple[int, int]] = field(default_factory=list)
    """The values under which the new items are to be filed: value, place of the item."""


# ---- Sketches ------------------------------------------------------------------------------------------------------------


def sketches(texts: Sequence[tuple[str, str]]) -> list[Sketch]:
    """The sketches of titles with their summaries, all at once: the hashes are reckoned outside of Python."""
    shingled = [_shingles(title, summary) for title, summary in texts]
    digests = rensa.RMinHash.digests_from_token_sets([shingles for shingles, _text in shingled], PERMUTATIONS, _SEED)
    return [_sketch(shingles, text, digest) for (shingles, text), digest in zip(shingled, digests, strict=True)]


def _shingles(title: str, summary: str) -> tuple[list[str], str]:
    """The shingles of a text, and as much of the text as they are made of."""
    tokens = _tokens(title.lower())
    chinese = bool(_HAN.search(title)) and _is_chinese(tokens)
    lead = summary[: _LEAD_CHARACTERS if chinese else _LEAD]
    text = f"{title}\n{lead}"
    lead = lead.lower()
    if len(lead) == len(summary) and any(words in lead for words in _SUSPECT) and (cut := _BOILERPLATE.search(lead)):
        lead = lead[: cut.start()]
    tokens += _tokens(lead)[: None if chinese else _LEAD_WORDS]
    if chinese:
        return list(map("".join, zip(*(tokens[n:] for n in range(_CHARACTERS)), strict=False))), text
    return list(map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False))), text


def _tokens(text: str) -> list[str]:
    """The words of a text; each Chinese character is one."""
    return (_MIXED if _HAN.search(text) else _WORD).findall(text)


def _sketch(shingles: list[str], text: str, digest: list[int]) -> Sketch:
    if len(shingles) < _FEWEST:
        return Sketch(numbers=facts.numbers(text))
    whole = array("I", digest).tobytes()
    # Two hash values of 32 bits are a value of the index.
    return Sketch(array("H", whole)[_LOWER::2].tobytes(), _FILED.unpack_from(whole), facts.numbers(text))


_FILED: Final = struct.Struct(f"{BANDS}q")
_LOWER: Final = 0 if sys.byteorder == "little" else 1


# ---- The index -----------------------------------------------------------------------------------------------------------


def _fact_values(item: Telling) -> tuple[list[int], ...]:
    """The values by facts: of the day of the item, of the day before, of the day after."""
    if not item.dyads or item.story is not None or len(item.facts) < SHARED:
        return [], [], []
    decisive = sorted(fact for fact in item.facts if _decides(fact))
    named = [*decisive, *sorted(item.facts.difference(decisive))][:_MOST_FACTS]
    groups = [" ".join(sorted(group)) for group in itertools.combinations(named, SHARED) if any(map(_decides, group))]
    day, between = item.moment.toordinal(), " ".join(sorted(item.dyads))
    return tuple([_value(f"{day + shift} {between} {group}") for group in groups] for shift in (0, -1, 1))


def _decides(fact: str) -> bool:
    return fact in facts.DECISIVE or fact.startswith(_FIGURE)


_FIGURE: Final = "n:"


def facts_with_figures(named: Iterable[str], figures: Iterable[str]) -> frozenset[str]:
    """The facts of an item: what it names, and the figures that tell an event."""
    return frozenset((*named, *(f"{_FIGURE}{figure}" for figure in facts.telling(figures))))


def _value(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


# ---- Pairs ---------------------------------------------------------------------------------------------------------------


def alike(one: Telling, other: Telling) -> float:
    """How surely two items tell the same event: their similarity, or 0.0 where they are not to be joined. Symmetric."""
    apart = abs(one.moment - other.moment)
    if one.sketch.signature and other.sketch.signature and apart <= WINDOW:
        similarity = _similarity(one.sketch.signature, other.sketch.signature)
        if one.outlet == other.outlet:
            if similarity == 1.0 and one.sketch.numbers == other.sketch.numbers:
                return similarity
        elif similarity >= ALIKE and not _contradict(one, other):
            return similarity
    if apart <= SAME_TIME and one.language != other.language and one.language and other.language and _same_facts(one, other):
        return _BY_FACTS
    return 0.0


def _similarity(one: bytes, other: bytes) -> float:
    return sum(map(eq, memoryview(one).cast("H"), memoryview(other).cast("H"))) / PERMUTATIONS


def _same_facts(one: Telling, other: Telling) -> bool:
    if not one.dyads or one.dyads != other.dyads:
        return False
    shared = one.facts & other.facts
    if len(shared) < SHARED or not any(map(_decides, shared)):
        return False
    named = [sum(1 for fact in group if not fact.startswith(_FIGURE)) for group in (shared, one.facts | other.facts)]
    return named[0] >= OF_ALL * named[1]


def _contradict(one: Telling, other: Telling) -> bool:
    people = [{fact for fact in item.facts if fact.startswith("p:")} for item in (one, other)]
    return (
        _replaced(one.sketch.numbers, other.sketch.numbers)
        or _replaced(one.dyads, other.dyads)
        or _replaced(*people)
        or _titles_contradict(one.title, other.title)
    )


def _replaced(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Each has what the other lacks; that one merely says more is no contradiction."""
    return not (one <= other or other <= one)


def _titles_contradict(one: str, other: str) -> bool:
    """Whether two titles are the same form with something else in it."""
    words, others = _tokens(one), _tokens(other)
    low, low_others = [word.lower() for word in words], [word.lower() for word in others]
    if low == low_others:
        return False
    if _is_chinese(words) or _is_chinese(others):
        # No capitals tell names from words here, so titles have to be much the same.
        pairs, other_pairs = set(itertools.pairwise(low)), set(itertools.pairwise(low_others))
        return len(pairs & other_pairs) < len(pairs | other_pairs) / 2
    if len(low) == len(low_others):
        swapped = [pair for pair in zip(low, low_others, strict=True) if pair[0] != pair[1]]
        if len(swapped) * 3 <= len(low) and any(_unlike(*pair) for pair in swapped):
            return True
    shared = set(low) & set(low_others)
    if len(shared) * 2 < min(len(low), len(low_others)) or _capitalised(words) or _capitalised(others):
        return False
    return _has_name(words, shared) and _has_name(others, shared)


def _unlike(one: str, other: str) -> bool:
    """Two words that are no forms of one."""
    return min(len(one), len(other)) >= _STEM and one[:_STEM] != other[:_STEM]


def _has_name(words: Sequence[str], shared: AbstractSet[str]) -> bool:
    return any(word[0].isupper() and word.lower() not in shared for word in words[1:])


def _capitalised(words: Sequence[str]) -> bool:
    """A title in which most words begin with a capital: names cannot be told from words."""
    long = [word for word in words[1:] if len(word) >= _STEM]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.6 * len(long)


def _is_chinese(tokens: Sequence[str]) -> bool:
    return sum(len(token) == 1 and token >= "\u3400" for token in tokens) * 2 > len(tokens)


# ---- Groups --------------------------------------------------------------------------------------------------------------


def place(new: Sequence[Telling], known: Mapping[int, Sequence[Telling]]) -> Placed:
    """Where new items belong. `known` are stored items by the values under which they are filed."""
    index = {value: list(items) for value, items in known.items()}
    groups = _Groups(item for items in known.values() for item in items)
    placed = Placed()
    for number, item in enumerate(new):
        candidates: dict[Telling, None] = {}
        for value in item.sought:
            if others := index.get(value):
                candidates.update(dict.fromkeys(others))
        groups.add(item, [(score, other) for other in candidates if (score := alike(item, other))] if candidates else ())
        for value in dict.fromkeys(item.filed):
            if (others := index.get(value)) is None:
                index[value] = [item]
            elif len(others) < MOST_A_BAND or sum(abs(other.moment - item.moment) <= WINDOW for other in others) < MOST_A_BAND:
                others.append(item)
            else:
                continue
            placed.filed.append((value, number))
    numbers: dict[int, int] = {}
    for item in new:
        group = groups.of(item)
        placed.stories.append((group, 0) if group > 0 else (None, numbers.setdefault(group, len(numbers))))
    placed.new, placed.merged = len(numbers), groups.merged()
    return placed


class _Groups:
    """Stories while items are placed: stored ones by their ids, new ones by negative numbers. The oldest id stays."""

    def __init__(self, known: Iterable[Telling]) -> None:
        self._of: dict[Telling, int] = {}
        self._into: dict[int, int] = {}
        self._edited: set[int] = set()
        for item in known:
            if item.story is not None:
                self._of[item] = item.story
                if item.edited:
                    self._edited.add(item.story)

    def of(self, item: Telling) -> int:
        return self._root(self._of[item])

    def add(self, item: Telling, scores: Sequence[tuple[float, Telling]]) -> None:
        """Put an item into the story that is most like it, and make one story of those that it shows to be one."""
        if not scores:
            self._of[item] = -1 - len(self._of)
            return
        best: dict[int, float] = {}
        for score, other in scores:
            group = self.of(other)
            best[group] = max(score, best.get(group, 0.0))
        chosen = min(best, key=lambda group: (-best[group], *_age(group)))
        if chosen not in self._edited:
            mergeable = [group for group in best if group not in self._edited]
            chosen = min(mergeable, key=_age)
            self._into.update((group, chosen) for group in mergeable if group != chosen)
        self._of[item] = chosen

    def merged(self) -> dict[int, int]:
        """The stored stories that were merged, and into which."""
        return {group: self._root(group) for group in self._into if group > 0}

    def _root(self, group: int) -> int:
        while group in self._into:
            group = self._into[group]
        return group


def _age(group: int) -> tuple[bool, int]:
    """Stored stories by their ids, then new ones in the order in which they came."""
    return group < 0, abs(group)
