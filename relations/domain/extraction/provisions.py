"""The provisions of a document as an article reports it: which sentences, whose, about what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from relations.domain.extraction.article import Evidence, Provision
from relations.domain.extraction.scan import Scan
from relations.domain.extraction.sentences import Sentence
from relations.domain.extraction.stance import Stance, features, judged
from relations.domain.extraction.subjects import Subject, pronoun, subjects
from relations.domain.extraction.topics import subject_of, topics_of
from relations.reference.parties import ALL, BOTH, CHINA, FIVE
from relations.reference.reading_words import reading_words

_SEMICOLON: Final = re.compile(r"[;；]")
_CONTRAST: Final = {
    "en": re.compile(r"[,;](?:(?<=;)\s*|\s+(?:while|whereas|but|and)\s+)"),
    "fr": re.compile(r"[,;](?:(?<=;)\s*|\s+(?:tandis que|alors que|mais|et|quand|pendant que)\s+)"),
    "zh": re.compile(r"[，,；;]"),
    "ru": re.compile(r"[,;](?:(?<=;)\s*|\s+(?:а|в то время как|тогда как|но|при этом|и)\s+)"),
}
_RELATIVE_BEFORE: Final = re.compile(r"\b(?:where|in which|dont|dans lesquel\w+|в котор\w+|где)\b")
_AT_ONCE: Final = 24
_VERB: Final = 30
_SHORTEST: Final = {"zh": 8}
_SHORT: Final = 28
_TAIWAN: Final = "taiwan"


@dataclass
class Voice:
    """Who spoke last, for the pronouns of the next sentence."""

    parties: tuple[str, ...]
    last: str | None = None

    @property
    def partner(self) -> str | None:
        """The one partner of a bilateral document."""
        partners = [code for code in self.parties if code != CHINA]
        return partners[0] if len(partners) == 1 else None

    @property
    def together(self) -> str:
        return ALL if len(self.parties) > 2 else BOTH


class Judged(NamedTuple):
    """A span of a sentence with its speaker and how it was judged."""

    sentence: Sentence
    start: int
    end: int
    subject: Subject | None
    stance: Stance


def judge(scan: Scan, parties: tuple[str, ...]) -> list[Judged]:
    """Every sentence, or each clause of one that two sides share, with its speaker and score."""
    voice = Voice(parties)
    found: list[Judged] = []
    paragraph = 0
    for sentence in scan.sentences:
        if sentence.paragraph != paragraph:  # a new paragraph, a new thread
            paragraph, voice.last = sentence.paragraph, None
        pieces = _pieces(scan, sentence, voice)
        found += pieces
        for piece in reversed(pieces):
            if piece.subject:
                voice.last = piece.subject.side
                break
    return found


def provisions(scan: Scan, parties: tuple[str, ...], *, document: bool = True, kind: str | None = None) -> tuple[Provision, ...]:
    """What the sides declare, in the order of the article; without a `document`, only where something was agreed."""
    if not document and not scan.has("settled", scan.layout.title_end, len(scan.folded)):
        return ()
    voice = Voice(parties)
    found = []
    subject = subject_of(scan, kind)
    pieces = judge(scan, parties)
    for piece, score in zip(pieces, among_neighbours([piece.stance.score for piece in pieces]), strict=True):
        if score < 0:
            continue
        topics, cues = topics_of(scan, piece.start, piece.end, subject)
        side = _side(piece.subject, voice, topics)
        spoken = (Evidence(piece.subject.start, piece.subject.end, f"side: {piece.subject.rule}"),) if piece.subject else ()
        found.append(
            Provision(scan.text[piece.start : piece.end], piece.start, piece.end, side, topics, piece.stance.rule, (*spoken, *cues))
        )
    return tuple(found)


def among_neighbours(scores: list[float]) -> list[float]:
    """Scores that lean towards those of the sentences before and after: provisions stand together."""
    reach = reading_words("weights")["neighbours"]
    clipped = [max(-2.0, min(2.0, score)) for score in scores]
    padded = [0.0, *clipped, 0.0]
    return [score + reach * (padded[at] + padded[at + 2]) / 2 for at, score in enumerate(scores)]


def _side(subject: Subject | None, voice: Voice, topics: tuple[str, ...]) -> str:
    """Who states a provision. What is said on Taiwan where nobody is named is the partner's word."""
    if subject is None and topics[0] == _TAIWAN and voice.partner:
        return voice.partner
    if subject is None or subject.side in (BOTH, ALL):
        return voice.together
    if subject.side == FIVE:
        return FIVE if len(voice.parties) > 2 else voice.partner or voice.together
    return subject.side if subject.side in voice.parties else voice.together


def _subjects(scan: Scan, start: int, end: int) -> list[Subject]:
    """The subjects of a span, looked for once."""
    found: list[Subject] | None = scan.kept.get((start, end))
    if found is None:
        found = scan.kept[start, end] = subjects(scan, start, end)
    return found


def _speaker(scan: Scan, start: int, end: int, voice: Voice) -> Subject | None:
    said = pronoun(scan, start, end, voice.last, voice.partner)
    if said:
        return said
    named = _subjects(scan, start, end)
    if not named:
        return None
    first = named[0]
    if first.rule == "leader" and first.start - start < _AT_ONCE and scan.has("act", first.end, first.end + _VERB):
        return first
    several = len(voice.parties) > 2
    for subject in named:
        if subject.rule != "leader" and (several or subject.side != FIVE) and not _late(scan, start, subject):
            return subject
    return first


def _late(scan: Scan, start: int, subject: Subject) -> bool:
    """A company or an expert after the verb is what the sentence is about, not who speaks: “areas in which Chinese firms …”."""
    if subject.rule != "side named" or scan.language == "zh":
        return False
    before = scan.folded[start : subject.start]
    return bool(_RELATIVE_BEFORE.search(before)) and not before.rstrip().endswith((":", ","))


def _judged(scan: Scan, sentence: Sentence, start: int, end: int, voice: Voice) -> Judged:
    subject = _speaker(scan, start, end, voice)
    return Judged(sentence, start, end, subject, judged(features(scan, sentence, start, end, subject)))


def _pieces(scan: Scan, sentence: Sentence, voice: Voice) -> list[Judged]:
    whole = _judged(scan, sentence, sentence.start, sentence.end, voice)
    pattern = _CONTRAST.get(scan.language)
    if whole.stance.score < 0 or pattern is None or sentence.end - sentence.start < 2 * _SHORTEST.get(scan.language, _SHORT):
        return [whole]
    shortest = _SHORTEST.get(scan.language, _SHORT)
    cuts, ends = [sentence.start], []
    first = whole.subject
    named: list[Subject] | None = None
    near = 4 if scan.language == "zh" else 14
    for match in pattern.finditer(scan.folded, sentence.start, sentence.end):
        start, hard = match.end(), match.group().strip() in (";", "；")
        if start - cuts[-1] < shortest or sentence.end - start < shortest:
            continue
        if named is None:
            named = _subjects(scan, sentence.start, sentence.end)
        rest = [subject for subject in named if 0 <= subject.start - start <= near]
        other = rest[0] if rest and rest[0].rule == "side named" else None
        if hard or (other and first and other.side != first.side and first.rule in ("side named", "pronoun")):
            cuts.append(start)
            ends.append(match.start())
            first = other or first
    if len(cuts) == 1:
        return [whole]
    spans = zip(cuts, [*ends, sentence.end], strict=True)
    pieces = [_judged(scan, sentence, a, _trimmed(scan, a, b), voice) for a, b in spans]
    return pieces if all(piece.stance.score >= 0 for piece in pieces) else [whole]


def _trimmed(scan: Scan, start: int, end: int) -> int:
    while end > start and scan.folded[end - 1] in " ,;，；":
        end -= 1
    return end
