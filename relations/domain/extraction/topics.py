"""One to three topics of a provision, by the weights of its cues."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from relations.domain.extraction.article import Evidence
from relations.domain.extraction.patterns import Hit, longest
from relations.domain.extraction.scan import Scan
from relations.reference.reading_words import reading_words

_MOST: Final = 3
_SECOND: Final = 0.62
_THIRD: Final = 0.8
_LEAST: Final = 1.0
OTHER: Final = "other"
_NAMED: Final = 2.5
_AGAIN: Final = 0.6
"""What further cues of a topic add, against the first."""


def weights(scan: Scan, start: int, end: int) -> tuple[dict[str, float], dict[str, Hit]]:
    """The weight of each topic in a span and its strongest cue. A cue counts once, and not inside a longer one of its topic.

    A name brings its own topic along and hides the words that it is made of: “Global Security Initiative” is not about security.
    """
    found: defaultdict[str, float] = defaultdict(float)
    best: dict[str, Hit] = {}
    names = _names(scan, start, end, found, best)
    by_topic: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in scan.hits("topic", start, end):
        if not any(a <= hit.start and hit.end <= b for a, b in names):
            by_topic[hit.code].append(hit)
    for topic, hits in by_topic.items():
        hits.sort(key=lambda hit: (-hit.weight, -(hit.end - hit.start), hit.start))
        taken: list[tuple[int, int]] = []
        words: set[str] = set()
        for hit in hits:
            word = scan.folded[hit.start : hit.end]
            if word in words or any(a < hit.end and hit.start < b for a, b in taken):
                continue
            found[topic] += hit.weight * (1.0 if not taken else _AGAIN)
            taken.append((hit.start, hit.end))
            words.add(word)
            if topic not in best or hit.weight > best[topic].weight:
                best[topic] = hit
    return dict(found), best


def _names(scan: Scan, start: int, end: int, found: defaultdict[str, float], best: dict[str, Hit]) -> list[tuple[int, int]]:
    topics: dict[str, str] = reading_words("topics")["named"]
    spans: list[tuple[int, int]] = []
    for hit in longest(hit for layer in ("initiative", "national", "mechanism", "reference") for hit in scan.hits(layer, start, end)):
        spans.append((hit.start, hit.end))
        topic = topics.get(hit.code)
        if topic and topic not in best:
            found[topic] += _NAMED
            best[topic] = hit
    return spans


def topics_of(scan: Scan, start: int, end: int) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """The topics of a span, the heaviest first, with the cue of each."""
    found, best = weights(scan, start, end)
    ranked = sorted(((weight, topic) for topic, weight in found.items() if weight >= _LEAST * 0.5), key=lambda pair: (-pair[0], pair[1]))
    if not ranked:
        return (OTHER,), ()
    chosen = [ranked[0][1]]
    for weight, topic in ranked[1:]:
        if (len(chosen) == 1 and weight >= _SECOND * ranked[0][0]) or (len(chosen) == 2 and weight >= _THIRD * ranked[0][0]):
            chosen.append(topic)
        if len(chosen) == _MOST:
            break
    return tuple(chosen), tuple(Evidence(best[topic].start, best[topic].end, f"topic {topic}") for topic in chosen)
