"""How dense the diplomatic calendar is: visits and sessions by month and year, who visits whom, and how long leaders did not meet.

Rules, all of them here and nowhere else:

- A visit counts in the month of its first day, a session in that of its date. What is known to the year alone has no month: it
  counts in its year and is told beside the months.
- A visit of a leader is one of a head of state or government; the others are those of ministers and further offices.
- The balance of two sides is what one received less what it returned: visits to China less visits from China.
- Leaders met where a leader visited or a session at their level was held (`meetings`). A gap runs from the last day of one meeting to
  the first of the next, both known to the day or month; the present one to today. It is the longest where it has most days.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relations.domain.meetings import Meeting
from relations.domain.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Dated:
    """A visit or session as far as the calendar counts it: `kind` is `visit` or `session`."""

    date: PartialDate
    kind: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What a month of a year holds."""

    year: int
    month: int
    visits: int
    sessions: int

    @property
    def total(self) -> int:
        return self.visits + self.sessions


@dataclass(frozen=True, slots=True)
class HeatYear:
    """A year: its twelve months, and what is known to the year alone."""

    year: int
    months: tuple[Cell, ...]
    undated: int

    @property
    def visits(self) -> int:
        return sum(cell.visits for cell in self.months)

    @property
    def sessions(self) -> int:
        return sum(cell.sessions for cell in self.months)

    @property
    def total(self) -> int:
        return sum(cell.total for cell in self.months) + self.undated


@dataclass(frozen=True, slots=True)
class Heat:
    """The calendar from its first year to its last, the first first."""

    years: tuple[HeatYear, ...]

    @property
    def total(self) -> int:
        return sum(year.total for year in self.years)

    @property
    def busiest(self) -> Cell | None:
        """The fullest month, the latest of equals; None where nothing is dated."""
        cells = [cell for year in self.years for cell in year.months if cell.total]
        return max(cells, key=lambda cell: (cell.total, cell.year, cell.month), default=None)

    @property
    def by_month(self) -> tuple[int, ...]:
        """Twelve numbers: what the Januaries hold together, the Februaries …"""
        return tuple(sum(year.months[number].total for year in self.years) for number in range(12))


def heat(records: Iterable[Dated], first: int, last: int) -> Heat:
    """Visits and sessions by month from a year to a year, both included; what lies outside does not count."""
    counts = Counter((record.date.year, record.date.month, record.kind) for record in records if first <= record.date.year <= last)
    return Heat(
        tuple(
            HeatYear(
                year,
                tuple(Cell(year, month, counts[year, month, "visit"], counts[year, month, "session"]) for month in range(1, 13)),
                counts[year, None, "visit"] + counts[year, None, "session"],
            )
            for year in range(first, last + 1)
        )
    )


@dataclass(frozen=True, slots=True)
class Travel:
    """A visit as far as the balance goes: who travelled where, and whether as a leader."""

    date: PartialDate
    visitor: str
    host: str
    leader: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The visits from one state to another: how many, how many by leaders, and the last of each."""

    visitor: str
    host: str
    visits: int
    leaders: int
    last: PartialDate | None
    last_leader: PartialDate | None


@dataclass(frozen=True, slots=True)
class Balance:
    """The visits between China and one partner, both ways."""

    partner: str
    to_china: Way
    from_china: Way

    @property
    def difference(self) -> int:
        """Visits to China less visits from China."""
        return self.to_china.visits - self.from_china.visits

    @property
    def leaders_difference(self) -> int:
        return self.to_china.leaders - self.from_china.leaders


def balance(travels: Sequence[Travel], partner: str, china: str = "CN") -> Balance:
    """Who visited whom, of China and one partner."""
    return Balance(partner, _way(travels, partner, china), _way(travels, china, partner))


def _way(travels: Sequence[Travel], visitor: str, host: str) -> Way:
    own = [travel for travel in travels if (travel.visitor, travel.host) == (visitor, host)]
    leaders = [travel for travel in own if travel.leader]
    return Way(
        visitor,
        host,
        len(own),
        len(leaders),
        max((travel.date for travel in own), default=None),
        max((travel.date for travel in leaders), default=None),
    )


@dataclass(frozen=True, slots=True)
class YearBalance:
    """The visits of one year either way."""

    year: int
    to_china: int
    from_china: int


def balance_by_year(travels: Iterable[Travel], first: int, last: int, china: str = "CN") -> tuple[YearBalance, ...]:
    """Visits to and from China by year, a year without any included."""
    counts = Counter((travel.date.year, travel.host == china) for travel in travels)
    return tuple(YearBalance(year, counts[year, True], counts[year, False]) for year in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Silence:
    """A time without a meeting of leaders: between two meetings, or since the last one (`after` is None)."""

    before: Meeting
    after: Meeting | None
    days: int


def silences(meetings: Iterable[Meeting], today: dt.date) -> list[Silence]:
    """The times between meetings of leaders and that since the last one, the longest first; none without a meeting.

    Meetings of which only the year is known are left out, so a gap may be shorter than it seems.
    """
    held = sorted(
        (meeting for meeting in meetings if meeting.date.first <= today and meeting.date.month is not None),
        key=lambda meeting: (meeting.date.middle, meeting.last_day.middle, meeting.kind, meeting.key),
    )
    found: list[Silence] = []
    latest: Meeting | None = None
    for meeting in held:
        if latest is not None and meeting.date.middle > latest.last_day.middle:
            found.append(Silence(latest, meeting, (meeting.date.middle - latest.last_day.middle).days))
        if latest is None or meeting.last_day.middle >= latest.last_day.middle:
            latest = meeting
    if latest is not None:
        found.append(Silence(latest, None, max(0, (today - latest.last_day.middle).days)))
    return sorted(found, key=lambda silence: (-silence.days, silence.before.date))
