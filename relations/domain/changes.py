"""What changed since a day: from when on, what became of a record, and what came near meanwhile.

Rules, all of them here and nowhere else:

- From when on. A day that is asked for; else the day of the visit before this one; else the last 30 days. A day to come is today,
  a day more than 730 days back is that day; either is said. A visit is a day: whoever comes twice on a day keeps the visit before.
- A record is new where it was not shown before that day, be it that it did not exist or was a draft; edited where what it says
  now differs from what it said then, or where something that belongs to it (sources, provisions, who signed) was touched. What was changed
  and changed back is no change. Drafts never count.
- A load of the dataset that brings more than 40 records on one day is one line, not so many new records; an edit of such a record
  is compared with what was loaded.
- A session became due or overdue where its mechanism is so today and was not so on that day, from the sessions up to then.
- What comes round entered the window of 90 days where it lies within 90 days of today but did not within 90 days of that day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from relations.domain.cadence import State

FIRST_LOOK_DAYS: Final = 30
LONGEST_DAYS: Final = 730
LOAD_MOST: Final = 40
AHEAD_DAYS: Final = 90


class Basis(StrEnum):
    """Why changes are told from a day on."""

    ASKED = "asked"
    VISIT = "visit"
    FIRST = "first"


class Problem(StrEnum):
    """What is wrong with the day that was asked for."""

    UNREADABLE = "unreadable"
    FUTURE = "future"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Since:
    """From which day on changes are told, the day included, and why."""

    day: dt.date
    basis: Basis
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """The day of the present visit and of the one before it, as far as the reader's browser keeps them."""

    before: dt.date | None = None
    present: dt.date | None = None

    @classmethod
    def parse(cls, text: str, today: dt.date) -> Visits:
        """Read `2026-11-20.2026-11-24` (before and present) or `2026-11-24`; what makes no sense or lies ahead is nothing."""
        days = [_day(part) for part in text.split(".")[:2]]
        if not days or any(day is None or day > today for day in days):
            return cls()
        return cls(days[0], days[1]) if len(days) == 2 else cls(None, days[0])

    def __str__(self) -> str:
        return ".".join(day.isoformat() for day in (self.before, self.present) if day)

    def on(self, today: dt.date) -> Visits:
        """The visits once the reader is here today."""
        return self if self.present == today else Visits(self.present, today)


def since(asked: str, before: dt.date | None, today: dt.date) -> Since:
    """From which day on changes are told: `asked` as an ISO day (empty for none), `before` the visit before this one."""
    day = _day(asked.strip()) if asked.strip() else None
    unreadable = Problem.UNREADABLE if asked.strip() and day is None else None
    oldest = today - dt.timedelta(days=LONGEST_DAYS)
    if day is not None:
        if day > today:
            return Since(today, Basis.ASKED, Problem.FUTURE)
        return Since(oldest, Basis.ASKED, Problem.OLD) if day < oldest else Since(day, Basis.ASKED)
    if before is not None:
        return Since(max(before, oldest), Basis.VISIT, unreadable)
    return Since(today - dt.timedelta(days=FIRST_LOOK_DAYS), Basis.FIRST, unreadable)


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date() if len(text) == 10 and text.isascii() else None  # noqa: DTZ007
    except ValueError:
        return None


# ---- Records -------------------------------------------------------------------------------------------------------------


class Fate(StrEnum):
    """What became of a record."""

    NEW = "new"
    EDITED = "edited"


def fate(before: bool | None, *, made: bool) -> Fate:
    """Whether a record that is shown today is new: `before` says whether it was shown on the day (None: nothing known of then),
    `made` whether the first that is known of it since is that it was made."""
    return Fate.NEW if before is False or (before is None and made) else Fate.EDITED


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose value is another than before. `number` is that of the provision it belongs to, None for the record's own."""

    field: str
    before: Any
    now: Any
    number: int | None = None


def differences(before: Mapping[str, Any], now: Mapping[str, Any], fields: Iterable[str], number: int | None = None) -> list[Difference]:
    """The fields that differ, in their order; nothing and an empty text are the same."""
    return [
        Difference(name, before.get(name), now.get(name), number) for name in fields if _plain(before.get(name)) != _plain(now.get(name))
    ]


def _plain(value: Any) -> Any:
    return None if value in ("", ()) else value


@dataclass(frozen=True, slots=True)
class Load:
    """A load of the dataset: the day, and how many records it brought."""

    day: dt.date
    records: int


def loads(made: Iterable[tuple[dt.datetime, int]]) -> list[Load]:
    """The loads among what loads have made (moment, number of records), the newest first."""
    counts: defaultdict[dt.date, int] = defaultdict(int)
    for moment, records in made:
        counts[moment.date()] += records
    return [Load(day, records) for day, records in sorted(counts.items(), reverse=True) if records > LOAD_MOST]


# ---- What came near --------------------------------------------------------------------------------------------------------

_WAITING: Final = (State.DUE, State.OVERDUE)


def became_due(then: State, now: State) -> bool:
    """Whether a mechanism became due or overdue between two days: from due to overdue is a change, from overdue to due is none."""
    return now in _WAITING and then is not now and not (then is State.OVERDUE and now is State.DUE)


def entered(day: dt.date, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """Between which days lies what entered the window of 90 days since a day; None where nothing can have."""
    first = max(day + dt.timedelta(days=AHEAD_DAYS + 1), today)
    last = today + dt.timedelta(days=AHEAD_DAYS)
    return (first, last) if first <= last else None
