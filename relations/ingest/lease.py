"""Claiming a feed, so that of any number of workers one fetches it.

The claim is a conditional update of a column of its own: whoever changes the row has the feed until `leased_until`. The schedule
(`next_check`) stays what it is meanwhile, so a page tells it truly, an editor's "fetch now" during a fetch is heard after it, and
a crash leaves the feed due as it was. It works alike on SQLite and PostgreSQL and needs no lock that outlives its holder.

A claim only succeeds after the one before it has ended or run out, so `until` grows from claim to claim: it is the token by which
the holder of a lost lease is told from the present one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from relations.domain.hosts import registrable
from relations.domain.moving import Move
from relations.ingest.parse import PARSER_VERSION
from relations.models import Feed

LENGTH: Final = dt.timedelta(minutes=6)
"""Longer than a task may run (CELERY_TASK_TIME_LIMIT): a lease that has run out belongs to nobody alive."""


class LeaseLost(Exception):
    """The feed was claimed by somebody else meanwhile: what was fetched is theirs to store."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed feed, with all that a fetch needs of it. `until` is what the claim wrote, `before` the schedule that it found."""

    feed: int
    outlet: int
    outlet_name: str
    url: str
    language: str
    etag: str
    last_modified: str
    interval: dt.timedelta
    told_interval: dt.timedelta | None
    failures: int
    failing_since: dt.datetime | None
    last_error: str
    repeated: int
    needs_human_since: dt.datetime | None
    last_success: dt.datetime | None
    last_news: dt.datetime | None
    move: Move
    proposed_url: str
    started: dt.datetime
    until: dt.datetime
    before: dt.datetime | None

    @property
    def hosts(self) -> tuple[str, ...]:
        """The registrable hosts that this fetch will ask, as far as that is known: its own and where it was sent on last time."""
        return tuple(dict.fromkeys(host for url in (self.url, self.move.target) if (host := registrable(url))))


def claim(feed_id: int, now: dt.datetime, *, only_due: bool = True) -> Job | None:
    """Claim a feed; None where it is gone, not due (with `only_due`), or somebody has it."""
    until = now + LENGTH
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    claimable = Feed.objects.due(now) if only_due else Feed.objects.filter(free)
    if not claimable.filter(pk=feed_id).update(leased_until=until):
        return None
    feed = Feed.objects.select_related("outlet").filter(pk=feed_id).first()
    return None if feed is None else job_of(feed, now, until)


def job_of(feed: Feed, now: dt.datetime, until: dt.datetime) -> Job:
    """The job of a feed; its validators count only where the present parser has read what they stand for."""
    read = feed.parser_version == PARSER_VERSION
    return Job(
        feed=feed.pk,
        outlet=feed.outlet_id,
        outlet_name=feed.outlet.name,
        url=feed.url,
        language=feed.language,
        etag=feed.etag if read else "",
        last_modified=feed.last_modified if read else "",
        interval=feed.interval,
        told_interval=feed.told_interval,
        failures=feed.failures,
        failing_since=feed.failing_since,
        last_error=feed.last_error,
        repeated=feed.repeated,
        needs_human_since=feed.needs_human_since,
        last_success=feed.last_success,
        last_news=feed.last_news,
        move=Move(feed.moved_to, feed.moved_days, feed.moved_day, feed.rejected_url),
        proposed_url=feed.proposed_url,
        started=now,
        until=until,
        before=feed.next_check,
    )


def release(job: Job) -> None:
    """Give a claim back untouched, for a run that was broken off or that has to wait for its host."""
    Feed.objects.filter(pk=job.feed, leased_until=job.until).update(leased_until=None)


def finish(job: Job, following: dt.datetime, **columns: object) -> None:
    """End a claim: write the time of the next fetch and what came of this one. Raises LeaseLost where somebody else has the feed.

    Where an editor asked for a fetch meanwhile, that schedule stays; where the address was changed, nothing that was learned of
    the old one is written to the new one.
    """
    mine = Feed.objects.filter(pk=job.feed, leased_until=job.until)
    same = mine.filter(url=job.url)
    planned = same.filter(next_check=job.before) if job.before is not None else same.filter(next_check__isnull=True)
    if planned.update(leased_until=None, next_check=following, **columns):
        return
    if same.update(leased_until=None, **columns) or mine.update(leased_until=None):
        return
    raise LeaseLost(f"feed {job.feed} was claimed by somebody else, or is gone")


def put_off(job: Job, until: dt.datetime) -> None:
    """End a claim without a fetch: the host is to be left alone until then."""
    finish(job, until)
