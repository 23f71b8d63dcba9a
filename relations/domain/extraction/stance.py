"""Whether a sentence states a position or commitment of the document, or only tells what happened around it."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from relations.domain.extraction.folding import fold
from relations.domain.extraction.scan import Scan
from relations.domain.extraction.sentences import Sentence
from relations.domain.extraction.subjects import Subject
from relations.reference.reading_words import LANGUAGES, reading_words

Patterns = Mapping[str, re.Pattern[str]]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_QUOTED: Final = re.compile(r"\"([^\"]{25,})\"")
_ATTRIBUTED: Final = re.compile(r"(?:[,.!?]\"|\",)\s?-?\s?\w")
"""A quotation that goes on with who said it."""
_MOSTLY: Final = 0.4
_MOST_WORDS: Final = 20_000
_SHORT: Final = 45
_SHORT_ZH: Final = 14
_QUOTED_ZH: Final = re.compile(r"\"([^\"]{9,})\"")
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
_COMES, _WENT, _PASSIVE = 1, 2, 4
_SHORTEST_VERB: Final = 5
_WORD: Final = re.compile(r"\w+")
_DIGIT: Final = re.compile(r"\d")
_PER_CENT: Final = "百分之"
# Words without which an expression below cannot match: most sentences have none of them, and are spared the search.
_WILL: Final = frozenset(("will", "shall", "ll"))
_TO_BE: Final = {
    "en": frozenset(("is", "are", "be", "was", "were", "been")),
    "fr": frozenset(("sera", "seront", "est", "sont", "ete", "soit", "soient")),
}
_PARTICIPLES: Final = {
    "en": re.compile(r"\b(?:is|are|be|was|were|been)\s+(?:also |further |jointly |further |to be |)\w+(?:ed|en|wn|lt|ought|un)\b"),
    "fr": re.compile(
        r"\b(?:sera|seront|est|sont|ete|soit|soient)\s+(?:\w+ment |aussi |egalement |)\w+(?:e|es|ee|ees|i|is|ie|"
        r"ies|u|us|ue|ues|it|its|ite|ites)\b"
    ),
    "zh": re.compile(r"被|得到|予以"),
}


_PAST_EN: Final = _set(
    "was were had did said told came went took gave made flew rose fell met held left began became saw spoke wrote knew kept ran won "
    "lost sold bought brought sent paid stood grew"
)
_ED: Final = re.compile(r"ed\b")
_NOT_PAST: Final = ("be ", "is ", "are ", "been ", "being ")
"""What makes a form in -ed a participle."""
_SHORTEST_ED: Final = 5
_AUXILIARIES_FR: Final = _set("a ont avait avaient est sont etait etaient fut furent")
_PAST: Final = {
    "fr": re.compile(
        r"\b(?:a|ont|avait|avaient|n'a|n'ont|l'a|l'ont|s'est|se sont|est|sont|etait|etaient|fut|furent|"
        r"y a)\s+(?:\w+ment |pas |deja |aussi |ete |par |ailleurs )*"
        r"\w{2,}(?:e|es|i|is|it|ie|u|us|ue|ert|int)\b|\b\w{3,}(?:ait|aient)\b"
    ),
    "zh": re.compile("了(?!解)|已(?!达成|商定)|曾|过(?!境|程|去的)"),
}
_PERSON: Final = re.compile(r"(?<=[\s(«“\"])[A-ZÀ-ÝА-ЯЁ][\w’'-]+ [A-ZÀ-ÝА-ЯЁ][\w’'-]{2,}")
_FIGURE: Final = re.compile(
    r"\d[\d.,]*\s?(?:billion|million|percent|per cent|%|млрд|млн|процент|миллиард|миллион|milliard|pour cent|亿|万|％|bn)"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-5]\d)(?!\d)")
_DESCRIBES: Final = {
    "en": _set(
        "is are has have remain remains account accounts include includes count counts lie lies make makes seem seems belong belongs"
    ),
    "fr": _set("est sont a ont compte comptent represente reste semble fait font demeure"),
    "ru": _set("это является являются составляет остается есть имеет имеют насчитывает занимает считается"),
}
_DESCRIBES_ZH: Final = re.compile("[是有为占]|属于|位于")
_DASH: Final = re.compile(r"\s-\s")
_NO_WORDS: Final[frozenset[str]] = frozenset()
_POSITIONS: Final = frozenset(("act", "modal", "says", "value"))
_LAYERS: Final[tuple[str, ...]] = (
    "act",
    "modal",
    "says",
    "value",
    "event",
    "speech",
    "expert",
    "figures",
    "next",
    "ratify",
    "meta",
    "past",
    "say",
    "next_meeting",
)


class Stance(NamedTuple):
    """How a span was judged: its score (a provision from 0 on), the features that it has, the decisive one."""

    score: float
    features: dict[str, float]
    rule: str


def features(scan: Scan, sentence: Sentence, start: int, end: int, subject: Subject | None) -> dict[str, float]:
    """What speaks for and against a provision in a span of a sentence, by name; each above 0, at most 1."""
    folded = scan.folded[start:end]
    layers = scan.features(start, end)
    words = frozenset(_WORD.findall(folded)) if scan.language in _TO_BE else _NO_WORDS
    found: dict[str, float] = dict.fromkeys([layer for layer in _LAYERS if layer in layers], 1.0)
    if subject:
        rule = subject.rule
        found[rule if rule in ("leader", "agent", "pronoun") else "together" if subject.side in ("both", "all") else "side"] = 1.0
        if "act" in layers and rule != "leader":
            found["side_acts"] = 1.0
    forms = _forms(scan.language, folded, words, scan.text[start:end])
    if forms & _COMES:
        found["future"] = 1.0
    if forms & _PASSIVE:
        found["passive"] = 1.0
    if forms & _WENT:
        found["past_acts" if "side_acts" in found else "past_tense"] = 1.0
    if '"' in folded:
        _quotations(scan.language, folded, found)
    if "say" in layers:
        if "expert" in layers:
            found["expert_says"] = 1.0
        if _PERSON.search(scan.text, start, end):
            found["person_says"] = 1.0
    if _DIGIT.search(folded) or _PER_CENT in folded:
        _numbers(scan, folded, found)
    if not forms & _COMES and _POSITIONS.isdisjoint(layers):
        if _describes(scan.language, folded, words):
            found["describes"] = 1.0
        if "next_meeting" not in layers:
            found["no_position"] = 1.0
    _standing(scan, sentence, folded, layers, found)
    return found


def _standing(scan: Scan, sentence: Sentence, folded: str, layers: set[str], found: dict[str, float]) -> None:
    """Where a sentence stands, how long it is and whether it is about anything."""
    number = sentence.number
    if "?" in folded[-2:]:
        found["question"] = 1.0
    if number <= 1:
        found["lead"] = 0.5 if number else 1.0
    if "issued" in layers and "kind" in layers:
        found["issued"] = 1.0
    if len(folded) < (_SHORT_ZH if scan.language == "zh" else _SHORT) and "next_meeting" not in layers:
        found["short"] = 1.0
    if number >= max(6, len(scan.sentences) - 2):
        found["end"] = 1.0
    if "topic" not in layers:
        found["no_topic"] = 1.0
    if sentence.paragraph == 0 and scan.sentences[-1].paragraph > 0:
        found["early"] = 1.0


def _quotations(language: str, folded: str, found: dict[str, float]) -> None:
    """How much of a span is quoted, and whether from somebody who said it."""
    quotes = _QUOTED_ZH if language == "zh" else _QUOTED
    quoted = sum(len(match.group(1)) for match in quotes.finditer(folded))
    if not quoted:
        return
    share = found["quoted"] = min(1.0, quoted / len(folded))
    if "say" in found or (share > _MOSTLY and _ATTRIBUTED.search(folded)):
        found["quote_said"] = share


def _numbers(scan: Scan, folded: str, found: dict[str, float]) -> None:
    """Statistics, and years before and after that of the article: history, and what is aimed at."""
    if _PER_CENT in folded or _FIGURE.search(folded):
        found["figure"] = 1.0
    if scan.published is None:
        return
    this = scan.published.year
    years = [int(year) for year in _YEAR.findall(folded)]
    if any(year < this for year in years):
        found["year_before"] = 1.0
    if any(year > this for year in years):
        found["year_after"] = 1.0


def _describes(language: str, folded: str, words: frozenset[str]) -> bool:
    """Whether a sentence tells what is, not what shall be."""
    if language == "zh":
        return _DESCRIBES_ZH.search(folded) is not None
    if language == "ru":
        words = frozenset(_WORD.findall(folded))
    if not _DESCRIBES.get(language, _NO_WORDS).isdisjoint(words):
        return True
    return language == "ru" and "-" in folded and _DASH.search(folded) is not None


@functools.cache
def _exceptions(language: str, which: str) -> frozenset[str]:
    return frozenset(reading_words("context")[which][language])


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
    bits = _PASSIVE if word.endswith(_PASSIVE_ENDS.get(language, _NONE)) else 0
    if len(word) < _SHORTEST_VERB:
        return bits
    if word.endswith(_FUTURE_ENDS.get(language, _NONE)) and word not in _exceptions(language, "future_looking"):
        bits |= 0 if word.endswith(_GOING_ON) else _COMES
    if word.endswith(_PAST_ENDS.get(language, _NONE)) and word not in _exceptions(language, "present_looking"):
        bits |= _WENT
    return bits


def _spelled_forms(language: str, text: str) -> int:
    """The forms of the words of a sentence by their endings; names, with their capitals, are no verbs."""
    words = _WORD.findall(text)
    if not words:
        return 0
    bits = _looks(language, words[0])
    for forms in map(_seen[language].__getitem__, words):
        bits |= forms
    return bits


def _forms(language: str, folded: str, words: frozenset[str], text: str) -> int:
    """Which forms the verbs of a folded sentence have: future, past, passive, in bits. `words` are those of the sentence."""
    if language not in LANGUAGES:
        return 0
    bits = 0
    if language in _FUTURE_ENDS:
        bits = _spelled_forms(language, text)
    elif (language == "zh" or not _WILL.isdisjoint(words)) and _unexceptional(language, "future_looking", _FUTURE[language], folded):
        bits |= _COMES
    if language == "en":
        went = _past_in_english(folded, words)
    elif language == "fr" and _AUXILIARIES_FR.isdisjoint(words) and "ai" not in folded:
        went = False
    else:
        went = language in _PAST and _unexceptional(language, "present_looking", _PAST[language], folded)
    if went:
        bits |= _WENT
    possible = language not in _TO_BE or not _TO_BE[language].isdisjoint(words)
    if possible and language in _PARTICIPLES and _PARTICIPLES[language].search(folded):
        bits |= _PASSIVE
    return bits


def _unexceptional(language: str, which: str, pattern: re.Pattern[str], folded: str) -> bool:
    """Whether a pattern matches anything that is no exception."""
    exceptions = _exceptions(language, which)
    return any(match.group() not in exceptions for match in pattern.finditer(folded))


def _past_in_english(folded: str, words: frozenset[str]) -> bool:
    """A past among the irregular verbs, or a form in -ed that is no participle."""
    exceptions = _exceptions("en", "present_looking")
    irregular = words & _PAST_EN
    if irregular and not irregular <= exceptions:
        return True
    for match in _ED.finditer(folded):
        end = match.end()
        start = match.start()
        while start and (folded[start - 1].isalnum() or folded[start - 1] == "_"):
            start -= 1
        if end - start >= _SHORTEST_ED and folded[start:end] not in exceptions and not folded.endswith(_NOT_PAST, 0, start):
            return True
    return False


def judged(found: dict[str, float]) -> Stance:
    """The score of a span by its features, with the weights of `reading/weights.json`."""
    weights: dict[str, float] = reading_words("weights")["stance"]
    total, rule, most = 0.0, "bias", -math.inf
    for name, value in found.items():
        weight = weights.get(name, 0.0) * value
        total += weight
        if weight > most:
            rule, most = name, weight
    return Stance(weights["bias"] + total, found, f"provision: {rule}")
