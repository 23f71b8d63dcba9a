"""The agenda: what is remembered, expected and announced, for the overview, a country, the calendar and its file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import get_language

from relations.domain import agenda as rules
from relations.domain import recurrence
from relations.domain.agenda import Entry, Group, Kind, Rank, Remembered
from relations.domain.cadence import State
from relations.domain.partial_date import PartialDate, Precision
from relations.domain.recurrence import Origin
from relations.domain.titles import short_title
from relations.models import Anniversary, Declaration, Event, RecordQuerySet, Session, Status, Visit
from relations.models.choices import DeclarationKind, DeclarationLevel, DyadCode, Level
from relations.reference.ladder import AIMS
from relations.reference.parties import DYADS
from relations.selectors.cadences import Read, read_cadences
from relations.selectors.statement import Named, Statement, columns, in_language
from relations.selectors.titles import language_of

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
    """What is asked for: between which days, of which relationships.

    Titles and addresses cost more than the arithmetic, so only records that come round between these days get them.
    """

    first: dt.date
    last: dt.date
    dyads: Sequence[str]

    @property
    def jubilees(self) -> list[str]:
        """The years that lie a multiple of five before a year of the span: what began in them are a fifth of all records."""
        years = {year for last in range(self.first.year, self.last.year + 1) for year in range(last % 5, last, 5) if year >= _FIRST_ORIGIN}
        return sorted(f"{year:04d}" for year in years)

    def comes(self, origin: Origin, rank: Rank) -> bool:
        return any(recurrence.between(origin, self.first, self.last, jubilees_only=rank not in rules.EVERY_YEAR))


def remembered_records(mechanisms: Iterable[Read], first: dt.date, last: dt.date, dyad: str | None = None) -> Iterator[Remembered]:
    """Every record that comes round between two days (the rules stand in `domain.agenda`), of one relationship or of all.

    Four queries, since the mechanisms (of the same relationship) are given.
    """
    asked = _Asked(first, last, [dyad] if dyad else DYADS)
    yield from _statuses(asked)
    yield from _declarations(asked)
    yield from _foundations(asked, mechanisms)
    yield from _landmarks(asked)
    yield from _days(asked)


def _at_jubilees(rows: RecordQuerySet) -> RecordQuerySet:
    """Rows of some relationships that began in one of some years, told by the first four letters of their dates."""
    return rows.for_dyads(Named("dyads")).annotate(began=Substr(rows.date_field, 1, 4)).filter(began__in=Named("years"))


_STATUSES: Final = Statement(
    lambda: columns(Status.objects.for_dyads(Named("dyads")), "pk", "dyad_id", "level", "date", in_language("title"), "verification")
)


def _statuses(asked: _Asked) -> Iterator[Remembered]:
    for pk, dyad, level, date, title, verification in _STATUSES.rows(dyads=asked.dyads):
        rank = Rank.AIM if level in AIMS else Rank.RUNG
        if asked.comes(origin := _origin(date), rank):
            yield Remembered(
                key=f"status:{dyad}:{level}",
                record="status",
                pk=pk,
                dyad=dyad,
                origin=origin,
                title=title or str(Level(level).label),
                verification=verification,
                url=reverse("web:record", args=["status", pk]),
                rank=rank,
                matter=f"status:{level}:{date}" if origin.day else "",
                shared_title=str(Level(level).label),
            )


_DECLARATIONS: Final = Statement(
    lambda: columns(
        _at_jubilees(Declaration.objects.published().filter(Q(kind__in=_ANY_LEVEL) | Q(level=DeclarationLevel.HEAD_OF_STATE))),
        "pk", "slug", "dyad_id", "kind", "date", in_language("title"), "verification",
    )
)  # fmt: skip


def _declarations(asked: _Asked) -> Iterator[Remembered]:
    for pk, slug, dyad, kind, date, title, verification in _DECLARATIONS.rows(dyads=asked.dyads, years=asked.jubilees):
        rank = Rank.TREATY if kind == DeclarationKind.TREATY else Rank.AGREEMENT if kind in _ANY_LEVEL else Rank.DECLARATION
        if asked.comes(origin := _origin(date), rank):
            yield Remembered(
                key=f"declaration:{slug}",
                record="declaration",
                pk=pk,
                dyad=dyad,
                origin=origin,
                title=_without_date(short_title(title or slug, get_language() or "en"), date),
                verification=verification,
                url=reverse("web:declaration", args=[slug]),
                rank=rank,
            )


def _foundations(asked: _Asked, mechanisms: Iterable[Read]) -> Iterator[Remembered]:
    for line in (read.mechanism for read in mechanisms):
        if line.established and asked.comes(origin := _origin(line.established), Rank.MECHANISM):
            yield Remembered(
                key=f"mechanism:{line.slug}",
                record="mechanism",
                pk=line.pk,
                dyad=line.dyad,
                origin=origin,
                title=short_mechanism_title(line.title, line.dyad),
                verification=line.verification,
                url=line.url,
                rank=Rank.MECHANISM,
            )


_LANDMARKS: Final = Statement(
    lambda: columns(
        _at_jubilees(Event.objects.landmarks().turning_points()), "pk", "dyad_id", "date", in_language("title"), "title_en", "verification"
    )
)


def _landmarks(asked: _Asked) -> Iterator[Remembered]:
    for pk, dyad, date, title, title_en, verification in _LANDMARKS.rows(dyads=asked.dyads, years=asked.jubilees):
        if asked.comes(origin := _origin(date), Rank.LANDMARK):
            yield Remembered(
                key=f"event:{dyad}:{date}:{title_en}",
                record="event",
                pk=pk,
                dyad=dyad,
                origin=origin,
                title=title,
                language=language_of(title, title_en),
                verification=verification,
                url=reverse("web:record", args=["event", pk]),
                rank=Rank.LANDMARK,
            )


_DAYS: Final = Statement(
    lambda: columns(
        Anniversary.objects.for_dyads(Named("dyads")),
        "pk", "dyad_id", "month_day", "origin", in_language("title"), "title_en", "verification",
    )
)  # fmt: skip


def _days(asked: _Asked) -> Iterator[Remembered]:
    for pk, dyad, month_day, since, title, title_en, verification in _DAYS.rows(dyads=asked.dyads):
        origin = Origin.yearly(month_day, PartialDate.parse(since) if since else None)
        if asked.comes(origin, Rank.DAY):
            yield Remembered(
                key=f"anniversary:{dyad}:{month_day}:{title_en}",
                record="anniversary",
                pk=pk,
                dyad=dyad,
                origin=origin,
                title=title,
                language=language_of(title, title_en),
                verification=verification,
                url="",
                rank=Rank.DAY,
                matter=f"anniversary:{month_day}:{title_en}",
            )


def _origin(date: str) -> Origin:
    return Origin.of(PartialDate.parse(date))


def _without_date(title: str, date: str) -> str:
    """Editors tell documents of one name apart by their date in brackets; a line that says the year does without."""
    return re.sub(rf"\s*[(（][^()（）]*{date[:4]}[^()（）]*[)）]$", "", title)


def short_mechanism_title(title: str, dyad: str) -> str:
    """The title without the pair in front, for lists that show the pair: “Foreign Ministers’ Strategic Dialogue”.

    The six-party format keeps its name: “Summit” alone would say nothing.
    """
    if dyad.endswith("C5"):
        return title
    pair = str(DyadCode(dyad).label)
    shorter = title.removeprefix(f"{pair} ")
    return shorter if " " in shorter else title


# ---- What is expected, what is announced ----------------------------------------------------------------------------------


def expected_sessions(mechanisms: Iterable[Read]) -> Iterator[Entry]:
    """One line for each mechanism whose rhythm lets expect a session, past or to come: on the last day of a declared rhythm,
    else in the month of the likeliest day, since no day is known.

    One that is announced is among the announced, not here.
    """
    for read in mechanisms:
        found, mechanism = read.cadence, read.mechanism
        if found.aim is None or found.rhythm is None or found.last is None or found.announced:
            continue
        yield Entry(
            # The key lasts as long as this very session is expected: after the next one it is another.
            key=f"session:{mechanism.slug}:after:{found.last.date}",
            kind=Kind.SESSION,
            record="mechanism",
            pk=mechanism.pk,
            date=PartialDate.of(found.aim) if found.is_declared else PartialDate(found.aim.year, found.aim.month),
            title=short_mechanism_title(mechanism.title, mechanism.dyad),
            dyads=(mechanism.dyad,),
            verification=mechanism.verification,
            url=mechanism.url,
            window=found.expected,
            overdue=found.state is State.OVERDUE,
            rhythm_months=found.rhythm.months,
            deduced=not found.is_declared,
            number=found.next_number,
        )


_VISITS: Final = Statement(
    lambda: columns(
        Visit.objects.for_dyads(Named("dyads")).filter(date_start__gte=Named("now")),
        "pk", "dyad_id", "date_start", "verification", in_language("visitor__name"), "office", "visitor__slug", "host",
    )
)  # fmt: skip
_SESSIONS: Final = Statement(
    lambda: columns(
        Session.objects.for_dyads(Named("dyads")).filter(date__gte=Named("now")),
        "pk", "mechanism__dyad_id", "date", "verification", in_language("mechanism__title"), "mechanism__slug", "number",
    )
)  # fmt: skip
_EVENTS: Final = Statement(
    lambda: columns(
        Event.objects.for_dyads(Named("dyads")).filter(date__gte=Named("now")),
        "pk", "dyad_id", "date", "verification", in_language("title"), "title_en",
    )
)  # fmt: skip


def announced(today: dt.date, dyad: str | None = None) -> list[Entry]:
    """Records dated today or later: visits, sessions and events that are announced. Three queries.

    What is dated to a month or a year counts only where all of that lies ahead.
    """
    # Text sorts in the order of time, and a month or a year that has begun sorts before the day.
    asked = {"dyads": [dyad] if dyad else DYADS, "now": today.isoformat()}
    found = [
        _ahead("visit", pk, of, date, verification, f"{visitor}, {office}", f"{slug}:{host}")
        for pk, of, date, verification, visitor, office, slug, host in _VISITS.rows(**asked)
    ]
    found += [
        _ahead("session", pk, of, date, verification, short_mechanism_title(title or slug, of), slug, number)
        for pk, of, date, verification, title, slug, number in _SESSIONS.rows(**asked)
    ]
    found += [
        replace(_ahead("event", pk, of, date, verification, title, f"{of}:{title_en}"), language=language_of(title, title_en))
        for pk, of, date, verification, title, title_en in _EVENTS.rows(**asked)
    ]
    return found


def _ahead(record: str, pk: int, dyad: str, date: str, verification: str, title: str, key: str, number: int | None = None) -> Entry:
    return Entry(
        key=f"{record}:{key}:{date}",
        kind=Kind.ANNOUNCED,
        record=record,
        pk=pk,
        date=PartialDate.parse(date),
        title=title,
        dyads=(dyad,),
        verification=verification,
        url=reverse("web:record", args=[record, pk]),
        number=number,
    )
