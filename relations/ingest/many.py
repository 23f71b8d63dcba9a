"""Runs of many feeds from one process: the network in a few threads, the database in the caller's thread alone."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterable
from typing import Final

from django.utils import timezone

from relations.domain.failures import IngestError
from relations.domain.links import host_of
from relations.ingest import lease
from relations.ingest.gather import Gathered, gather
from relations.ingest.lease import Job
from relations.ingest.policy import policy
from relations.ingest.record import FeedResult
from relations.ingest.runner import poisoned, settle
from relations.models import Feed

AT_ONCE: Final = 8
_TURN: Final = 0.25
"""Seconds. How long a wait for the threads lasts before it begins anew."""

Outcome = Gathered | IngestError | Exception


def run_feeds(feed_ids: Iterable[int], *, only_due: bool, on_result: Callable[[FeedResult | None], None]) -> None:
    """Fetch many feeds, at most AT_ONCE at a time and one at a time from any host.

    `on_result` is called for each feed as it ends, with None for one that is not due or that another worker has. A
    KeyboardInterrupt gives back what is claimed and not yet stored; what is stored stays.
    """
    line = _Line(feed_ids)
    threads = _Threads()
    running: dict[int, Job] = {}
    try:
        while True:
            while len(running) < AT_ONCE and (feed := line.next(host_of(job.url) for job in running.values())):
                job = lease.claim(feed, timezone.now(), only_due=only_due)
                if job is None:
                    on_result(None)
                    continue
                running[job.feed] = job
                threads.start(job)
            if not running:
                return
            feed, outcome = threads.next()
            on_result(_settled(running[feed], outcome))
            del running[feed]
    finally:
        threads.stop()
        for job in running.values():
            lease.release(job)


def _settled(job: Job, outcome: Outcome) -> FeedResult:
    if isinstance(outcome, Gathered | IngestError):
        return settle(job, outcome)
    return poisoned(job, outcome)


class _Line:
    """The feeds that wait, in their order; one whose host is busy lets the next one pass."""

    def __init__(self, feed_ids: Iterable[int]) -> None:
        ids = list(feed_ids)
        urls = dict(Feed.objects.filter(pk__in=ids).values_list("pk", "url"))
        self._waiting = {pk: host_of(urls[pk]) for pk in ids if pk in urls}

    def next(self, busy_hosts: Iterable[str]) -> int | None:
        """Take out the first feed whose host is not busy; None where there is none now."""
        busy = set(busy_hosts)
        feed = next((pk for pk, host in self._waiting.items() if host not in busy), None)
        if feed is not None:
            del self._waiting[feed]
        return feed


class _Threads:
    """Threads that gather. They are daemons: a Ctrl-C does not wait for a server that does not answer."""

    def __init__(self) -> None:
        self._finished: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._policy = policy()
        self._count = 0

    def start(self, job: Job) -> None:
        if self._count < AT_ONCE:
            self._count += 1
            threading.Thread(target=self._work, daemon=True, name=f"fetch {self._count}").start()
        self._jobs.put(job)

    def next(self) -> tuple[int, Outcome]:
        """Wait for a feed to be gathered: its id and what came of it.

        A signal that reaches a thread, or comes just as a wait begins, does not end the wait: so each wait is short.
        """
        while True:
            with contextlib.suppress(queue.Empty):
                return self._finished.get(timeout=_TURN)

    def stop(self) -> None:
        """Let the threads end as soon as they have nothing to do."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            outcome: Outcome
            try:
                outcome = gather(job, self._policy)
            except Exception as error:
                outcome = error
            self._finished.put((job.feed, outcome))
