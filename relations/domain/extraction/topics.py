"""One to three topics of a provision, by the weights of its cues."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from relations.domain.extraction.article import Evidence
from relations.domain.extraction.patterns import Hit
from relations.domain.extraction.scan import Scan
from relations.reference.reading_words import reading_words

_MOST: Final = 3
_SECOND: Final = 0.5
_THIRD: Final = 0.8
_LEAST: Final = 1.0
OTHER: Final = "other"
_ON_ONE_MATTER: Final = ("agreement", "memorandum", "plan")
_FRAME: Final = ("relations", "summitry", "mechanisms", "belt_and_road")
_SUBJECT: Final = 0.3
_NAMED: Final = 2.5
_ANSWERED: Final = {"taiwan": "sovereignty"}
"""What the sentence after one about a topic is about where it has no cue: China answers to Taiwan with the partner's sovereignty."""
_MINISTERS: Final = ("foreign_ministers", "ministerial")
_PERSONS: Final = re.compile(r"(?:министры|главы|руководители)\b|.{0,4}(?:外长|部长)$")
_LONG: Final = 2
"""Characters of a cue that may hold another one."""
_AGAIN: Final = 0.45
"""What further cues of a topic add, against the first."""


Weights = tuple[dict[str, float], dict[str, Hit]]


def weights(scan: Scan, start: int, end: int) -> Weights:
    """The weight of each topic in a span and its strongest cue; looked for once, and not to be changed.

    A cue counts once, and not inside a longer one of its topic. A name brings its own topic along and hides the words that it is
    made of: “Global Security Initiative” is not about security.
    """
    found: Weights | None = scan.weighed.get((start, end))
    if found is None:
        found = scan.weighed[start, end] = _weights(scan, start, end)
    return found


def _weights(scan: Scan, start: int, end: int) -> Weights:
    found: defaultdict[str, float] = defaultdict(float)
    best: dict[str, Hit] = {}
    cues = _outermost(scan.hits("topic", start, end))
    named = scan.things_in(start, end)
    if named:
        hidden = _hidden(scan.folded, named, found, best)
        cues = [cue for cue in cues if cue[0] not in hidden]
    by_topic: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in cues:
        by_topic[hit[3]].append(hit)
    for topic, hits in by_topic.items():
        if len(hits) == 1:
            hit = hits[0]
            found[topic] += hit[5]
            if topic not in best or hit[5] > best[topic][5]:
                best[topic] = hit
            continue
        hits.sort(key=_heaviest)
        taken: list[tuple[int, int]] = []
        words: set[str] = set()
        for hit in hits:
            first, last, _, _, _, weight = hit
            word = scan.folded[first:last]
            if word in words or any(a < last and first < b for a, b in taken):
                continue
            found[topic] += weight * (1.0 if not taken else _AGAIN)
            taken.append((first, last))
            words.add(word)
            if topic not in best or weight > best[topic][5]:
                best[topic] = hit
    return dict(found), best


def _outermost(cues: list[Hit]) -> list[Hit]:
    """The cues that are no part of a longer one of another topic. Most stand apart from each other."""
    reached = -1
    for cue in cues:
        if cue[0] < reached:
            break
        reached = cue[1]
    else:
        return cues
    long = [cue for cue in cues if cue[1] - cue[0] > _LONG]
    return [cue for cue in cues if not _inside_another(cue, long)]


def _heaviest(hit: Hit) -> tuple[float, int, int]:
    start, end, _, _, _, weight = hit
    return -weight, start - end, start


def _inside_another(hit: Hit, cues: list[Hit]) -> bool:
    """Whether a cue is part of a longer one of another topic: the border in “transboundary rivers”."""
    start, end, _, code, _, weight = hit
    length = end - start
    for first, last, _, other, _, heavy in cues:
        if first > start:  # they stand in order
            return False
        if end <= last and last - first > length and other != code and heavy >= weight:
            return True
    return False


def _hidden(folded: str, named: list[Hit], found: defaultdict[str, float], best: dict[str, Hit]) -> set[int]:
    """The places that names take; their topics are added, but not of ministers themselves: they are who speaks."""
    topics: dict[str, str] = reading_words("topics")["named"]
    for hit in named:
        topic = topics.get(hit.code)
        if hit.code in _MINISTERS and _PERSONS.match(folded, hit.start, hit.end):
            continue
        if topic and topic not in best:
            found[topic] += _NAMED
            best[topic] = hit
    return {place for hit in named for place in range(hit[0], hit[1])}


def subject_of(scan: Scan, kind: str | None) -> str | None:
    """What a document on one matter is about, by title and first sentences; None for those that range over everything."""
    if kind not in _ON_ONE_MATTER or not scan.sentences:
        return None
    found, _ = weights(scan, 0, scan.sentences[min(1, len(scan.sentences) - 1)].end)
    ranked = sorted(((weight, topic) for topic, weight in found.items() if topic not in _FRAME), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] >= _NAMED else None


def _spoken_of(scan: Scan, start: int) -> str | None:
    """What the sentences before a place in its paragraph are about: the last one first."""
    here = scan.sentence_at(start)
    if here is None:
        return None
    for sentence in reversed(scan.sentences[: here.number]):
        if sentence.paragraph != here.paragraph:
            return None
        found, _ = weights(scan, sentence.start, sentence.end)
        if found:
            heaviest = max(found, key=lambda topic: (found[topic], topic))
            return _ANSWERED.get(heaviest, heaviest)
    return None


def _without_yielding(found: dict[str, float]) -> dict[str, float]:
    """The topics without those whose one cue says nothing beside another topic: the independence in “Taiwan independence”."""
    yields: dict[str, list[str]] = reading_words("topics")["yields"]
    left = dict(found)
    for topic, weight in found.items():
        if weight >= _NAMED and topic in yields:
            for other in yields[topic]:
                if left.get(other, 0.0) <= _NAMED:
                    left.pop(other, None)
    return left


def topics_of(scan: Scan, start: int, end: int, subject: str | None = None) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """The topics of a span, the heaviest first, with the cue of each.

    `subject` is what the whole document is about. Where a span has no cue of its own, that counts, or what its paragraph
    spoke of before.
    """
    weighed, best = weights(scan, start, end)
    found = _without_yielding(weighed)
    if subject and found.get(subject):
        found[subject] += _SUBJECT
    ranked = sorted([(-weight, topic) for topic, weight in found.items() if weight >= _LEAST * 0.5])
    if not ranked:
        return (subject or _spoken_of(scan, start) or OTHER,), ()
    heaviest, topic = ranked[0]
    chosen = [topic]
    for weight, topic in ranked[1:]:
        if (len(chosen) == 1 and weight <= _SECOND * heaviest) or (len(chosen) == 2 and weight <= _THIRD * heaviest):
            chosen.append(topic)
        if len(chosen) == _MOST:
            break
    return tuple(chosen), tuple([Evidence(best[topic][0], best[topic][1], f"topic {topic}") for topic in chosen])
