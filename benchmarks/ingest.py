"""The ingestion: a farm taken in cold and again unchanged, beside lemon24/reader; and how its cost grows with what is stored.

    python -m benchmarks ingest [--feeds 60] [--entries 200] [--farm-runs 3]
    python -m benchmarks growth [--sizes 1000 10000]

Every run begins with a fresh copy of the same prepared database, in a fresh process, ours and the other in turn.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import farm, ingest_fill, postgres, site, table

FASTER: Final = 5
MOST_FOR_UNCHANGED: Final = 0.002
LEAST_AT_SIZE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Run:
    """What one or several processes at once needed: seconds from the first start to the last end, processor seconds, KiB."""

    seconds: float
    processor: float
    memory: float
    passes: tuple[float, ...] = ()
    """Processor seconds of each pass."""


def measured(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> Run:
    """Run `benchmarks.ingest_run` with each of these arguments at the same time."""
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "benchmarks.ingest_run", *command],
                    cwd=site.ROOT,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for command in commands
        ]
        for process in processes:
            assert process.stdout is not None and process.stdin is not None
            if process.stdout.readline().strip() != "ready":
                raise RuntimeError("a run did not begin")
        for process in processes:
            process.stdin.write("\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
        told = [json.loads(process.stdout.read()) for process in processes]  # type: ignore[union-attr]
    passes = [one for each in told for one in each["passes"]]
    return Run(
        seconds=max(one["end"] for one in passes) - min(one["begin"] for one in passes),
        processor=sum(one["processor"] for one in passes),
        memory=max(each["memory"] for each in told),
        passes=tuple(one["processor"] for one in passes),
    )


def surroundings(folder: Path, database: str) -> dict[str, str]:
    """The environment of a run: a site of its own that may fetch from the loopback, without waiting between requests."""
    ours = ("DJANGO_", "DATABASE_", "REDIS_", "INGEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **kept,
        "VAR_DIR": str(folder),
        "DATABASE_URL": database,
        "SECRET_KEY": "benchmarks" * 6,
        "INGEST_HOST_GAP": "0",
        "INGEST_ALLOW_NETS": "127.0.0.0/8",
    }


# ---- The farm --------------------------------------------------------------------------------------------------------

SQLITE: Final = "Tianshan, SQLite, one worker"
POSTGRES: Final = "Tianshan, PostgreSQL, two workers"
READER: Final = "lemon24/reader, its defaults"
PASSES: Final = 4
"""Of the unchanged farm in one process; the first one, with what a process does once, is not counted."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """Who takes in the farm: a fresh database for each run, the arguments of the processes of a cold and of a second update."""

    name: str
    fresh: Callable[[], dict[str, str]]
    cold: tuple[tuple[str, ...], ...]
    again: tuple[str, ...]


@dataclass(slots=True)
class Result:
    """The runs of a contestant."""

    cold: list[Run]
    again: list[Run]

    def median(self, value: Callable[[Run], float]) -> float:
        """The middle value of the cold runs."""
        return table.median([value(run) for run in self.cold])

    def unchanged(self) -> float:
        """Processor seconds of a pass over the unchanged farm, without start-up."""
        return table.median([seconds for run in self.again for seconds in run.passes[1:]])


def compare(folder: Path, feeds: int, entries: int, runs: int) -> None:
    """Print the tables of the cold and of the unchanged farm."""
    with ExitStack() as stack:
        grown = stack.enter_context(farm.running(feeds, entries))
        server = stack.enter_context(postgres.running()) if postgres.available() else None
        contestants = list(_contestants(folder, grown, server))
        results = {each.name: Result([], []) for each in contestants}
        for _ in range(runs):
            for each in contestants:
                environment = each.fresh()
                results[each.name].cold.append(measured(each.cold, environment))
                ingest_fill.check(environment, feeds * entries)
                results[each.name].again.append(measured([each.again], environment))
    _report_cold(results, feeds, entries, runs)
    _report_unchanged(results, feeds, runs)


def _contestants(folder: Path, grown: farm.Farm, server: postgres.Server | None) -> Iterator[Contestant]:
    template, others = folder / "template.sqlite3", folder / "reader-template.sqlite3"
    ingest_fill.prepare(surroundings(folder, f"sqlite:///{template}"), grown.urls())
    ingest_fill.prepare_reader(others, grown.urls())
    again = ("ours", "--passes", str(PASSES))

    def on_sqlite() -> dict[str, str]:
        return surroundings(folder, f"sqlite:///{ingest_fill.copied(template, folder / 'run.sqlite3')}")

    def by_reader() -> dict[str, str]:
        return {**surroundings(folder, ""), "READER_DATABASE": str(ingest_fill.copied(others, folder / "reader.sqlite3"))}

    yield Contestant(SQLITE, on_sqlite, (("ours",),), again)
    yield Contestant(READER, by_reader, (("reader",),), ("reader", "--passes", str(PASSES)))
    if server is not None:
        ingest_fill.prepare(surroundings(folder, server.create("farm")), grown.urls())
        yield Contestant(
            POSTGRES, lambda: surroundings(folder, server.create("run", "farm")), (("ours", "--due"), ("ours", "--due")), again
        )


def _report_cold(results: dict[str, Result], feeds: int, entries: int, runs: int) -> None:
    taken = feeds * entries
    rate = {name: taken / result.median(lambda run: run.seconds) for name, result in results.items()}
    memory = {name: result.median(lambda run: run.memory) for name, result in results.items()}
    table.show(
        f"A cold update of {feeds} feeds with {entries} entries each, median of {runs} runs in turn",
        ["", "entries a second", "against reader", "seconds", "processor", "peak memory", "against reader"],
        [
            [
                name,
                f"{rate[name]:,.0f}",
                f"{rate[name] / rate[READER]:.2f} ×",
                f"{result.median(lambda run: run.seconds):.1f}",
                f"{result.median(lambda run: run.processor):.1f}",
                f"{memory[name] / 1024:.1f} MiB",
                f"{memory[name] / memory[READER]:.2f} ×",
            ]
            for name, result in results.items()
        ],
    )
    faster, fuller = rate[SQLITE] / rate[READER], memory[SQLITE] / memory[READER]
    processor = {name: result.median(lambda run: run.processor) for name, result in results.items()}
    by_processor = f"{faster:.2f} times, {processor[READER] / processor[SQLITE]:.2f} times by processor time"
    verdict(f"SQLite, one worker: at least {FASTER} times reader's entries a second", faster >= FASTER, by_processor)
    verdict("SQLite, one worker: peak memory no higher than reader's", fuller <= 1, f"{fuller:.2f} times")
    if POSTGRES in rate:
        more = rate[POSTGRES] / rate[SQLITE]
        verdict("PostgreSQL, two workers: more entries a second than SQLite with one", more > 1, f"{more:.2f} times")
    else:
        print("PostgreSQL: skipped, it is not installed (Debian: apt-get install postgresql).", flush=True)


def _report_unchanged(results: dict[str, Result], feeds: int, runs: int) -> None:
    each = {name: result.unchanged() / feeds for name, result in results.items()}
    table.show(
        f"The same {feeds} feeds again, unchanged (304), median of {runs * (PASSES - 1)} passes",
        ["", "processor a feed"],
        [[name, f"{seconds * 1000:.2f} ms"] for name, seconds in each.items()],
    )
    ours = each[SQLITE]
    bound = f"Unchanged, SQLite: under {MOST_FOR_UNCHANGED * 1000:.0f} ms of processor time a feed"
    verdict(bound, ours < MOST_FOR_UNCHANGED, f"{ours * 1000:.2f} ms")


def verdict(bound: str, met: bool, figure: str) -> None:
    """Say whether a bound is met, and by which figure."""
    print(f"{'met    ' if met else 'NOT met'}  {bound}: {figure}.", flush=True)
