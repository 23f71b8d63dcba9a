"""The product in pieces that can be killed one by one: worker, beat, pages, PostgreSQL, Redis, and a farm of feeds to fetch."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults import program
from tests.faults.farm import FEEDS, Farm
from tests.fixtures.processes import ROOT, end, manage, surroundings, wait_for
from tests.fixtures.servers import PostgresServer, RedisServer, private_postgres, private_redis

SEED = 20261124
_SETUP = """
from relations.models import Feed, Outlet
from relations.models.choices import OutletKind
for number, url in enumerate({urls!r}):
    outlet = Outlet.objects.create(slug=f"o-{{number}}", name=f"Outlet {{number}}", country="KZ", kind="newspaper")
    Feed.objects.create(outlet=outlet, url=url, language="en", enabled=True)
"""


@dataclass
class System:
    """A running installation. Processes are kept by name and end with the test."""

    postgres: PostgresServer
    redis: RedisServer
    farm: Farm
    database: str
    environment: dict[str, str]
    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a program of Python; its words go into a log of its name."""
        with (self.folder / f"{name}.log").open("ab") as stream:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=stream, stderr=stream, start_new_session=True
            )
        return self.processes[name]

    def start_worker(self, name: str, processes: int = 2) -> None:
        """Start a worker with so many processes that fetch."""
        options = ["--concurrency", str(processes), "--without-mingle", "--without-gossip", "--hostname", f"{name}@%h"]
        self.start(name, "-m", "tests.faults.program", "worker", *options)

    def start_beat(self) -> None:
        """Start the clock."""
        self.start("beat", "-m", "tests.faults.program", "beat", "--schedule", str(self.folder / "schedule"), "--pidfile=")

    def kill(self, name: str) -> None:
        """End a program and its children the hard way."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        """End what still runs."""
        for process in self.processes.values():
            os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
            end(process)

    def ask(self, sql: str, *arguments: Any) -> list[tuple[Any, ...]]:
        """What the database answers, over a connection of its own."""
        with psycopg.connect(self.postgres.url(self.database), autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(sql, arguments or None)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def number(self, sql: str) -> int:
        """A single number."""
        return int(self.ask(sql)[0][0] or 0)

    def make_due(self, which: str = "TRUE") -> None:
        """Let every feed be due that nobody has, or those of them for which this piece of SQL holds."""
        later = f"leased_until IS NULL AND next_check > now() AND {which}"
        self.ask(f"UPDATE relations_feed SET next_check = now() - interval '1 second' WHERE {later}")

    def leased(self) -> int:
        """Feeds that a worker has."""
        return self.number("SELECT count(*) FROM relations_feed WHERE leased_until > now()")

    def at_work(self) -> bool:
        """Whether a request is under way or a transaction of a worker is open."""
        writing = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        return self.farm.under_way() > 0 or self.number(writing) > 0

    def attempts(self) -> int:
        """Attempts that were recorded."""
        return self.number("SELECT count(*) FROM relations_fetchattempt")

    def until(self, true: Callable[[], bool], what: str, seconds: float = 60) -> None:
        """Wait until it is true; the test fails with the ends of all logs where it does not become so."""
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                print(
                    self.ask("SELECT id, next_check, leased_until, now() FROM relations_feed WHERE leased_until IS NOT NULL"),
                    self.attempts(),
                    self.farm.requests,
                )
                logs = "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}" for log in self.folder.glob("*.log"))
                pytest.fail(f"after {seconds:.0f} s still not so: {what}\n{logs}", pytrace=False)
            time.sleep(0.1)

    def settle(self) -> None:
        """Let the farm stand still, and the workers take in what is left of it."""
        self.farm.freeze()
        began = dt.datetime.now(dt.UTC)
        fresh = f"SELECT DISTINCT feed_id FROM relations_fetchattempt WHERE started > '{began.isoformat()}' AND outcome <> 'failed'"

        def fetched() -> bool:
            self.make_due(f"id NOT IN ({fresh})")  # those that were would only keep the workers from the others
            return self.number(f"SELECT count(*) FROM ({fresh}) AS fetched") == FEEDS

        # The last leases of the dead have to run out first.
        self.until(fetched, "every feed fetched once more", 60 + program.LEASE.total_seconds())
        still = "SELECT count(*) FROM relations_feed WHERE leased_until IS NOT NULL OR next_check <= now()"
        self.until(lambda: self.number(still) == 0, "no feed leased or due", 30 + program.LEASE.total_seconds())

    def check_that_nothing_is_lost_or_doubled(self) -> None:
        """Every entry that was served is stored once, whole, and counted once; nobody was rude."""
        served = self.farm.entries()
        assert self.number("SELECT count(*) FROM relations_newsitem") == served > FEEDS
        assert self.number("SELECT count(DISTINCT (outlet_id, url)) FROM relations_newsitem") == served
        assert self.number("SELECT count(*) FROM relations_newsitem_dyads") == served  # each is linked to what it names, once
        assert self.number("SELECT sum(new) FROM relations_fetchattempt") == served
        assert self.number("SELECT sum(revision) FROM relations_newsitem") == 0
        assert self.ask("SELECT url FROM relations_feed WHERE leased_until IS NOT NULL") == []
        assert self.ask("SELECT url, last_detail FROM relations_feed WHERE failing_since IS NOT NULL") == []
        assert {name: most for name, most in self.farm.at_once.items() if most > 1} == {}


@pytest.fixture(scope="package")
def migrated(migrated_cluster: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL of these tests alone, whose database `migrated` has all tables."""
    with private_postgres(migrated_cluster) as server:
        yield server


@pytest.fixture(scope="package")
def private_broker() -> Iterator[RedisServer]:
    """A Redis of these tests alone."""
    with private_redis() as server:
        yield server


@pytest.fixture
def system(migrated: PostgresServer, private_broker: RedisServer, tmp_path: Path) -> Iterator[System]:
    """An installation over a database of its own with the feeds of a farm; nothing of it runs yet."""
    name = f"t{time.time_ns()}"
    _command(migrated, f"CREATE DATABASE {name} TEMPLATE migrated")
    private_broker.flush()
    environment = surroundings(
        VAR_DIR=str(tmp_path / "var"),
        SECRET_KEY="tests" * 10,
        DATABASE_URL=migrated.url(name),
        REDIS_URL=private_broker.url,
        DASHBOARD_PUBLIC="1",
        INGEST_ALLOW_NETS="127.0.0.0/8",
        INGEST_HOST_GAP="0.02",
    )
    (tmp_path / "var").mkdir()
    farm = Farm(SEED)
    running = System(migrated, private_broker, farm, name, environment, tmp_path)
    try:
        manage(environment, "shell", "-v0", "-c", _SETUP.format(urls=[farm.url(number) for number in range(FEEDS)]))
        yield running
    finally:
        running.close()
        farm.close()


def _command(server: PostgresServer, sql: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(sql)  # type: ignore[arg-type]


__all__ = ["System", "wait_for"]
