"""Phrases of words with borders, sought in a text of a known alphabet: what `Phrases` finds, several times as quickly.

In the text that is searched a blank stands for everything but the letters of words, and every phrase begins with one: the automaton
looks at beginnings of words only, and needs no look at borders. What stands between the words of a phrase is compared afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from relations.domain.extraction.alphabets import Alphabet, Narrow
from relations.domain.extraction.folding import LETTERS
from relations.domain.extraction.patterns import Other, Place, Sorted, What, compiled, reach, word_rest

_BLANK: Final = b" "


_Looked = tuple[tuple[Other, ...], str, frozenset[str] | None]
_Entry = tuple[str, int, tuple[What, ...], tuple[What, ...], _Looked | None]
"""What has to stand in the text if it has more than one word, its length, the hits that end with it, those that go on to the end
of the word, and the phrases that go on, or are spelled, in some way: with an expression for all of these, and the letters of which
one begins the next word, where that is known."""
_NEXT_WORD: Final = r"\w*\ "
_ALTERNATIVES: Final = re.compile(r"\(\?:([^()\[\]]*)\)(?![{?*])")


class Bordered:
    """An automaton over phrases of one alphabet. Made once, used for many texts; safe to share between threads."""

    def __init__(self, anchors: Iterable[tuple[str, Sorted]], alphabet: Alphabet) -> None:
        self._odd: list[tuple[str, Sorted]] = []
        self._entries: list[_Entry] = []
        patterns: list[bytes] = []
        for anchor, entry in anchors:
            if anchor[0] not in LETTERS:
                self._odd.append((anchor, entry))
                continue
            spaced = _BLANK + alphabet.spaced(anchor)
            check = "" if _BLANK not in spaced[1:] else anchor
            for pattern, found in _parted(entry, spaced):
                patterns.append(pattern)
                self._entries.append((check, len(anchor), *found))
        self._automaton = BytesAhoCorasick(patterns, matchkind=MatchKind.Standard)

    def found(self, letters: Narrow, original: str) -> list[Place]:
        """Every phrase in a text. `original` is the text before folding, of the same length, for capitals."""
        hits: list[Place] = []
        (text, spaced), entries, add = letters, self._entries, hits.append
        for number, start, _ in self._automaton.find_matches_as_indexes(spaced, overlapping=True):
            check, size, known, opened, looked = entries[number]
            if check and not text.startswith(check, start):
                continue
            place = (start, start + size)
            for what in known:
                add(place + what)
            if opened:
                place = (start, spaced.find(_BLANK, start + size + 1) - 1)
                for what in opened:
                    add(place + what)
            if looked:
                if looked[2]:
                    last = spaced.find(_BLANK, start + size + 1)
                    if text[last : last + 1] not in looked[2]:
                        continue
                hits += _looked(looked, text, original, start, start + size)
        for anchor, entry in self._odd:
            at = text.find(anchor)
            while at >= 0:
                hits += _oddly(entry, text, original, at, at + len(anchor))
                at = text.find(anchor, at + 1)
        hits.sort()
        return hits


def _parted(entry: Sorted, spaced: bytes) -> Iterator[tuple[bytes, tuple[tuple[What, ...], tuple[What, ...], _Looked | None]]]:
    """The phrases of one beginning that have to end there, with a border to be found with them, and those that may go on."""
    _, all_end, sure, more = entry
    plain, opened, others, gate = more or ((), (), (), "")
    ending = tuple(what for _, ends_word, what in plain if ends_word) + (sure if all_end else ())
    ending_others = tuple(other for other in others if other[1])
    if ending or ending_others:
        yield spaced + (b"" if spaced.endswith(_BLANK) else _BLANK), (ending, (), (ending_others, "", None) if ending_others else None)
    going = tuple(what for _, ends_word, what in plain if not ends_word) + (() if all_end else sure)
    going_others = tuple(other for other in others if not other[1])
    rest = tuple(what for _, what in opened)
    if going or rest or going_others:
        yield spaced, (going, rest, (going_others, gate, _next_letters(going_others)) if going_others else None)


def _next_letters(others: tuple[Other, ...]) -> frozenset[str] | None:
    """With which letters the next word may begin, where all of some phrases go on with a word; None where one does not."""
    found: set[str] = set()
    for other in others:
        rest = other[4].removeprefix(_NEXT_WORD)
        grouped = _ALTERNATIVES.match(rest)
        words = grouped.group(1).split("|") if grouped else [rest]
        if rest == other[4] or not all(word[:1].isalpha() for word in words):
            return None
        found |= {word[0] for word in words}
    return frozenset(found)


def _looked(looked: _Looked, text: str, original: str, start: int, end: int) -> list[Place]:
    """Those phrases that go on, or are spelled, as the text does."""
    others, gate, _ = looked
    if gate and not compiled(gate)(text, end):
        return []
    hits: list[Place] = []
    for other in others:
        last = reach(other, text, original, start, end)
        if last >= 0:
            hits.append((start, last, *other[5]))
    return hits


def _oddly(entry: Sorted, text: str, original: str, start: int, end: int) -> list[Place]:
    """The phrases that begin with no letter, at a place: few, and rarely met."""
    goes_on = text[end : end + 1] in LETTERS
    hits: list[Place] = []
    for border, (known, opened, looked) in _parted(entry, b""):
        if not (border and goes_on):
            hits += [(start, end, *what) for what in known]
            hits += [(start, word_rest(text, end).end(), *what) for what in opened]
            hits += _looked(looked, text, original, start, end) if looked else []
    return hits
