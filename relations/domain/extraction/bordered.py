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
_Spelled = tuple[tuple[str, bool, What], ...]
_Parts = tuple[tuple[What, ...], tuple[What, ...], _Spelled, _Looked | None]
_More = tuple[str, tuple[What, ...], tuple[What, ...], _Spelled, _Looked | None]
_Entry = tuple[int, int, What | None, _More | None]
"""What is to be known of a phrase that was found: how many of its characters are blanks (0 where none has to be counted); how many more
characters were found than it has; its hit, where it is the only one; and where there is more to know, what has to stand in the text if
there are other marks, the other hits that end with it, those that go on to the end of the word, those that have to be spelled in some
way or begin with a capital, and the phrases that go on in some way: with an expression for all of these, and the letters of which one
begins the next word, where that is known."""
_NEXT_WORD: Final = r"\w*\ "
_ALTERNATIVES: Final = re.compile(r"\(\?:([^()\[\]]*)\)(?![{?*])")


class Bordered:
    """An automaton over phrases of one alphabet. Made once, used for many texts; safe to share between threads."""

    def __init__(self, anchors: Iterable[tuple[str, Sorted]], alphabet: Alphabet) -> None:
        self._odd: list[tuple[str, Sorted]] = []
        self._entries: list[_Entry] = []
        patterns: list[bytes] = []
        shared: dict[_Entry, _Entry] = {}  # equal ones are one and the same, as in `Phrases`
        for anchor, entry in anchors:
            if anchor[0] not in LETTERS:
                self._odd.append((anchor, entry))
                continue
            spaced = _BLANK + alphabet.spaced(anchor)
            blanks = anchor.count(" ")
            check = "" if blanks == spaced.count(_BLANK) - 1 else anchor
            for pattern, found in _parted(entry, spaced):
                patterns.append(pattern)
                made = _entry(0 if check else blanks, check, len(pattern) - len(anchor), found)
                self._entries.append(shared.setdefault(made, made))
        self._automaton = BytesAhoCorasick(patterns, matchkind=MatchKind.Standard)

    def found(self, letters: Narrow, original: str) -> list[Place]:
        """Every phrase in a text. `original` is the text before folding, of the same length, for capitals."""
        hits: list[Place] = []
        (text, spaced), entries, add = letters, self._entries, hits.append
        for number, start, end in self._automaton.find_matches_as_indexes(spaced, overlapping=True):
            blanks, more, only, further = entries[number]
            end -= more
            if blanks and text.count(" ", start, end) != blanks:
                continue
            place = (start, end)
            if only:
                add(place + only)
            if further is None:
                continue
            check, known, opened, spelled, looked = further
            if check and not text.startswith(check, start):
                continue
            for what in known:
                add(place + what)
            if opened:
                reached = (start, spaced.find(_BLANK, end + 1) - 1)
                for what in opened:
                    add(reached + what)
            if spelled:
                for spelling, capital, what in spelled:
                    if original[start].isupper() if capital else original.startswith(spelling, start):
                        add(place + what)
            if looked:
                others, gate, begun = looked
                if begun:
                    last = spaced.find(_BLANK, end + 1)
                    if text[last : last + 1] not in begun:
                        continue
                if compiled(gate)(text, end):
                    hits += _going_on(others, text, original, start, end)
        for anchor, entry in self._odd:
            at = text.find(anchor)
            while at >= 0:
                hits += _oddly(entry, text, original, at, at + len(anchor))
                at = text.find(anchor, at + 1)
        hits.sort()
        return hits


def _entry(blanks: int, check: str, more: int, found: _Parts) -> _Entry:
    known, opened, spelled, looked = found
    if check or len(known) != 1:
        return blanks, more, None, (check, *found)
    return blanks, more, known[0], (("", (), opened, spelled, looked) if opened or spelled or looked else None)


def _parted(entry: Sorted, spaced: bytes) -> Iterator[tuple[bytes, _Parts]]:
    """The phrases of one beginning that have to end there, with a border to be found with them, and those that may go on."""
    _, all_end, sure, more = entry
    plain, opened, others, _ = more or ((), (), (), "")
    for ends in (True, False):
        known = tuple(what for _, ends_word, what in plain if ends_word is ends) + (sure if all_end is ends else ())
        spelled = tuple((spelling, capital, what) for _, end, spelling, capital, rest, what in others if end is ends and not rest)
        going = tuple(other for other in others if other[1] is ends and other[4])
        rest = () if ends else tuple(what for _, what in opened)
        gate = "|".join([other[4] for other in going])
        looked = (going, gate, _next_letters(going)) if going else None
        if known or spelled or rest or looked:
            yield spaced + (_BLANK if ends and not spaced.endswith(_BLANK) else b""), (known, rest, spelled, looked)


def _next_letters(others: tuple[Other, ...]) -> frozenset[str] | None:
    """With which letters the next word may begin, where all of some phrases go on with a word; None where one does not."""
    found: set[str] = set()
    for other in others:
        letters = _first_letters(other[4][len(_NEXT_WORD) :]) if other[4].startswith(_NEXT_WORD) else None
        if letters is None:
            return None
        found |= letters
    return frozenset(found)


def _first_letters(rest: str) -> set[str] | None:
    """With which letters what an expression matches may begin; None where that is not told by words at its beginning."""
    grouped = _ALTERNATIVES.match(rest)
    if grouped is None:
        return {rest[0]} if rest[:1].isalpha() else None
    found: set[str] = set()
    for word in grouped.group(1).split("|"):
        letters = {word[0]} if word[:1].isalpha() else _first_letters(rest[grouped.end() :]) if not word else None
        if letters is None:
            return None
        found |= letters
    return found


def _going_on(others: tuple[Other, ...], text: str, original: str, start: int, end: int) -> list[Place]:
    """Those phrases that go on as the text does."""
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
    for border, (known, opened, spelled, looked) in _parted(entry, b""):
        if not (border and goes_on):
            hits += [(start, end, *what) for what in known]
            hits += [(start, word_rest(text, end).end(), *what) for what in opened]
            hits += [(start, end, *what) for spelling, _, what in spelled if original.startswith(spelling, start)]
            hits += _going_on(looked[0], text, original, start, end) if looked else []
    return hits
