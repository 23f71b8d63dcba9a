"""What lies ahead: days that come round and sessions that are expected, each matter once, in groups by month.

Which records come round (rules that docs and tests name):

- every year: statuses, on the ladder and aims beside it, and the days kept as anniversaries;
- at jubilees only: treaties, agreements and memoranda of any level, other documents of heads of state, foundations of
  mechanisms, and landmark events to which an editor gave a label;
- never: frictions, and whatever is still in draft (that is for the selector to leave out).

One line a matter. Records of one relationship that share their origin (the day, or the month or year where no more is
known) are one line: a status speaks for the declaration that set it, and what else came of that day stands beside it.
The same anniversary in several relationships, and one rung reached on the same day in several, are one line too.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from relations.domain import recurrence
from relations.domain.cadence import Window
from relations.domain.partial_date import PartialDate, Precision
from relations.domain.recurrence import Occurrence, Origin, Weight


class Rank(enum.IntEnum):
    """Which record of a day gives the line its title: the smallest first."""

    RUNG = 0
    AIM = 1
    DAY = 2
    TREATY = 3
    LANDMARK = 4
    AGREEMENT = 5
    DECLARATION = 6
    MECHANISM = 7


EVERY_YEAR = frozenset({Rank.RUNG, Rank.AIM, Rank.DAY})
"""What comes round every year; the rest at jubilees."""


class Kind(enum.StrEnum):
    """What a line of the agenda is."""

    ANNIVERSARY = "anniversary"
    SESSION = "session"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A record that comes round.

    `key` is its natural key and outlives a reload of the data; `record` and `pk` say which row it is; `matter` is the
    same for records of several relationships that mean the same (empty where there is no such thing) and
    `shared_title` what their common line is called. `language` is that of the title where it is not the reader's.
    """

    key: str
    record: str
    pk: int
    dyad: str
    origin: Origin
    title: str
    verification: str
    url: str
    rank: Rank
    matter: str = ""
    shared_title: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Also:
    """Another record of the same origin, shown beside the line's own."""

    record: str
    pk: int
    title: str
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the agenda.

    `date` is the day (or month, or year) it falls on: of a session the last day of its declared rhythm, or the month of its
    likeliest day. `years` how many it is,
    `origin` since when, `moved` that 29 February is kept a day early. `window`, `rhythm_months` and `deduced` say when
    and why a session is expected, `number` which one it would be. `title` is that of the record, without the year, and
    `language` its language where it is not the reader's.
    """

    key: str
    kind: Kind
    record: str
    pk: int
    date: PartialDate
    title: str
    dyads: tuple[str, ...]
    verification: str
    url: str
    rank: int = 0
    years: int | None = None
    origin: Origin | None = None
    moved: bool = False
    also: tuple[Also, ...] = ()
    window: Window | None = None
    overdue: bool = False
    rhythm_months: int | None = None
    deduced: bool = False
    number: int | None = None
    language: str = ""

    @property
    def dyad(self) -> str:
        """The relationship, empty where the line speaks of several."""
        return self.dyads[0] if len(self.dyads) == 1 else ""

    @property
    def origin_year(self) -> int | None:
        return self.origin.year if self.origin else None

    @property
    def is_jubilee(self) -> bool:
        return recurrence.is_jubilee(self.years)

    @property
    def weight(self) -> Weight:
        return recurrence.weight(self.years)

    @property
    def importance(self) -> tuple[int, int, int]:
        """For lists that have no room for all: round jubilees, then jubilees and what is called for or announced, then the rest."""
        called_for = self.kind is not Kind.ANNIVERSARY and not self.deduced
        heavy = max(int(self.weight), 1 if called_for else 0)
        return (heavy, -self.rank, len(self.dyads))

    def days_until(self, today: dt.date) -> int | None:
        """Days from today, negative in the past; None where the day is not known."""
        return (self.date.exact - today).days if self.date.exact else None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading: a month, or a year of which no more is known (`month` is None)."""

    year: int
    month: int | None
    entries: tuple[Entry, ...]

    @property
    def date(self) -> PartialDate:
        return PartialDate(self.year, self.month)


def remembered(records: Iterable[Remembered], first: dt.date, last: dt.date) -> list[Entry]:
    """The lines of everything that comes round between two days, both included, sorted by date and rank."""
    found: dict[tuple[str, object], list[tuple[Remembered, Occurrence]]] = {}
    for record in records:
        for occurrence in recurrence.between(record.origin, first, last, jubilees_only=record.rank not in EVERY_YEAR):
            # The day kept may be another than the day it began (Origin), and the year may be unknown: both are in the key.
            found.setdefault((record.dyad, (record.origin, occurrence.date)), []).append((record, occurrence))
    lines = [_line(members) for members in found.values()]
    return sorted(_shared(lines), key=_order)


def _line(members: list[tuple[Remembered, Occurrence]]) -> tuple[Remembered, Entry]:
    """One line of the records of one origin: the first of them by rank, with the others beside it."""
    members.sort(key=lambda member: (member[0].rank, member[0].key))
    (lead, occurrence), others = members[0], members[1:]
    return lead, Entry(
        key=f"{lead.key}:{occurrence.date.year}",
        kind=Kind.ANNIVERSARY,
        record=lead.record,
        pk=lead.pk,
        date=occurrence.date,
        title=lead.title,
        dyads=(lead.dyad,),
        verification=lead.verification,
        url=lead.url,
        rank=lead.rank,
        years=occurrence.years,
        origin=lead.origin,
        moved=occurrence.moved,
        also=tuple(Also(other.record, other.pk, other.title, other.url, other.language) for other, _occurrence in others),
        language=lead.language,
    )


_TRUST = {level: place for place, level in enumerate(("official", "multiple", "single", "memory"))}


def _shared(lines: Iterable[tuple[Remembered, Entry]]) -> list[Entry]:
    """One line for what several relationships have in common, the others as they are."""
    alone: list[Entry] = []
    common: dict[tuple[str, PartialDate], list[tuple[Remembered, Entry]]] = {}
    for lead, entry in lines:
        if lead.matter:
            common.setdefault((lead.matter, entry.date), []).append((lead, entry))
        else:
            alone.append(entry)
    for members in common.values():
        # The best verified record speaks for all; among equals the first relationship in the product's order.
        lead, entry = min(members, key=lambda member: _TRUST.get(member[0].verification, len(_TRUST)))
        if len(members) > 1:
            entry = replace(
                entry,
                key=f"{lead.matter}:{entry.date.year}",
                title=lead.shared_title or entry.title,
                language="" if lead.shared_title else entry.language,
                dyads=tuple(other.dyads[0] for _lead, other in members),
                also=tuple(also for _lead, other in members for also in other.also),
                url="",
            )
        alone.append(entry)
    return alone


def _order(entry: Entry) -> tuple[dt.date, int, int, str]:
    """In the order of the last day it can be, so that a month stands after its days."""
    return (entry.date.last, -entry.date.precision, entry.rank, entry.key)


def grouped(entries: Iterable[Entry]) -> list[Group]:
    """The lines by month in order, those of which only the year is known at the end."""
    ordered = sorted(entries, key=lambda entry: (entry.date.precision is Precision.YEAR, _order(entry)))
    groups = groupby(ordered, key=lambda entry: (entry.date.year, entry.date.month))
    return [Group(year, month, tuple(members)) for (year, month), members in groups]


def weightiest(entries: Sequence[Entry], limit: int | None) -> list[Entry]:
    """At most `limit` lines, the important ones (see `Entry.importance`) and of those the nearest, still in the order of time."""
    if limit is None or len(entries) <= limit:
        return list(entries)
    kept = sorted(range(len(entries)), key=lambda index: (tuple(-part for part in entries[index].importance[:1]), index))[:limit]
    return [entries[index] for index in sorted(kept)]
