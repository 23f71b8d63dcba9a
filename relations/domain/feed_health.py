"""How a feed is doing, in one word, and how all of them are: the rules behind /ingestion/ and the daily digest. Pure."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from relations.domain.failures import Failure

SILENT_AFTER: Final = dt.timedelta(days=30)
"""A feed that answers and has told nothing new for so long is silent: well, as far as machines can tell, and worth a look."""

STRIP_DAYS: Final = 30
"""Days of attempts that are drawn, today being the last."""

OVERDUE_AFTER: Final = dt.timedelta(minutes=10)
"""A feed that is due for so long is waiting for a worker that does not run."""

ASKED_FOR: Final = dt.timedelta(minutes=2)
"""So long the page waits for a worker to take up what an editor asked for …"""
ASKED_FOR_AT_WORK: Final = dt.timedelta(minutes=15)
"""… and so long while workers fetch other feeds: a hundred of one host are fetched one after the other."""

_OUTAGE_HOSTS: Final = 2


class State(enum.StrEnum):
    """What one may say of a feed, from what asks for attention to what rests."""

    NEEDS_HUMAN = "needs_human"
    FAILING = "failing"
    SILENT = "silent"
    WAITING = "waiting"
    FINE = "fine"
    PAUSED = "paused"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Vitals:
    """What is known of a feed. `error` and `needs_human` are codes of failures, `proposed` tells that a new address awaits an editor."""

    enabled: bool = True
    paused: bool = False
    host: str = ""
    last_success: dt.datetime | None = None
    last_news: dt.datetime | None = None
    failing_since: dt.datetime | None = None
    error: str = ""
    needs_human: str = ""
    needs_human_since: dt.datetime | None = None
    proposed: bool = False
    proposed_since: dt.datetime | None = None
    next_check: dt.datetime | None = None
    leased_until: dt.datetime | None = None

    @property
    def working(self) -> bool:
        """It is fetched on its own."""
        return self.enabled and not self.paused

    def leased(self, now: dt.datetime) -> bool:
        """A worker has it."""
        return self.leased_until is not None and self.leased_until > now

    def due_since(self, now: dt.datetime) -> dt.datetime | None:
        """Since when it waits for a worker; None where it does not, or was never scheduled."""
        if not self.working or self.leased(now) or self.next_check is None or self.next_check > now:
            return None
        return self.next_check


@dataclass(frozen=True, slots=True)
class Outage:
    """No name can be resolved, so nothing is the fault of any feed: since when, and the first failure that belongs to it."""

    since: dt.datetime

    def covers(self, vitals: Vitals) -> bool:
        """Whether this feed fails for no other reason."""
        return vitals.error == Failure.UNRESOLVED and vitals.failing_since is not None and vitals.failing_since >= self.since


def outage(feeds: Iterable[Vitals]) -> Outage | None:
    """Whether this machine is cut off: since the last success of any feed every failure that began was a name that did not resolve.

    Names of two hosts at least: one that is gone for good does not make an outage.
    """
    working = [feed for feed in feeds if feed.working]
    reached = max((feed.last_success for feed in working if feed.last_success), default=None)
    begun = [feed for feed in working if feed.failing_since and (reached is None or feed.failing_since > reached)]
    if any(feed.error != Failure.UNRESOLVED for feed in begun) or len({feed.host for feed in begun}) < _OUTAGE_HOSTS:
        return None
    return Outage(min(feed.failing_since for feed in begun if feed.failing_since))


def state_of(feed: Vitals, now: dt.datetime, cut_off: Outage | None = None) -> State:
    """The state of a feed; during an outage a feed that fails with all others needs nobody."""
    if not feed.enabled:
        return State.OFF
    if feed.paused:
        return State.PAUSED
    if feed.proposed or (feed.needs_human and not (cut_off and cut_off.covers(feed))):
        return State.NEEDS_HUMAN
    if feed.failing_since:
        return State.FAILING
    if feed.last_success is None:
        return State.WAITING
    return State.SILENT if is_silent(feed, now) else State.FINE


def is_silent(feed: Vitals, now: dt.datetime) -> bool:
    """It answers well and has told nothing new for a long time, or ever."""
    if feed.last_success is None or feed.failing_since:
        return False
    return feed.last_news is None or feed.last_news < now - SILENT_AFTER


def since(feed: Vitals, state: State) -> dt.datetime | None:
    """Since when a feed is in its state, where that is known."""
    match state:
        case State.NEEDS_HUMAN:
            return min((moment for moment in (feed.needs_human_since, feed.proposed_since) if moment), default=None)
        case State.FAILING:
            return feed.failing_since
        case State.SILENT:
            return feed.last_news
        case _:
            return None


def worst_first(feed: Vitals, state: State) -> tuple[int, float]:
    """What to sort by: the state, and in it what has lasted longest; what never told anything is silent longest."""
    moment = since(feed, state)
    return list(State).index(state), moment.timestamp() if moment else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """All feeds in figures. `failing` counts those that fail and need a human too; `needing` those of them, `moved` new addresses."""

    total: int = 0
    enabled: int = 0
    fine: int = 0
    silent: int = 0
    waiting: int = 0
    failing: int = 0
    failing_and_needing: int = 0
    moved: int = 0
    paused: int = 0
    leased: int = 0
    next_check: dt.datetime | None = None
    due_since: dt.datetime | None = None

    def overdue(self, now: dt.datetime) -> bool:
        """Feeds wait, and nobody comes for them."""
        return self.due_since is not None and self.due_since < now - OVERDUE_AFTER


def summary(feeds: Sequence[Vitals], now: dt.datetime, cut_off: Outage | None = None) -> Summary:
    """Count the feeds by how they are doing. Silent ones are among the fine: they answer."""
    states = [state_of(feed, now, cut_off) for feed in feeds]
    working = [(feed, state) for feed, state in zip(feeds, states, strict=True) if feed.working]
    failing = [(feed, state) for feed, state in working if feed.failing_since]
    ahead = [feed.next_check for feed, _state in working if feed.next_check and not feed.leased(now)]
    return Summary(
        total=len(feeds),
        enabled=sum(feed.enabled for feed in feeds),
        fine=sum(not feed.failing_since and feed.last_success is not None for feed, _state in working),
        silent=sum(is_silent(feed, now) for feed, _state in working),
        waiting=sum(not feed.failing_since and feed.last_success is None for feed, _state in working),
        failing=len(failing),
        failing_and_needing=sum(state is State.NEEDS_HUMAN for _feed, state in failing),
        moved=sum(feed.proposed for feed, _state in working),
        paused=states.count(State.PAUSED),
        leased=sum(feed.leased(now) for feed in feeds),
        next_check=min(ahead, default=None),
        due_since=min((moment for feed, _state in working if (moment := feed.due_since(now))), default=None),
    )


# ---- The strip ----------------------------------------------------------------------------------------------------------


class Day(enum.StrEnum):
    """How the attempts of a day went."""

    NONE = "none"
    GOOD = "good"
    SOME = "some"
    FAILED = "failed"


def day_of(good: int, failed: int) -> Day:
    """The day of so many attempts that went well and so many that failed."""
    if not good and not failed:
        return Day.NONE
    if not failed:
        return Day.GOOD
    return Day.SOME if good else Day.FAILED


def strip(attempts: Mapping[str, tuple[int, int]], today: dt.date) -> tuple[Day, ...]:
    """The last STRIP_DAYS days from the oldest to today; `attempts` are (good, failed) by day in ISO form."""
    days = (today - dt.timedelta(days=back) for back in range(STRIP_DAYS - 1, -1, -1))
    return tuple(day_of(*attempts.get(day.isoformat(), (0, 0))) for day in days)
