"""What happened last, of every kind of record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from relations.domain.partial_date import PartialDate
from relations.models import (
    Citation,
    Declaration,
    DeclarationCitation,
    Event,
    EventCitation,
    RecordQuerySet,
    Session,
    SessionCitation,
    Visit,
    VisitCitation,
)
from relations.models.source import host_of
from relations.selectors.titles import title_language


@dataclass(frozen=True, slots=True)
class LatestRecord:
    """One dated record for a list of what is new. `mark` is the shape (document, visit, session, landmark, friction)
    and `code` the kind's own code within `group`, from which the page makes its word. A visit is titled by the visitor, with
    the `office` beside it. `language` is that of the title where it is not the reader's."""

    kind: str
    mark: str
    pk: int
    slug: str
    place: str
    date: str
    dyad: str
    title: str
    summary: str
    group: str
    code: str
    publishers: tuple[str, ...]
    verification: str
    office: str = ""
    language: str = ""

    @property
    def when(self) -> PartialDate:
        return PartialDate.parse(self.date)


def latest_records(today: dt.date, limit: int, dyad: str | None = None, *, since: dt.date | None = None) -> list[LatestRecord]:
    """The newest records up to today, `limit` at most, frictions and landmarks, visits, sessions and documents alike.

    Eight queries at most, whatever the number of records.
    """
    found: list[LatestRecord] = []
    for rows, read in _KINDS:
        asked = rows().filter(**{f"{rows().date_field}__lte": today.isoformat()})
        if dyad:
            asked = asked.for_dyad(dyad)
        if since:
            asked = asked.filter(**{f"{rows().date_field}__gte": since.isoformat()})
        found.extend(read(row) for row in asked.newest_first()[:limit])
    found.sort(key=lambda record: (record.when.last, record.when.precision, record.kind, record.pk), reverse=True)
    return _with_publishers(found[:limit])


def _with_publishers(records: list[LatestRecord]) -> list[LatestRecord]:
    """The records with the first publishers each of them cites. One query a kind."""
    named: dict[tuple[str, int], list[str]] = {}
    for kind, citation in _CITATIONS.items():
        keys = [record.pk for record in records if record.kind == kind]
        if not keys:
            continue
        rows = citation._default_manager.filter(**{f"{kind}__in": keys}).order_by("position", "pk")
        for pk, publisher, url in rows.values_list(f"{kind}_id", "source__publisher", "source__url"):
            named.setdefault((kind, pk), []).append(publisher or host_of(url))
    return [replace(record, publishers=tuple(dict.fromkeys(named.get((record.kind, record.pk), ())))[:3]) for record in records]


_CITATIONS: dict[str, type[Citation]] = {
    "event": EventCitation,
    "visit": VisitCitation,
    "session": SessionCitation,
    "declaration": DeclarationCitation,
}


def _event(row: Event) -> LatestRecord:
    mark = "friction" if row.friction else "landmark"
    return LatestRecord(
        "event",
        mark,
        row.pk,
        "",
        "",
        row.date,
        row.dyad_id,
        str(row.title),
        row.summary,
        "event_kind",
        row.kind,
        (),
        row.verification,
        language=title_language(row),
    )


def _visit(row: Visit) -> LatestRecord:
    return LatestRecord(
        "visit", "visit", row.pk, "", row.place or "", row.date_start, row.dyad_id, str(row.visitor), row.context,
        "visit_kind", row.kind, (), row.verification, office=row.office,
    )  # fmt: skip


def _session(row: Session) -> LatestRecord:
    return LatestRecord(
        "session", "session", row.pk, row.mechanism.slug, row.place or "", row.date, row.mechanism.dyad_id, str(row.mechanism), row.outcome,
        "mechanism_kind", row.mechanism.kind, (), row.verification, language=title_language(row.mechanism),
    )  # fmt: skip


def _declaration(row: Declaration) -> LatestRecord:
    return LatestRecord(
        "declaration", "document", row.pk, row.slug, row.place or "", row.date, row.dyad_id, str(row.title), row.summary,
        "declaration_kind", row.kind, (), row.verification, language=title_language(row),
    )  # fmt: skip


_KINDS: tuple[tuple[Callable[[], RecordQuerySet], Callable[[Any], LatestRecord]], ...] = (
    (lambda: Event.objects.all(), _event),
    (lambda: Visit.objects.select_related("visitor"), _visit),
    (lambda: Session.objects.select_related("mechanism"), _session),
    (lambda: Declaration.objects.published(), _declaration),
)
