"""What the forms of verbs tell: a future, a past, a passive. By single words and endings first, by expressions only where these stand."""

from __future__ import annotations

import functools
import re
from typing import Final

from relations.domain.extraction.folding import fold
from relations.reference.reading_words import LANGUAGES, reading_words

COMES, WENT, PASSIVE = 1, 2, 4
"""Future, past, passive, in bits."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@functools.cache
def _exceptions(language: str, which: str) -> frozenset[str]:
    return frozenset(reading_words("context")[which][language])


FORMS: Final[dict[str, dict[str, frozenset[str]]]] = {
    "will": {"en": frozenset(("will", "shall", "ll"))},
    "to_be": {
        "en": frozenset(("is", "are", "be", "was", "were", "been")),
        "fr": frozenset(("sera", "seront", "est", "sont", "ete", "soit", "soient")),
    },
    "went": {
        "en": _set(
            "was were had did said told came went took gave made flew rose fell met held left began became saw spoke wrote knew kept ran "
            "won lost sold bought brought sent paid stood grew"
        )
        - _exceptions("en", "present_looking"),
    },
    "auxiliary": {"fr": _set("a ont avait avaient est sont etait etaient fut furent")},
    "describes": {
        "en": _set(
            "is are has have remain remains account accounts include includes count counts lie lies make makes seem seems belong belongs"
        ),
        "fr": _set("est sont a ont compte comptent represente reste semble fait font demeure"),
        "ru": _set("это является являются составляет остается есть имеет имеют насчитывает занимает считается"),
    },
}
"""Single words by layer and language: they are sought together with the lexicon. Of the first two, the auxiliaries and the past, one
stands wherever an expression below can match."""
_FUTURE: Final = {
    "en": re.compile(r"\b(?:will|shall|'ll)\b"),
    "zh": re.compile(r"将(?!军|来自|于昨|于今)"),
}
# Endings of single words, for which no regular expression has to run: what is a future, a past, a passive by its form.
_FUTURE_ENDS: Final = {
    "fr": ("era", "eront", "ira", "iront", "dra", "dront", "tra", "tront", "vra", "vront", "rra", "rront", "ura", "uront"),
    "ru": ("ит", "ет", "ут", "ют", "ат", "ят", "ится", "ется", "утся", "ются", "атся", "ятся"),
}
_PAST_ENDS: Final = {"ru": ("ал", "ил", "ел", "ул", "ыл", "ял", "ла", "ло", "ли", "лся", "лась", "лось", "лись")}
_PASSIVE_ENDS: Final = {
    "ru": ("ан", "ана", "ано", "аны", "ен", "ена", "ено", "ены", "та", "то", "ты", "ется", "ются", "ится", "ятся"),
}
_GOING_ON: Final = ("ывает", "ивает", "ывают", "ивают", "ждает", "ждают", "чает", "чают")
"""Russian verbs of what goes on, which have the endings of a future."""
_NONE: Final[tuple[str, ...]] = ()
_SHORTEST_VERB: Final = 5
_MOST_WORDS: Final = 20_000
_WORD: Final = re.compile(r"\w+")
_PARTICIPLES: Final = {
    "en": re.compile(r"\b(?:is|are|be|was|were|been)\s+(?:also |further |jointly |further |to be |)\w+(?:ed|en|wn|lt|ought|un)\b"),
    "fr": re.compile(
        r"\b(?:sera|seront|est|sont|ete|soit|soient)\s+(?:\w+ment |aussi |egalement |)\w+(?:e|es|ee|ees|i|is|ie|"
        r"ies|u|us|ue|ues|it|its|ite|ites)\b"
    ),
    "zh": re.compile(r"被|得到|予以"),
}
_ED: Final = re.compile(r"ed\b")
_NOT_PAST: Final = ("be ", "is ", "are ", "been ", "being ")
"""What makes a form in -ed a participle."""
_SHORTEST_ED: Final = 5
_PAST: Final = {
    "fr": re.compile(
        r"\b(?:a|ont|avait|avaient|n'a|n'ont|l'a|l'ont|s'est|se sont|est|sont|etait|etaient|fut|furent|"
        r"y a)\s+(?:\w+ment |pas |deja |aussi |ete |par |ailleurs )*"
        r"\w{2,}(?:e|es|i|is|it|ie|u|us|ue|ert|int)\b|\b\w{3,}(?:ait|aient)\b"
    ),
    "zh": re.compile("了(?!解)|已(?!达成|商定)|曾|过(?!境|程|去的)"),
}


class _Looks(dict[str, int]):
    """Which forms the words of a language have, in bits: those of names, with their capitals, none. The same words come again and again."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        bits = self[word] = 0 if word[0].isupper() else _looks(self.language, word)
        return bits


_seen: Final = {language: _Looks(language) for language in _FUTURE_ENDS}


def _looks(language: str, word: str) -> int:
    """Which forms a word has, in bits: future, past, passive."""
    word = fold(word)
    bits = PASSIVE if word.endswith(_PASSIVE_ENDS.get(language, _NONE)) else 0
    if len(word) < _SHORTEST_VERB:
        return bits
    if word.endswith(_FUTURE_ENDS.get(language, _NONE)) and word not in _exceptions(language, "future_looking"):
        bits |= 0 if word.endswith(_GOING_ON) else COMES
    if word.endswith(_PAST_ENDS.get(language, _NONE)) and word not in _exceptions(language, "present_looking"):
        bits |= WENT
    return bits


def _spelled_forms(language: str, text: str) -> int:
    """The forms of the words of a sentence by their endings; names, with their capitals, are no verbs."""
    words = _WORD.findall(text)
    if not words:
        return 0
    seen = _seen[language]
    bits = seen[words[0].lower()]
    for forms in map(seen.__getitem__, words):
        bits |= forms
    return bits


def forms(language: str, folded: str, text: str, words: tuple[int, int, int, int]) -> int:
    """Which forms the verbs of a folded sentence have: future, past, passive, in bits.

    `words` are not 0 where it has some of the layers will, to_be, went, auxiliary of `FORMS`.
    """
    will, to_be, went, auxiliary = words
    if language not in LANGUAGES:
        return 0
    bits = 0
    if language in _FUTURE_ENDS:
        bits = _spelled_forms(language, text)
    elif (language == "zh" or will) and _unexceptional(language, "future_looking", _FUTURE[language], folded):
        bits |= COMES
    if language == "en":
        past = bool(went) or _past_in_english(folded)
    elif language == "fr" and not auxiliary and "ai" not in folded:
        past = False
    else:
        past = language in _PAST and _unexceptional(language, "present_looking", _PAST[language], folded)
    if past:
        bits |= WENT
    if (to_be or language == "zh") and _PARTICIPLES[language].search(folded):
        bits |= PASSIVE
    return bits


def _unexceptional(language: str, which: str, pattern: re.Pattern[str], folded: str) -> bool:
    """Whether a pattern matches anything that is no exception."""
    exceptions = _exceptions(language, which)
    return any(match.group() not in exceptions for match in pattern.finditer(folded))


def _past_in_english(folded: str) -> bool:
    """A form in -ed that is no participle."""
    exceptions = _exceptions("en", "present_looking")
    for match in _ED.finditer(folded):
        end = match.end()
        start = match.start()
        while start and (folded[start - 1].isalnum() or folded[start - 1] == "_"):
            start -= 1
        if end - start >= _SHORTEST_ED and folded[start:end] not in exceptions and not folded.endswith(_NOT_PAST, 0, start):
            return True
    return False
