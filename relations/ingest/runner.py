"""The run of one feed, as a worker does it. It ends with a row, whatever happens."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from relations.domain.failures import IngestError
from relations.domain.hosts import registrable
from relations.ingest import lease, record, turns
from relations.ingest.gather import Gathered, gather
from relations.ingest.lease import Job, LeaseLost
from relations.ingest.patience import patiently
from relations.ingest.policy import policy
from relations.ingest.record import FeedResult
from relations.ingest.store import store
from relations.ingest.turns import Busy, Turn
from relations.models import Feed

MOST_DUE: Final = 500
"""Feeds that one look at the clock hands out; the others are due a minute later."""

LONGEST_DELAY: Final = 45.0
"""Seconds by which a feed is handed out later than another one of its host; what would be later is left to the next look."""

_A_REQUEST: Final = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Postponed:
    """A feed that was not fetched, since its host cannot be asked before `until`; `asked` where it was the host that said so."""

    feed: int
    url: str
    outlet: str
    until: dt.datetime
    asked: bool


def due_feeds(limit: int = MOST_DUE) -> list[int]:
    """Ids of the feeds to fetch now, the longest waiting first."""
    return patiently(lambda: list(Feed.objects.due(timezone.now()).values_list("pk", flat=True)[:limit]))


def enabled_feeds() -> list[int]:
    """Ids of all enabled feeds that are not paused, whether they are due or not."""
    return patiently(lambda: list(Feed.objects.working().values_list("pk", flat=True)))


def next_due() -> dt.datetime | None:
    """When the next feed is due, now where one waits for its first fetch; None where no feed is fetched by itself."""
    working = Feed.objects.working()
    if working.filter(next_check=None).exists():
        return timezone.now()
    return working.aggregate(first=Min("next_check"))["first"]


def due_feeds_with_delays(limit: int = MOST_DUE) -> list[tuple[int, float]]:
    """The same, each with the seconds after which to begin it: feeds of one host one after the other, not all at once."""
    step = turns.gap().total_seconds()
    due = Feed.objects.due(timezone.now()).values_list("pk", "url")[:limit]
    if not step:
        return [(pk, 0.0) for pk, _url in due]
    ahead: Counter[str] = Counter()
    handed_out: list[tuple[int, float]] = []
    for pk, url in due:
        host = registrable(url)
        delay = ahead[host] * (step + _A_REQUEST)
        ahead[host] += 1
        if delay <= LONGEST_DELAY:
            handed_out.append((pk, delay))
    return handed_out


def run_feed(feed_id: int, *, only_due: bool = True) -> FeedResult | Postponed | None:
    """Fetch one feed and store what is new; None where it is not due, or somebody else has it."""
    begun = begin(feed_id, only_due=only_due)
    if begun is None or isinstance(begun, Postponed):
        return begun
    job, turn = begun
    try:
        gathered = gather(job, policy())
    except Exception as error:
        patiently(lambda: turns.give_back(turn))
        return poisoned(job, error)
    except BaseException:
        turns.give_back(turn)
        lease.release(job)
        raise
    patiently(lambda: turns.give_back(turn))
    return settle(job, gathered)


def begin(feed_id: int, *, only_due: bool) -> tuple[Job, Turn] | Postponed | None:
    """Claim a feed and take the turn at its host, before any request is sent."""
    now, tries = timezone.now(), itertools.count()
    job = patiently(lambda: lease.claim(feed_id, now, only_due=only_due, again=next(tries) > 0))
    if job is None:
        return None
    turn = patiently(lambda: turns.take(job.hosts, timezone.now()))
    if isinstance(turn, Turn):
        return job, turn
    patiently(lambda: _put_off(job, turn))
    return Postponed(job.feed, job.url, job.outlet_name, turn.until, turn.asked)


def settle(job: Job, gathered: Gathered | IngestError) -> FeedResult | None:
    """Write what a feed told, in one transaction with the record of the attempt and the time of the next.

    None where the lease was lost meanwhile: then nothing is written, whoever has the feed now stores it.
    """
    try:
        return _written(job, lambda: _store(job, gathered, timezone.now()))
    except Exception as error:
        return poisoned(job, error)


def poisoned(job: Job, error: Exception) -> FeedResult | None:
    """Log and record an error that nobody foresaw."""
    _log.error("feed %s (%s) failed in a way that nobody foresaw", job.feed, job.url, exc_info=error)
    return _written(job, lambda: record.poisoned(job, error, timezone.now()))


def _store(job: Job, gathered: Gathered | IngestError, now: dt.datetime) -> FeedResult:
    if isinstance(gathered, IngestError):
        return record.failure(job, gathered, now)
    counts = store(job.outlet, job.feed, job.language, gathered.document.entries, now, gathered.document.gists)
    return record.success(job, gathered.answer, gathered.document, counts, now)


def _written(job: Job, write: Callable[[], FeedResult]) -> FeedResult | None:
    """Write in one transaction, once more where the database was away."""

    def attempt() -> FeedResult:
        with transaction.atomic():
            return write()

    try:
        return patiently(attempt)
    except LeaseLost as lost:
        # Also where the database went away just after it had committed: then everything is written.
        _log.warning("%s; nothing is written twice", lost)
        return None


def _put_off(job: Job, busy: Busy) -> None:
    """The feed stays due where its host is merely busy; where the host asked to be left alone, it is due when that is over."""
    if busy.asked:
        try:
            lease.put_off(job, busy.until)
        except LeaseLost:
            return
    else:
        lease.release(job)
