"""Many phrases sought in a text at once: one pass of an Aho–Corasick automaton, then a look at the rest of each phrase.

A phrase of the lexicon (`relations.reference.reading_words`) may go on after a fixed beginning: the automaton finds the
beginning, a small regular expression the rest. Words are matched at their borders, Chinese anywhere.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from relations.domain.extraction.folding import LETTERS, fold_words
from relations.reference.reading_words import expanded

_SPECIAL: Final = re.compile(r"\[[^\]]+\][+*]?|\*|~")
_TOKEN: Final = re.compile(r"\[[^\]]+\][+*]?|[*~()|]")
_GAP: Final = r"(?:[^ .;!?]+ ){0,4}?"
_GAPS: Final = re.compile(f"(?:{re.escape(_GAP)}){{2,}}")
_GAP_WORDS: Final = 4
_HAN_GAP: Final = r"[^。；;!?，,]{0,12}?"
_HAN_GAP_MOST: Final = 12
_HAN_WORD: Final = re.compile(r"[\u4e00-\u9fff]+(?![{?*+\u4e00-\u9fff])")


class Hit(NamedTuple):
    """A phrase at a place of the folded text: which layer of the lexicon, which code, what kind of word and its weight."""

    start: int
    end: int
    layer: str
    code: str
    kind: str
    weight: float


class Phrase(NamedTuple):
    """A phrase of the lexicon before it is compiled."""

    words: str
    layer: str
    code: str
    kind: str = ""
    weight: float = 1.0


class _Entry(NamedTuple):
    layer: str
    code: str
    kind: str
    weight: float
    rest: str
    starts_word: bool
    ends_word: bool
    spelling: str
    capital: bool


What = tuple[str, str, str, float]
"""Layer, code, kind and weight of a hit."""
Place = tuple[int, int, str, str, str, float]
"""A hit before it is one: such tuples are made and sorted the quickest."""
Found = TypeVar("Found", Hit, Place)
Plain = tuple[bool, bool, What]
Other = tuple[bool, bool, str, bool, str, What]

More = tuple[tuple[Plain, ...], tuple[tuple[bool, What], ...], tuple[Other, ...], str]
Sorted = tuple[bool, bool, tuple[What, ...], More | None]
_TO_WORD_END: Final = r"[\w'’-]*?(?!\w)"
"""What follows most open phrases: the rest of the word."""
word_rest: Final[Callable[[str, int], re.Match[str]]] = re.compile(r"\w*").match  # type: ignore[assignment]  # it always matches


@functools.cache
def compiled(rest: str) -> Callable[[str, int], re.Match[str] | None]:
    """The matcher of what follows the fixed beginning of a phrase, made when it is first needed."""
    return re.compile(rest).match


@functools.cache
def _behind_gap(rest: str) -> str:
    """The Chinese word that has to stand behind a gap; empty where an expression goes on in another way."""
    match = _HAN_WORD.match(rest.removeprefix(_HAN_GAP)) if rest.startswith(_HAN_GAP) else None
    return match.group() if match else ""


def is_han(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def in_word(character: str) -> bool:
    """Part of a word with borders."""
    return character in LETTERS


class Phrases:
    """An automaton over the phrases of some layers. Made once, used for many texts; safe to share between threads."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        by_anchor: defaultdict[str, dict[tuple[str, ...], _Entry]] = defaultdict(dict)
        for phrase in phrases:
            for anchor, rest, entry in _compiled(phrase):
                key = (phrase.layer, phrase.code, phrase.kind, rest, entry.spelling)
                kept = by_anchor[anchor].get(key)
                if kept is None or kept.weight < entry.weight:
                    by_anchor[anchor][key] = entry
        self._anchors = list(by_anchor)
        # Equal entries are one and the same: the few that there are then stay at hand, of thousands each would have to be fetched.
        entries = map(_sorted_out, map(tuple, map(dict.values, by_anchor.values())))
        shared: dict[Sorted, Sorted] = {}
        self._entries = [shared.setdefault(entry, entry) for entry in entries]
        self._quick = [_quick(entry) for entry in self._entries]
        self._size = sum(len(entries) for entries in by_anchor.values())

    def __len__(self) -> int:
        return self._size

    @functools.cached_property
    def _automaton(self) -> AhoCorasick | None:
        return AhoCorasick(self._anchors, matchkind=MatchKind.Standard, store_patterns=False) if self._anchors else None

    def anchors(self) -> Iterator[tuple[str, Sorted]]:
        """The fixed beginnings of the phrases, each with what may stand there."""
        return zip(self._anchors, self._entries, strict=True)

    def found(self, text: str, original: str) -> list[Place]:
        """Every phrase in a folded text. `original` is the text before folding, of the same length, for capitals."""
        if self._automaton is None:
            return []
        try:
            matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # half characters, which the automaton refuses
            text = text.encode("utf-8", "replace").decode()
            matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        hits: list[Place] = []
        quick, entries, letters, add, rest_of_word = self._quick, self._entries, LETTERS, hits.append, word_rest
        bordered = f" {text} "  # the character before a match stands at its start, the one after it at its end + 1
        for number, start, end in matches:
            known, behind, reached = quick[number]
            place = (start, end)
            if known:
                add(place + known)
                continue
            if behind and text.find(behind, end, end + reached) < 0:
                continue
            all_start, all_end, sure, more = entries[number]
            if more is None:
                if not ((all_start and bordered[start] in letters) or (all_end and bordered[end + 1] in letters)):
                    for what in sure:
                        add(place + what)
                continue
            inside, goes_on = bordered[start] in letters, bordered[end + 1] in letters
            if (inside and all_start) or (goes_on and all_end):
                continue
            for what in sure:
                add(place + what)
            plain, opened, others, gate = more
            for starts_word, ends_word, what in plain:
                if not ((inside and starts_word) or (goes_on and ends_word)):
                    add(place + what)
            if opened:
                place = (start, rest_of_word(text, end).end())
                for starts_word, what in opened:
                    if not (inside and starts_word):
                        add(place + what)
            if gate and not compiled(gate)(text, end):
                continue
            for other in others:
                if not (inside and other[0]) and not (goes_on and other[1]) and (last := reach(other, text, original, start, end)) >= 0:
                    add((start, last) + other[5])
        hits.sort()
        return hits


def _quick(entry: Sorted) -> tuple[What | None, str, int]:
    """How most matches are done with at one look.

    The one hit of an anchor that needs no borders; or the word without which there is none, and how far behind the anchor it may end.
    """
    all_start, all_end, sure, more = entry
    if more is None:
        return (sure[0] if len(sure) == 1 and not (all_start or all_end) else None), "", 0
    plain, opened, others, _ = more
    behind = _behind_gap(others[0][4]) if len(others) == 1 and not (sure or plain or opened) else ""
    return None, behind, _HAN_GAP_MOST + len(behind)


def reach(other: Other, text: str, original: str, start: int, end: int) -> int:
    """Where a phrase ends whose beginning stands at a place, -1 where it goes on otherwise or is spelled in another way."""
    _, _, spelling, capital, rest, _ = other
    if (spelling and original[start:end] != spelling) or (capital and not original[start].isupper()):
        return -1
    if not rest:
        return end
    behind_gap = _behind_gap(rest)
    if behind_gap and text.find(behind_gap, end, end + _HAN_GAP_MOST + len(behind_gap)) < 0:
        return -1
    match = compiled(rest)(text, end)
    return match.end() if match else -1


@functools.cache
def _what(layer: str, code: str, kind: str, weight: float) -> What:
    return layer, code, kind, weight


def _sorted_out(found: tuple[_Entry, ...]) -> Sorted:
    """What is known of an anchor before any text.

    Whether every phrase begins, and ends, at the border of a word; those that are hits wherever that holds; then those to look at:
    the ones that end with their anchor, those that go on to the end of the word, the others, and one expression for all of these,
    where they are several: mostly none of them goes on as it should.
    """
    all_start, all_end = all(one.starts_word for one in found), all(one.ends_word and not one.rest for one in found)
    sure: list[What] = []
    plain: list[Plain] = []
    opened: list[tuple[bool, What]] = []
    others: list[Other] = []
    for one in found:
        what = _what(one.layer, one.code, one.kind, one.weight)
        if one.spelling or one.capital or one.rest not in ("", _TO_WORD_END):
            others.append((one.starts_word, one.ends_word and not one.rest, one.spelling, one.capital, one.rest, what))
        elif one.rest:
            opened.append((one.starts_word, what))
        elif (all_start or not one.starts_word) and (all_end or not one.ends_word):
            sure.append(what)
        else:
            plain.append((one.starts_word, one.ends_word, what))
    gate = "|".join(other[4] for other in others) if len(others) > 1 and all(other[4] for other in others) else ""
    more = (tuple(plain), tuple(opened), tuple(others), gate) if plain or opened or others else None
    return all_start, all_end, tuple(sure), more


def longest(hits: Iterable[Found]) -> list[Found]:
    """Of hits that overlap, the one that begins first, of those the longest: what an ordinary reader sees."""
    kept: list[Found] = []
    add = kept.append
    first = end = -1
    for hit in sorted(hits):  # of those that begin at one place the longest comes last
        start = hit[0]
        if start >= end:
            add(hit)
            first, end = start, hit[1]
        elif start == first:
            last = hit[1]
            if last > end:
                while kept and kept[-1][0] == start:
                    kept.pop()
                end = last
            add(hit)
    return kept


def _compiled(phrase: Phrase) -> Iterator[tuple[str, str, _Entry]]:
    words, spelling, capital = phrase.words, "", False
    if words.startswith("="):
        spelling = words[1:]
        words = fold_words(spelling)
    elif words.startswith("^"):
        words, capital = words[1:], True
    for one in (form for alternative in expanded(words) for form in _begun(alternative)):
        plain = fold_words(" ".join(one.split()) + " " * one.endswith(" "))
        special = _SPECIAL.search(plain)
        if special is None and "(" in plain:
            raise ValueError(f"the brackets of {phrase.words!r} do not fit")
        anchor = plain[: special.start()] if special else plain
        if not anchor.strip():
            raise ValueError(f"the phrase {phrase.words!r} has no fixed beginning")
        chinese = is_han(anchor)
        rest = _rest(plain[len(anchor) :], chinese) if special else ""
        entry = _Entry(
            phrase.layer, phrase.code, phrase.kind, phrase.weight, rest,
            not chinese and in_word(anchor[0]), not chinese and in_word(anchor[-1]), spelling, capital,
        )  # fmt: skip
        yield anchor, rest, entry


def _begun(phrase: str) -> list[str]:
    """A phrase that begins with any number, once for each digit: the automaton wants a fixed beginning."""
    if phrase.startswith("[0-9]+"):
        return [f"{digit}[0-9]*{phrase[6:]}" for digit in range(10)]
    return [phrase]


def _one_gap(gaps: re.Match[str]) -> str:
    """Gaps in a row as one: of three, each of which may take words from the others, all 125 ways would be tried."""
    return f"(?:[^ .;!?]+ ){{0,{_GAP_WORDS * len(gaps.group()) // len(_GAP)}}}?"


def _rest(pattern: str, chinese: bool) -> str:
    """The regular expression for what follows the fixed beginning of a phrase; brackets and bars mean the same in both."""
    parts: list[str] = []
    at = 0
    for match in _TOKEN.finditer(pattern):
        parts.append(re.escape(pattern[at : match.start()]))
        token = match.group()
        if token == "*":
            parts.append(_HAN_GAP if chinese else r"[\w'’-]*?" if match.end() == len(pattern) else r"\w*")
        elif token == "~":
            parts.append(_HAN_GAP if chinese else _GAP)
        else:
            parts.append("(?:" if token == "(" else token)
        at = match.end()
    parts.append(re.escape(pattern[at:]))
    joined = "".join(parts).replace(_GAP + r"\ ", _GAP)  # the gap brings its blanks along
    joined = _GAPS.sub(_one_gap, joined)
    return joined if chinese or pattern.endswith(" ") else joined + r"(?!\w)"
