"""A reading as JSON: the keys of labelled articles, then the evidence."""

from __future__ import annotations

from typing import Any

from relations.domain.extraction.article import Evidence, Reading


def as_json(reading: Reading) -> dict[str, Any]:
    """The draft with its evidence. The five together have no code of their own in it: their `side` is `all`, said by `stated_by`."""
    return {
        "language": reading.language.value,
        "relevant": reading.relevance.relevant,
        "relevance": {"score": reading.relevance.score, "reason": reading.relevance.reason},
        "kind": reading.kind.value,
        "date": reading.date.value,
        "place": reading.place.value,
        "parties": list(reading.party_codes),
        "occasion": {"kind": reading.occasion.kind, "years": reading.occasion.years},
        "mechanisms": [one.kind for one in reading.mechanisms],
        "initiatives": [one.value for one in reading.initiatives],
        "references": [one.value for one in reading.references],
        "people": [one.slug for one in reading.people],
        "provisions": [
            {
                "text": one.text, "start": one.start, "end": one.end, "side": "all" if one.side == "C5" else one.side,
                **({"stated_by": one.side} if one.side == "C5" else {}),
                "topics": list(one.topics), "rule": one.rule, "evidence": _list(one.evidence),
            }
            for one in reading.provisions
        ],
        "evidence": _evidence(reading),
        "warnings": list(reading.warnings),
    }  # fmt: skip


def _evidence(reading: Reading) -> dict[str, Any]:
    return {
        "language": _list(reading.language.evidence),
        "relevant": _list(reading.relevance.evidence),
        "kind": _list(reading.kind.evidence),
        "date": _list(reading.date.evidence),
        "place": _list(reading.place.evidence),
        "occasion": _list(reading.occasion.evidence),
        "parties": {one.value: _list(one.evidence) for one in reading.parties},
        "mechanisms": {one.kind: {"record": one.slug, "spans": _list(one.evidence)} for one in reading.mechanisms},
        "initiatives": {one.value: _list(one.evidence) for one in reading.initiatives},
        "references": {one.value: _list(one.evidence) for one in reading.references},
        "people": {one.slug: _list(one.evidence) for one in reading.people},
    }


def _list(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [one.as_json() for one in evidence]
