"""What happened last, of every kind of record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import QuerySet

from relations.domain.partial_date import PartialDate
from relations.models import Declaration, Event, RecordQuerySet, Session, Visit
from relations.reference.parties import DYADS
from relations.selectors.cited import first_publishers
from relations.selectors.statement import Named, Statement, columns, in_language
from relations.selectors.titles import language_of


@dataclass(frozen=True, slots=True)
class LatestRecord:
    """One dated record for a list of what is new. `mark` is the shape (document, visit, session, landmark, friction)
    and `code` the kind's own code within `group`, from which the page makes its word. A visit is titled by the visitor, with
    the `office` beside it. `language` is that of the title where it is not the reader's."""

    kind: str
    mark: str
    pk: int
    date: str
    dyad: str
    title: str
    summary: str
    group: str
    code: str
    verification: str
    place: str = ""
    slug: str = ""
    office: str = ""
    language: str = ""
    publishers: tuple[str, ...] = ()

    @property
    def when(self) -> PartialDate:
        return PartialDate.parse(self.date)


def latest_records(today: dt.date, limit: int, dyad: str | None = None) -> list[LatestRecord]:
    """The newest records up to today, `limit` at most, frictions and landmarks, visits, sessions and documents alike.

    Five queries at most, whatever the number of records.
    """
    dyads = [dyad] if dyad else DYADS
    found = [line(*row) for rows, line in _KINDS for row in rows.rows(limit, dyads=dyads, today=today.isoformat())]
    found.sort(key=lambda record: (record.when.last, record.when.precision, record.kind, record.pk), reverse=True)
    shown = found[:limit]
    publishers = first_publishers([(record.kind, record.pk) for record in shown])
    return [replace(record, publishers=publishers.get((record.kind, record.pk), ())) for record in shown]


def _newest(rows: RecordQuerySet, *names: Any) -> QuerySet[Any]:
    known = rows.for_dyads(Named("dyads")).filter(**{f"{rows.date_field}__lte": Named("today")})
    return columns(known.newest_first(), "pk", rows.date_field, f"{rows.dyad_path}_id", "verification", *names)


def _event(
    pk: int, date: str, dyad: str, verification: str, title: str, english: str, summary: str, code: str, friction: bool
) -> LatestRecord:
    return LatestRecord(
        "event", "friction" if friction else "landmark", pk, date, dyad, title, summary, "event_kind", code, verification,
        language=language_of(title, english),
    )  # fmt: skip


def _visit(
    pk: int, date: str, dyad: str, verification: str, visitor: str, office: str, context: str, code: str, place: str | None
) -> LatestRecord:
    return LatestRecord(
        "visit", "visit", pk, date, dyad, visitor, context, "visit_kind", code, verification, place=place or "", office=office
    )


def _session(
    pk: int, date: str, dyad: str, verification: str, title: str, english: str, outcome: str, code: str, place: str | None, slug: str
) -> LatestRecord:
    return LatestRecord(
        "session", "session", pk, date, dyad, title or slug, outcome, "mechanism_kind", code, verification,
        place=place or "", slug=slug, language=language_of(title, english),
    )  # fmt: skip


def _declaration(
    pk: int, date: str, dyad: str, verification: str, title: str, english: str, summary: str, code: str, place: str | None, slug: str
) -> LatestRecord:
    return LatestRecord(
        "declaration", "document", pk, date, dyad, title or slug, summary, "declaration_kind", code, verification,
        place=place or "", slug=slug, language=language_of(title, english),
    )  # fmt: skip


_KINDS: Final[tuple[tuple[Statement, Callable[..., LatestRecord]], ...]] = (
    (Statement(lambda: _newest(Event.objects.all(), in_language("title"), "title_en", "summary", "kind", "friction")), _event),
    (Statement(lambda: _newest(Visit.objects.all(), in_language("visitor__name"), "office", "context", "kind", "place")), _visit),
    (
        Statement(
            lambda: _newest(
                Session.objects.all(),
                in_language("mechanism__title"), "mechanism__title_en", "outcome", "mechanism__kind", "place", "mechanism__slug",
            )
        ),
        _session,
    ),
    (
        Statement(
            lambda: _newest(Declaration.objects.published(), in_language("title"), "title_en", "summary", "kind", "place", "slug")
        ),
        _declaration,
    ),
)  # fmt: skip
