"""What happened last, of every kind of record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from relations.domain.partial_date import PartialDate
from relations.models import Declaration, Event, RecordQuerySet, Session, Visit


@dataclass(frozen=True, slots=True)
class LatestRecord:
    """One dated record for a list of what is new. `mark` is the shape (document, visit, session, landmark, friction)
    and `code` the kind's own code within `group`, from which the page makes its word."""

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

    @property
    def when(self) -> PartialDate:
        return PartialDate.parse(self.date)


def latest_records(today: dt.date, limit: int, dyad: str | None = None, *, since: dt.date | None = None) -> list[LatestRecord]:
    """The newest records up to today, `limit` at most, frictions and landmarks, visits, sessions and documents alike.

    Twelve queries at most, whatever the number of records.
    """
    found: list[LatestRecord] = []
    for rows, read in _KINDS:
        asked = rows().filter(**{f"{rows().date_field}__lte": today.isoformat()})
        if dyad:
            asked = asked.for_dyad(dyad)
        if since:
            asked = asked.filter(**{f"{rows().date_field}__gte": since.isoformat()})
        found.extend(read(row) for row in asked.newest_first().with_sources()[:limit])
    found.sort(key=lambda record: (record.when.last, record.when.precision, record.kind, record.pk), reverse=True)
    return found[:limit]


def _publishers(row: Any) -> tuple[str, ...]:
    names = dict.fromkeys(source.publisher or source.host for source in row.cited_sources)
    return tuple(names)[:3]


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
        _publishers(row),
        row.verification,
    )


def _visit(row: Visit) -> LatestRecord:
    title = f"{row.visitor}, {row.office}"
    return LatestRecord(
        "visit", "visit", row.pk, "", row.place or "", row.date_start, row.dyad_id, title, row.context,
        "visit_kind", row.kind, _publishers(row), row.verification
    )  # fmt: skip


def _session(row: Session) -> LatestRecord:
    return LatestRecord(
        "session", "session", row.pk, row.mechanism.slug, row.place or "", row.date, row.mechanism.dyad_id, str(row.mechanism), row.outcome,
        "mechanism_kind", row.mechanism.kind, _publishers(row), row.verification,
    )  # fmt: skip


def _declaration(row: Declaration) -> LatestRecord:
    return LatestRecord(
        "declaration", "document", row.pk, row.slug, row.place or "", row.date, row.dyad_id, str(row.title), row.summary,
        "declaration_kind", row.kind, _publishers(row), row.verification,
    )  # fmt: skip


_KINDS: tuple[tuple[Callable[[], RecordQuerySet], Callable[[Any], LatestRecord]], ...] = (
    (lambda: Event.objects.all(), _event),
    (lambda: Visit.objects.select_related("visitor"), _visit),
    (lambda: Session.objects.select_related("mechanism"), _session),
    (lambda: Declaration.objects.published(), _declaration),
)
