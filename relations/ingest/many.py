"""Runs of many feeds from one process: the network in a few threads, what they bring read aside, all else in the caller's thread.

Of what is read a few documents wait to be stored at most: they take many times the memory of their bytes."""

from __future__ import annotations

import contextlib
import ctypes
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.utils import timezone

from relations.domain.failures import Failure, IngestError
from relations.domain.hosts import registrable
from relations.ingest import checkpoints, lease, turns
from relations.ingest.fetch import Answer
from relations.ingest.gather import Gathered, ask, understood
from relations.ingest.lease import Job
from relations.ingest.patience import patiently
from relations.ingest.policy import policy
from relations.ingest.record import ASKED_TO_WAIT, FeedResult
from relations.ingest.runner import Postponed, begin, poisoned, settle
from relations.ingest.turns import Turn
from relations.models import Feed

AT_ONCE: Final = 8
READ_AHEAD: Final = 4
"""Documents that are being read or wait to be stored."""

_TURN: Final = 0.25
"""Seconds. How long a wait for the threads lasts before it begins anew."""

_M_ARENA_MAX: Final = -8
"""From malloc.h."""

PATIENCE: Final = 120.0
"""Seconds for which a run comes back to a feed whose host another worker keeps busy."""

Outcome = Gathered | IngestError | Exception


def run_feeds(feed_ids: Iterable[int], *, only_due: bool, on_result: Callable[[FeedResult | None], None]) -> None:
    """Fetch many feeds, at most AT_ONCE at a time and one at a time from any host, with the gap that is set between.

    `on_result` is called for each feed as it ends, with None for one that is not due or that another worker has. A
    KeyboardInterrupt gives back what is claimed and not yet stored; what is stored stays.
    """
    _one_heap()
    with checkpoints.beside():
        _run(_Line(feed_ids), only_due, on_result)


def _run(line: _Line, only_due: bool, on_result: Callable[[FeedResult | None], None]) -> None:
    threads = _Threads()
    running: dict[int, tuple[Job, Turn]] = {}
    try:
        while line or running:
            for feed in line.ready(AT_ONCE - len(running)):
                begun = begin(feed, only_due=only_due)
                if isinstance(begun, tuple):
                    running[feed] = begun
                    threads.start(begun[0])
                elif isinstance(begun, Postponed) and line.put_back(begun):
                    continue
                else:
                    line.done(feed)
                    on_result(_postponed(begun) if isinstance(begun, Postponed) else None)
            ended = threads.next(line.pause(len(running) < AT_ONCE, bool(running)))
            if ended is not None:
                feed, outcome = ended
                job, turn = running[feed]
                patiently(lambda turn=turn: turns.give_back(turn))  # type: ignore[misc]
                line.done(feed)
                result = _settled(job, outcome)
                threads.settled(outcome)
                on_result(result)
                del running[feed], ended, outcome
    finally:
        threads.stop()
        for job, turn in running.values():
            turns.give_back(turn)
            lease.release(job)


def _one_heap() -> None:
    """Let all threads share one heap: the C library gives each one of its own, and what one frees no other takes.

    A sixth of the memory of a run. Other libraries than glibc know no such thing.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _settled(job: Job, outcome: Outcome) -> FeedResult | None:
    return settle(job, outcome) if isinstance(outcome, Gathered | IngestError) else poisoned(job, outcome)


def _postponed(begun: Postponed) -> FeedResult | None:
    """What to tell of a feed that was not asked: nothing where its host is busy with somebody else."""
    if not begun.asked:
        return None
    words = f"The host wants to be left alone until {begun.until:%Y-%m-%d %H:%M} UTC."
    return FeedResult(begun.feed, begun.url, begun.outlet, ASKED_TO_WAIT, Failure.ASKED_TO_WAIT, words)


class _Line:
    """The feeds that wait, in their order; one whose host is busy lets the next one pass."""

    def __init__(self, feed_ids: Iterable[int]) -> None:
        ids = list(feed_ids)
        urls = patiently(lambda: dict(Feed.objects.filter(pk__in=ids).values_list("pk", "url")))
        self._gap = turns.gap().total_seconds()
        self._waiting = {pk: registrable(urls[pk]) for pk in ids if pk in urls}
        self._taken: dict[int, str] = {}
        self._free_at: dict[str, float] = {}
        self._give_up = time.monotonic() + PATIENCE + len(self._waiting) * (self._gap + 1)

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def ready(self, most: int) -> Iterator[int]:
        """Take out up to so many feeds, one after the other, whose hosts may be asked now."""
        for _ in range(most):
            feed = next((pk for pk, host in self._waiting.items() if self._wait(host) <= 0), None)
            if feed is None:
                return
            self._taken[feed] = self._waiting.pop(feed)
            yield feed

    def put_back(self, postponed: Postponed) -> bool:
        """Let a feed wait until its host is free; False where that is too far away."""
        wait = (postponed.until - timezone.now()).total_seconds()
        if time.monotonic() + wait > self._give_up or postponed.asked:
            return False
        host = self._taken.pop(postponed.feed)
        self._waiting[postponed.feed] = host
        self._free_at[host] = time.monotonic() + max(wait, 0.05)
        return True

    def done(self, feed: int) -> None:
        """A feed that was taken out has been fetched, or will not be."""
        self._free_at[self._taken.pop(feed)] = time.monotonic() + self._gap

    def pause(self, room: bool, running: bool) -> float | None:
        """Seconds until the next feed can be taken out; None where only the end of a fetch can make that so."""
        if not room:  # mostly, and then none of the hundreds that wait need be asked
            return None if running else 0.0
        waits = [wait for host in set(self._waiting.values()) if (wait := self._wait(host)) is not _NEVER]
        if waits:
            return max(min(waits), 0.0)
        return None if running else 0.0

    def _wait(self, host: str) -> float:
        if self._gap and host in self._taken.values():
            return _NEVER
        return self._free_at.get(host, 0.0) - time.monotonic()


_NEVER: Final = float("inf")


class _Threads:
    """Threads that ask. They are daemons: a Ctrl-C does not wait for a server that does not answer."""

    def __init__(self) -> None:
        self._finished: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._policy = policy()
        self._room = threading.Semaphore(READ_AHEAD)
        self._count = 0

    def start(self, job: Job) -> None:
        if self._count < AT_ONCE:
            self._count += 1
            threading.Thread(target=self._work, daemon=True, name=f"fetch {self._count}").start()
        self._jobs.put(job)

    def next(self, wait: float | None) -> tuple[int, Outcome] | None:
        """What has ended next: the id of a feed and what came of it; None where nothing ends within `wait` seconds.

        None as `wait` waits as long as it takes. A signal that reaches a thread, or comes just as a wait begins, does
        not end the wait: so the wait is a row of short ones.
        """
        until = _NEVER if wait is None else time.monotonic() + wait
        while True:
            with contextlib.suppress(queue.Empty):
                return self._finished.get(timeout=max(min(_TURN, until - time.monotonic()), 0.0))
            if time.monotonic() >= until:
                return None

    def settled(self, outcome: Outcome) -> None:
        """What `next` gave is stored: there is room for another document."""
        if _is_document(outcome):
            self._room.release()

    def stop(self) -> None:
        """Let the threads end as soon as they have nothing to do."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                outcome = self._read(job, ask(job, self._policy))
            except Exception as error:
                outcome = error
            self._finished.put((job.feed, outcome))
            del outcome

    def _is_behind(self) -> bool:
        """Whether something waits to be stored. Where nothing does, the caller's thread has the time to find gists itself."""
        return not self._finished.empty()

    def _read(self, job: Job, answer: Answer | IngestError) -> Outcome:
        """What an answer tells; a document once there is room for it, which it holds until it is stored."""
        if isinstance(answer, IngestError) or answer.body is None:
            return understood(job, answer)
        self._room.acquire()
        outcome: Outcome | None = None
        try:
            outcome = understood(job, answer, with_gists=self._is_behind())
            return outcome
        finally:
            if not _is_document(outcome):
                self._room.release()


def _is_document(outcome: Outcome | None) -> bool:
    return isinstance(outcome, Gathered) and outcome.answer.body is not None
