"""What a document was issued for: an anniversary of relations, a visit, a summit, a session of a mechanism."""

from __future__ import annotations

import re
from typing import Final

from relations.domain.extraction.article import Evidence, Occasion
from relations.domain.extraction.patterns import Hit, longest
from relations.domain.extraction.scan import Scan
from relations.reference.reading_words import reading_words

_FUTURE: Final = {
    "en": re.compile(r"\b(?:will|invit\w+|next|would|planned|upcoming|future|earlier|previous|in (?:19|20)\d\d)\b"),
    "fr": re.compile(r"\b(?:invit\w+|prochain\w*|future?|effectuera|devrait|precedent\w*|en (?:19|20)\d\d)\b"),
    "zh": re.compile(r"邀请.{0,12}(?:对|再次)|将(?:对|于)|明年|拟"),
    "ru": re.compile(r"\b(?:приглас\w+|приглаш\w+|совершит|предстоящ\w+|следующ\w+|будущ\w+|прошл\w+|в (?:19|20)\d\d)"),
}
_DIGITS: Final = re.compile(r"(?<!\d)(\d{1,3})(?!\d)")
_RELATIONS: Final = {
    "en": re.compile(r"diplomatic|relations|ties|treaty|friendship"),
    "fr": re.compile(r"diplomatique|relations|liens|traite|amitie"),
    "zh": re.compile("建交|外交关系|条约|关系"),
    "ru": re.compile(r"дипломатическ|отношени|договор|дипотношени"),
}
_DIPLOMATIC: Final = re.compile(
    "diplomatic (?:relations|ties)|relations diplomatiques|дипломатические отношения|дипломатических отношений|外交关系|建交"
)
_OTHER_EVENT: Final = {
    "en": re.compile(r"victory|\bwar\b|founding of the|independence day|of (?:its|the country's) independence"),
    "fr": re.compile(r"victoire|\bguerre\b|de (?:son|l')independance|fondation de la"),
    "zh": re.compile("胜利|战争|抗战|独立日|国庆|成立"),
    "ru": re.compile(r"побед[ыеу]|войн[ыеу]|независимости|образования"),
}


def occasion_of(scan: Scan) -> Occasion:
    """The occasion, from title and first sentences; kind None where none is named."""
    found = [*_visits(scan), *_anniversaries(scan), *_summits(scan), *_sessions(scan)]
    if not found:
        return Occasion()
    _, occasion = max(found, key=lambda pair: pair[0])
    return occasion


def _place(scan: Scan, start: int) -> float:
    """How far in front a place is: 3 in the title or first two sentences, less further on, 0 where it no longer counts."""
    if start < scan.layout.title_end:
        return 3.0
    sentence = scan.sentence_at(start)
    if sentence is None:
        return 1.5
    return {0: 3.0, 1: 3.0, 2: 2.4, 3: 1.8, 4: 1.2}.get(sentence.number, 0.0)


def _visits(scan: Scan) -> list[tuple[float, Occasion]]:
    found = []
    for hit in longest(scan.hits("visit")):
        place = _place(scan, hit.start)
        before = scan.folded[max(0, hit.start - 45) : hit.start]
        future = _FUTURE[scan.language].search(before) if scan.language in _FUTURE else None
        if place and not (future and place < 3):
            found.append((place + (0.3 if not future else -1.5), Occasion(hit.code, None, (Evidence(hit.start, hit.end, "visit"),))))
    return found


def _anniversaries(scan: Scan) -> list[tuple[float, Occasion]]:
    found = []
    for hit in scan.hits("anniversary"):
        place = _place(scan, hit.start)
        sentence = scan.sentence_at(hit.start)
        first, last = (sentence.start, sentence.end) if sentence else scan.title
        around = scan.folded[max(first, hit.start - 45) : min(last, hit.end + 60) if last > hit.end else hit.end + 60]
        said = _RELATIONS[scan.language].search(around) or _DIPLOMATIC.search(scan.folded[max(0, first - 220) : first])
        if not place or not said or _OTHER_EVENT[scan.language].search(around):
            continue
        years, start = _years(scan, hit)
        if years:
            found.append(
                (place + 0.2, Occasion("anniversary", years, (Evidence(min(start, hit.start), hit.end, "anniversary of relations"),)))
            )
    return found


def _years(scan: Scan, hit: Hit) -> tuple[int | None, int]:
    """The number beside an anniversary and where it stands."""
    first = max(0, hit.start - 34)
    before = scan.folded[first : hit.end]
    numbers = [(int(match.group()), first + match.start()) for match in _DIGITS.finditer(before) if 0 < int(match.group()) <= 100]
    taken: list[tuple[int, int]] = []
    words = reading_words("occasions")["numbers"].get(scan.language, {})
    for word, value in sorted(words.items(), key=lambda pair: -len(pair[0])):
        at = before.rfind(word)
        if at >= 0 and not any(a <= at < b for a, b in taken):
            numbers.append((value, first + at))
            taken.append((at, at + len(word)))
    if not numbers:
        after = scan.folded[hit.end : hit.end + 12]
        match = _DIGITS.search(after)
        return (int(match.group()), hit.start) if match and int(match.group()) <= 100 else (None, hit.start)
    return max(numbers, key=lambda pair: (pair[1], pair[0]))


def _summits(scan: Scan) -> list[tuple[float, Occasion]]:
    foreign = [(hit.start, hit.end) for hit in scan.hits("foreign")]
    found = []
    for hit in longest(scan.hits("summit")):
        place = _place(scan, hit.start)
        if place >= 2.4 and not any(start < hit.end and hit.start < end for start, end in foreign):
            found.append((place - 0.1, Occasion("summit", None, (Evidence(hit.start, hit.end, "summit"),))))
    return found


def _sessions(scan: Scan) -> list[tuple[float, Occasion]]:
    """Sessions that were held; of other bodies or still to come they are no occasion."""
    foreign = [(hit[0], hit[1]) for layer in ("foreign", "next_meeting") for hit in scan.hits(layer)]
    found = []
    for hit in longest(scan.hits("session")):
        place = _place(scan, hit.start)
        if place >= 2.4 and not any(start < hit.end and hit.start < end for start, end in foreign):
            found.append((place - 0.2, Occasion("session", None, (Evidence(hit.start, hit.end, "session"),))))
    return found
