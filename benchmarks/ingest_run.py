"""One measured update in a process of its own, ours or that of lemon24/reader.

    python -m benchmarks.ingest_run ours [--passes 1] [--due]
    python -m benchmarks.ingest_run reader [--passes 1]      with READER_DATABASE in the environment

The process prepares itself, prints a line, waits for one on standard input, so that several may begin together, and then
prints JSON: `begin` and `end` of each pass by the clock that all processes share, its seconds of processor time, the peak
of the resident memory in KiB. Both count the process and those that it has started, such as ours that reads documents.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="benchmarks.ingest_run")
    parser.add_argument("what", choices=["ours", "reader"])
    parser.add_argument("--due", action="store_true", help="the feeds that are due, as workers that share them do")
    parser.add_argument("--passes", type=int, default=1)
    options = parser.parse_args()
    update = _ours(options.due) if options.what == "ours" else _reader(os.environ["READER_DATABASE"])
    print("ready", flush=True)
    sys.stdin.readline()
    passes = [_timed(update) for _ in range(options.passes)]
    print(json.dumps({"passes": passes, "memory": _peak()}), flush=True)


def _timed(update: Callable[[], None]) -> dict[str, float]:
    begin, worked = time.monotonic(), _worked()
    update()
    return {"begin": begin, "end": time.monotonic(), "processor": _worked() - worked}


def _worked() -> float:
    """Seconds of processor time up to now."""
    ended = os.times()
    ticks = sum(int(ticks) for pid in _children() for ticks in _stat(pid)[11:13])
    return time.process_time() + ended.children_user + ended.children_system + ticks / os.sysconf("SC_CLK_TCK")


def _peak() -> int:
    """The peaks of the resident memory, added up, in KiB. What getrusage tells starts from the memory of the parent."""
    statuses = [Path(f"/proc/{pid}/status").read_text().splitlines() for pid in (os.getpid(), *_children())]
    return sum(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) for lines in statuses)


def _children() -> list[int]:
    """The processes that this one has started and that still are."""
    running = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    return [pid for pid in running if (stat := _stat(pid)) and int(stat[1]) == os.getpid()]


def _stat(pid: int) -> list[str]:
    """What the system tells of a process, from its state on; nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _ours(due: bool) -> Callable[[], None]:
    """`manage.py ingest --no-reading`: all that storing takes. What the items say is read by a job of its own, measured apart."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    def update() -> None:
        call_command("ingest", json=True, no_reading=True, stdout=io.StringIO(), **{"due" if due else "all": True})

    return update


def _reader(database: str) -> Callable[[], None]:
    """`update_feeds()` with the settings that a reader has unless told otherwise; all feeds, as with `ingest --all`."""
    from reader import make_reader

    reader = make_reader(database)
    return lambda: reader.update_feeds(scheduled=False)


if __name__ == "__main__":
    main()
