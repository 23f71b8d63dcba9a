"""How the cost of taking in news grows with what is stored, and what the pages of the news and of the feeds cost then.

On SQLite, one worker: FEEDS feeds with new entries, of outlets that have their share of what is stored.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks import farm, ingest_fill, ingest_past, site, table
from benchmarks.ingest import LEAST_AT_SIZE, Run, measured, surroundings, verdict

FEEDS: Final = 20
"""Of one run; the outlets of all runs together have the stored items."""
UNCHANGED: Final = 0.1
"""A run that adds less than this share leaves the database as it was: no copy of it is made."""
PAGE_TARGET: Final = 0.1
"""Seconds of processor time that the slowest page may take, however many items are stored."""


def compare(folder: Path, sizes: Sequence[int], entries: int, runs: int) -> None:
    """Print the table of growth, and that of the pages."""
    sizes, taken = sorted(sizes), FEEDS * entries
    template, database = folder / "grown.sqlite3", folder / "growing.sqlite3"
    found: dict[int, list[Run]] = {}
    pages: dict[int, dict[str, float]] = {}
    with farm.running(FEEDS * runs, entries) as grown:
        environment = surroundings(folder, f"sqlite:///{template}")
        ingest_fill.prepare(environment, grown.urls())
        site.manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
        for size in sizes:
            ingest_past.fill(template, size, dt.datetime.now(dt.UTC))
            found[size] = []
            copied = taken > UNCHANGED * size
            if not copied:
                pages[size] = _pages(environment)
            for run in range(runs):
                path = ingest_fill.copied(template, database) if copied else template
                there = surroundings(folder, f"sqlite:///{path}")
                ingest_fill.use_feeds(there, run * FEEDS, FEEDS)
                os.sync()  # what was written before is not to be paid for now
                found[size].append(measured([("ours",)], there))
                ingest_fill.check(there, size + taken * (1 if copied else run + 1))
            if copied:
                pages[size] = _pages(environment)
    _report(found, taken, runs)
    _report_pages(pages)


def _pages(environment: dict[str, str]) -> dict[str, float]:
    """Processor seconds of each page, by its address."""
    command = [sys.executable, "-m", "benchmarks.ingest_pages"]
    told = subprocess.run(command, cwd=site.ROOT, env={**environment, "DASHBOARD_PUBLIC": "1"}, check=True, stdout=subprocess.PIPE)
    return dict(json.loads(told.stdout))


def _report(found: dict[int, list[Run]], taken: int, runs: int) -> None:
    seconds = {size: table.median([run.seconds for run in measured]) for size, measured in found.items()}
    processor = {size: table.median([run.processor for run in measured]) for size, measured in found.items()}
    first, last = min(found), max(found)
    table.show(
        f"{taken:,} new entries beside what is stored, SQLite, one worker, median of {runs} runs",
        ["stored items", "entries a second", "share", "by processor", "share", "peak memory"],
        [
            [
                f"{size:,}",
                f"{taken / seconds[size]:,.0f}",
                f"{seconds[first] / seconds[size]:.0%}",
                f"{taken / processor[size]:,.0f}",
                f"{processor[first] / processor[size]:.0%}",
                f"{table.median([run.memory for run in found[size]]) / 1024:.1f} MiB",
            ]
            for size in found
        ],
    )
    verdict(
        f"At {last:,} stored items at least {LEAST_AT_SIZE:.0%} of the entries a second at {first:,}",
        seconds[first] / seconds[last] >= LEAST_AT_SIZE,
        f"{seconds[first] / seconds[last]:.0%} by the clock, {processor[first] / processor[last]:.0%} by processor time",
    )


def _report_pages(pages: dict[int, dict[str, float]]) -> None:
    addresses = list(dict.fromkeys(address for found in pages.values() for address in found))
    table.show(
        "Processor time of the pages over so many stored items, median of 5",
        ["page", *(f"{size:,}" for size in pages)],
        [[address, *(table.milliseconds(found[address]) for found in pages.values())] for address in addresses],
    )
    slowest = max(seconds for found in pages.values() for seconds in found.values())
    verdict(
        f"Every page under {table.milliseconds(PAGE_TARGET)}", slowest < PAGE_TARGET, f"the slowest takes {table.milliseconds(slowest)}"
    )
