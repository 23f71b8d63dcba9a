"""Redis and PostgreSQL are stopped and started again while feeds are fetched and pages are read."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.conftest import System
from tests.fixtures.processes import ROOT, free_port

PAGES = ("/healthz", "/news/", "/calendar.ics", "/sources/")
AWAY = 2.0
"""Seconds."""


@dataclass(frozen=True)
class Answer:
    """What a page answered, and when it was asked and had answered."""

    page: str
    status: int
    asked: float
    answered: float


@dataclass
class Reader:
    """Somebody who reads pages all the time, and what each answered, in order."""

    url: str
    answers: list[Answer] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        """Read until `end`."""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Read no more."""
        self._stop.set()
        self._thread.join(30)

    def status(self, page: str) -> int:
        """What a page answers now; 0 for nothing within ten seconds."""
        try:
            with urllib.request.urlopen(self.url + page, timeout=10) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def _read(self) -> None:
        while not self._stop.wait(0.05):
            for page in PAGES:
                asked = time.monotonic()
                status = self.status(page)
                self.answers.append(Answer(page, status, asked, time.monotonic()))


@pytest.fixture
def reader(system: System, built_site: Path) -> Iterator[Reader]:
    """Somebody who reads the pages of the installation, as gunicorn serves them."""
    (system.folder / "var" / "static").symlink_to(built_site / "static")
    port = free_port()
    options = ["--workers", "1", "--threads", "4", "--bind", f"127.0.0.1:{port}"]
    system.start("pages", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", *options, "relations.config.wsgi")
    reading = Reader(f"http://127.0.0.1:{port}")
    system.until(lambda: reading.status("/healthz") == 200, "the pages answer")
    reading.begin()
    yield reading
    reading.end()


def busy(system: System, more: int) -> None:
    """Let the workers fetch for a while."""
    target = system.attempts() + more

    def fetched() -> bool:
        system.make_due()
        return system.attempts() >= target

    system.until(fetched, f"{more} more attempts")


@pytest.mark.slow
def test_redis_is_restarted_and_nobody_notices(system: System, reader: Reader) -> None:
    system.start_beat()
    system.start_worker("one")
    busy(system, 15)

    system.redis.stop()
    try:
        system.make_due()
        ends = time.monotonic() + AWAY
        # A run by hand needs no Redis: the turns at hosts come from the database.
        assert by_hand(system)["failed"] == 0
        time.sleep(max(ends - time.monotonic(), 0))
    finally:
        system.redis.start()

    busy(system, 15)  # worker and beat have found it again
    system.settle()
    reader.end()
    system.check_that_nothing_is_lost_or_doubled()
    assert len(reader.answers) > 20
    assert [answer for answer in reader.answers if answer.status != 200] == []


@pytest.mark.slow
def test_postgresql_is_restarted_and_the_run_goes_on(system: System, reader: Reader) -> None:
    system.start_beat()
    system.start_worker("one")
    busy(system, 15)

    system.make_due()
    command = [sys.executable, "manage.py", "ingest", "--all", "--json"]
    named = {**system.environment, "INGEST_CONTACT": "run@by.hand"}
    run = subprocess.Popen(command, cwd=ROOT, env=named, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    system.until(lambda: any("run@by.hand" in name for name in system.farm.readers), "the run by hand has begun")
    stopped = time.monotonic()  # it lets go of nobody before it is told to
    system.postgres.stop()
    try:
        time.sleep(AWAY)
    finally:
        system.postgres.start()
    started = time.monotonic()  # it answers
    printed, errors = run.communicate(timeout=90)
    assert run.returncode == 0, errors
    assert json.loads(printed)["failed"] == 0

    busy(system, 15)
    system.settle()
    reader.end()
    system.check_that_nothing_is_lost_or_doubled()
    # Without its database a page answers with an error; with it, as ever from the first request on.
    assert {answer.status for answer in reader.answers} == {200, 500}
    fine = [answer for answer in reader.answers if answer.answered < stopped or answer.asked > started]
    assert [answer for answer in fine if answer.status != 200] == []
    assert {answer.page for answer in fine if answer.asked > started} == set(PAGES)


def by_hand(system: System) -> dict[str, int]:
    """What `manage.py ingest` says of the due feeds."""
    done = subprocess.run(
        [sys.executable, "manage.py", "ingest", "--due", "--json"],
        cwd=ROOT,
        env=system.environment,
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found
