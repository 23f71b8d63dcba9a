"""The articles behind new items, where their outlet allows it: fetched, read whole by the machine, and kept as an excerpt.

Only items that name a relationship, that no rule hides and that are news; a bounded number a run; with the client, the guard,
the limits and the turns of every other fetch, and after robots.txt. An article is claimed by a row before it is asked for, so
of any number of workers one fetches it, and a page that kills its worker has used up one of its tries.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from relations.domain.articles import MOST_TRIES, YOUNG, Trouble, Unread, kept, next_try
from relations.domain.failures import Failure, IngestError
from relations.domain.hosts import registrable
from relations.ingest.aside import article
from relations.ingest.bulk import listed
from relations.ingest.fetch import PAGE
from relations.ingest.patience import patiently
from relations.ingest.polite import HostBusy, ask
from relations.ingest.robots import Robots
from relations.models import ArticleText, NewsItem, Outlet
from relations.models.choices import ArticleState, FullText

MOST: Final = 40
"""Articles of one run …"""
SECONDS: Final = 120.0
"""… and for how long it begins with another one."""
LEASE: Final = dt.timedelta(minutes=10)
"""Longer than a run: an article that is claimed and not read by then was lost with its worker."""

_TURN: Final = 15.0
"""Seconds that an article waits for its host; else the next run comes back to it."""
_AHEAD: Final = dt.timedelta(days=1)
_DETAIL: Final = 500
_log = logging.getLogger(__name__)
_robots = Robots()

Reader = Callable[[int, str], None]
"""Reads the whole text of an item's article, before all of it but the excerpt is forgotten."""


@dataclass(slots=True)
class Read:
    """What a run came to. `waiting` failed and are tried again, `failed` are given up, `postponed` had no turn at their host."""

    read: int = 0
    waiting: int = 0
    failed: int = 0
    postponed: int = 0


@dataclass(frozen=True, slots=True)
class _Wanted:
    item: int
    url: str
    seen: dt.datetime
    whole: bool
    known: bool
    """A try before has failed."""


def fetch_articles(*, most: int = MOST, seconds: float = SECONDS, reader: Reader | None = None) -> Read:
    """Read the articles that are due, `most` of them, and begin none after so many seconds."""
    done, end = Read(), time.monotonic() + seconds
    closed: set[str] = set()
    for wanted in patiently(lambda: _wanted(timezone.now(), most)):
        if time.monotonic() >= end:
            break
        host = registrable(wanted.url)
        if host in closed:
            done.postponed += 1
            continue
        try:
            state = _one(wanted, reader)
        except HostBusy:
            closed.add(host)
            done.postponed += 1
            continue
        done.read += state == ArticleState.READ
        done.waiting += state == ArticleState.WAITING
        done.failed += state == ArticleState.FAILED
    return done


def _wanted(now: dt.datetime, most: int) -> list[_Wanted]:
    """Articles to read, the failed ones that are due and then the newest, those of one host apart. Three queries, or one."""
    outlets = dict(Outlet.objects.exclude(full_text=FullText.OFF).values_list("pk", "full_text"))
    if not outlets:
        return []
    items = NewsItem.objects.shown().filter(outlet__in=listed(outlets), url__startswith="http")
    again = items.filter(article__next_try__lte=now).order_by("article__next_try")
    names_a_dyad = Exists(NewsItem.dyads.through.objects.filter(newsitem_id=OuterRef("pk")))
    # By the index of the news; what is dated long before it came is none.
    young = items.filter(sort_time__gte=now - YOUNG, sort_time__lte=now + _AHEAD, article=None).filter(names_a_dyad).newest_first()
    columns = ("pk", "url", "first_seen", "outlet")
    failed = [(*row, True) for row in again.values_list(*columns)[: most // 2]]
    rows = failed + [(*row, False) for row in young.values_list(*columns)[: most - len(failed)]]
    found = [_Wanted(pk, url, seen, outlets[outlet] == FullText.WHOLE, known) for pk, url, seen, outlet, known in rows]
    return list(_apart(found))


def _apart(found: list[_Wanted]) -> Iterator[_Wanted]:
    """One of each host in turn, so that the gap of one is spent with the others."""
    hosts: dict[str, list[_Wanted]] = {}
    for wanted in found:
        hosts.setdefault(registrable(wanted.url), []).append(wanted)
    return (wanted for wanted in chain.from_iterable(zip_longest(*hosts.values())) if wanted is not None)


def _one(wanted: _Wanted, reader: Reader | None) -> str:
    """Read one article; its state then, empty where somebody else has it. Raises HostBusy before anything is written."""
    claim: _Claim | None = None
    try:
        # The rules are asked for before the claim: waiting for a host's turn is no try.
        permitted = _robots.permit(wanted.url, lambda url: ask(url, patience=_TURN, accept="text/plain, */*;q=0.5").body or b"")
        claim = patiently(lambda: _claim(wanted, timezone.now()))
        if claim is None:
            return ""
        if claim.tries > MOST_TRIES:
            raise Unread(Failure.UNEXPECTED, "The worker was lost each time that it read this page.")
        if not permitted:
            raise Unread(Trouble.ROBOTS, "")
        answer = ask(wanted.url, patience=_TURN, accept=PAGE)
        text = article(answer.body or b"", answer.content_type)
        if reader is not None:
            reader(wanted.item, text)
    except HostBusy:
        if claim is not None:
            patiently(lambda: _unclaim(wanted, claim))
        raise
    except (IngestError, Unread) as error:
        return _failed(wanted, claim, error)
    except Exception as error:
        _log.exception("the article %s failed in a way that nobody foresaw", wanted.url)
        return _failed(wanted, claim, Unread(Failure.UNEXPECTED, f"{type(error).__name__}: {error}"))
    columns = {"text": kept(text, whole=wanted.whole), "whole": wanted.whole, "length": len(text), "error": "", "detail": ""}
    return _end(wanted, claim, ArticleState.READ, next_try=None, **columns)


# ---- Rows ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Claim:
    """The right to read an article until a moment, which is the token of the claim."""

    tries: int
    until: dt.datetime


def _claim(wanted: _Wanted, now: dt.datetime) -> _Claim | None:
    """Claim an article; None where somebody else has it, or its item is gone."""
    until = now + LEASE
    if wanted.known:
        due = ArticleText.objects.filter(pk=wanted.item, next_try__lte=now)
        if not due.update(next_try=until, tries=F("tries") + 1, tried=now):
            return None
        return _Claim(ArticleText.objects.values_list("tries", flat=True).get(pk=wanted.item), until)
    try:
        with transaction.atomic():
            ArticleText(item_id=wanted.item, state=ArticleState.WAITING, tried=now, next_try=until).save(force_insert=True)
    except IntegrityError:
        return None
    return _Claim(1, until)


def _unclaim(wanted: _Wanted, claim: _Claim) -> None:
    """As if it had not been tried: its host was busy."""
    mine = ArticleText.objects.filter(pk=wanted.item, next_try=claim.until)
    if wanted.known:
        mine.update(next_try=timezone.now(), tries=F("tries") - 1)
    else:
        mine.delete()


def _failed(wanted: _Wanted, claim: _Claim | None, error: IngestError | Unread) -> str:
    claim = claim or patiently(lambda: _claim(wanted, timezone.now()))
    if claim is None:
        return ""
    waits = isinstance(error, IngestError) and error.is_request_to_wait
    following = next_try(error.kind, claim.tries, timezone.now(), wanted.seen)
    if waits and isinstance(error, IngestError) and following is not None:
        following = max(following, timezone.now() + (error.retry_after or dt.timedelta(0)))
    state = ArticleState.FAILED if following is None else ArticleState.WAITING
    detail = " ".join(error.detail.replace("\0", " ").split())[:_DETAIL]
    return _end(wanted, claim, state, next_try=following, error=str(error.kind.value), detail=detail)


def _end(wanted: _Wanted, claim: _Claim | None, state: str, **columns: object) -> str:
    """End a claim; nothing is written where it has run out and somebody else has the article."""
    assert claim is not None
    mine = ArticleText.objects.filter(pk=wanted.item, next_try=claim.until)
    return state if patiently(lambda: mine.update(state=state, **columns)) else ""
