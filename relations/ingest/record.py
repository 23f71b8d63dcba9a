"""What came of an attempt: a row for every one of them, and the time of the next."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from django.db.models import F

from relations.domain import scheduling
from relations.domain.failures import Failure, IngestError
from relations.ingest.fetch import Answer
from relations.ingest.lease import Job
from relations.ingest.store import Counts
from relations.models import Feed, FetchAttempt

_DETAIL = 500


@dataclass(frozen=True, slots=True)
class FeedResult:
    """One feed of a run. `outcome` is that of the attempt; `error` is empty or the code of a Failure, `detail` says it in words."""

    feed: int | None
    url: str
    outlet: str
    outcome: str
    error: str = ""
    detail: str = ""
    entries: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0

    @property
    def failed(self) -> bool:
        return self.outcome == FETCH_FAILED


FETCH_FAILED: str = "failed"
_STORED, _NOT_MODIFIED = "stored", "not_modified"


def success(job: Job, answer: Answer, counts: Counts, skipped: int, now: dt.datetime, *, reschedule: bool = True) -> FeedResult:
    """Record that a feed was taken in, or had nothing new."""
    outcome = _NOT_MODIFIED if answer.body is None else _STORED
    entries = counts.new + counts.updated + counts.unchanged + skipped
    FetchAttempt.objects.create(
        feed_id=job.feed,
        started=job.started,
        finished=now,
        outcome=outcome,
        status=answer.status or None,
        size=len(answer.body or b""),
        entries=entries,
        new=counts.new,
        updated=counts.updated,
        unchanged=counts.unchanged,
        skipped=skipped,
    )
    if reschedule:
        columns = {} if answer.body is None else {"etag": _whole(answer.etag, 300), "last_modified": _whole(answer.last_modified, 100)}
        following = scheduling.after_success(now, job.interval, random.random())
        _schedule(job, following, failures=0, last_success=now, **columns)
    return FeedResult(job.feed, job.url, job.outlet_name, outcome, "", "", entries, counts.new, counts.updated, counts.unchanged, skipped)


def failure(job: Job, error: IngestError, now: dt.datetime) -> FeedResult:
    """Record why a feed could not be taken in, and try again later and later; a request to wait is no failure of the feed."""
    if error.retry_after is not None and error.is_request_to_wait:
        following = scheduling.after_request_to_wait(now, job.interval, error.retry_after, random.random())
        _schedule(job, following)
    else:
        _schedule(job, scheduling.after_failure(now, job.interval, job.failures + 1, random.random()), failures=F("failures") + 1)
    return _failed(job, error.kind, error.detail, now, error.status)


def poisoned(job: Job, error: BaseException, now: dt.datetime) -> FeedResult:
    """Record an error that nobody foresaw, and push the feed an hour ahead, so that it never blocks the others."""
    _schedule(job, now + scheduling.POISONED_WAIT, failures=F("failures") + 1)
    return _failed(job, Failure.UNEXPECTED, f"{type(error).__name__}: {error}", now, None)


def _failed(job: Job, kind: Failure, detail: str, now: dt.datetime, status: int | None) -> FeedResult:
    detail = " ".join(detail.replace("\0", " ").split())[:_DETAIL]
    FetchAttempt.objects.create(
        feed_id=job.feed, started=job.started, finished=now, outcome=FETCH_FAILED, error=kind.value, detail=detail, status=status
    )
    return FeedResult(job.feed, job.url, job.outlet_name, FETCH_FAILED, kind.value, detail)


def _schedule(job: Job, following: dt.datetime, **columns: object) -> None:
    # Where the lease has run out, or an editor asked for a fetch meanwhile, the column says something newer.
    Feed.objects.filter(pk=job.feed, next_check=job.until).update(next_check=following, **columns)


def _whole(value: str, longest: int) -> str:
    """A validator is sent back as it came or not at all."""
    return value if len(value) <= longest else ""
