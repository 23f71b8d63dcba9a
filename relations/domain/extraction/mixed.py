"""Which other languages a considerable part of a text is in: only one is read, and whoever hands in two has to be told.

Costs next to nothing for a text in one language: letters are counted by their bytes, sentences are looked at only where the text holds
a common word of the other language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from relations.domain.extraction.sentences import Sentence
from relations.domain.language import NEIGHBOURS, WORDS, language_of, letters_by_script

_CONSIDERABLE: Final = 1 / 8
"""Of the letters; a Chinese character counts as the three bytes that it has, about as much as it says."""
_RUNS: Final = {
    "han": re.compile("[\u4e00-\u9fff]+"),
    "cyrillic": re.compile("[\u0400-\u04ff]+"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]+"),
}
_SCRIPT: Final = {"zh": "han", "ru": "cyrillic", "en": "latin", "fr": "latin"}
_OTHER: Final = {"en": "fr", "fr": "en"}
_OWN: Final = {code: frozenset(WORDS[code].split()) - frozenset(WORDS[other].split()) for code, other in _OTHER.items()}
_SIGNS: Final = {"fr": (" les ", " des ", " du ", " une ", " et ", " le ", " la "), "en": (" the ", " of ", " and ", " to ", " is ")}
"""Hardly a few sentences of the other language are without all of these."""
_TOKEN: Final = re.compile("[a-zà-ÿœ]+")
_FEW: Final = 2


def also_in(text: str, language: str, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The codes of the other languages of a text that is read as `language` (en, fr, zh, ru), the most of it first."""
    weights = {"latin": len(text)} if text.isascii() else letters_by_script(text)
    all_letters = max(1, sum(weights.values()))
    found: Counter[str] = Counter()
    for script, weight in weights.items():
        if script != _SCRIPT[language] and weight > _CONSIDERABLE * all_letters:
            found[language_of(" ".join(_RUNS[script].findall(text)))] += weight
    for code, weight in _of_other_sentences(text, language, sentences).items():
        if weight > _CONSIDERABLE * all_letters:
            found[code] += weight
    return tuple(code for code, _weight in found.most_common() if code not in ("und", language))


def _of_other_sentences(text: str, language: str, sentences: Sequence[Sentence]) -> Counter[str]:
    """Language → the weight of the sentences that are in it, among those of the same script."""
    found: Counter[str] = Counter()
    if language == "ru" and NEIGHBOURS.search(text):
        for one in sentences:
            words = text[one.start : one.end]
            if NEIGHBOURS.search(words.lower()):
                found[language_of(words)] += letters_by_script(words)["cyrillic"]
    other = _OTHER.get(language)
    if other and any(sign in text for sign in _SIGNS[other]):
        for one in sentences:
            words = text[one.start : one.end]
            tokens = Counter(_TOKEN.findall(words.lower()))
            here, there = (sum(tokens[word] for word in _OWN[code]) for code in (language, other))
            if there >= _FEW and there > 2 * here:
                found[other] += letters_by_script(words)["latin"]
    return found
