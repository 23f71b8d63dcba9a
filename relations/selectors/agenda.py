"""The agenda: what is remembered, expected and announced, for the overview, a country, the calendar and its file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import get_language

from relations.domain import agenda as rules
from relations.domain import recurrence
from relations.domain.agenda import Entry, Group, Kind, Rank, Remembered
from relations.domain.cadence import Basis, State
from relations.domain.partial_date import PartialDate, Precision
from relations.domain.recurrence import Origin
from relations.domain.titles import short_title
from relations.models import Anniversary, Declaration, Event, Mechanism, RecordQuerySet, Session, Status, Visit
from relations.models.choices import DeclarationKind, DeclarationLevel, DyadCode, Level
from relations.selectors.cadences import Read, read_cadences

_ANY_LEVEL: Final = (DeclarationKind.TREATY, DeclarationKind.AGREEMENT, DeclarationKind.MEMORANDUM)
"""Documents that come round at jubilees whoever signed them; others where heads of state did."""
_FIRST_ORIGIN: Final = 1900
"""No document and no event of these relations is older."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What lies between two days: `entries` in order, of which lists with a limit show some; `total` counts all."""

    first: dt.date
    last: dt.date
    entries: tuple[Entry, ...]
    total: int

    @property
    def groups(self) -> list[Group]:
        """By month; what is known to the year alone comes last, under its year."""
        return rules.grouped(self.entries)

    @property
    def left_out(self) -> int:
        return self.total - len(self.entries)

    def cut(self, limit: int) -> Agenda:
        """The same with at most `limit` lines, the weightiest: for a page that shows some of what it has already read."""
        return replace(self, entries=tuple(rules.weightiest(self.entries, limit)))

    def next_for(self, dyad: str) -> Entry | None:
        """The nearest line of a relationship that is more than a day of the year: its card's “Next”."""
        dated = (entry for entry in self.entries if entry.date.precision > Precision.YEAR and entry.rank != Rank.DAY)
        return next((entry for entry in dated if dyad in entry.dyads), None)


def upcoming(
    today: dt.date, days: int = 90, dyad: str | None = None, *, limit: int | None = None, mechanisms: list[Read] | None = None
) -> Agenda:
    """The next `days` days, today included: what comes round, sessions whose window closes, and what is announced.

    `limit` keeps the weightiest lines (round jubilees before jubilees before the rest) and tells how many are left out.
    Nine queries, whatever the number of records; seven where `mechanisms` of the same relationship are at hand.
    """
    last = today + dt.timedelta(days=days)
    return between(today, last, today, dyad, limit=limit, mechanisms=mechanisms)


def between(
    first: dt.date,
    last: dt.date,
    today: dt.date,
    dyad: str | None = None,
    *,
    limit: int | None = None,
    mechanisms: list[Read] | None = None,
) -> Agenda:
    """The agenda between two days, both included, as seen on `today` (it says which sessions are expected)."""
    mechanisms = read_cadences(today, dyad) if mechanisms is None else mechanisms
    entries = rules.remembered(remembered_records(mechanisms, first, last, dyad), first, last)
    entries += [entry for entry in expected_sessions(mechanisms) if first <= entry.date.first <= last]
    entries += [entry for entry in announced(today, dyad) if entry.date.last >= first and entry.date.first <= last]
    entries.sort(key=lambda entry: (entry.date.last, -entry.date.precision, entry.rank, entry.key))
    return Agenda(first, last, tuple(rules.weightiest(entries, limit)), len(entries))


# ---- What comes round ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: between which days, of which relationship (None for all).

    Titles and addresses cost more than the arithmetic, so only records that come round between these days get them.
    """

    first: dt.date
    last: dt.date
    dyad: str | None

    def of(self, rows: RecordQuerySet) -> RecordQuerySet:
        return rows.for_dyad(self.dyad) if self.dyad else rows

    def at_jubilees(self, rows: RecordQuerySet) -> RecordQuerySet:
        """Rows that began a multiple of five years before a year of the span: a fifth of them, told by their first four letters."""
        years = {year for last in range(self.first.year, self.last.year + 1) for year in range(last % 5, last, 5) if year >= _FIRST_ORIGIN}
        return rows.annotate(began=Substr(rows.date_field, 1, 4)).filter(began__in=sorted(f"{year:04d}" for year in years))

    def comes(self, origin: Origin, rank: Rank) -> bool:
        return any(recurrence.between(origin, self.first, self.last, jubilees_only=rank not in rules.EVERY_YEAR))


def remembered_records(mechanisms: Iterable[Read], first: dt.date, last: dt.date, dyad: str | None = None) -> Iterator[Remembered]:
    """Every record that comes round between two days (the rules stand in `domain.agenda`), of one relationship or of all.

    Four queries, since the mechanisms (of the same relationship) are given.
    """
    asked = _Asked(first, last, dyad)
    yield from _statuses(asked)
    yield from _declarations(asked)
    yield from _foundations(asked, mechanisms)
    yield from _landmarks(asked)
    yield from _days(asked)


def _statuses(asked: _Asked) -> Iterator[Remembered]:
    for row in asked.of(Status.objects.all()):
        rank = Rank.AIM if row.is_aim else Rank.RUNG
        if asked.comes(origin := _origin(row.date), rank):
            yield Remembered(
                key=f"status:{row.dyad_id}:{row.level}",
                record="status",
                pk=row.pk,
                dyad=row.dyad_id,
                origin=origin,
                title=row.title or str(Level(row.level).label),
                verification=row.verification,
                url=reverse("web:record", args=["status", row.pk]),
                rank=rank,
                matter=f"status:{row.level}:{row.date}" if origin.day else "",
                shared_title=str(Level(row.level).label),
            )


def _declarations(asked: _Asked) -> Iterator[Remembered]:
    rows = Declaration.objects.published().filter(Q(kind__in=_ANY_LEVEL) | Q(level=DeclarationLevel.HEAD_OF_STATE))
    for row in asked.at_jubilees(asked.of(rows)).defer("summary", "note", "occasion"):
        rank = Rank.TREATY if row.kind == DeclarationKind.TREATY else Rank.AGREEMENT if row.kind in _ANY_LEVEL else Rank.DECLARATION
        if asked.comes(origin := _origin(row.date), rank):
            yield Remembered(
                key=f"declaration:{row.slug}",
                record="declaration",
                pk=row.pk,
                dyad=row.dyad_id,
                origin=origin,
                title=_without_date(_short(str(row.title or row.slug)), row.date),
                verification=row.verification,
                url=row.get_absolute_url(),
                rank=rank,
            )


def _foundations(asked: _Asked, mechanisms: Iterable[Read]) -> Iterator[Remembered]:
    for row in (read.mechanism for read in mechanisms):
        if row.established and asked.comes(origin := _origin(row.established), Rank.MECHANISM):
            yield Remembered(
                key=f"mechanism:{row.slug}",
                record="mechanism",
                pk=row.pk,
                dyad=row.dyad_id,
                origin=origin,
                title=short_mechanism_title(row),
                verification=row.verification,
                url=row.get_absolute_url(),
                rank=Rank.MECHANISM,
            )


def _landmarks(asked: _Asked) -> Iterator[Remembered]:
    for row in asked.at_jubilees(asked.of(Event.objects.landmarks().turning_points())):
        if asked.comes(origin := _origin(row.date), Rank.LANDMARK):
            yield Remembered(
                key=f"event:{row.dyad_id}:{row.date}:{row.title_en}",
                record="event",
                pk=row.pk,
                dyad=row.dyad_id,
                origin=origin,
                title=str(row.title),
                verification=row.verification,
                url=reverse("web:record", args=["event", row.pk]),
                rank=Rank.LANDMARK,
            )


def _days(asked: _Asked) -> Iterator[Remembered]:
    for row in asked.of(Anniversary.objects.all()):
        origin = Origin.yearly(row.month_day, PartialDate.parse(row.origin) if row.origin else None)
        if asked.comes(origin, Rank.DAY):
            yield Remembered(
                key=f"anniversary:{row.dyad_id}:{row.month_day}:{row.title_en}",
                record="anniversary",
                pk=row.pk,
                dyad=row.dyad_id,
                origin=origin,
                title=str(row.title),
                verification=row.verification,
                url="",
                rank=Rank.DAY,
                matter=f"anniversary:{row.month_day}:{row.title_en}",
            )


def _origin(date: str) -> Origin:
    return Origin.of(PartialDate.parse(date))


def _without_date(title: str, date: str) -> str:
    """Editors tell documents of one name apart by their date in brackets; a line that says the year does without."""
    return re.sub(rf"\s*[(（][^()（）]*{date[:4]}[^()（）]*[)）]$", "", title)


def _short(title: str) -> str:
    return short_title(title, get_language() or "en")


def short_mechanism_title(mechanism: Mechanism) -> str:
    """The title without the pair in front, for lists that show the pair: “Foreign Ministers’ Strategic Dialogue”.

    The six-party format keeps its name: “Summit” alone would say nothing.
    """
    title = str(mechanism.title or mechanism.slug)
    if mechanism.dyad_id.endswith("C5"):
        return title
    pair = str(DyadCode(mechanism.dyad_id).label)
    shorter = title.removeprefix(f"{pair} ")
    return shorter if " " in shorter else title


# ---- What is expected, what is announced ----------------------------------------------------------------------------------


def expected_sessions(mechanisms: Iterable[Read]) -> Iterator[Entry]:
    """One line for each mechanism whose rhythm lets expect a session, on the last day of its window, past or to come.

    One that is announced is among the announced, not here.
    """
    for read in mechanisms:
        found, mechanism = read.cadence, read.mechanism
        if found.expected is None or found.rhythm is None or found.last is None or found.announced:
            continue
        yield Entry(
            # The key lasts as long as this very session is expected: after the next one it is another.
            key=f"session:{mechanism.slug}:after:{found.last.date}",
            kind=Kind.SESSION,
            record="mechanism",
            pk=mechanism.pk,
            date=PartialDate.of(found.expected.latest),
            title=short_mechanism_title(mechanism),
            dyads=(mechanism.dyad_id,),
            verification=mechanism.verification,
            url=mechanism.get_absolute_url(),
            window=found.expected,
            overdue=found.state is State.OVERDUE,
            rhythm_months=found.rhythm.months,
            deduced=found.rhythm.basis is Basis.DEDUCED,
            number=found.next_number,
        )


def announced(today: dt.date, dyad: str | None = None) -> list[Entry]:
    """Records dated today or later: visits, sessions and events that are announced. Three queries.

    What is dated to a month or a year counts only where all of that lies ahead.
    """
    # Text sorts in the order of time, and a month or a year that has begun sorts before the day.
    now = today.isoformat()
    asked = _Asked(today, dt.date.max, dyad)
    visits = asked.of(Visit.objects.filter(date_start__gte=now).select_related("visitor"))
    sessions = asked.of(Session.objects.filter(date__gte=now).select_related("mechanism"))
    events = asked.of(Event.objects.filter(date__gte=now))
    found = [_ahead("visit", row, row.dyad_id, f"{row.visitor}, {row.office}", f"{row.visitor.slug}:{row.host}") for row in visits]
    for row in sessions:
        found.append(
            _ahead("session", row, row.mechanism.dyad_id, short_mechanism_title(row.mechanism), row.mechanism.slug, number=row.number)
        )
    found += [_ahead("event", row, row.dyad_id, str(row.title), f"{row.dyad_id}:{row.title_en}") for row in events]
    return found


def _ahead(record: str, row: Any, dyad: str, title: str, key: str, number: int | None = None) -> Entry:
    return Entry(
        key=f"{record}:{key}:{row.date}",
        kind=Kind.ANNOUNCED,
        record=record,
        pk=row.pk,
        date=PartialDate.parse(row.date),
        title=title,
        dyads=(dyad,),
        verification=row.verification,
        url=reverse("web:record", args=[record, row.pk]),
        number=number,
    )
