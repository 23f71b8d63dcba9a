"""The cadence of every mechanism, read in two queries whatever their number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from relations.domain import cadence as rules
from relations.domain.cadence import Cadence
from relations.domain.partial_date import PartialDate
from relations.models import Mechanism, Session
from relations.reference.parties import DYADS
from relations.selectors.statement import Named, Statement, columns, in_language


@dataclass(frozen=True, slots=True)
class MechanismLine:
    """A mechanism as lists need it: `parent` is a key, `title` in the language of the page (its slug where it has none)."""

    pk: int
    slug: str
    dyad: str
    kind: str
    parent: int | None
    title: str
    established: str | None
    periodicity_months: int | None
    status: str
    verification: str

    @classmethod
    def of(cls, row: Mechanism) -> MechanismLine:
        """The line of a mechanism that is at hand."""
        title = str(row.title or row.slug)
        return cls(
            row.pk, row.slug, row.dyad_id, row.kind, row.parent_id, title, row.established, row.periodicity_months, row.status,
            row.verification,
        )  # fmt: skip

    @property
    def url(self) -> str:
        return reverse("web:mechanism", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Held:
    """A session as lists need it, announced ones included."""

    pk: int
    date: PartialDate
    number: int | None
    place: str
    format: str
    verification: str


@dataclass(frozen=True, slots=True)
class Read:
    """A mechanism with its sessions in the order of time and what they tell."""

    mechanism: MechanismLine
    sessions: tuple[Held, ...]
    cadence: Cadence

    @property
    def last(self) -> Held | None:
        """The last session that is not in the future."""
        return self.sessions[self.cadence.count - 1] if self.cadence.count else None


def read_cadences(today: dt.date, dyad: str | None = None) -> list[Read]:
    """Every mechanism (of a relationship) in the order of its list, as of `today`. Two queries."""
    dyads = [dyad] if dyad else DYADS
    return _read(_MECHANISMS.rows(dyads=dyads), _SESSIONS.rows(dyads=dyads), today)


def read_parts(today: dt.date, parent: int) -> list[Read]:
    """The mechanisms that are part of another, in the order of their list, as of `today`. Two queries."""
    return _read(_PARTS.rows(parent=parent), _SESSIONS_OF_PARTS.rows(parent=parent), today)


def _read(mechanisms: Iterable[Sequence[Any]], sessions: Iterable[Sequence[Any]], today: dt.date) -> list[Read]:
    held: dict[int, list[Held]] = defaultdict(list)
    for mechanism, pk, date, number, place, form, verification in sessions:
        held[mechanism].append(Held(pk, PartialDate.parse(date), number, place or "", form, verification))
    lines = (MechanismLine(pk, slug, dyad, kind, parent, title or slug, *rest) for pk, slug, dyad, kind, parent, title, *rest in mechanisms)
    return [read_one(line, held[line.pk], today) for line in lines]


def _mechanisms(rows: QuerySet[Mechanism]) -> QuerySet[Any]:
    title = in_language("title")
    return columns(rows, "pk", "slug", "dyad_id", "kind", "parent_id", title, "established", "periodicity_months", "status", "verification")


def _sessions(rows: QuerySet[Session]) -> QuerySet[Any]:
    return columns(rows.order_by(), "mechanism_id", "pk", "date", "number", "place", "format", "verification")


_MECHANISMS = Statement(lambda: _mechanisms(Mechanism.objects.for_dyads(Named("dyads"))))
_SESSIONS = Statement(lambda: _sessions(Session.objects.for_dyads(Named("dyads"))))
_PARTS = Statement(lambda: _mechanisms(Mechanism.objects.filter(parent=Named("parent"))))
_SESSIONS_OF_PARTS = Statement(lambda: _sessions(Session.objects.filter(mechanism__parent=Named("parent"))))


def read_one(mechanism: MechanismLine, sessions: Iterable[Held], today: dt.date) -> Read:
    """What the sessions of one mechanism tell as of `today`."""
    ordered = tuple(sorted(sessions, key=lambda session: (session.date.iso, session.number or 0)))
    found = rules.cadence(
        (rules.Session(session.date, session.number) for session in ordered),
        periodicity_months=mechanism.periodicity_months,
        status=mechanism.status,
        today=today,
    )
    return Read(mechanism, ordered, found)
