"""What came of an attempt: a row for every one of them, the state of the feed, and the time of the next."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Min

from relations.domain import moving, scheduling
from relations.domain.failures import Failure, IngestError, needs_human
from relations.domain.feed_entry import Entry
from relations.domain.feed_health import Outage
from relations.domain.hosts import registrable
from relations.ingest import bulk, lease, turns
from relations.ingest.cut_off import bring_forward, cut_off
from relations.ingest.document import PARSER_VERSION, Document
from relations.ingest.fetch import Answer
from relations.ingest.lease import Job
from relations.ingest.store import Counts
from relations.models import Feed, FetchAttempt

_DETAIL: Final = 500
_LONGEST_URL: Final = 1000


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
    blocked: int = 0

    @property
    def failed(self) -> bool:
        return self.outcome == FETCH_FAILED


FETCH_FAILED: Final = "failed"
ASKED_TO_WAIT: Final = "asked_to_wait"
_STORED, _NOT_MODIFIED = "stored", "not_modified"


def success(
    job: Job,
    answer: Answer,
    document: Document,
    counts: Counts,
    now: dt.datetime,
    *,
    reschedule: bool = True,
) -> FeedResult:
    """Record that a feed was taken in, or had nothing new."""
    outcome = _NOT_MODIFIED if answer.body is None else _STORED
    skipped = document.skipped
    number = counts.new + counts.updated + counts.unchanged + skipped
    _attempt(
        job,
        now,
        outcome,
        status=answer.status or None,
        size=len(answer.body or b""),
        entries=number,
        new=counts.new,
        updated=counts.updated,
        unchanged=counts.unchanged,
        skipped=skipped,
        blocked=counts.blocked,
    )
    if reschedule:
        told = job.told_interval if answer.body is None else document.told
        spans = [span for span in (told, answer.fresh_for) if span is not None]
        following = scheduling.after_success(now, job.interval, max(spans, default=None), random.random())
        columns = {
            "last_success": now,
            **(Feed.HEALTHY if job.failures or job.failing_since or job.needs_human_since else {}),
            **_moved(job, answer, now),
        }
        if answer.body is not None:
            columns |= {"etag": _whole(answer.etag, 300), "last_modified": _whole(answer.last_modified, 100)}
            columns |= {"parser_version": PARSER_VERSION, "told_interval": told, **news(job, counts, document.entries, now)}
        lease.finish(job, following, **columns)
    numbers = (number, counts.new, counts.updated, counts.unchanged, skipped, counts.blocked)
    return FeedResult(job.feed, job.url, job.outlet_name, outcome, "", "", *numbers)


def failure(job: Job, error: IngestError, now: dt.datetime, *, reschedule: bool = True) -> FeedResult:
    """Record why a feed could not be taken in, and try again later and later; a request to wait is no failure of the feed."""
    if error.is_request_to_wait:
        return _asked_to_wait(job, error, now, reschedule=reschedule)
    if reschedule and error.kind is Failure.UNRESOLVED and (found := cut_off(job, now)):
        _no_fault(job, error, found, now)
    elif reschedule:
        following = scheduling.after_failure(now, job.interval, job.failures + 1, error.kind, random.random())
        lease.finish(job, following, **_failed_once_more(job, error.kind, error.detail, now))
    return _row(job, FETCH_FAILED, error.kind, error.detail, now, error.status)


def _no_fault(job: Job, error: IngestError, found: Outage, now: dt.datetime) -> None:
    """This machine is without the internet: one failure for as long as it lasts, and no wait that grows."""
    following = scheduling.without_network(now, random.random())
    told = ("failing_since", "last_error", "last_detail", "repeated")
    failed = _failed_once_more(job, error.kind, error.detail, now)
    lease.finish(job, following, failures=max(job.failures, 1), **{name: failed[name] for name in told})
    bring_forward(found, following, now)


def poisoned(job: Job, error: BaseException, now: dt.datetime) -> FeedResult:
    """Record an error that nobody foresaw, and push the feed an hour ahead, so that it never blocks the others."""
    detail = f"{type(error).__name__}: {error}"
    lease.finish(job, now + scheduling.POISONED_WAIT, **_failed_once_more(job, Failure.UNEXPECTED, detail, now))
    return _row(job, FETCH_FAILED, Failure.UNEXPECTED, detail, now, None)


def _asked_to_wait(job: Job, error: IngestError, now: dt.datetime, *, reschedule: bool) -> FeedResult:
    wait = error.retry_after or scheduling.SHORTEST_INTERVAL
    turns.ask_to_wait(registrable(error.url or job.url), now + wait)
    if reschedule:
        columns: dict[str, Any] = {}
        if needs_human(error.kind, 1, _asked_since(job) or now, now):
            columns = {"last_error": error.kind.value, "last_detail": _line(error.detail), "needs_human": error.kind.value}
            columns["needs_human_since"] = job.needs_human_since or now
        lease.finish(job, scheduling.after_request_to_wait(now, job.interval, wait, random.random()), **columns)
    return _row(job, ASKED_TO_WAIT, error.kind, error.detail, now, error.status)


def _asked_since(job: Job) -> dt.datetime | None:
    """Since when a feed has heard nothing but that it should wait; None where that is new."""
    asked = FetchAttempt.objects.filter(feed=job.feed, error=Failure.ASKED_TO_WAIT)
    if job.last_success is not None:
        asked = asked.filter(started__gt=job.last_success)
    return asked.aggregate(first=Min("started"))["first"]


def _failed_once_more(job: Job, kind: Failure, detail: str, now: dt.datetime) -> dict[str, Any]:
    """The columns of a feed after one more failure."""
    since = job.failing_since or now
    repeated = job.repeated + 1 if job.last_error == kind else 1
    columns: dict[str, Any] = {
        "failures": min(job.failures + 1, 32_767),
        "failing_since": since,
        "last_error": kind.value,
        "last_detail": _line(detail),
        "repeated": min(repeated, 32_767),
    }
    if needs_human(kind, repeated, since, now):
        columns |= {"needs_human": kind.value, "needs_human_since": job.needs_human_since or now}
    return columns


def _moved(job: Job, answer: Answer, now: dt.datetime) -> dict[str, Any]:
    """The columns of a move, where this fetch has told something of it."""
    target = answer.moved_to if answer.moved_to != job.url and len(answer.moved_to) <= _LONGEST_URL else ""
    move = moving.seen(job.move, target, now.date())
    columns: dict[str, Any] = {}
    if move != job.move:
        columns = {"moved_to": move.target, "moved_days": move.days, "moved_day": move.day}
    proposed = move.target if move.is_proposal else ""
    if proposed != job.proposed_url:
        columns |= {"proposed_url": proposed, "proposed_since": now if proposed else None}
    return columns


def news(job: Job, counts: Counts, entries: Iterable[Entry], now: dt.datetime) -> dict[str, Any]:
    """When the feed told something new: by the dates of its entries, or now where it brought a new one.

    The first fetch brings nothing but new ones, however old they are, so there the dates alone count where there are any.
    """
    told = max((entry.published for entry in entries if entry.published and entry.published <= now), default=None)
    if counts.new and (job.last_success is not None or told is None):
        told = now
    return {"last_news": told} if told is not None and (job.last_news is None or told > job.last_news) else {}


def _row(job: Job, outcome: str, kind: Failure, detail: str, now: dt.datetime, status: int | None) -> FeedResult:
    detail = _line(detail)
    _attempt(job, now, outcome, error=kind.value, detail=detail, status=status)
    return FeedResult(job.feed, job.url, job.outlet_name, outcome, kind.value, detail)


def _attempt(job: Job, now: dt.datetime, outcome: str, **told: str | int | None) -> None:
    row = {"feed": job.feed, "started": job.started, "finished": now, "outcome": outcome, **_NOTHING, **told}
    bulk.insert(FetchAttempt, tuple(row), [tuple(row.values())])


_NOTHING: Final[dict[str, Any]] = {
    "error": "",
    "detail": "",
    "status": None,
    **dict.fromkeys(("size", "entries", "new", "updated", "unchanged", "skipped", "blocked"), 0),
}
"""Columns of an attempt that has nothing to tell there."""


def _line(detail: str) -> str:
    return " ".join(detail.replace("\0", " ").split())[:_DETAIL]


def _whole(value: str, longest: int) -> str:
    """A validator is sent back as it came or not at all."""
    return value if len(value) <= longest else ""
