"""Whether a sentence states a position or commitment of the document, or only tells what happened around it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from relations.domain.extraction.folding import fold
from relations.domain.extraction.scan import Scan
from relations.domain.extraction.sentences import Sentence
from relations.domain.extraction.subjects import Subject
from relations.reference.reading_words import LANGUAGES, reading_words

Patterns = Mapping[str, re.Pattern[str]]

_QUOTED: Final = re.compile(r"\"([^\"]{25,})\"")
_ATTRIBUTED: Final = re.compile(r"(?:[,.!?]\"|\",)\s?-?\s?\w")
"""A quotation that goes on with who said it."""
_MOSTLY: Final = 0.4
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
_DIGIT: Final = re.compile(r"\d|百分之")
_PARTICIPLES: Final = {
    "en": re.compile(r"\b(?:is|are|be|was|were|been)\s+(?:also |further |jointly |further |to be |)\w+(?:ed|en|wn|lt|ought|un)\b"),
    "fr": re.compile(
        r"\b(?:sera|seront|est|sont|ete|soit|soient)\s+(?:\w+ment |aussi |egalement |)\w+(?:e|es|ee|ees|i|is|ie|"
        r"ies|u|us|ue|ues|it|its|ite|ites)\b"
    ),
    "zh": re.compile(r"被|得到|予以"),
}


_PAST: Final = {
    "en": re.compile(
        r"\b(?:was|were|had|did|said|told|came|went|took|gave|made|flew|rose|fell|met|held|left|began|became|saw|spoke|wrote|knew|kept|ran|won|"
        r"lost|sold|bought|brought|sent|paid|stood|grew)\b|(?<!be )(?<!is )(?<!are )(?<!been )(?<!being )\b\w{3,}ed\b"
    ),
    "fr": re.compile(
        r"\b(?:a|ont|avait|avaient|n'a|n'ont|l'a|l'ont|s'est|se sont|est|sont|etait|etaient|fut|furent|"
        r"y a)\s+(?:\w+ment |pas |deja |aussi |ete |par |ailleurs )*"
        r"\w{2,}(?:e|es|i|is|it|ie|u|us|ue|ert|int)\b|\b\w{3,}(?:ait|aient)\b"
    ),
    "zh": re.compile("了(?!解)|已(?!达成|商定)|曾|过(?!境|程|去的)"),
}
_PERSON: Final = re.compile(r"(?<=[\s(«“\"])[A-ZÀ-ÝА-ЯЁ][\w’'-]+ [A-ZÀ-ÝА-ЯЁ][\w’'-]{2,}")
_FIGURE: Final = re.compile(
    r"\d[\d.,]*\s?(?:billion|million|percent|per cent|%|млрд|млн|процент|миллиард|миллион|milliard|pour cent|亿|万|％|bn)|百分之"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-5]\d)(?!\d)")
_DESCRIBES: Final = {
    "en": re.compile(r"\b(?:is|are|has|have|has been|remains?|accounts?|includes?|counts?|lies?|makes?|seems?|belongs?)\b"),
    "fr": re.compile(r"\b(?:est|sont|a|ont|compte|comptent|represente|reste|semble|fait|font|demeure|c'est|ce sont)\b"),
    "zh": re.compile("是|有|为|属于|位于|占"),
    "ru": re.compile(r"\b(?:это|является|являются|составляет|остается|есть|имеет|имеют|насчитывает|занимает|считается)\b|\s-\s"),
}
_LAYERS: Final = (
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


@dataclass(frozen=True, slots=True)
class Stance:
    """How a span was judged: its score (a provision from 0 on), the features that it has, the decisive one."""

    score: float
    features: dict[str, float]
    rule: str


def features(scan: Scan, sentence: Sentence, start: int, end: int, subject: Subject | None) -> dict[str, float]:
    """What speaks for and against a provision in a span of a sentence, by name; each between 0 and 1."""
    words = scan.folded[start:end]
    found: dict[str, float] = {}
    layers = scan.features(start, end)
    for layer in _LAYERS:
        if layer in layers:
            found[layer] = 1.0
    if subject:
        name = subject.rule if subject.rule in ("leader", "agent", "pronoun") else "together" if subject.side in ("both", "all") else "side"
        found[name] = 1.0
        if "act" in found:
            found["side_acts"] = 0.0 if subject.rule == "leader" else 1.0
    forms = _forms(scan.language, words, scan.text[start:end])
    found["future"] = float(bool(forms & _COMES))
    found["passive"] = float(bool(forms & _PASSIVE))
    past = bool(forms & _WENT)
    found["past_tense"] = float(past and not found.get("side_acts"))
    found["past_acts"] = float(past and bool(found.get("side_acts")))
    quotes = _QUOTED_ZH if scan.language == "zh" else _QUOTED
    quoted = sum(len(match.group(1)) for match in quotes.finditer(words)) if '"' in words else 0
    found["quoted"] = min(1.0, quoted / max(1, end - start)) if quoted else 0.0
    if "say" in found:
        found["expert_says"] = found.get("expert", 0.0)
        found["quote_said"] = found["quoted"]
    elif found["quoted"] > _MOSTLY and _ATTRIBUTED.search(words):
        found["quote_said"] = found["quoted"]
    if "say" in found and _PERSON.search(scan.text, start, end):
        found["person_says"] = 1.0
    if _DIGIT.search(words):
        found["figure"] = float(bool(_FIGURE.search(words)))
        found.update(_years(scan, words))
    if not ({"act", "modal", "says", "value"} & layers or found["future"]):
        found["describes"] = float(bool(_DESCRIBES[scan.language].search(words))) if scan.language in _DESCRIBES else 0.0
    found["no_position"] = float(not ({"act", "modal", "says", "value", "next_meeting"} & layers or found["future"]))
    found["question"] = float("?" in words[-2:])
    found["lead"] = {0: 1.0, 1: 0.5}.get(sentence.number, 0.0)
    found["issued"] = float("issued" in layers and "kind" in layers)
    found["short"] = float(len(words) < (14 if scan.language == "zh" else 45) and "next_meeting" not in found)
    found["end"] = float(sentence.number >= max(6, len(scan.sentences) - 2))
    found["no_topic"] = float("topic" not in layers)
    found["early"] = float(sentence.paragraph == 0 and scan.sentences[-1].paragraph > 0)
    return {name: value for name, value in found.items() if value}


def _years(scan: Scan, words: str) -> dict[str, float]:
    """Years before and after that of the article: history, and what is aimed at."""
    if scan.published is None:
        return {}
    years = [int(match.group()) for match in _YEAR.finditer(words)]
    return {
        "year_before": float(any(year < scan.published.year for year in years)),
        "year_after": float(any(year > scan.published.year for year in years)),
    }


@functools.cache
def _exceptions(language: str, which: str) -> frozenset[str]:
    return frozenset(reading_words("context")[which][language])


@functools.lru_cache(maxsize=20_000)
def _looks(language: str, word: str) -> int:
    """Which forms a word has, in bits: future, past, passive. The same words come again and again."""
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
    bits, first = 0, True
    for word in _WORD.findall(text):
        if first or not word[0].isupper():
            bits |= _looks(language, word)
        first = False
    return bits


def _forms(language: str, words: str, text: str) -> int:
    """Which forms the verbs of a folded sentence have: future, past, passive, in bits."""
    if language not in LANGUAGES:
        return 0
    bits = 0
    if language in _FUTURE_ENDS:
        bits = _spelled_forms(language, text)
    elif any(match.group() not in _exceptions(language, "future_looking") for match in _FUTURE[language].finditer(words)):
        bits |= _COMES
    if language in _PAST and any(
        match.group() not in _exceptions(language, "present_looking") for match in _PAST[language].finditer(words)
    ):
        bits |= _WENT
    if language in _PARTICIPLES and _PARTICIPLES[language].search(words):
        bits |= _PASSIVE
    return bits


def judged(found: dict[str, float]) -> Stance:
    """The score of a span by its features, with the weights of `reading/weights.json`."""
    weights = reading_words("weights")["stance"]
    score = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    rule = max(found, key=lambda name: weights.get(name, 0.0) * found[name], default="bias")
    return Stance(score, found, f"provision: {rule}")
