"""The run of one feed, as a worker does it. It ends with a row, whatever happens."""

from __future__ import annotations

import logging
from typing import Final

from django.db import transaction
from django.utils import timezone

from relations.domain.failures import IngestError
from relations.ingest import lease, record
from relations.ingest.gather import Gathered, gather
from relations.ingest.lease import Job
from relations.ingest.policy import policy
from relations.ingest.record import FeedResult
from relations.ingest.store import store
from relations.models import Feed

MOST_DUE: Final = 500
"""Feeds that one look at the clock hands out; the others are due a minute later."""

_log = logging.getLogger(__name__)


def due_feeds(limit: int = MOST_DUE) -> list[int]:
    """Ids of the feeds to fetch now, the longest waiting first."""
    return list(Feed.objects.due(timezone.now()).values_list("pk", flat=True)[:limit])


def run_feed(feed_id: int, *, only_due: bool = True) -> FeedResult | None:
    """Fetch one feed and store what is new; None where it is not due, or somebody else has it."""
    job = lease.claim(feed_id, timezone.now(), only_due=only_due)
    if job is None:
        return None
    try:
        gathered = gather(job, policy())
    except Exception as error:
        return poisoned(job, error)
    except BaseException:
        lease.release(job)
        raise
    return settle(job, gathered)


def settle(job: Job, gathered: Gathered | IngestError) -> FeedResult:
    """Write what a feed told, in one transaction with the record of the attempt and the time of the next."""
    now = timezone.now()
    try:
        with transaction.atomic():
            if isinstance(gathered, IngestError):
                return record.failure(job, gathered, now)
            counts = store(job.outlet, job.feed, job.language, gathered.entries, now)
            return record.success(job, gathered.answer, counts, gathered.skipped, now)
    except Exception as error:
        return poisoned(job, error)


def poisoned(job: Job, error: Exception) -> FeedResult:
    """Log and record an error that nobody foresaw."""
    _log.exception("feed %s (%s) failed in a way that nobody foresaw", job.feed, job.url)
    with transaction.atomic():
        return record.poisoned(job, error, timezone.now())
