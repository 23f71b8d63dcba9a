"""Workers that are killed in the middle of their work, as the kernel does it when memory runs out, or a power cut."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.faults.conftest import SEED, System

KILLS = 30


def children_of(pid: int) -> list[int]:
    """The processes of a worker that fetch."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.slow
def test_after_thirty_kills_every_entry_is_stored_once_and_no_feed_stays_leased(system: System) -> None:
    dice = random.Random(SEED)
    system.start_beat()
    for name in ("one", "two"):
        system.start_worker(name)
    system.until(lambda: system.attempts() >= 10, "the workers fetch")
    caught = 0
    for kill in range(KILLS):
        system.make_due()
        time.sleep(dice.uniform(0.1, 1.2))
        system.until(lambda: system.make_due() or system.leased() > 0, "somebody fetches")  # type: ignore[func-returns-value]
        time.sleep(dice.uniform(0.0, 0.05))
        caught += system.leased() > 0
        name = dice.choice(("one", "two"))
        fetching = children_of(system.processes[name].pid)
        if kill % 5 == 0 or not fetching:
            system.kill(name)
            system.start_worker(name)
        else:
            os.kill(dice.choice(fetching), signal.SIGKILL)
    assert caught >= KILLS * 2 / 3, "most kills have to meet a worker at work"
    left_behind = system.leased()
    system.settle()
    system.check_that_nothing_is_lost_or_doubled()
    print(f"{KILLS} kills, {caught} of them at work, {left_behind} leases left behind at the end; {system.attempts()} attempts, "
          f"{system.farm.requests} requests, {system.farm.entries()} entries")  # fmt: skip
