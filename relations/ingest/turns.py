"""Turns at a host: one request in flight for each registrable host and a gap after it, whoever the worker is.

A turn is a lock that ends by itself. It lies in Redis where REDIS_URL names one, and in the table of hosts where none is set or
it does not answer. How long a host asked to be left alone lies in the table in any case: it outlives a Redis that forgets.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from relations.models import Host
from relations.selectors.statement import Named, Statement, columns

LENGTH: Final = dt.timedelta(seconds=30)
"""Longer than any request (client.TOTAL_SECONDS): a turn that nobody gave back belongs to a worker that died."""

_ASK_AGAIN: Final = dt.timedelta(seconds=5)
"""Where a request is under way: it may end at any moment, and rarely takes longer."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to ask these hosts. `token` tells a turn in Redis, `until` one in the table."""

    hosts: tuple[str, ...]
    until: dt.datetime
    token: str = ""


@dataclass(frozen=True, slots=True)
class Busy:
    """A host cannot be asked before `until`; `asked` where it was the host that said so."""

    until: dt.datetime
    asked: bool = False


def gap() -> dt.timedelta:
    """INGEST_HOST_GAP; zero switches the turns off, though not the obedience to a host that asks to wait."""
    return dt.timedelta(seconds=settings.INGEST_HOST_GAP)


def take(hosts: Iterable[str], now: dt.datetime) -> Turn | Busy:
    """Take the turn at all of these hosts, or at none."""
    names = tuple(sorted({host for host in hosts if host}))
    wait = max((until for (until,) in _ASKED.rows(hosts=names)), default=now)
    if wait > now:
        return Busy(wait, asked=True)
    if not gap():
        return Turn((), now)
    if settings.REDIS_URL:
        from relations.ingest import redis_turns  # only here: without Redis its client would be a tenth of the memory of a run

        try:
            return _taken(redis_turns.take(names, LENGTH, _ASK_AGAIN), names, now)
        except redis_turns.Away as error:
            _log.warning("no turn from Redis, the database gives it: %s", error)
    return _take_in_table(names, now)


_ASKED: Final = Statement(lambda: columns(Host.objects.filter(name__in=Named("hosts"), wait_until__isnull=False), "wait_until"))


def give_back(turn: Turn) -> None:
    """The request is over: the next one may follow after the gap."""
    if turn.token:
        from relations.ingest import redis_turns

        try:
            redis_turns.give_back(turn.hosts, turn.token, gap())
        except redis_turns.Away as error:
            _log.warning("a turn was not given back to Redis, it will run out: %s", error)
    elif turn.hosts:
        Host.objects.filter(name__in=turn.hosts, busy_until=turn.until).update(busy_until=timezone.now() + gap())


def ask_to_wait(host: str, until: dt.datetime) -> None:
    """Note that a host wants to be left alone: no feed of it is fetched before."""
    if host:
        Host.objects.bulk_create(
            [Host(name=host, wait_until=until)], update_conflicts=True, update_fields=["wait_until"], unique_fields=["name"]
        )


def _taken(answer: str | dt.timedelta, names: tuple[str, ...], now: dt.datetime) -> Turn | Busy:
    return Turn(names, now + LENGTH, answer) if isinstance(answer, str) else Busy(now + answer)


def _take_in_table(names: tuple[str, ...], now: dt.datetime) -> Turn | Busy:
    until = now + LENGTH
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=now)
    for number, name in enumerate(names):
        if Host.objects.filter(free, name=name).update(busy_until=until) or _first_turn(name, until):
            continue
        Host.objects.filter(name__in=names[:number], busy_until=until).update(busy_until=None)
        left = Host.objects.filter(name=name).values_list("busy_until", flat=True).first() or now
        return Busy(min(left, now + max(_ASK_AGAIN, gap())))
    return Turn(names, until)


def _first_turn(name: str, until: dt.datetime) -> bool:
    """Write down a host that nobody has asked so far; False where it is known."""
    try:
        with transaction.atomic():
            Host(name=name, busy_until=until).save(force_insert=True)
    except IntegrityError:
        return False
    return True
