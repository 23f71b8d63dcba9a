"""Workers that are killed in the middle of their work, as the kernel does it when memory runs out, or a power cut."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.faults.conftest import SEED, System

KILLS = 30


def children_of(pid: int) -> list[int]:
    """The processes of a worker that fetch, whichever of its threads has begun them."""
    found: list[int] = []
    with contextlib.suppress(OSError):  # a thread or process that has just ended
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (thread / "children").read_text().split()]
    return found


def begin(system: System, name: str) -> None:
    """Wait until a worker has begun; one that ended because it lost a process before that is started again, as a supervisor does."""

    def begun() -> bool:
        if system.processes[name].poll() is not None:
            system.start_worker(name, processes=1)
        return bool(children_of(system.processes[name].pid))

    system.until(begun, f"worker {name} has begun")


def meet(system: System, later: float) -> bool:
    """Wait until somebody is at work, and that much longer; whether somebody is then."""
    deadline = time.monotonic() + 5
    while not system.at_work() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(later)
    return system.at_work()


@pytest.mark.slow
def test_after_thirty_kills_every_entry_is_stored_once_and_no_feed_stays_leased(system: System) -> None:
    dice = random.Random(SEED)
    system.start_beat()
    for name in ("one", "two"):
        system.start_worker(name, processes=1)
    system.until(lambda: system.attempts() >= 10, "the workers fetch")
    at_work = 0
    for kill in range(KILLS):
        name = dice.choice(("one", "two"))
        begin(system, name)
        system.make_due()
        at_work += meet(system, dice.uniform(0.0, 0.15))
        fetching = children_of(system.processes[name].pid)
        if kill % 5 == 0 or not fetching:
            system.kill(name)
            system.start_worker(name, processes=1)
        else:
            os.kill(dice.choice(fetching), signal.SIGKILL)
    for name in ("one", "two"):
        begin(system, name)
    grown, left_behind = system.farm.entries(), system.leased()
    system.settle()
    broken_off = system.farm.requests - system.attempts()
    assert broken_off >= KILLS / 6, "a kill has to meet a worker at work"
    system.check_that_nothing_is_lost_or_doubled()
    print(
        f"{KILLS} kills, {at_work} of them while somebody was at work, {broken_off} runs broken off, {left_behind} leases left at the end; "
        f"{system.attempts()} attempts, {system.farm.requests} requests, {grown} entries"
    )
