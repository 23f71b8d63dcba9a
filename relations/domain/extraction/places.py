"""Where a document was issued, and readings led back to the places of the original text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from relations.domain.extraction.article import Evidence, Provision, Reading, Value
from relations.domain.extraction.document import Mention
from relations.domain.extraction.folding import back
from relations.domain.extraction.patterns import Hit
from relations.domain.extraction.scan import Scan

_CITIES: Final = {
    "CN": "Beijing", "KZ": "Astana", "KG": "Bishkek", "TJ": "Dushanbe", "TM": "Ashgabat", "UZ": "Tashkent",
}  # fmt: skip
_OTHER_CITIES: Final = (
    (("alma", "алма", "阿拉木图"), "Almaty"),
    (("samar", "самар", "撒马尔罕"), "Samarkand"),
)
"""Cities that stand for their state as a capital does, by the beginnings of their names: a document may be issued there."""


def place_of(scan: Scan, documents: list[Mention]) -> Value:
    """The capital, Almaty or Samarkand, where the document was issued: named beside it, in the lead or dateline; None otherwise."""
    spans = []
    for mention in documents:
        sentence = scan.sentence_at(mention.hit.start)
        if mention.issued and mention.score > 0 and sentence and sentence.number <= 2:
            spans.append((sentence.start, sentence.end))
    if scan.layout.dateline:
        spans.append(scan.layout.dateline)
    spans.append(scan.title)
    for start, end in spans:
        for hit in scan.hits("state", start, end):
            if hit.kind in ("c", "d") and hit.code in _CITIES:
                return Value(_city(scan, hit), (Evidence(hit.start, hit.end, "capital named"),))
    return Value(None)


def _city(scan: Scan, hit: Hit) -> str:
    word = scan.folded[hit.start : hit.end]
    return next((city for beginnings, city in _OTHER_CITIES if word.startswith(beginnings)), _CITIES[hit.code])


def moved(reading: Reading, places: tuple[int, ...], whole: str) -> Reading:
    """The reading with every place of the canonical text turned into one of the text as it was handed in."""
    changed: Reading = _moved(reading, places)
    return replace(changed, provisions=tuple(one._replace(text=whole[one.start : one.end]) for one in changed.provisions))


def _moved(value: Any, places: tuple[int, ...]) -> Any:
    if isinstance(value, (Evidence, Provision)):
        start, end = back(places, value.start, value.end)
        value = value._replace(start=start, end=end)
    if isinstance(value, tuple):
        held = [_moved(one, places) for one in value]
        return value._make(held) if hasattr(value, "_make") else tuple(held)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        value = replace(value, **{name: _moved(one, places) for name, one in parts.items() if isinstance(one, tuple) or is_dataclass(one)})
    return value
