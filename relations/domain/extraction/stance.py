"""Whether a sentence states a position or commitment of the document, or only tells what happened around it."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from relations.domain.extraction.scan import BIT, Scan
from relations.domain.extraction.sentences import Sentence
from relations.domain.extraction.subjects import Subject
from relations.domain.extraction.verbs import COMES, PASSIVE, WENT, forms
from relations.reference.reading_words import reading_words

_QUOTED: Final = re.compile(r"\"([^\"]{25,})\"")
_ATTRIBUTED: Final = re.compile(r"(?:[,.!?]\"|\",)\s?-?\s?\w")
"""A quotation that goes on with who said it."""
_MOSTLY: Final = 0.4
_SHORT: Final = 43
_SHORT_ZH: Final = 13
_QUOTED_ZH: Final = re.compile(r"\"([^\"]{9,})\"")
_DIGIT: Final = re.compile(r"\d")
_PER_CENT: Final = "百分之"
_PERSON: Final = re.compile(r"(?<=[\s(«“\"])[A-ZÀ-ÝА-ЯЁ][\w’'-]+ [A-ZÀ-ÝА-ЯЁ][\w’'-]{2,}")
_FIGURE: Final = re.compile(
    r"\d[\d.,]*\s?(?:billion|million|percent|per cent|%|млрд|млн|процент|миллиард|миллион|milliard|pour cent|亿|万|％|bn)"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-5]\d)(?!\d)")
_DESCRIBES_ZH: Final = re.compile("[是有为占]|属于|位于")
_DASH: Final = re.compile(r"\s-\s")
_POSITIONS: Final = BIT["act"] | BIT["modal"] | BIT["says"] | BIT["value"]
_ISSUED: Final = BIT["issued"] | BIT["kind"]
_ACT, _SAY, _EXPERT, _NEXT, _TOPIC = BIT["act"], BIT["say"], BIT["expert"], BIT["next_meeting"], BIT["topic"]
_WILL, _TO_BE, _WENT, _AUXILIARY, _DESCRIBES = BIT["will"], BIT["to_be"], BIT["went"], BIT["auxiliary"], BIT["describes"]
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
_TOLD: Final = sum(BIT[layer] for layer in _LAYERS)


class Stance(NamedTuple):
    """How a span was judged: its score (a provision from 0 on), the features that it has, the decisive one."""

    score: float
    features: dict[str, float]
    rule: str


@functools.cache
def _by_layers(cues: int) -> Mapping[str, float]:
    return dict.fromkeys([layer for layer in _LAYERS if cues & BIT[layer]], 1.0)


def features(scan: Scan, sentence: Sentence, start: int, end: int, subject: Subject | None) -> dict[str, float]:
    """What speaks for and against a provision in a span of a sentence, by name; each above 0, at most 1."""
    language, folded = scan.language, scan.folded[start:end]
    cues = scan.cues(start, end)
    found = dict(_by_layers(cues & _TOLD))
    if subject:
        rule = subject.rule
        found[rule if rule in ("leader", "agent", "pronoun") else "together" if subject.side in ("both", "all") else "side"] = 1.0
        if cues & _ACT and rule != "leader":
            found["side_acts"] = 1.0
    had = forms(language, folded, scan.text[start:end], (cues & _WILL, cues & _TO_BE, cues & _WENT, cues & _AUXILIARY))
    if had & COMES:
        found["future"] = 1.0
    if had & PASSIVE:
        found["passive"] = 1.0
    if had & WENT:
        found["past_acts" if "side_acts" in found else "past_tense"] = 1.0
    if '"' in folded:
        _quotations(language, folded, found)
    if cues & _SAY:
        if cues & _EXPERT:
            found["expert_says"] = 1.0
        if _PERSON.search(scan.text, start, end):
            found["person_says"] = 1.0
    if _DIGIT.search(folded) or _PER_CENT in folded:
        _numbers(scan, folded, found)
    if not had & COMES and not cues & _POSITIONS:
        if cues & _DESCRIBES or _describes(language, folded):
            found["describes"] = 1.0
        if not cues & _NEXT:
            found["no_position"] = 1.0
    _standing(scan, sentence, folded, cues, found)
    return found


def _standing(scan: Scan, sentence: Sentence, folded: str, cues: int, found: dict[str, float]) -> None:
    """Where a sentence stands, how long it is and whether it is about anything."""
    number, sentences = sentence.number, scan.layout.sentences
    if "?" in folded[-2:]:
        found["question"] = 1.0
    if number <= 1:
        found["lead"] = 0.5 if number else 1.0
    if cues & _ISSUED == _ISSUED:
        found["issued"] = 1.0
    if len(folded) < (_SHORT_ZH if scan.language == "zh" else _SHORT) and not cues & _NEXT:
        found["short"] = 1.0
    if number >= max(6, len(sentences) - 2):
        found["end"] = 1.0
    if not cues & _TOPIC:
        found["no_topic"] = 1.0
    if sentence.paragraph == 0 and sentences[-1].paragraph > 0:
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


def _describes(language: str, folded: str) -> bool:
    """Whether a sentence without a word for it tells what is, not what shall be."""
    if language == "zh":
        return _DESCRIBES_ZH.search(folded) is not None
    return language == "ru" and "-" in folded and _DASH.search(folded) is not None


def judged(found: dict[str, float]) -> Stance:
    """The score of a span by its features, with the weights of `reading/weights.json`."""
    weights: dict[str, float] = reading_words("weights")["stance"]
    total, rule, most, weight_of = 0.0, "bias", -math.inf, weights.get
    for name, value in found.items():
        weight = weight_of(name, 0.0) * value
        total += weight
        if weight > most:
            rule, most = name, weight
    return Stance(weights["bias"] + total, found, f"provision: {rule}")
