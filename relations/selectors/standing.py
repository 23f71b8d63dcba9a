"""Where each relationship stands: present status, last meeting of the leaders, last document."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from relations.domain import meetings, stairs
from relations.domain.meetings import Meeting
from relations.domain.partial_date import PartialDate
from relations.domain.stairs import Stairs
from relations.models import Declaration, Session, Status, Visit
from relations.models.choices import Level, PublicationState
from relations.reference.parties import DYADS, PARTNERS
from relations.selectors.statement import Named, Statement, columns, in_language

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
    """Every relationship asked for, in order. Four queries, whatever the number of records."""
    statuses = _statuses(dyads)
    met = leaders_meetings(dyads, today)
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


_STATUSES: Final = Statement(
    lambda: columns(
        Status.objects.for_dyads(Named("dyads")).order_by("date", "pk"),
        "pk", "dyad_id", "date", "level", in_language("title"), "verification",
        "document__state", "document__slug", "document__kind", "document__place",
    )
)  # fmt: skip


def _statuses(dyads: Sequence[str]) -> dict[str, list[StatusLine]]:
    by_dyad: dict[str, list[StatusLine]] = defaultdict(list)
    for pk, dyad, date, level, title, verification, state, *document in _STATUSES.rows(dyads=dyads):
        slug, kind, place = document if state == PublicationState.PUBLISHED else ("", "", "")
        by_dyad[dyad].append(
            StatusLine(
                pk=pk,
                date=date,
                level=level,
                title=title or str(Level(level).label),
                place=place or "",
                document=slug,
                document_kind=kind,
                verification=verification,
            )
        )
    return by_dyad


_VISITS: Final = Statement(
    lambda: columns(
        Visit.objects.for_dyads(Named("dyads")).by_leaders().filter(date_start__lte=Named("today")).order_by(),
        "pk", "dyad_id", "date_start", "date_end", "place", in_language("visitor__name"),
    )
)  # fmt: skip
_SESSIONS: Final = Statement(
    lambda: columns(
        Session.objects.filter(mechanism__kind__in=LEADERS_MECHANISMS, date__lte=Named("today")).order_by(),
        "pk", "mechanism__dyad_id", "mechanism__parties", "date", "place", in_language("mechanism__title"),
    )
)  # fmt: skip


def leaders_meetings(dyads: Sequence[str], today: dt.date) -> dict[str, list[Meeting]]:
    """Visits of leaders, and sessions at their level: of the pair itself, or of all six together."""
    by_dyad: dict[str, list[Meeting]] = defaultdict(list)
    for pk, dyad, start, end, place, who in _VISITS.rows(dyads=dyads, today=today.isoformat()):
        last = PartialDate.parse(end) if end else None
        by_dyad[dyad].append(Meeting(PartialDate.parse(start), last, "visit", pk, who, place or ""))
    for pk, of, parties, date, place, title in _SESSIONS.rows(today=today.isoformat()):
        meeting = Meeting(PartialDate.parse(date), None, "session", pk, title, place or "")
        for dyad in _dyads_meeting_at(of, parties, dyads):
            by_dyad[dyad].append(meeting)
    return by_dyad


def _dyads_meeting_at(of: str, parties: Sequence[str], dyads: Sequence[str]) -> Sequence[str]:
    """The relationships for which a session counts as a meeting: not a summit of a wider organisation."""
    if of != "CN-C5":
        return [of] if of in dyads else []
    return dyads if set(parties) == set(SIX) else []


_DOCUMENTS: Final = Statement(
    lambda: columns(
        Declaration.objects.published().for_dyads(Named("dyads")).filter(date__lte=Named("today")).order_by("date", "pk"),
        "dyad_id", "slug", "date", "kind", "level", "place", "verification", "parties",
    )
)  # fmt: skip


def _last_documents(dyads: Sequence[str], today: dt.date) -> dict[str, DocumentLine]:
    last: dict[str, DocumentLine] = {}
    for dyad, slug, date, kind, level, place, verification, parties in _DOCUMENTS.rows(dyads=dyads, today=today.isoformat()):
        if dyad == "CN-C5" and set(parties) != set(SIX):
            continue  # a document of a wider or narrower circle is not one of the six-party format
        last[dyad] = DocumentLine(slug, date, kind, level, place or "", verification)
    return last
