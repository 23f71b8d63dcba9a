"""Which relationships a text is about, by the names of the lexicon. Pure; one automaton for each process.

How names are matched follows the lexicon's `meta.matching`: English, French and Russian at word boundaries and without
regard to case (abbreviations of up to four capitals excepted), Chinese anywhere; the longest name at a place counts.

A relationship is named where China **and** the partner are named, or by a name of its own (`Sino-Kazakh`, `中哈`).
A capital is weaker evidence than a name or an adjective: it counts for one of the two sides only, and for the partner only
where no partner is named outright ("Chinese minister in Tashkent", but not "Chinese and Kyrgyz ministers in Tashkent").
Where something was published is no evidence at all.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from ahocorasick_rs import AhoCorasick

from relations.domain.spelling import exact, is_chinese, is_letter, lower, tidy
from relations.reference import name_traps
from relations.reference.lexicon import lexicon
from relations.reference.parties import CHINA, FIVE, PARTNERS, partner_of

_SIX_PARTY: Final = f"{CHINA}-{FIVE}"
_SEVERAL: Final = 3
"""With so many partners beside China a text is about the six-party format as well."""


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a name at a place of a text means: `kind` name, capital, dyad, unsure, region or trap, of `codes`."""

    kind: str
    codes: tuple[str, ...] = ()
    spelling: str = ""
    """Not empty: the name counts in exactly this spelling."""
    words: bool = True
    """At word boundaries only."""
    hyphen: bool = False
    """Only before a hyphen: the first half of a compound."""
    capital: bool = False
    """Not in small letters, in which it is another word."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a text names: states by name (`named`) or only by their capital (`places`), short forms, the region."""

    named: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    region: bool = False
    six_party: bool = False

    def dyads(self) -> tuple[str, ...]:
        """The relationships that the text is about, in the order of the product."""
        named = set(self.named)
        # An unsure short form, 中吉, names China and a partner where the partner stands in the text as well.
        if {partner_of(dyad) for dyad in self.unsure} & (named | self.places):
            named |= {CHINA, *({partner_of(dyad) for dyad in self.unsure} & self.places)}
        china_named, china_in_play = CHINA in named, CHINA in named or CHINA in self.places
        partners = [code for code in PARTNERS if code in named]
        if china_named and not partners:
            partners = [code for code in PARTNERS if code in self.places]
        if not china_in_play:
            partners = []
        six = self.six_party or (china_in_play and self.region) or len(partners) >= _SEVERAL
        return (*(f"{CHINA}-{code}" for code in partners), *((_SIX_PARTY,) if six else ()))


_NOTHING: Final = Mentions()


def dyads_of(text: str) -> tuple[str, ...]:
    """The codes of the relationships that a text names (`("CN-KZ", "CN-C5")`), none where it names none."""
    found = mentions(text)
    return found.dyads() if found is not _NOTHING else ()


def mentions(text: str) -> Mentions:
    """What a text names, whatever language it is in."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _start, _end, senses in _names().found(tidy(text)):
        for sense in senses:
            found[sense.kind].update(sense.codes or (sense.kind,))
    if not found:  # most texts
        return _NOTHING
    named = found["name"] | {code for dyad in found["dyad"] for code in (CHINA, partner_of(dyad)) if code != FIVE}
    return Mentions(
        named=frozenset(named),
        places=frozenset(found["capital"] - named),
        unsure=frozenset(found["unsure"]),
        region=bool(found["region"]),
        six_party=_SIX_PARTY in found["dyad"],
    )


def spellings(text: str) -> dict[str, tuple[str, ...]]:
    """The relationships that a text names, each with the words of the text that name it, in their order and once."""
    tidied = tidy(text)
    words: dict[str, dict[str, None]] = {dyad: {} for dyad in dyads_of(text)}
    for start, end, senses in sorted(_names().found(tidied), key=lambda place: place[0]):
        for sense in senses:
            for dyad, said in words.items():
                if _speaks_of(sense, dyad):
                    said[tidied[start:end]] = None
    return {dyad: tuple(said) for dyad, said in words.items()}


def _speaks_of(sense: _Sense, dyad: str) -> bool:
    if sense.kind == "trap":
        return False
    partner = partner_of(dyad)
    if dyad in sense.codes or CHINA in sense.codes or partner in sense.codes:
        return True
    return partner == FIVE and (sense.kind == "region" or any(code in PARTNERS for code in sense.codes))


class _Names:
    """The names of the lexicon and what each one means."""

    def __init__(self) -> None:
        senses: defaultdict[str, list[_Sense]] = defaultdict(list)
        for name, sense in _all_names():
            low = lower(name)
            sense = replace(sense, hyphen=low in name_traps.PREFIXES, capital=low in name_traps.CAPITALISED_ONLY)
            if sense not in senses[low]:
                senses[low].append(sense)
        self._patterns = list(senses)
        self._senses = list(senses.values())
        self._automaton = AhoCorasick(self._patterns)

    def found(self, text: str) -> Iterator[tuple[int, int, list[_Sense]]]:
        """Where a tidied text holds names, and what they mean; the longest where names overlap."""
        low = lower(text)
        hits = self._automaton.find_matches_as_indexes(low, overlapping=True)
        if not hits:
            return
        places: list[tuple[int, int, list[_Sense]]] = []
        for index, start, end in hits:
            if fitting := [sense for sense in self._senses[index] if _fits(sense, text, start, end)]:
                places.append((start, end, fitting))
        places.sort(key=lambda place: (place[0] - place[1], place[0]))
        taken: list[tuple[int, int]] = []
        for start, end, fitting in places:
            if all(end <= first or start >= last for first, last in taken):
                taken.append((start, end))
                yield start, end, fitting


def _fits(sense: _Sense, text: str, start: int, end: int) -> bool:
    if sense.spelling and text[start:end] != sense.spelling:
        return False
    if not sense.words:
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before and is_letter(before)) or (after and is_letter(after)):
        return False
    return not (sense.hyphen and after != "-") and not (sense.capital and text[start:end].islower())


@functools.cache
def _names() -> _Names:
    return _Names()


def _all_names() -> Iterator[tuple[str, _Sense]]:
    words = lexicon()
    for code, by_language in words["countries"].items():
        capitals = _stems([*_flat(words["capitals"][code]), *name_traps.MORE_CAPITALS.get(code, ())])
        for language, name in _pairs(by_language):
            if name in name_traps.FLEETING:
                continue
            kind = "capital" if lower(name).startswith(capitals) else "name"
            yield name, _Sense(kind, (code,), exact(name), language != "zh")
    china = tuple(lower(tidy(name)) for name in (*_flat(words["countries"][CHINA]), "C+C5", "С+С5"))
    for code, by_language in words["dyads"].items():
        for language, name in _pairs(by_language):
            # "Central Asian countries" stands among the names of the format, but names only five of the six.
            whole = code != _SIX_PARTY or any(part in lower(name) for part in china)
            kind = "unsure" if name in name_traps.UNSURE else "dyad" if whole else "region"
            yield name, _Sense(kind, (code,), exact(name), language != "zh")
    for language, name in _pairs(name_traps.CENTRAL_ASIA):
        yield name, _Sense("region", ("region",), exact(name), language != "zh")
    for name, partners in name_traps.TOGETHER.items():
        yield name, _Sense("dyad", tuple(f"{CHINA}-{code}" for code in partners), "", words=False)
    for name in name_traps.TRAPS:
        yield tidy(name), _Sense("trap", (), "", words=not is_chinese(name))


def _pairs(by_language: dict[str, list[str]] | dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for language, names in by_language.items():
        for name in names:
            yield language, tidy(name)


def _flat(by_language: dict[str, list[str]]) -> Iterator[str]:
    for names in by_language.values():
        yield from names


def _stems(capitals: Iterable[str]) -> tuple[str, ...]:
    """The unchanging beginnings of capitals' names: Russian ones are declined, and have adjectives."""
    return tuple({lower(tidy(name)).rstrip("аеыи") for name in capitals})
