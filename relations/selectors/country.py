"""What the page of one relationship shows beside its standing: documents, visits, frictions and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Count, Model, Q
from django.utils.translation import get_language

from relations.domain.provisions import sides_counted
from relations.domain.titles import short_title
from relations.models import Declaration, Event, EventCitation, Provision, Source, Visit
from relations.models.source import host_of
from relations.reference.parties import CHINA
from relations.selectors.titles import title_language

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


def documents(dyad: str, limit: int = FEW) -> Listing[DocumentRow]:
    """The published documents of a relationship, the newest first. Three queries."""
    rows = Declaration.objects.published().for_dyad(dyad)
    total = rows.count()
    shown = list(rows.newest_first().defer("summary", "note")[:limit])
    sides: dict[int, list[str]] = {row.pk: [] for row in shown}
    for pk, side in Provision.objects.filter(declaration__in=[row.pk for row in shown]).order_by().values_list("declaration_id", "side"):
        sides[pk].append(side)
    language = get_language() or "en"
    return Listing(
        [
            DocumentRow(
                row.slug, row.dyad_id, row.date, short_title(str(row.title or row.slug), language), row.kind, row.level,
                row.place or "", row.occasion, row.verification, tuple(sides_counted(sides[row.pk], row.parties)),
            )
            for row in shown
        ],
        total,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits, the newest first, and how many of all went either way."""

    listing: Listing[Visit]
    to_china: int
    from_china: int


def visits(dyad: str, limit: int = FEW) -> Visits:
    """The visits of a relationship; the page of each has its sources. Two queries."""
    rows = Visit.objects.for_dyad(dyad).select_related("visitor")
    hosts = Counter(Visit.objects.for_dyad(dyad).order_by().values_list("host", flat=True))
    total = sum(hosts.values())
    return Visits(Listing(list(rows.newest_first()[:limit]), total), hosts[CHINA], total - hosts[CHINA])


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


def events(dyad: str, frictions: int = FEW, landmarks: int = FEW) -> Events:
    """So many frictions and landmarks of a relationship. Four queries."""
    rows = Event.objects.for_dyad(dyad)
    totals = dict(rows.order_by().values_list("friction").annotate(Count("pk")))
    shown = {True: list(rows.frictions().newest_first()[:frictions]), False: list(rows.landmarks().newest_first()[:landmarks])}
    cited: dict[int, list[str]] = {}
    citations = EventCitation.objects.filter(event__in=[row.pk for half in shown.values() for row in half]).order_by("position", "pk")
    for pk, publisher, url in citations.values_list("event_id", "source__publisher", "source__url"):
        cited.setdefault(pk, []).append(publisher or host_of(url))

    def listing(friction: bool) -> Listing[EventRow]:
        made = [
            EventRow(
                row.pk, row.date, row.kind, str(row.title), row.summary, row.verification,
                tuple(dict.fromkeys(cited.get(row.pk, ())))[:3], title_language(row),
            )
            for row in shown[friction]
        ]  # fmt: skip
        return Listing(made, totals.get(friction, 0))

    return Events(listing(True), listing(False))


@dataclass(frozen=True, slots=True)
class PublisherLine:
    """A publisher and how many pages of it the records of a relationship cite."""

    publisher: str
    pages: int


def publishers(dyad: str, limit: int = 12) -> Listing[PublisherLine]:
    """The publishers on whose pages the records of a relationship stand, those with the most pages first. One query."""
    names = Source.objects.filter(_cited_by(dyad)).order_by().values_list("publisher", flat=True)
    pages = Counter(names)
    total = sum(pages.values())
    pages.pop("", None)
    lines = sorted(pages.items(), key=lambda item: (-item[1], item[0]))
    return Listing([PublisherLine(publisher, count) for publisher, count in lines[:limit]], total)


def _cited_by(dyad: str) -> Q:
    """Sources of any record of the relationship, found through each kind's own table (joins of all would multiply rows)."""
    wanted = Q()
    for path, of in _CITATIONS.items():
        through: type[Model] = getattr(Source, path).rel.through
        wanted |= Q(pk__in=through._default_manager.filter(**{of: dyad}).values("source"))
    return wanted


_CITATIONS: dict[str, str] = {
    "statuses": "status__dyad",
    "declarations": "declaration__dyad",
    "mechanisms": "mechanism__dyad",
    "sessions": "session__mechanism__dyad",
    "visits": "visit__dyad",
    "events": "event__dyad",
    "anniversaries": "anniversary__dyad",
    "observations": "observation__dyad",
}
