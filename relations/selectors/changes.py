"""What changed since a day: records, sessions that became due, what comes round within 90 days and did not before, new stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef

from relations.domain import cadence
from relations.domain import changes as rules
from relations.domain.agenda import Entry, Group, Kind, grouped
from relations.domain.cadence import State
from relations.domain.changes import Load, Since
from relations.models import NewsItem
from relations.models.news import NewsItemQuerySet
from relations.reference.parties import DYADS
from relations.selectors.agenda import upcoming
from relations.selectors.cadences import Read, read_cadences
from relations.selectors.changes_records import Change, changes_of, touched
from relations.selectors.mechanisms import HealthRow, attention, health_row
from relations.selectors.stories import LINK, NewsLine, heads, lines, listed

STORIES_MOST: Final = 100
"""Stories are counted up to so many."""
STORIES_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """All that the page shows. `changes` the last first, `cut` where older ones were not looked through."""

    since: Since
    today: dt.date
    dyads: tuple[str, ...]
    changes: tuple[Change, ...]
    loads: tuple[Load, ...]
    cut: bool
    due: tuple[HealthRow, ...]
    entered: tuple[Entry, ...]
    stories: tuple[NewsLine, ...]
    stories_total: int

    @property
    def groups(self) -> list[Group]:
        """What entered the window of 90 days, by month."""
        return grouped(self.entered)

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.loads or self.due or self.entered or self.stories)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much changed, for a box: `records` touched, the loads, mechanisms due, lines that entered the window, stories."""

    since: Since
    records: int
    loads: tuple[Load, ...]
    due: int
    entered: int
    stories: int

    @property
    def is_empty(self) -> bool:
        return not (self.records or self.loads or self.due or self.entered or self.stories)


def changes_page(since: Since, dyads: Sequence[str], today: dt.date) -> ChangesPage:
    """What changed for some relationships (none: all) as of `today`. 23 queries at most, whatever the number of records."""
    chosen = tuple(dyads) or tuple(DYADS)
    touches = touched(since.day, chosen)
    mechanisms = read_cadences(today)
    coming = upcoming(today, rules.AHEAD_DAYS, mechanisms=mechanisms).entries
    found = list(listed(_new_stories(since.day, chosen))[:STORIES_MOST])
    return ChangesPage(
        since,
        today,
        tuple(dyads),
        tuple(changes_of(touches, since.day)),
        touches.loads,
        touches.cut,
        tuple(sorted((health_row(read) for read in became_due(mechanisms, since.day) if read.mechanism.dyad in chosen), key=attention)),
        tuple(entered(coming, since.day, today, chosen)),
        tuple(lines(found[:STORIES_SHOWN])),
        len(found),
    )


def summary(since: Since, today: dt.date, mechanisms: Sequence[Read], coming: Iterable[Entry]) -> Summary:
    """The same in numbers, of all relationships. Three queries, since the mechanisms and the lines of the next 90 days are at hand."""
    touches = touched(since.day, DYADS)
    return Summary(
        since,
        len(touches.records),
        touches.loads,
        len(became_due(mechanisms, since.day)),
        len(entered(coming, since.day, today, DYADS)),
        _new_stories(since.day, DYADS)[:STORIES_MOST].count(),
    )


def became_due(mechanisms: Sequence[Read], since: dt.date) -> list[Read]:
    """The mechanisms that are due or overdue today and were not so on a day, from their sessions up to then."""
    waiting = [read for read in mechanisms if read.cadence.state in (State.DUE, State.OVERDUE)]
    found = []
    for read in waiting:
        then = cadence.cadence(
            (cadence.Session(held.date, held.number) for held in read.sessions if held.date.first <= since),
            periodicity_months=read.mechanism.periodicity_months,
            status=read.mechanism.status,
            today=since,
            experience=read.experience,
        )
        if rules.became_due(then.state, read.cadence.state):
            found.append(read)
    return found


def entered(coming: Iterable[Entry], since: dt.date, today: dt.date, dyads: Sequence[str]) -> list[Entry]:
    """Of what comes round within 90 days the lines that did not lie within 90 days of a day."""
    window = rules.entered(since, today)
    if window is None:
        return []
    anniversaries = (entry for entry in coming if entry.kind is Kind.ANNIVERSARY and any(dyad in dyads for dyad in entry.dyads))
    return [entry for entry in anniversaries if window[0] <= entry.date.first <= window[1]]


def _new_stories(since: dt.date, dyads: Sequence[str]) -> NewsItemQuerySet:
    """The first reports of stories that began on the day or later and name a relationship, the newest first."""
    begin = dt.datetime.combine(since, dt.time.min, dt.UTC)
    linked = Exists(LINK.objects.filter(newsitem_id=OuterRef("pk"), dyad__in=dyads))
    rows = NewsItem.objects.shown().filter(linked, sort_time__gte=begin)
    return heads(rows, NewsItem.objects.shown()).newest_first()
