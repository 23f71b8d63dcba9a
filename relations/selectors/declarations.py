"""The list of declarations: what there is, what the filters leave of it, and how many each further choice would leave.

All of it is read once, a few narrow columns a document, and sifted in Python: the counts beside the choices would be a
query each otherwise, and words are found in any script alike on every database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Final

from django.urls import reverse

from relations.domain.collation import sort_key
from relations.domain.provisions import TOGETHER, sides_counted
from relations.domain.search import folded, has_all
from relations.domain.titles import short_title
from relations.models import Declaration, Initiative, Provision, Reference
from relations.models.choices import DeclarationKind, DeclarationLevel, Topic
from relations.reference.languages import LANGUAGES, field_suffix
from relations.reference.parties import CHINA, partner_of
from relations.selectors.choice import Choice
from relations.selectors.declaration_filters import COUNTRIES, SIDES, Bounds, Filters

HITS_SHOWN: Final = 2
"""Provisions that a row shows where the reader is after certain provisions."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision, its text only where the catalogue was read with texts."""

    number: int
    side: str
    topics: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Document:
    """A published declaration as far as a list looks at it. `cites` holds codes of documents and slugs of declarations."""

    slug: str
    dyad: str
    kind: str
    level: str
    date: str
    place: str
    parties: tuple[str, ...]
    title: str
    title_language: str
    occasion: str
    verification: str
    words: str
    initiatives: frozenset[str]
    cites: frozenset[str]
    provisions: tuple[Hit, ...]

    @property
    def url(self) -> str:
        return reverse("web:declaration", args=[self.slug])

    @property
    def short_title(self) -> str:
        """Without the formal names of the parties, for a row that shows the pair."""
        return short_title(self.title, self.title_language)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Provisions by side, all together first."""
        return sides_counted((provision.side for provision in self.provisions), self.parties)

    @cached_property
    def countries(self) -> frozenset[str]:
        """The values of the country filter that this document answers to."""
        return frozenset(party.lower() for party in self.parties if party != CHINA) | {partner_of(self.dyad).lower()}


@dataclass(frozen=True)
class Catalogue:
    """All published declarations, and the names of the initiatives by code."""

    documents: tuple[Document, ...]
    initiatives: Mapping[str, str]

    @property
    def bounds(self) -> Bounds:
        """What can be asked for at all."""
        years = [int(document.date[:4]) for document in self.documents] or [1992]
        cited = {code for document in self.documents for code in document.cites}
        return Bounds(min(years), max(years), tuple(self.initiatives), tuple(sorted(cited)))


@dataclass(frozen=True)
class Row:
    """A document of the list with the provisions that the reader is after: `hits` are the first of `found`."""

    document: Document
    hits: tuple[Hit, ...] = ()
    found: int = 0

    @property
    def more(self) -> int:
        return self.found - len(self.hits)


@dataclass(frozen=True)
class Found:
    """What the filters leave, in the asked order, and the counts beside the choices by the name of the filter."""

    filters: Filters
    rows: tuple[Row, ...]
    all: int
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def provisions(self) -> int:
        """How many provisions the documents left have; where the reader is after certain provisions, how many of those."""
        if self.filters.looks_into_provisions:
            return sum(row.found for row in self.rows)
        return sum(len(row.document.provisions) for row in self.rows)


# ---- Reading -------------------------------------------------------------------------------------------------------------


def read_catalogue(language: str, *, texts: bool) -> Catalogue:
    """Every published declaration with its title in a language. Five queries; `texts` reads what words are looked for in."""
    initiatives: dict[int, set[str]] = {}
    for pk, code in Declaration.initiatives.through.objects.values_list("declaration_id", "initiative__code"):
        initiatives.setdefault(pk, set()).add(code)
    cites: dict[int, set[str]] = {}
    for pk, code, slug in Reference.objects.order_by().values_list("declaration_id", "document", "target__slug"):
        cites.setdefault(pk, set()).update(filter(None, (code, slug)))
    provisions: dict[int, list[Hit]] = {}
    columns = ("declaration_id", "position", "side", "topics", *(("text",) if texts else ()))
    for pk, *values in Provision.objects.published().order_by("position").values_list(*columns):
        provisions.setdefault(pk, []).append(Hit(*values))
    documents = [
        _document(row, language, texts, initiatives.get(row["pk"], ()), cites.get(row["pk"], ()), provisions.get(row["pk"], ()))
        for row in _light_rows(texts)
    ]
    title = f"title_{field_suffix(language)}"
    names = {row["code"]: row[title] or row["title_en"] or row["code"] for row in Initiative.objects.values("code", "title_en", title)}
    return Catalogue(tuple(documents), names)


def _light_rows(texts: bool) -> Iterable[dict[str, Any]]:
    columns = ["pk", "slug", "dyad_id", "kind", "level", "date", "place", "parties", "occasion", "verification"]
    columns += [f"title_{field_suffix(language)}" for language in LANGUAGES]
    columns += ["summary"] if texts else []
    rows: Iterable[dict[str, Any]] = Declaration.objects.published().order_by("date", "pk").values(*columns)
    return rows


def _document(
    row: dict[str, Any], language: str, texts: bool, initiatives: Iterable[str], cites: Iterable[str], provisions: Iterable[Hit]
) -> Document:
    titles = {code: row[f"title_{field_suffix(code)}"] or "" for code in LANGUAGES}
    shown = language if titles.get(language) else "en"
    hits = tuple(provisions)
    parts = [*titles.values(), row["occasion"], row["place"] or "", row["summary"], *(hit.text for hit in hits)] if texts else []
    return Document(
        slug=row["slug"],
        dyad=row["dyad_id"],
        kind=row["kind"],
        level=row["level"],
        date=row["date"],
        place=row["place"] or "",
        parties=row["parties"],
        title=titles[shown] or row["slug"],
        title_language=shown,
        occasion=row["occasion"],
        verification=row["verification"],
        words=folded("\n".join(parts)),
        initiatives=frozenset(initiatives),
        cites=frozenset(cites),
        provisions=hits,
    )


# ---- Sifting -------------------------------------------------------------------------------------------------------------


def find(catalogue: Catalogue, filters: Filters) -> Found:
    """The documents that pass every filter, and the choices with their counts. No query."""
    missed = [(document, _misses(document, filters)) for document in catalogue.documents]
    rows = [_row(document, filters) for document, misses in missed if not misses]
    return Found(filters, tuple(_sorted(rows, filters.sort)), len(catalogue.documents), _choices(catalogue, filters, missed))


_NOTHING: Final[dict[str, Any]] = {each.name: {each.name: each.default} for each in fields(Filters)}


def left_without(catalogue: Catalogue, filters: Filters, name: str) -> int:
    """How many documents there would be without one of the filters, named by its field."""
    freed = replace(filters, **_NOTHING[name])
    return sum(not _misses(document, freed) for document in catalogue.documents)


def _misses(document: Document, filters: Filters) -> set[str]:
    """The names of the filters that a document does not pass."""
    year = int(document.date[:4])
    passed = {
        "country": not filters.countries or not document.countries.isdisjoint(filters.countries),
        "kind": not filters.kinds or document.kind in filters.kinds,
        "level": not filters.levels or document.level in filters.levels,
        "years": (filters.first is None or year >= filters.first) and (filters.last is None or year <= filters.last),
        "initiative": not filters.initiative or filters.initiative in document.initiatives,
        "cites": not filters.cites or filters.cites in document.cites,
        "provision": not (filters.topic or filters.side) or any(_states(hit, filters.topic, filters.side) for hit in document.provisions),
        "text": has_all(document.words, _folded_words(filters)),
    }
    return {name for name, passes in passed.items() if not passes}


def _folded_words(filters: Filters) -> list[str]:
    return [folded(word) for word in filters.words]


def side_of(provision: Hit) -> str:
    """The value of the side filter that a provision answers to."""
    return "together" if provision.side in TOGETHER else "china" if provision.side == CHINA else "partner"


def _states(provision: Hit, topic: str, side: str) -> bool:
    return (not topic or topic in provision.topics) and (not side or side_of(provision) == side)


def _row(document: Document, filters: Filters) -> Row:
    if not filters.looks_into_provisions:
        return Row(document)
    words = _folded_words(filters)
    # A text whose words stand in the title or apart from each other finds the document, and no provision of it.
    hits = [hit for hit in document.provisions if _states(hit, filters.topic, filters.side) and has_all(folded(hit.text), words)]
    return Row(document, tuple(hits[:HITS_SHOWN]), len(hits))


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    """In the asked order; what is equal stands newest first, so that the order of a page is always the same."""
    newest = sorted(rows, key=lambda row: (row.document.date, row.document.slug), reverse=True)
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    if name == "provisions":
        return sorted(newest, key=lambda row: len(row.document.provisions), reverse=backwards)
    if name == "title":
        return sorted(newest, key=lambda row: sort_key(row.document.short_title, row.document.title_language), reverse=backwards)
    return newest if backwards else newest[::-1]


def _choices(catalogue: Catalogue, filters: Filters, missed: list[tuple[Document, set[str]]]) -> dict[str, tuple[Choice, ...]]:
    """For each list of choices: what every other filter leaves, counted by the values of this one."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in ("country", "kind", "level", "initiative", "topic", "side")}
    for document, misses in missed:
        if misses <= {"country"}:
            counted["country"].update(document.countries)
        if misses <= {"kind"}:
            counted["kind"][document.kind] += 1
        if misses <= {"level"}:
            counted["level"][document.level] += 1
        if misses <= {"initiative"}:
            counted["initiative"].update(document.initiatives)
        if misses <= {"provision"}:
            of_side = [hit for hit in document.provisions if _states(hit, "", filters.side)]
            counted["topic"].update({topic for hit in of_side for topic in hit.topics})
            counted["side"].update({side_of(hit) for hit in document.provisions if _states(hit, filters.topic, "")})
    chosen: dict[str, tuple[str, ...]] = {
        "country": filters.countries,
        "kind": filters.kinds,
        "level": filters.levels,
        "initiative": (filters.initiative,),
        "topic": (filters.topic,),
        "side": (filters.side,),
    }
    offered = _offered(catalogue)
    return {name: tuple(Choice(value, counts[value], value in chosen[name]) for value in offered[name]) for name, counts in counted.items()}


def _offered(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The values of each list of choices, in the order of the product's own lists."""
    return {
        "country": COUNTRIES,
        "kind": tuple(DeclarationKind.values),
        "level": tuple(DeclarationLevel.values),
        "initiative": tuple(catalogue.initiatives),
        "topic": tuple(Topic.values),
        "side": SIDES,
    }
