"""Where each relationship stands: present status, last meeting of the leaders, last document."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from relations.domain import meetings, stairs
from relations.domain.meetings import Meeting
from relations.domain.partial_date import PartialDate
from relations.domain.stairs import Stairs
from relations.models import Declaration, Session, Status, Visit
from relations.reference.languages import LANGUAGES, field_suffix
from relations.reference.parties import DYADS, PARTNERS

LEADERS_MECHANISMS = ("summit", "head_of_state_diplomacy", "prime_ministers")
"""Kinds of mechanism at which heads of state or of government sit."""

SIX = ("CN", *PARTNERS)


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A declared status with what a page says of it. `document` is the slug of the declaration that set it, if known."""

    pk: int
    date: str
    level: str
    title: str
    place: str
    document: str
    document_kind: str
    verification: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """The last document of a relationship."""

    slug: str
    date: str
    kind: str
    level: str
    place: str
    verification: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One relationship today. `statuses` are all declared statuses by row; the stairs refer to them by `key`."""

    dyad: str
    stairs: Stairs
    statuses: dict[int, StatusLine]
    last_meeting: Meeting | None
    last_document: DocumentLine | None

    @property
    def now(self) -> StatusLine | None:
        present = self.stairs.now
        return self.statuses[present.key] if present else None

    @property
    def relations(self) -> StatusLine | None:
        """The establishment of diplomatic relations."""
        return next((line for line in self.statuses.values() if line.level == "diplomatic_relations"), None)

    @property
    def recognition(self) -> StatusLine | None:
        return next((line for line in self.statuses.values() if line.level == "recognition"), None)


def standings(today: dt.date, dyads: Sequence[str] = DYADS) -> dict[str, Standing]:
    """Every relationship asked for, in order. Five queries, whatever the number of records."""
    statuses = _statuses(dyads)
    met = _meetings(dyads, today)
    documents = _last_documents(dyads, today)
    return {
        dyad: Standing(
            dyad=dyad,
            stairs=stairs.build(stairs.Declared(PartialDate.parse(line.date), line.level, line.title, line.pk) for line in statuses[dyad]),
            statuses={line.pk: line for line in statuses[dyad]},
            last_meeting=meetings.last_meeting(met[dyad], today),
            last_document=documents.get(dyad),
        )
        for dyad in dyads
    }


def _statuses(dyads: Sequence[str]) -> dict[str, list[StatusLine]]:
    by_dyad: dict[str, list[StatusLine]] = defaultdict(list)
    rows = Status.objects.for_dyads(tuple(dyads)).select_related("document").order_by("date", "pk")
    for row in rows:
        shown = row.document if row.document and row.document.state == "published" else None
        by_dyad[row.dyad_id].append(
            StatusLine(
                pk=row.pk,
                date=row.date,
                level=row.level,
                title=str(row.title or row.get_level_display()),
                place=(shown.place or "") if shown else "",
                document=shown.slug if shown else "",
                document_kind=shown.kind if shown else "",
                verification=row.verification,
            )
        )
    return by_dyad


def _meetings(dyads: Sequence[str], today: dt.date) -> dict[str, list[Meeting]]:
    """Visits of leaders, and sessions at their level: of the pair itself, or of all six together."""
    by_dyad: dict[str, list[Meeting]] = defaultdict(list)
    until = today.isoformat()
    name, title = f"visitor__name_{_suffix()}", f"mechanism__title_{_suffix()}"
    visits = Visit.objects.for_dyads(tuple(dyads)).by_leaders().filter(date_start__lte=until).order_by()
    for pk, dyad, start, end, place, own, english in visits.values_list(
        "pk", "dyad_id", "date_start", "date_end", "place", name, "visitor__name_en"
    ):
        last = PartialDate.parse(end) if end else None
        by_dyad[dyad].append(Meeting(PartialDate.parse(start), last, "visit", pk, own or english, place or ""))
    sessions = Session.objects.filter(mechanism__kind__in=LEADERS_MECHANISMS, date__lte=until).order_by()
    for pk, of, parties, date, place, own, english in sessions.values_list(
        "pk", "mechanism__dyad_id", "mechanism__parties", "date", "place", title, "mechanism__title_en"
    ):
        meeting = Meeting(PartialDate.parse(date), None, "session", pk, own or english, place or "")
        for dyad in _dyads_meeting_at(of, parties, dyads):
            by_dyad[dyad].append(meeting)
    return by_dyad


def _suffix() -> str:
    """The ending of the columns that hold titles and names in the language of the page."""
    language = get_language() or "en"
    return field_suffix(language if language in LANGUAGES else "en")


def _dyads_meeting_at(of: str, parties: Sequence[str], dyads: Sequence[str]) -> Sequence[str]:
    """The relationships for which a session counts as a meeting: not a summit of a wider organisation."""
    if of != "CN-C5":
        return [of] if of in dyads else []
    return dyads if set(parties) == set(SIX) else []


def _last_documents(dyads: Sequence[str], today: dt.date) -> dict[str, DocumentLine]:
    last: dict[str, DocumentLine] = {}
    rows = (
        Declaration.objects.published()
        .for_dyads(tuple(dyads))
        .filter(date__lte=today.isoformat())
        .order_by("date", "pk")
        .values_list("dyad_id", "slug", "date", "kind", "level", "place", "verification", "parties")
    )
    for dyad, slug, date, kind, level, place, verification, parties in rows:
        if dyad == "CN-C5" and set(parties) != set(SIX):
            continue  # a document of a wider or narrower circle is not one of the six-party format
        last[dyad] = DocumentLine(slug, date, kind, level, place or "", verification)
    return last
