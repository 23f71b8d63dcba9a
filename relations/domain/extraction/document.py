"""Which kind of document an article reports, if any: the kind that stands in front and is said to have been issued."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final, NamedTuple

from relations.domain.extraction.article import Evidence, Value
from relations.domain.extraction.patterns import Hit, longest
from relations.domain.extraction.scan import Scan
from relations.domain.extraction.sentences import Sentence

_BASE: Final = {
    "joint_declaration": 2.5, "joint_statement": 3.0, "joint_communique": 3.0, "press_communique": 3.0,
    "treaty": 2.0, "agreement": 1.5, "memorandum": 2.0, "plan": 1.5,
}  # fmt: skip
_THRESHOLD: Final = 4.0
_OFTEN_MEANT_OTHERWISE: Final = ("agreement", "plan", "memorandum", "treaty")
"""Words of everyday use: such a document is issued, or speaks, somewhere in the article."""
_NEAR_BEFORE: Final = 28
_AHEAD: Final = 45
_NEXT: Final = 60
_GOES_ON: Final = re.compile(
    r"(?:ее|его|их|под (?:ним|ней|документом|текстом)|документ|свои подписи|it (?:was|were|has)|they were|"
    r"the (?:document|text|paper)|le (?:texte|document)|il a ete|elle a ete|文件|"
    r"(?:该|这份|这一)(?:文件|协议|协定|规划|计划|备忘录))"
)
"""With which a sentence speaks of the document that the one before named."""
_SPAN: Final = ("-", "至", "到")
YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


class Mention(NamedTuple):
    """A document named at a place: of which kind, an earlier one or not, and how likely it is the one that is reported."""

    hit: Hit
    kind: str
    score: float
    issued: bool
    earlier: int | None


def mentions(scan: Scan) -> list[Mention]:
    """Every document that a text names, in order."""
    pool = [*scan.hits("kind"), *scan.hits("private")]
    found = longest(pool)
    hidden = {(hit.start, hit.end) for hit in found if hit.layer == "private"}
    return [_weighed(scan, hit) for hit in found if hit.layer == "kind" and (hit.start, hit.end) not in hidden]


def _weighed(scan: Scan, hit: Hit) -> Mention:
    kind = hit.code
    sentence = scan.sentence_at(hit.start)
    in_title = hit.start < scan.layout.title_end
    score = _BASE[kind]
    start, end = (sentence.start, sentence.end) if sentence else scan.title
    if in_title:
        score += 2.0
    elif sentence is None:
        score -= 1.0
    elif sentence.number <= 1:
        score += 2.0
    elif sentence.number <= 3:
        score += 1.0
    issued = bool(scan.hits("issued", max(start, hit.start - 160), min(end, hit.end + 120))) or _issued_next(scan, sentence)
    score += 2.0 if issued else 0.0
    before = max(start, hit.start - _NEAR_BEFORE)
    if any(hit.start - several.end < 14 for several in scan.hits("several", before, hit.end)):
        score -= 4.0
    if scan.has("not_yet", before, hit.start):
        score -= 3.0
    if announced(scan, hit.start, hit.end, start, end):
        score, issued = score - 6.0, False
    year = _earlier(scan, hit, start, end)
    if year:
        score -= 5.0
    return Mention(hit, kind, score, issued, year)


def _issued_next(scan: Scan, sentence: Sentence | None) -> bool:
    """Whether the sentence after one in front goes on with the document as “it” and says that it was issued: «Её подписали …»."""
    if sentence is None or sentence.number > 1 or sentence.number + 1 >= len(scan.sentences):
        return False
    after = scan.sentences[sentence.number + 1]
    return _GOES_ON.match(scan.folded, after.start) is not None and scan.has("issued", after.start, min(after.end, after.start + _NEXT))


def announced(scan: Scan, first: int, last: int, start: int, end: int) -> bool:
    """Whether words beside a place say that something is still to be signed: “is expected”, « doit être publié »."""
    return scan.has("ahead", max(start, first - _AHEAD), min(end, last + _AHEAD))


def _earlier(scan: Scan, hit: Hit, start: int, end: int) -> int | None:
    """The year of a document that is older than the article: “the 2007 treaty”."""
    if scan.published is None:
        return None
    close = scan.folded[max(start, hit.start - 22) : min(end, hit.end + 34)]
    for match in YEAR.finditer(close):
        year = int(match.group())
        span = close[match.end() :].startswith(_SPAN) or close[: match.start()].endswith(_SPAN)
        if year < scan.published.year and not span:
            return year
    return None


def kind_of(scan: Scan, found: list[Mention]) -> Value:
    """The kind of the document that the article reports, None where it reports none."""
    totals: defaultdict[str, list[float]] = defaultdict(list)
    for mention in found:
        totals[mention.kind].append(mention.score)
    best, best_score = None, 0.0
    for kind, scores in totals.items():
        scores.sort(reverse=True)
        score = scores[0] + 0.3 * min(3, sum(1 for other in scores[1:] if other > 0))
        if score > best_score:
            best, best_score = kind, score
    if best is None or best_score < _THRESHOLD:
        return Value(None)
    if best in _OFTEN_MEANT_OTHERWISE and not scan.hits("says") and not any(m.issued for m in found if m.kind == best and m.score > 0):
        return Value(None)
    shown = sorted((mention for mention in found if mention.kind == best and mention.score > 0), key=lambda mention: -mention.score)[:3]
    return Value(best, tuple(Evidence(m.hit.start, m.hit.end, "document issued" if m.issued else "document named") for m in shown))
