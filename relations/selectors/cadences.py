"""The cadence of every mechanism, read in two queries whatever their number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from relations.domain import cadence as rules
from relations.domain.cadence import Cadence
from relations.domain.partial_date import PartialDate
from relations.models import Mechanism, Session


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

    mechanism: Mechanism
    sessions: tuple[Held, ...]
    cadence: Cadence

    @property
    def last(self) -> Held | None:
        """The last session that is not in the future."""
        return self.sessions[self.cadence.count - 1] if self.cadence.count else None


def read_cadences(today: dt.date, dyad: str | None = None, *, parent: int | None = None) -> list[Read]:
    """Every mechanism (of a relationship, or that is part of `parent`) in the order of its list, as of `today`. Two queries."""
    mechanisms, sessions = Mechanism.objects.all(), Session.objects.all()
    if dyad:
        mechanisms, sessions = mechanisms.for_dyad(dyad), sessions.for_dyad(dyad)
    if parent is not None:
        mechanisms, sessions = mechanisms.filter(parent=parent), sessions.filter(mechanism__parent=parent)
    held: dict[int, list[Held]] = defaultdict(list)
    columns = ("mechanism_id", "pk", "date", "number", "place", "format", "verification")
    for mechanism, pk, date, number, place, form, verification in sessions.order_by("date", "number", "pk").values_list(*columns):
        held[mechanism].append(Held(pk, PartialDate.parse(date), number, place or "", form, verification))
    return [read_one(mechanism, held[mechanism.pk], today) for mechanism in mechanisms]


def read_one(mechanism: Mechanism, sessions: Iterable[Held], today: dt.date) -> Read:
    """What the sessions of one mechanism tell as of `today`."""
    ordered = tuple(sorted(sessions, key=lambda session: (session.date, session.number or 0)))
    found = rules.cadence(
        (rules.Session(session.date, session.number) for session in ordered),
        periodicity_months=mechanism.periodicity_months,
        status=mechanism.status,
        today=today,
    )
    return Read(mechanism, ordered, found)
