"""The lexicon as automata: one for links (names only), one for whole readings, each made once for a process.

Layers, and what `code` and `kind` mean in them:
state (CN … C5; n name, o oblique, a adjective, c capital, d capital oblique, s short word, r pair), project, trap, actor (others),
leader (side), together (both, all), mechanism, foreign, initiative, national, reference, kind (of document), issued, not_yet,
several, private, refers, act, modal, says, value, event, speech, expert, figures, next, ratify, meta, past, topic, visit, summit,
session, anniversary, pronoun (one, several, other).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, Final

from relations.domain.extraction.patterns import Phrase, Phrases
from relations.reference.lexicon import lexicon
from relations.reference.reading_words import LANGUAGES, reading_words

NAMES: Final = ("state", "project", "trap", "leader", "mechanism", "foreign", "initiative", "national", "reference")
"""The layers that links need."""
_SKIPPED: Final = frozenset({"about"})


@functools.cache
def names() -> Phrases:
    """The automaton of names, for links."""
    return Phrases(phrase for phrase in _names())


@functools.cache
def everything() -> Phrases:
    """The automaton of the whole lexicon, for readings."""
    return Phrases([*_names(), *_cues()])


def _names() -> Iterator[Phrase]:
    yield from _states()
    leaders = reading_words("leaders")
    for side, by_language in leaders.items():
        if side not in _SKIPPED:
            yield from _flat(by_language, "leader", side)
    named = reading_words("named")
    for kind, by_language in named["mechanisms"].items():
        yield from _flat(by_language, "mechanism", kind)
    yield from _flat(named["foreign_meetings"], "foreign", "foreign")
    yield from _flat(named["national_strategy"], "national", "national")
    for layer in ("initiatives", "references"):
        for code, by_language in named[layer].items():
            yield from _flat(by_language, layer[:-1], code)
    words = lexicon()
    for code, entry in words["initiatives"].items():
        if code in named["initiatives"]:
            yield from _flat(entry["aliases"], "initiative", code, exact=True)
    for code in named["references"]:
        yield from _flat(words["documents"][code]["aliases"], "reference", code)


def _states() -> Iterator[Phrase]:
    states = reading_words("states")
    for code, by_language in states["states"].items():
        for kinds in by_language.values():
            for kind, phrases in kinds.items():
                yield from (Phrase(words, "state", code, kind) for words in phrases)
    for code, by_language in states["pairs"].items():
        for phrases in by_language.values():
            for words in phrases:
                yield Phrase(words, "state", code, "u" if words in states["unsure"] else "r")
    for words in states["unsure"]:
        if len(words) == 2 and words in ("五国",):
            yield Phrase(words, "state", "C5", "n")
    yield from _flat(states["projects"], "project", "project")
    yield from _flat(states["traps"], "trap", "trap")


def _cues() -> Iterator[Phrase]:
    for code, by_language in reading_words("others")["actors"].items():
        yield from _flat(by_language, "actor", code)
    for layer in ("positions", "context"):
        for kind, by_language in reading_words(layer).items():
            if kind not in _SKIPPED:
                yield from _flat(by_language, kind, kind)
    sides = reading_words("sides")
    yield from _flat(sides["together"], "together", "both")
    yield from _flat(sides["all"], "together", "all")
    for kind, by_language in sides["pronouns"].items():
        yield from _flat(by_language, "pronoun", kind)
    documents = reading_words("documents")
    for code, by_language in documents["kinds"].items():
        yield from _flat(by_language, "kind", code)
    for layer in ("several", "issued", "not_yet", "private", "refers"):
        yield from _flat(documents[layer], layer, layer)
    yield from _occasions()
    yield from _topics()


def _occasions() -> Iterator[Phrase]:
    occasions = reading_words("occasions")
    for code, by_language in occasions["visits"].items():
        yield from _flat(by_language, "visit", code)
    for layer in ("summit", "session", "anniversary"):
        yield from _flat(occasions[layer], layer, layer)


def _topics() -> Iterator[Phrase]:
    extra = reading_words("topics")["cues"]
    stopped = {language: set(cues) for language, cues in reading_words("topics")["stopped"].items()}
    for topic, entry in lexicon()["topics"].items():
        for language, cues in entry["cues"].items():
            for words in cues:
                if words not in stopped[language]:
                    yield Phrase(_tailed(words, language), "topic", topic, language)
    for topic, by_language in extra.items():
        for language, cues in by_language.items():
            for weight, phrases in cues.items():
                yield from (Phrase(words, "topic", topic, language, float(weight)) for words in phrases)


def _tailed(words: str, language: str) -> str:
    """French and English cues of the lexicon without `*` also match their plurals."""
    if language in ("en", "fr") and not words.endswith(("*", "s")) and len(words) > 4 and not words.isupper():
        return f"({words}|{words}s)"
    if words.isupper() and len(words) <= 4:
        return f"={words}"
    return words


def _flat(by_language: dict[str, Any], layer: str, code: str, *, exact: bool = False) -> Iterator[Phrase]:
    for language in LANGUAGES:
        for words in by_language.get(language, ()):
            short = exact and words.isupper() and len(words) <= 4 and words.isascii() | (language == "ru")
            yield Phrase(f"={words}" if short else words, layer, code, language)
