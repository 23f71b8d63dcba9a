"""Claiming a feed, so that of any number of workers one fetches it.

The claim is a conditional update of the column by which feeds are due: who changes the row has the feed until the lease
runs out. It works alike on SQLite and PostgreSQL, needs no lock that outlives a crash, and costs one index.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from relations.models import Feed

LENGTH: Final = dt.timedelta(minutes=6)
"""Longer than a task may run (CELERY_TASK_TIME_LIMIT): a lease that has run out belongs to nobody alive."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed feed, with all that a fetch needs of it. `until` is what the claim wrote into `next_check`."""

    feed: int
    outlet: int
    outlet_name: str
    url: str
    language: str
    etag: str
    last_modified: str
    interval: dt.timedelta
    failures: int
    started: dt.datetime
    until: dt.datetime
    before: dt.datetime | None


def claim(feed_id: int, now: dt.datetime, *, only_due: bool = True) -> Job | None:
    """Claim a feed; None where it is gone, not due (with `only_due`), or another worker was faster."""
    feed = Feed.objects.select_related("outlet").filter(pk=feed_id).first()
    if feed is None or (only_due and not (feed.enabled and (feed.next_check is None or feed.next_check <= now))):
        return None
    until = now + LENGTH
    unchanged = Feed.objects.filter(pk=feed_id, next_check=feed.next_check)
    if feed.next_check is None:
        unchanged = Feed.objects.filter(pk=feed_id, next_check__isnull=True)
    if not unchanged.update(next_check=until):
        return None
    return Job(
        feed=feed.pk,
        outlet=feed.outlet_id,
        outlet_name=feed.outlet.name,
        url=feed.url,
        language=feed.language,
        etag=feed.etag,
        last_modified=feed.last_modified,
        interval=feed.interval,
        failures=feed.failures,
        started=now,
        until=until,
        before=feed.next_check,
    )


def release(job: Job) -> None:
    """Give a claim back untouched, for a run that was broken off."""
    Feed.objects.filter(pk=job.feed, next_check=job.until).update(next_check=job.before)
