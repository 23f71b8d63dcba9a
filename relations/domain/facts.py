"""What a text names, in codes that are the same in every language: leaders, initiatives, mechanisms, documents, figures.

A fact is a code with its kind before it: `p:xi-jinping`, `i:BRI`, `m:committee`, `d:joint`. What tells one event from
another of the same relationship is `DECISIVE`; leaders and initiatives are named by the background of any article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ahocorasick_rs import AhoCorasick

from relations.domain.spelling import exact, is_chinese, is_letter, lower, tidy
from relations.reference.lexicon import lexicon

JOINT: Final = "d:joint"
"""A declaration, statement or communiqué of several sides: languages, and outlets of one, name the same one differently."""

_JOINT_KINDS: Final = {"joint_declaration", "joint_statement", "joint_communique"}
_SAYS_JOINT: Final = ("joint", "commun", "совместн", "联合", "共同", "聯合")
_MEETINGS: Final = (
    *("prime_ministers", "committee", "subcommittee", "foreign_ministers", "strategic_dialogue", "political_consultations"),
    *("ministerial", "business_council", "parliamentary", "party_dialogue"),
)
DECISIVE: Final = frozenset({JOINT, "d:treaty", *(f"m:{code}" for code in _MEETINGS)})

_LETTER: Final = r"[^\W\u3400-\u9fff]"  # a Chinese counting word may follow at once
# The digit comes first, so that a text is searched for digits and not looked at letter by letter.
_NUMBER: Final = re.compile(rf"\d(?<!{_LETTER}\d)(?<![.,-]\d)\d*(?:[  ,.]\d{{3}})*(?:[.,]\d{{1,2}})?(?!{_LETTER})")
_DIGIT: Final = re.compile("[0-9]")
_NONE: Final[frozenset[str]] = frozenset()
_GROUPED: Final = re.compile(r"(?<=\d)[  ,.](?=\d{3}(?:\D|$))")
_DAYS: Final = 31
_YEARS: Final = range(1900, 2101)

Named = Mapping[str, Iterable[str]]
"""Names by the code of who bears them."""


class Gazetteer:
    """The names by which texts are read. Made once, from the lexicon and the people of the records; it does not change."""

    def __init__(self, people: Named) -> None:
        codes: defaultdict[str, set[str]] = defaultdict(set)
        spellings: dict[str, str] = {}
        for name, code in (*_lexicon_names(), *((name, f"p:{slug}") for slug, names in people.items() for name in names)):
            text = tidy(name).strip()
            if len(text) > 1:
                codes[lower(text)].add(code)
                spellings[lower(text)] = exact(text)
        # A name that several bear tells none of them.
        self._entries = [(low, next(iter(found)), spellings[low]) for low, found in codes.items() if len(found) == 1]
        self._automaton = AhoCorasick([low for low, _code, _spelling in self._entries])

    def facts(self, text: str) -> frozenset[str]:
        """The codes of what a text names; the longest name at a place counts."""
        tidied = tidy(text)
        low = lower(tidied)
        places: list[tuple[int, int, str]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(low, overlapping=True):
            name, code, spelling = self._entries[index]
            if (spelling and tidied[start:end] != spelling) or not _stands_alone(low, start, end, name):
                continue
            places.append((start, end, code))
        return frozenset(_longest(places))


def numbers(text: str) -> frozenset[str]:
    """The figures of a text, in one spelling: `10 000`, `10,000` → `10000`; `35,3` → `35.3`."""
    if not _DIGIT.search(text):
        return _NONE
    return frozenset(_GROUPED.sub("", match.group()).replace(",", ".") for match in _NUMBER.finditer(text))


def telling(figures: Iterable[str]) -> frozenset[str]:
    """The figures that tell an event: not days, not years, nothing that any text may hold."""
    return frozenset(figure for figure in figures if float(figure) > _DAYS and not (figure.isdigit() and int(figure) in _YEARS))


def _stands_alone(text: str, start: int, end: int, name: str) -> bool:
    if is_chinese(name):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before and is_letter(before)) and not (after and is_letter(after))


def _longest(places: list[tuple[int, int, str]]) -> Iterator[str]:
    places.sort(key=lambda place: (place[0] - place[1], place[0]))
    taken: list[tuple[int, int]] = []
    for start, end, code in places:
        if all(end <= first or start >= last for first, last in taken):
            taken.append((start, end))
            yield code


def _lexicon_names() -> Iterator[tuple[str, str]]:
    words = lexicon()
    for code, entry in words["initiatives"].items():
        yield from ((name, f"i:{code}") for name in _aliases(entry))
    for code, entry in words["mechanisms"].items():
        yield from ((name, f"m:{code}") for name in _aliases(entry))
    for code, entry in words["documents"].items():
        kind = entry.get("kind")
        for name in _aliases(entry):
            if kind not in _JOINT_KINDS:
                yield name, f"d:{kind or code}"
            elif any(part in lower(name) for part in _SAYS_JOINT):
                yield name, JOINT


def _aliases(entry: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[str]:
    for names in entry["aliases"].values():
        yield from names
