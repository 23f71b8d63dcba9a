"""The lexicon as automata: one for links (names only), one for whole readings, each made once for a process.

Layers, and what `code` and `kind` mean in them:
state (CN … C5; n name, o oblique, a adjective, c capital, d capital oblique, s short word, r pair, p place), project, trap, actor (others),
leader (side), together (both, all), three, mechanism, foreign, initiative, national, reference, kind (of document), issued, not_yet,
several, private, refers, act, modal, says, value, event, speech, expert, figures, next, ratify, meta, past, topic, visit, summit,
session, anniversary, pronoun (one, several, other); dated (months,
weekdays, relative); will, to_be, went, auxiliary, describes (words of `verbs.FORMS`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, Final

from relations.domain.extraction.alphabets import ALPHABETS
from relations.domain.extraction.bordered import Bordered
from relations.domain.extraction.patterns import Phrase, Phrases
from relations.domain.extraction.verbs import FORMS
from relations.reference.lexicon import lexicon
from relations.reference.reading_words import LANGUAGES, reading_words

NAMES: Final = ("state", "project", "trap", "mechanism", "foreign", "initiative", "national", "reference")
"""The layers that links need."""
_SKIPPED: Final = frozenset({"about", "present_looking", "future_looking"})


@functools.cache
def names(script: str) -> Phrases:
    """The automaton of names for texts in a script (latin, cyrillic, han) or, for `mixed` ones, in any."""
    languages = {"latin": ("en", "fr"), "cyrillic": ("ru",), "han": ("zh",)}.get(script, LANGUAGES)
    return Phrases(phrase for phrase in _names(languages) if phrase.layer != "leader")


@functools.cache
def _unread() -> Phrases:
    return Phrases(_names(LANGUAGES))


@functools.cache
def everything(language: str) -> Phrases:
    """The automaton of the whole lexicon for a language, for readings; names only for a language that is not read."""
    if language not in LANGUAGES:
        return _unread()
    return Phrases([*_names((language,)), *_cues(language)])


_SCRIPTS: Final = {"en": "latin", "fr": "latin", "ru": "cyrillic"}


@functools.cache
def bordered(language: str, script: str) -> Bordered | None:
    """The same for texts in the alphabet of a language whose words have borders; None for others."""
    return Bordered(everything(language).anchors(), ALPHABETS[script]) if _SCRIPTS.get(language) == script else None


@functools.cache
def bordered_names(script: str) -> Bordered:
    """The automaton of names for texts in an alphabet."""
    return Bordered(names(script).anchors(), ALPHABETS[script])


def _names(languages: Iterable[str]) -> Iterator[Phrase]:
    yield from _states(languages)
    leaders = reading_words("leaders")
    for side, by_language in leaders.items():
        if side not in _SKIPPED:
            yield from _flat(languages, by_language, "leader", side)
    named = reading_words("named")
    for kind, by_language in named["mechanisms"].items():
        yield from _flat(languages, by_language, "mechanism", kind)
    yield from _flat(languages, named["foreign_meetings"], "foreign", "foreign")
    yield from _flat(languages, named["national_strategy"], "national", "national")
    for layer in ("initiatives", "references"):
        for code, by_language in named[layer].items():
            yield from _flat(languages, by_language, layer[:-1], code)
    words = lexicon()
    for code, entry in words["initiatives"].items():
        if code in named["initiatives"]:
            yield from _flat(languages, entry["aliases"], "initiative", code, exact=True)
    for code in named["references"]:
        yield from _flat(languages, words["documents"][code]["aliases"], "reference", code)


def _states(languages: Iterable[str]) -> Iterator[Phrase]:
    states = reading_words("states")
    for code, by_language in states["states"].items():
        for language in languages:
            for kind, phrases in by_language.get(language, {}).items():
                yield from (Phrase(words, "state", code, kind) for words in phrases)
    for code, by_language in states["pairs"].items():
        for language in languages:
            for words in by_language.get(language, ()):
                yield Phrase(words, "state", code, "u" if words in states["unsure"] else "r")
    yield from _flat(languages, states["projects"], "project", "project")
    yield from _flat(languages, states["traps"], "trap", "trap")


def _cues(language: str) -> Iterator[Phrase]:
    languages = (language,)
    for code, by_language in reading_words("others")["actors"].items():
        yield from _flat(languages, by_language, "actor", code)
    for layer in ("positions", "context"):
        for kind, by_language in reading_words(layer).items():
            if kind not in _SKIPPED:
                yield from _flat(languages, by_language, kind, kind)
    sides = reading_words("sides")
    yield from _flat(languages, sides["together"], "together", "both")
    yield from _flat(languages, sides["all"], "together", "all")
    for kind, by_language in sides["pronouns"].items():
        yield from _flat(languages, by_language, "pronoun", kind)
    documents = reading_words("documents")
    for code, by_language in documents["kinds"].items():
        yield from _flat(languages, by_language, "kind", code)
    for layer in ("several", "issued", "not_yet", "ahead", "private", "refers"):
        yield from _flat(languages, documents[layer], layer, layer)
    yield from _occasions(languages)
    yield from _topics(language)
    dates = reading_words("dates")
    for code in ("months", "weekdays"):
        yield from (Phrase(words, "dated", code) for forms in dates[code].get(language, ()) for words in forms)
    yield from (Phrase(words, "dated", "relative") for words in sorted({*dates["relative"][language], *dates["anchored"][language]}))
    for layer, by in FORMS.items():
        yield from (Phrase(word, layer, layer) for word in sorted(by.get(language, ())))


def _occasions(languages: Iterable[str]) -> Iterator[Phrase]:
    occasions = reading_words("occasions")
    for code, by_language in occasions["visits"].items():
        yield from _flat(languages, by_language, "visit", code)
    for layer in ("summit", "session", "anniversary"):
        yield from _flat(languages, occasions[layer], layer, layer)


def _topics(language: str) -> Iterator[Phrase]:
    words = reading_words("topics")
    stopped = set(words["stopped"][language])
    for topic, entry in lexicon()["topics"].items():
        for cue in entry["cues"].get(language, ()):
            if cue not in stopped:
                yield Phrase(_tailed(cue, language), "topic", topic, language)
    for topic, by_language in words["cues"].items():
        for weight, phrases in by_language.get(language, {}).items():
            yield from (Phrase(cue, "topic", topic, language, float(weight)) for cue in phrases)


def _tailed(words: str, language: str) -> str:
    """French and English cues of the lexicon without `*` also match their plurals."""
    if language in ("en", "fr") and not words.endswith(("*", "s")) and len(words) > 4 and not words.isupper():
        return f"({words}|{words}s)"
    if words.isupper() and len(words) <= 4:
        return f"={words}"
    return words


def _flat(languages: Iterable[str], by_language: dict[str, Any], layer: str, code: str, *, exact: bool = False) -> Iterator[Phrase]:
    for language in languages:
        for words in by_language.get(language, ()):
            short = exact and words.isupper() and len(words) <= 4 and words.isascii() | (language == "ru")
            yield Phrase(f"={words}" if short else words, layer, code, language)
