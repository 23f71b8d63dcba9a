"""The diplomatic calendar by month and year: visits and sessions, who visits whom, and how long the leaders did not meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.urls import reverse

from relations.domain import calendar_heat as rules
from relations.domain.calendar_heat import Balance, Heat, Silence, Travel, YearBalance
from relations.domain.partial_date import PartialDate
from relations.models import Session, Visit
from relations.reference.parties import DYADS, PARTNERS, partner_of
from relations.selectors.agenda import short_mechanism_title
from relations.selectors.standing import LEADERS_MECHANISMS, leaders_meetings
from relations.selectors.statement import Named, Statement, columns, in_language

FIRST_YEAR: Final = 1992
SHOWN: Final = 60
"""The most records that the list under the months shows, unless all are asked for."""
LATEST: Final = 10
"""How many it shows where no month is chosen."""


@dataclass(frozen=True, slots=True)
class VisitFilters:
    """What is asked for: relationships (none: all), leaders alone, and the month or year whose records are listed."""

    dyads: tuple[str, ...] = ()
    leaders: bool = False
    when: PartialDate | None = None

    @property
    def shown(self) -> tuple[str, ...]:
        return self.dyads or tuple(DYADS)


@dataclass(frozen=True, slots=True)
class Line:
    """A visit or session of the list: `who` is the visitor or the mechanism, `detail` the office or the number."""

    record: str
    pk: int
    dyad: str
    date: PartialDate
    end: PartialDate | None
    who: str
    office: str
    number: int | None
    place: str
    visitor: str
    host: str
    leader: bool
    verification: str

    @property
    def url(self) -> str:
        return reverse("web:record", args=[self.record, self.pk])


@dataclass(frozen=True, slots=True)
class Met:
    """The meetings of leaders of one relationship: the times without one, the longest first."""

    dyad: str
    silences: tuple[Silence, ...]

    @property
    def longest(self) -> Silence | None:
        """The longest time between two meetings; None where there were not two."""
        return next((silence for silence in self.silences if silence.after), None)

    @property
    def present(self) -> Silence | None:
        return next((silence for silence in self.silences if silence.after is None), None)

    @property
    def place(self) -> int:
        """Which place the present silence takes among all, 1 for the longest; 0 without a meeting."""
        return next((place for place, silence in enumerate(self.silences, start=1) if silence.after is None), 0)


@dataclass(frozen=True)
class VisitsPage:
    """All that the page shows. `lines` are the visits and sessions that the filters leave and that have begun, the newest first."""

    filters: VisitFilters
    today: dt.date
    lines: tuple[Line, ...]
    met: tuple[Met, ...]
    first: int = field(default=FIRST_YEAR)

    @cached_property
    def heat(self) -> Heat:
        return rules.heat((rules.Dated(line.date, line.record) for line in self.lines), self.first, self.today.year)

    @cached_property
    def travels(self) -> tuple[Travel, ...]:
        return tuple(Travel(line.date, line.visitor, line.host, line.leader) for line in self.lines if line.record == "visit")

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """One for each partner of the relationships chosen; the six-party format has no visits of its own."""
        partners = [partner_of(code) for code in self.filters.shown if partner_of(code) in PARTNERS]
        return tuple(rules.balance(self.travels, partner) for partner in partners)

    @cached_property
    def by_year(self) -> tuple[YearBalance, ...]:
        return rules.balance_by_year(self.travels, self.first, self.today.year)

    @property
    def visits(self) -> int:
        return len(self.travels)

    @property
    def sessions(self) -> int:
        return len(self.lines) - len(self.travels)

    @cached_property
    def listed(self) -> tuple[Line, ...]:
        """The records of the month or year asked for; the latest ones where none is."""
        when = self.filters.when
        if when is None:
            return self.lines[:LATEST]
        return tuple(line for line in self.lines if line.date.year == when.year and when.month in (None, line.date.month))


def visits_page(today: dt.date, filters: VisitFilters) -> VisitsPage:
    """The page as of `today`. Five queries, whatever the number of records."""
    dyads = filters.shown
    lines = [line for line in [*_visits(dyads, today), *_sessions(dyads, today)] if line.leader or not filters.leaders]
    lines.sort(key=lambda line: (line.date.iso, line.record, line.pk), reverse=True)
    meetings = leaders_meetings(dyads, today)
    met = tuple(Met(dyad, tuple(rules.silences(meetings[dyad], today))) for dyad in dyads)
    return VisitsPage(filters, today, tuple(lines), met)


_VISITS: Final = Statement(
    lambda: columns(
        Visit.objects.for_dyads(Named("dyads")).filter(date_start__lte=Named("today")).order_by(),
        "pk", "dyad_id", "date_start", "date_end", in_language("visitor__name"), "office", "place", "visitor__side", "host", "verification",
    )
)  # fmt: skip
_LEADERS: Final = Statement(lambda: columns(Visit.objects.by_leaders().order_by(), "pk"))
_SESSIONS: Final = Statement(
    lambda: columns(
        Session.objects.for_dyads(Named("dyads")).filter(date__lte=Named("today")).order_by(),
        "pk", "mechanism__dyad_id", "date", "number", in_language("mechanism__title"), "mechanism__slug", "mechanism__kind", "place",
        "verification",
    )
)  # fmt: skip


def _visits(dyads: Sequence[str], today: dt.date) -> Iterable[Line]:
    leaders = {pk for (pk,) in _LEADERS.rows()}
    for pk, dyad, start, end, who, office, place, side, host, verification in _VISITS.rows(dyads=dyads, today=today.isoformat()):
        last = PartialDate.parse(end) if end else None
        date = PartialDate.parse(start)
        yield Line("visit", pk, dyad, date, last, who, office, None, place or "", side, host, pk in leaders, verification)


def _sessions(dyads: Sequence[str], today: dt.date) -> Iterable[Line]:
    for pk, dyad, date, number, title, slug, kind, place, verification in _SESSIONS.rows(dyads=dyads, today=today.isoformat()):
        who = short_mechanism_title(title or slug, dyad)
        leaders = kind in LEADERS_MECHANISMS
        yield Line("session", pk, dyad, PartialDate.parse(date), None, who, "", number, place or "", "", "", leaders, verification)
