"""Claiming a feed, so that of any number of workers one fetches it.

The claim is a conditional update of a column of its own: whoever changes the row has the feed until `leased_until`. The schedule
(`next_check`) stays what it is meanwhile, so a page tells it truly, an editor's "fetch now" during a fetch is heard after it, and
a crash leaves the feed due as it was. It works alike on SQLite and PostgreSQL and needs no lock that outlives its holder.

A claim only succeeds after the one before it has ended or run out, so `until` grows from claim to claim: it is the token by which
the holder of a lost lease is told from the present one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import Q, QuerySet

from relations.domain.hosts import registrable
from relations.domain.moving import Move
from relations.ingest import change
from relations.ingest.change import Change
from relations.ingest.document import PARSER_VERSION
from relations.models import Feed
from relations.selectors.statement import Named, Statement, columns

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


def claim(feed_id: int, now: dt.datetime, *, only_due: bool = True, again: bool = False) -> Job | None:
    """Claim a feed; None where it is gone, not due (with `only_due`), or somebody has it.

    `again` is the same claim, with the same `now`, after the database went away in the midst of it: it may have been written then,
    and what has our very `until` is ours.
    """
    until = now + LENGTH
    if not (_CLAIM_DUE if only_due else _CLAIM).make(feed=feed_id, now=now, until=until) and not (
        again and Feed.objects.filter(pk=feed_id, leased_until=until).exists()
    ):
        return None
    rows = _CLAIMED.rows(feed=feed_id)
    return _job(dict(zip(_COLUMNS, rows[0], strict=True)), now, until) if rows else None


def job_of(feed: Feed, now: dt.datetime, until: dt.datetime) -> Job:
    """The job of a feed that is at hand."""
    outlet = {"outlet__name": feed.outlet.name}
    return _job({name: outlet[name] if name in outlet else getattr(feed, name) for name in _COLUMNS}, now, until)


def _job(feed: Mapping[str, Any], now: dt.datetime, until: dt.datetime) -> Job:
    """A job; the validators count only where the present parser has read what they stand for."""
    read = feed["parser_version"] == PARSER_VERSION
    return Job(
        feed=feed["id"],
        outlet=feed["outlet_id"],
        outlet_name=feed["outlet__name"],
        etag=feed["etag"] if read else "",
        last_modified=feed["last_modified"] if read else "",
        move=Move(feed["moved_to"], feed["moved_days"], feed["moved_day"], feed["rejected_url"]),
        started=now,
        until=until,
        before=feed["next_check"],
        **{name: feed[name] for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE: Final = (
    *("url", "language", "interval", "told_interval", "failures", "failing_since", "last_error", "repeated"),
    *("needs_human_since", "last_success", "last_news", "proposed_url"),
)
_COLUMNS: Final = (
    *("id", "outlet_id", "outlet__name", "etag", "last_modified", "parser_version", "next_check"),
    *("moved_to", "moved_days", "moved_day", "rejected_url"),
    *_AS_THEY_ARE,
)


def _free() -> QuerySet[Feed]:
    return Feed.objects.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=Named("now")))


def _due() -> QuerySet[Feed]:
    return Feed.objects.due(cast(dt.datetime, Named("now")))


_CLAIM: Final = Change(lambda: _free().filter(pk=Named("feed")), {"leased_until": Named("until")})
_CLAIM_DUE: Final = Change(lambda: _due().filter(pk=Named("feed")), {"leased_until": Named("until")})
_CLAIMED: Final = Statement(lambda: columns(Feed.objects.filter(pk=Named("feed")), *_COLUMNS))


def release(job: Job) -> None:
    """Give a claim back untouched, for a run that was broken off or that has to wait for its host."""
    Feed.objects.filter(pk=job.feed, leased_until=job.until).update(leased_until=None)


def finish(job: Job, following: dt.datetime, **columns: object) -> None:
    """End a claim: write the time of the next fetch and what came of this one. Raises LeaseLost where somebody else has the feed.

    Where an editor asked for a fetch meanwhile, that schedule stays; where the address was changed, nothing that was learned of
    the old one is written to the new one.
    """
    mine = {"id": job.feed, "leased_until": job.until}
    same = {**mine, "url": job.url}
    free = {"leased_until": None}
    if change.update(Feed, {**same, "next_check": job.before}, {**free, "next_check": following, **columns}):
        return
    if change.update(Feed, same, {**free, **columns}) or change.update(Feed, mine, free):
        return
    raise LeaseLost(f"feed {job.feed} was claimed by somebody else, or is gone")


def put_off(job: Job, until: dt.datetime) -> None:
    """End a claim without a fetch: the host is to be left alone until then."""
    finish(job, until)
