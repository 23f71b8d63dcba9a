"""The rhythm of a mechanism: when it met, when it may be expected next, and whether it has fallen silent.

Rules, all of them here and in `experience`, and nowhere else:

- Rhythm. A declared one (a number of months in the founding document) holds. Without it the rhythm is the median of the
  last two to five intervals, so that there are three sessions at least; fewer tell none. It is *deduced* where those
  intervals are even (the longest is at most one and a half times the shortest, and no session is missing between them),
  else *uneven*: it says how long it usually takes, and no more.
- Intervals that count. Both sessions are known at least to the month. Where their numbers count sessions between them that
  are missing in the sources, the interval is divided by them: from no. 4 to no. 6 counts as one interval of half the time.
- Forecast. The likeliest day is the last session plus the rhythm. The window is the rhythm times the band in which eight of
  ten earlier sessions of all mechanisms fell (`experience`). Where too few sessions tell that, it is the window of the
  declared rhythm, or lies between the shortest and the longest of the intervals. A last session known only to the month
  or the year widens the window by what is not known.
- By when. A declared rhythm says by when at the latest: the last session plus its months; the window of that is its last
  sixth (two months of a yearly rhythm, four of a two-yearly one). Without one it is the window of the forecast.
- State. `overdue` after that window; `due` in it, without a declared rhythm from the likeliest day on, or where it closes
  within 60 days; else `on_time`. Without any rhythm `met` up to 24 months after the last session and `quiet` after that;
  `no_session` where none is documented; `dormant` and `ended` as the record says. A session announced for a day ahead
  makes the mechanism `on_time`.

Silence is silence in these sources: a session that nobody recorded is not known here.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from relations.domain.experience import Band, Experience, Fall
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
    UNEVEN = "uneven"


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
        """Whether it speaks of the rhythm: both dates are known at least to the month."""
        return self.days > 0 and min(self.start.date.precision, self.end.date.precision) >= Precision.MONTH

    @property
    def pace(self) -> float:
        """Days a session: those of the interval divided by its steps."""
        return self.days / self.steps


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a mechanism meets: declared in months, or the median of so many `intervals` between these lengths.

    `days` is the rhythm in days, `months` the same rounded; shortest and longest are 0 where it is declared.
    """

    months: int
    basis: Basis
    days: float
    shortest_days: int = 0
    longest_days: int = 0
    intervals: int = 0

    @classmethod
    def declared(cls, months: int) -> Rhythm:
        return cls(months, Basis.DECLARED, months * DAYS_IN_MONTH)

    @property
    def is_declared(self) -> bool:
        return self.basis is Basis.DECLARED


@dataclass(frozen=True, slots=True)
class Window:
    """Between which days something is expected, both included."""

    earliest: dt.date
    latest: dt.date

    def is_open(self, today: dt.date) -> bool:
        return self.earliest <= today <= self.latest


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the next session is likely: the likeliest day, and the window in which eight of ten fall.

    `band` is what the window was learned from; without it the window is that of the declared rhythm, or lies between the
    shortest and the longest interval, and nothing is known of how often sessions fall in it.
    """

    day: dt.date
    window: Window
    band: Band | None


@dataclass(frozen=True, slots=True)
class Cadence:
    """What the sessions of a mechanism tell, as of a day.

    `last` is the last session that is not in the future, `announced` the next one that is; `forecast` when the next one is
    likely, `expected` by when it is called for (see the rules above), both None where there is no rhythm; `silence_days` the days since
    the last one (from the middle of what its date allows), `days_left` the days to the end of the window, negative when
    overdue; `longest` the longest interval between two sessions, the present silence not included.
    """

    state: State
    sessions: tuple[Session, ...]
    intervals: tuple[Interval, ...]
    rhythm: Rhythm | None
    forecast: Forecast | None
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
    def is_declared(self) -> bool:
        """Whether the rhythm is declared, so that being late is late by agreement and not by habit alone."""
        return self.rhythm is not None and self.rhythm.is_declared

    @property
    def aim(self) -> dt.date | None:
        """The one day to show: the last day that keeps to a declared rhythm, else the likeliest day; None without an expectation."""
        if self.expected is None or self.forecast is None:
            return None
        return self.expected.latest if self.is_declared else self.forecast.day

    @property
    def longest(self) -> Interval | None:
        return max(self.intervals, key=lambda interval: interval.days, default=None)

    @property
    def gaps(self) -> tuple[Interval, ...]:
        """The intervals that are long for this mechanism: over one and a half times its rhythm, over two years without an even one."""
        even = self.rhythm is not None and self.rhythm.basis is not Basis.UNEVEN
        months = self.rhythm.months * SPREAD if self.rhythm and even else QUIET_MONTHS
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
    """The rhythm that the last five intervals show, None where fewer than two of them tell (see the rules above)."""
    # From the end, since only the last few count: this runs for every past session of every mechanism.
    row = list(islice((interval for interval in reversed(intervals) if interval.is_telling), INTERVALS_READ))[::-1]
    if len(row) < INTERVALS_NEEDED:
        return None
    paces = [interval.pace for interval in row]
    even = max(paces) <= SPREAD * min(paces) and not any(interval.missing for interval in row)
    days = statistics.median(paces)
    months = round(days / DAYS_IN_MONTH)
    basis = Basis.DEDUCED if even else Basis.UNEVEN
    return Rhythm(months, basis, days, round(min(paces)), round(max(paces)), len(row)) if months else None


def rhythm_of(intervals: Sequence[Interval], periodicity_months: int | None) -> Rhythm | None:
    """The declared rhythm where there is one, else what the intervals show."""
    return Rhythm.declared(periodicity_months) if periodicity_months else deduce(intervals)


def falls_of(sessions: Iterable[Session], periodicity_months: int | None) -> Iterator[Fall]:
    """How far each session of a mechanism fell from what was expected after the one before it.

    Left out are sessions that were not to be foretold (too few before them) or do not tell (see `Interval.is_telling`, and
    those before which the numbers count one that is missing).
    """
    intervals = intervals_of(in_order(sessions))
    for place, interval in enumerate(intervals):
        rhythm = rhythm_of(intervals[:place], periodicity_months)
        if rhythm and interval.is_telling and not interval.missing:
            yield Fall(interval.end.date.last, interval.days / rhythm.days)


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """Sessions in the order of time, those of one date by number."""
    return sorted(sessions, key=lambda session: (session.date, session.number or 0))


def foretell(last: Session, rhythm: Rhythm, band: Band | None) -> Forecast:
    """When the session after `last` is likely."""
    likely = add_months(last.date.middle, rhythm.months) if rhythm.is_declared else _after(last.date.middle, rhythm.days)
    if band:
        window = Window(_after(last.date.first, rhythm.days * band.low), _after(last.date.last, rhythm.days * band.high))
    elif rhythm.is_declared:
        window = _declared_window(last, rhythm)
    else:
        window = Window(_after(last.date.first, rhythm.shortest_days), _after(last.date.last, rhythm.longest_days))
    return Forecast(likely, window, band)


def _after(day: dt.date, days: float) -> dt.date:
    return day + dt.timedelta(days=round(days))


def _declared_window(last: Session, rhythm: Rhythm) -> Window:
    """The last sixth of a declared rhythm: its end is the latest day that keeps to it."""
    opening = rhythm.months - max(1, rhythm.months // WINDOW_SHARE)
    return Window(add_months(last.date.first, opening), add_months(last.date.last, rhythm.months))


def cadence(
    sessions: Iterable[Session],
    *,
    periodicity_months: int | None,
    status: str,
    today: dt.date,
    experience: Experience | None = None,
) -> Cadence:
    """Read the rhythm of a mechanism as of `today`.

    `sessions` in any order; `periodicity_months` the declared rhythm, None where none is; `status` is `active`, `dormant`
    or `ended`. A dormant or ended mechanism is expected to meet no more. `experience` is that of all mechanisms.
    """
    ordered = in_order(sessions)
    ahead = [session for session in ordered if session.date.first > today]
    held = tuple(session for session in ordered if session.date.first <= today)
    last = held[-1] if held else None
    intervals = intervals_of(held)
    rhythm = rhythm_of(intervals, periodicity_months)
    forecast = foretell(last, rhythm, experience.band(today) if experience else None) if last and rhythm and status == "active" else None
    expected = _called_for(last, rhythm, forecast) if last and rhythm and forecast else None
    silence = max(0, (today - last.date.middle).days) if last else None
    return Cadence(
        state=_state(status, last, _opening(rhythm, forecast, expected), expected, bool(ahead), today),
        sessions=held,
        intervals=intervals,
        rhythm=rhythm,
        forecast=forecast,
        expected=expected,
        announced=ahead[0] if ahead else None,
        last=last,
        silence_days=silence,
        days_left=(expected.latest - today).days if expected else None,
    )


def _called_for(last: Session, rhythm: Rhythm, forecast: Forecast) -> Window:
    return _declared_window(last, rhythm) if rhythm.is_declared else forecast.window


def _opening(rhythm: Rhythm | None, forecast: Forecast | None, expected: Window | None) -> dt.date | None:
    """From which day on the next session is due."""
    if rhythm is None or forecast is None or expected is None:
        return None
    return expected.earliest if rhythm.is_declared else min(forecast.day, expected.latest)


def _state(status: str, last: Session | None, opening: dt.date | None, expected: Window | None, announced: bool, today: dt.date) -> State:
    if status != "active":
        return State(status)
    if announced:
        return State.ON_TIME
    if last is None:
        return State.NO_SESSION
    if expected is None or opening is None:
        return State.QUIET if add_months(last.date.last, QUIET_MONTHS) < today else State.MET
    if today > expected.latest:
        return State.OVERDUE
    due = opening <= today or (expected.latest - today).days <= DUE_DAYS
    return State.DUE if due else State.ON_TIME
