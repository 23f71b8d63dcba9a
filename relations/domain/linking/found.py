"""A reading → the links that it finds, each with the words that it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from relations.domain.extraction import Article, Evidence, Links, Reading
from relations.domain.review import Document, same_documents
from relations.reference.parties import CHINA, FIVE, PARTNERS

DYAD: Final = "dyad"
MECHANISM: Final = "mechanism"
INITIATIVE: Final = "initiative"
REFERENCE: Final = "reference"
PERSON: Final = "person"
DECLARATION: Final = "declaration"

_SEVERAL: Final = 3
"""From so many partners on a text is about the six-party format (as in `domain.naming`)."""
_MOST_PLACES: Final = 4
_LONGEST_WORDS: Final = 120
_QUOTES: Final = "\"'“”«»‹›「」『』 "
"""Taken off: what is shown is put in quotes of the reader's language."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link: `code` is that of the dyad, initiative or document, or the short name (slug) of the record.

    Each place of the evidence has `start`, `end`, `rule` and the `words`, since the text itself is often not kept.
    """

    kind: str
    code: str
    evidence: list[dict[str, Any]] = field(default_factory=list)


def found_links(article: Article, reading: Reading, links: Links, named: Sequence[str], reported: Sequence[str] = ()) -> list[Found]:
    """What an article is about; nothing where it names no relationship at all.

    `named` are the dyads that title and summary name (as ingest links them); `links` is what the reader named in the whole text.
    Of a relevant article counts the reading, of another one what it names. `reported` are slugs of declarations that it reports.
    """
    text = article.whole
    dyads = _dyads(reading, links, named)
    if not dyads:
        return []
    source: Reading | Links = reading if reading.relevance.relevant else links
    kinds: tuple[tuple[str, Iterator[tuple[str | None, tuple[Evidence, ...]]]], ...] = (
        (DYAD, iter(dyads.items())),
        (MECHANISM, ((one.slug, one.evidence) for one in source.mechanisms)),
        (INITIATIVE, ((one.value, one.evidence) for one in source.initiatives)),
        (REFERENCE, ((one.value, one.evidence) for one in source.references)),
        (PERSON, ((one.slug, one.evidence) for one in source.people)),
        (DECLARATION, ((one, (*reading.kind.evidence, *reading.date.evidence)) for one in reported)),
    )
    once = {(kind, code): evidence for kind, values in kinds for code, evidence in values if code}
    return [Found(kind, code, _places(evidence, text)) for (kind, code), evidence in once.items()]


def _dyads(reading: Reading, links: Links, named: Sequence[str]) -> Mapping[str, tuple[Evidence, ...]]:
    """Relationships of the title and summary, and that of the parties; with the places of the whole text."""
    places = {dyad.value: dyad.evidence for dyad in links.dyads}
    found = {code: places.get(code, ()) for code in named}
    if reading.relevance.relevant:
        partners = [party for party in reading.parties if party.value in PARTNERS]
        if len(partners) < _SEVERAL:
            for party in partners:
                code = f"{CHINA}-{party.value}"
                found[code] = found.get(code) or party.evidence
        else:
            code = f"{CHINA}-{FIVE}"
            found[code] = found.get(code) or places.get(code) or partners[0].evidence
    return found


def reported(reading: Reading, documents: Iterable[Document]) -> Document | None:
    """The document of the records that an article reports: the nearest of those with its parties and kind, within three days."""
    if not (reading.relevance.relevant and reading.kind.value and reading.date.value):
        return None
    same = same_documents(reading.kind.value, reading.date.value, reading.party_codes, documents)
    return same[0] if same else None


def _places(evidence: Iterable[Evidence], text: str) -> list[dict[str, Any]]:
    places = dict.fromkeys(evidence)
    words = [text[one.start : one.end].strip(_QUOTES)[:_LONGEST_WORDS] for one in places]
    return [{**one.as_json(), "words": said} for one, said in zip(list(places)[:_MOST_PLACES], words, strict=False)]
