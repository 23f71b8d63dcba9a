"""The cadence of every mechanism, read in two queries whatever their number.

Whichever mechanisms are asked for, the sessions of all of them are read: the windows are learned from all.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from relations.domain import cadence as rules
from relations.domain.backtest import Past, experience_of
from relations.domain.cadence import Cadence
from relations.domain.experience import Experience
from relations.domain.partial_date import PartialDate
from relations.models import Mechanism, Session
from relations.selectors.statement import Statement, columns, in_language


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
    """A mechanism with its sessions in the order of time and what they tell, beside what those of all mechanisms taught."""

    mechanism: MechanismLine
    sessions: tuple[Held, ...]
    cadence: Cadence
    experience: Experience

    @property
    def last(self) -> Held | None:
        """The last session that is not in the future."""
        return self.sessions[self.cadence.count - 1] if self.cadence.count else None


def read_cadences(today: dt.date, dyad: str | None = None) -> list[Read]:
    """Every mechanism (of a relationship) in the order of its list, as of `today`. Two queries."""
    lines = _lines(_MECHANISMS.rows())
    held, experience = _sessions_held(lines, today)
    return [read_one(line, held[line.pk], today, experience) for line in lines if not dyad or line.dyad == dyad]


@dataclass(frozen=True, slots=True)
class Family:
    """A mechanism with those that are part of it, and what the sessions of all mechanisms teach."""

    own: Read
    parts: tuple[Read, ...]
    experience: Experience


def read_family(today: dt.date, mechanism: MechanismLine) -> Family:
    """A mechanism that is at hand, and its parts in the order of their list, as of `today`. Two queries."""
    lines = _lines(_MECHANISMS.rows())
    held, experience = _sessions_held(lines, today)
    parts = (read_one(line, held[line.pk], today, experience) for line in lines if line.parent == mechanism.pk)
    return Family(read_one(mechanism, held[mechanism.pk], today, experience), tuple(parts), experience)


def _lines(rows: Iterable[Sequence[Any]]) -> list[MechanismLine]:
    return [MechanismLine(pk, slug, dyad, kind, parent, title or slug, *rest) for pk, slug, dyad, kind, parent, title, *rest in rows]


def _sessions_held(lines: Sequence[MechanismLine], today: dt.date) -> tuple[dict[int, list[Held]], Experience]:
    """The sessions of every mechanism, and what those up to today teach of all."""
    held: dict[int, list[Held]] = defaultdict(list)
    for mechanism, pk, date, number, place, form, verification in _SESSIONS.rows():
        held[mechanism].append(Held(pk, PartialDate.parse(date), number, place or "", form, verification))
    return held, experience_of(past_of(line, held[line.pk], today) for line in lines)


def past_of(mechanism: MechanismLine, sessions: Iterable[Held], today: dt.date) -> Past:
    """The sessions of a mechanism up to today, as the back-test takes them."""
    held = tuple(rules.Session(session.date, session.number) for session in sessions if session.date.first <= today)
    return Past(mechanism.slug, held, mechanism.periodicity_months)


def _mechanisms(rows: QuerySet[Mechanism]) -> QuerySet[Any]:
    title = in_language("title")
    return columns(rows, "pk", "slug", "dyad_id", "kind", "parent_id", title, "established", "periodicity_months", "status", "verification")


def _sessions(rows: QuerySet[Session]) -> QuerySet[Any]:
    return columns(rows.order_by(), "mechanism_id", "pk", "date", "number", "place", "format", "verification")


_MECHANISMS = Statement(lambda: _mechanisms(Mechanism.objects.all()))
_SESSIONS = Statement(lambda: _sessions(Session.objects.all()))


def read_one(mechanism: MechanismLine, sessions: Iterable[Held], today: dt.date, experience: Experience) -> Read:
    """What the sessions of one mechanism tell as of `today`, beside what all mechanisms taught."""
    ordered = tuple(sorted(sessions, key=lambda session: (session.date.iso, session.number or 0)))
    found = rules.cadence(
        (rules.Session(session.date, session.number) for session in ordered),
        periodicity_months=mechanism.periodicity_months,
        status=mechanism.status,
        today=today,
        experience=experience,
    )
    return Read(mechanism, ordered, found, experience)
