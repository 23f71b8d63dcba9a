"""The rhythm of a mechanism: when it met, when it may be expected next, and whether it has fallen silent.

Rules, all of them here and nowhere else:

- Rhythm. A declared one (a number of months in the founding document) holds. Without it a rhythm is *deduced* where the
  sessions are regular: the last two to five intervals are all telling (so there are three sessions in a row), and
  the longest is at most one and a half times the shortest. It is their median. Otherwise no rhythm is known or assumed.
- Telling intervals. Both sessions are known at least to the month, and their numbers do not count sessions between them
  that are missing in the sources: from no. 4 to no. 6 tells nothing of how far no. 5 was from either.
- Next. A declared rhythm says by when at the latest: the last session plus its months. The window is its last sixth
  (two months of a yearly rhythm, four of a two-yearly one). A deduced rhythm opens the window after the shortest of the
  intervals it was read from and closes it after the longest, and keeps it open for a sixth of the rhythm at least. A last
  session known only to the month or the year widens the window by what is not known.
- State. `overdue` after the window, `due` inside it or where it closes within 60 days, else `on_time`; without a rhythm
  `met` up to 24 months after the last session and `quiet` after that; `no_session` where none is documented; `dormant`
  and `ended` as the record says. A session announced for a day ahead makes the mechanism `on_time`.

Silence is silence in these sources: a session that nobody recorded is not known here.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Final

from relations.domain.partial_date import PartialDate, Precision

DAYS_IN_MONTH: Final = 30.4375
DUE_DAYS: Final = 60
QUIET_MONTHS: Final = 24
INTERVALS_READ: Final = 5
"""So many of the last intervals tell the present rhythm."""
INTERVALS_NEEDED: Final = 2
SPREAD: Final = 1.5
"""The longest interval of a regular rhythm in shortest ones, at most."""
WINDOW_SHARE: Final = 6
"""The window of a declared rhythm is this part of it: one sixth."""


class State(enum.StrEnum):
    """How a mechanism stands, in the order in which it asks for attention."""

    OVERDUE = "overdue"
    DUE = "due"
    QUIET = "quiet"
    MET = "met"
    ON_TIME = "on_time"
    NO_SESSION = "no_session"
    DORMANT = "dormant"
    ENDED = "ended"

    @property
    def asks_attention(self) -> bool:
        return self in (State.OVERDUE, State.DUE, State.QUIET)


class Basis(enum.StrEnum):
    """Where a rhythm is known from."""

    DECLARED = "declared"
    DEDUCED = "deduced"


@dataclass(frozen=True, slots=True)
class Session:
    """A session as far as rhythm goes: its date and, where the sources count, its number."""

    date: PartialDate
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """The time between two sessions that follow each other in the sources.

    `days` lies between the middles of what their dates allow; `steps` is more than 1 where numbers show that sessions
    between them are missing here.
    """

    start: Session
    end: Session
    days: int
    steps: int

    @property
    def missing(self) -> int:
        """How many sessions between the two are counted but not recorded here."""
        return self.steps - 1

    @property
    def is_telling(self) -> bool:
        """Whether it speaks of the rhythm: no session missing in it, both dates known at least to the month."""
        return self.steps == 1 and self.days > 0 and min(self.start.date.precision, self.end.date.precision) >= Precision.MONTH


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a mechanism meets, in months: declared, or deduced from so many `intervals` between these lengths in days."""

    months: int
    basis: Basis
    shortest_days: int = 0
    longest_days: int = 0
    intervals: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """Between which days something is expected, both included."""

    earliest: dt.date
    latest: dt.date

    def is_open(self, today: dt.date) -> bool:
        return self.earliest <= today <= self.latest


@dataclass(frozen=True, slots=True)
class Cadence:
    """What the sessions of a mechanism tell, as of a day.

    `last` is the last session that is not in the future, `announced` the next one that is; `silence_days` the days since
    the last one (from the middle of what its date allows), `days_left` the days to the end of the window, negative when
    overdue; `longest` the longest interval between two sessions, the present silence not included.
    """

    state: State
    sessions: tuple[Session, ...]
    intervals: tuple[Interval, ...]
    rhythm: Rhythm | None
    expected: Window | None
    announced: Session | None
    last: Session | None
    silence_days: int | None
    days_left: int | None

    @property
    def count(self) -> int:
        """How many sessions are documented, announced ones not included."""
        return len(self.sessions)

    @property
    def longest(self) -> Interval | None:
        return max(self.intervals, key=lambda interval: interval.days, default=None)

    @property
    def gaps(self) -> tuple[Interval, ...]:
        """The intervals that are long for this mechanism: over one and a half times its rhythm, over two years without one."""
        months = self.rhythm.months * SPREAD if self.rhythm else QUIET_MONTHS
        return tuple(interval for interval in self.intervals if interval.days > months * DAYS_IN_MONTH)

    @property
    def next_number(self) -> int | None:
        """The number the next session would carry, where the last one has a number."""
        return self.last.number + 1 if self.last and self.last.number else None

    @property
    def unseen_before(self) -> int:
        """How many sessions came before the first one recorded here, as far as its number tells."""
        return self.sessions[0].number - 1 if self.sessions and self.sessions[0].number else 0

    @property
    def missing(self) -> int:
        """How many sessions the numbers tell of that are not recorded here."""
        return self.unseen_before + sum(interval.missing for interval in self.intervals)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of that month where it is shorter: 31 January + 1 = 28 February."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def intervals_of(sessions: Sequence[Session]) -> tuple[Interval, ...]:
    """The intervals between sessions in the order of time; two of one day (a number each) are no interval of time."""
    return tuple(
        Interval(start, end, (end.date.middle - start.date.middle).days, _steps(start, end))
        for start, end in pairwise(sessions)
        if start.date != end.date
    )


def _steps(start: Session, end: Session) -> int:
    if start.number is None or end.number is None:
        return 1
    return max(end.number - start.number, 1)


def deduce(intervals: Sequence[Interval]) -> Rhythm | None:
    """The rhythm that the last five intervals show, None where too few of them tell or they are not regular (see the rules above)."""
    row = takewhile(lambda interval: interval.is_telling, reversed(intervals))
    days = [interval.days for interval in islice(row, INTERVALS_READ)]
    if len(days) < INTERVALS_NEEDED:
        return None
    if max(days) > SPREAD * min(days):
        return None
    months = round(statistics.median(days) / DAYS_IN_MONTH)
    return Rhythm(months, Basis.DEDUCED, min(days), max(days), len(days)) if months else None


def expect(last: Session, rhythm: Rhythm) -> Window:
    """When the session after `last` may be expected."""
    if rhythm.basis is Basis.DEDUCED:
        longest = rhythm.longest_days
        shortest = min(rhythm.shortest_days, longest - round(rhythm.months * DAYS_IN_MONTH / WINDOW_SHARE))
        return Window(last.date.first + dt.timedelta(days=shortest), last.date.last + dt.timedelta(days=longest))
    opening = rhythm.months - max(1, rhythm.months // WINDOW_SHARE)
    return Window(add_months(last.date.first, opening), add_months(last.date.last, rhythm.months))


def cadence(sessions: Iterable[Session], *, periodicity_months: int | None, status: str, today: dt.date) -> Cadence:
    """Read the rhythm of a mechanism as of `today`.

    `sessions` in any order; `periodicity_months` the declared rhythm, None where none is; `status` is `active`, `dormant`
    or `ended`. A dormant or ended mechanism is expected to meet no more.
    """
    ordered = sorted(sessions, key=lambda session: (session.date, session.number or 0))
    ahead = [session for session in ordered if session.date.first > today]
    held = tuple(session for session in ordered if session.date.first <= today)
    last = held[-1] if held else None
    intervals = intervals_of(held)
    rhythm = Rhythm(periodicity_months, Basis.DECLARED) if periodicity_months else deduce(intervals)
    expected = expect(last, rhythm) if last and rhythm and status == "active" else None
    silence = max(0, (today - last.date.middle).days) if last else None
    return Cadence(
        state=_state(status, last, expected, bool(ahead), today),
        sessions=held,
        intervals=intervals,
        rhythm=rhythm,
        expected=expected,
        announced=ahead[0] if ahead else None,
        last=last,
        silence_days=silence,
        days_left=(expected.latest - today).days if expected else None,
    )


def _state(status: str, last: Session | None, expected: Window | None, announced: bool, today: dt.date) -> State:
    if status != "active":
        return State(status)
    if announced:
        return State.ON_TIME
    if last is None:
        return State.NO_SESSION
    if expected is None:
        return State.QUIET if add_months(last.date.last, QUIET_MONTHS) < today else State.MET
    if today > expected.latest:
        return State.OVERDUE
    due = expected.is_open(today) or (expected.latest - today).days <= DUE_DAYS
    return State.DUE if due else State.ON_TIME
