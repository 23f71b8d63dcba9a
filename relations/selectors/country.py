"""What the page of one relationship shows beside its standing: documents, visits, frictions and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.db.models import Count, Model, Q
from django.utils.translation import get_language

from relations.domain.provisions import sides_counted
from relations.domain.titles import short_title
from relations.models import Declaration, Event, Provision, Source, Visit
from relations.reference.parties import CHINA
from relations.selectors.cited import first_publishers
from relations.selectors.statement import Named, Statement, columns, in_language
from relations.selectors.titles import language_of

FEW = 6
"""How many rows of a list the page opens with; the rest is one link away."""

MOST = 200
"""The most rows that a list shows when all of it is asked for."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A bounded list and how many rows there are in all."""

    rows: Sequence[Row]
    total: int

    @property
    def hidden(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a short list; `counts` is how many provisions each side states."""

    slug: str
    dyad: str
    date: str
    title: str
    kind: str
    level: str
    place: str
    occasion: str
    verification: str
    counts: tuple[tuple[str, int], ...]


_DOCUMENTS: Final = Statement(
    lambda: columns(
        Declaration.objects.published().for_dyad(Named("dyad")).newest_first(),
        "pk", "parties", "slug", "dyad_id", "date", in_language("title"), "kind", "level", "place", "occasion", "verification",
    )
)  # fmt: skip
_DOCUMENTS_COUNTED: Final = Statement(
    lambda: columns(Declaration.objects.published().for_dyad(Named("dyad")).order_by().values("dyad").annotate(n=Count("pk")), "n")
)
_SIDES: Final = Statement(
    lambda: columns(Provision.objects.filter(declaration__in=Named("documents")).order_by(), "declaration_id", "side")
)


def documents(dyad: str, limit: int = FEW) -> Listing[DocumentRow]:
    """The published documents of a relationship, the newest first. Three queries."""
    shown = _DOCUMENTS.rows(limit, dyad=dyad)
    total = sum(n for (n,) in _DOCUMENTS_COUNTED.rows(dyad=dyad))
    sides: dict[int, list[str]] = {pk: [] for pk, *_rest in shown}
    for pk, side in _SIDES.rows(documents=list(sides)) if sides else ():
        sides[pk].append(side)
    language = get_language() or "en"
    return Listing(
        [
            DocumentRow(
                slug, of, date, short_title(title or slug, language), kind, level, place or "", occasion, verification,
                tuple(sides_counted(sides[pk], parties)),
            )
            for pk, parties, slug, of, date, title, kind, level, place, occasion, verification in shown
        ],
        total,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit of a list: `side` is that of the visitor, `date_end` None where only one day is known."""

    pk: int
    date_start: str
    date_end: str | None
    visitor: str
    side: str
    office: str
    context: str
    place: str | None
    host: str
    kind: str
    verification: str


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits, the newest first, and how many of all went either way."""

    listing: Listing[VisitRow]
    to_china: int
    from_china: int


_VISITS: Final = Statement(
    lambda: columns(
        Visit.objects.for_dyad(Named("dyad")).newest_first(),
        "pk", "date_start", "date_end", in_language("visitor__name"), "visitor__side", "office", "context", "place", "host", "kind",
        "verification",
    )
)  # fmt: skip
_HOSTS: Final = Statement(
    lambda: columns(Visit.objects.for_dyad(Named("dyad")).order_by().values("host").annotate(n=Count("pk")), "host", "n")
)


def visits(dyad: str, limit: int = FEW) -> Visits:
    """The visits of a relationship; the page of each has its sources. Two queries."""
    hosts: Counter[str] = Counter(dict(_HOSTS.rows(dyad=dyad)))
    shown = [VisitRow(*row) for row in _VISITS.rows(limit, dyad=dyad)]
    return Visits(Listing(shown, hosts.total()), hosts[CHINA], hosts.total() - hosts[CHINA])


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event of a list, with the first publishers it cites; `language` is that of the title where it is not the reader's."""

    pk: int
    date: str
    kind: str
    title: str
    summary: str
    verification: str
    publishers: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Events:
    """What strained the relationship, and everything else that happened, each the newest first."""

    frictions: Listing[EventRow]
    landmarks: Listing[EventRow]


_EVENTS: Final = Statement(
    lambda: columns(
        Event.objects.for_dyad(Named("dyad")).filter(friction=Named("friction")).newest_first(),
        "pk", "date", "kind", in_language("title"), "title_en", "summary", "verification",
    )
)  # fmt: skip
_EVENTS_COUNTED: Final = Statement(
    lambda: columns(Event.objects.for_dyad(Named("dyad")).order_by().values("friction").annotate(n=Count("pk")), "friction", "n")
)


def events(dyad: str, frictions: int = FEW, landmarks: int = FEW) -> Events:
    """So many frictions and landmarks of a relationship. Four queries."""
    totals = dict(_EVENTS_COUNTED.rows(dyad=dyad))
    shown = {
        True: _EVENTS.rows(frictions, dyad=dyad, friction=True),
        False: _EVENTS.rows(landmarks, dyad=dyad, friction=False),
    }
    publishers = first_publishers([("event", pk) for half in shown.values() for pk, *_rest in half])

    def listing(friction: bool) -> Listing[EventRow]:
        made = [
            EventRow(pk, date, kind, title, summary, verification, publishers.get(("event", pk), ()), language_of(title, english))
            for pk, date, kind, title, english, summary, verification in shown[friction]
        ]
        return Listing(made, totals.get(friction, 0))

    return Events(listing(True), listing(False))


@dataclass(frozen=True, slots=True)
class PublisherLine:
    """A publisher and how many pages of it the records of a relationship cite."""

    publisher: str
    pages: int


def publishers(dyad: str, limit: int = 12) -> Listing[PublisherLine]:
    """The publishers on whose pages the records of a relationship stand, those with the most pages first. One query."""
    pages = dict(_PUBLISHERS.rows(dyad=dyad))
    total = sum(pages.values())
    pages.pop("", None)
    lines = sorted(pages.items(), key=lambda item: (-item[1], item[0]))
    return Listing([PublisherLine(publisher, count) for publisher, count in lines[:limit]], total)


def _cited() -> Q:
    """Sources of any record of the relationship, found through each kind's own table (joins of all would multiply rows)."""
    wanted = Q()
    for path, of in _CITATIONS.items():
        through: type[Model] = getattr(Source, path).rel.through
        wanted |= Q(pk__in=through._default_manager.filter(**{of: Named("dyad")}).values("source"))
    return wanted


_CITATIONS: Final = {
    "statuses": "status__dyad",
    "declarations": "declaration__dyad",
    "mechanisms": "mechanism__dyad",
    "sessions": "session__mechanism__dyad",
    "visits": "visit__dyad",
    "events": "event__dyad",
    "anniversaries": "anniversary__dyad",
    "observations": "observation__dyad",
}
_PUBLISHERS: Final = Statement(
    lambda: columns(Source.objects.filter(_cited()).order_by().values("publisher").annotate(n=Count("pk")), "publisher", "n")
)
