"""The jobs of Celery: what they hand on, and that a real worker does them over either broker."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from relations import tasks
from relations.ingest import runner
from tests.factories import FeedFactory
from tests.fixtures.processes import ROOT, end, manage, surroundings, wait_for
from tests.fixtures.servers import RedisServer
from tests.ingest.feed_server import start

HOUR = dt.timedelta(hours=1)
WORKER = ["--concurrency", "1", "--without-mingle", "--without-gossip", "--without-heartbeat"]


@pytest.fixture
def handed_on(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """What `fetch_due_feeds` enqueues: arguments and seconds until they expire."""
    calls: list[tuple[Any, Any]] = []
    monkeypatch.setattr(tasks.fetch_feed, "apply_async", lambda arguments, expires: calls.append((arguments, expires)))
    return calls


@pytest.mark.django_db
def test_every_due_feed_is_handed_to_a_job_of_its_own(handed_on: list[tuple[Any, Any]]) -> None:
    first, second = (FeedFactory(next_check=timezone.now() - n * HOUR) for n in (2, 1))
    FeedFactory(next_check=timezone.now() + HOUR)
    FeedFactory(next_check=timezone.now() - HOUR, enabled=False)
    tasks.fetch_due_feeds()
    assert [arguments for arguments, _expires in handed_on] == [(first.pk,), (second.pk,)]
    assert json.dumps([arguments for arguments, _expires in handed_on])


@pytest.mark.django_db
def test_jobs_expire_before_the_next_look_hands_them_out_again(handed_on: list[tuple[Any, Any]]) -> None:
    FeedFactory(next_check=None)
    tasks.fetch_due_feeds()
    assert 0 < handed_on[0][1] < 60


@pytest.mark.django_db
def test_no_look_hands_out_more_than_the_limit(handed_on: list[tuple[Any, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        FeedFactory(next_check=None)
    monkeypatch.setattr(runner.due_feeds, "__defaults__", (2,))
    tasks.fetch_due_feeds()
    assert len(handed_on) == 2


def test_a_job_ends_in_time() -> None:
    assert 0 < tasks.fetch_feed.soft_time_limit < tasks.fetch_feed.time_limit


def outcomes(folder: Path) -> list[str]:
    """How the attempts ended, as another process sees it."""
    with sqlite3.connect(folder / "var" / "db.sqlite3", timeout=20) as rows:
        return [row[0] for row in rows.execute("SELECT outcome FROM relations_fetchattempt ORDER BY outcome")]


def a_worker_takes_in_the_due_feeds(folder: Path, migrated: Path, **environment: str) -> None:
    """Beat's job is enqueued in one process; a worker runs it and the jobs that it hands on, one of which fails."""
    server, stop = start()
    surrounding = surroundings(VAR_DIR=str(folder / "var"), SECRET_KEY="k" * 50, INGEST_ALLOW_NETS="127.0.0.0/8", **environment)
    (folder / "var").mkdir()
    shutil.copyfile(migrated, folder / "var" / "db.sqlite3")
    setup = (
        "from relations.models import Feed, Outlet\n"
        "o = Outlet.objects.create(slug='o', name='O', country='KZ', kind='newspaper')\n"
        f"Feed.objects.create(outlet=o, url={server.url + '/missing'!r}, language='en', enabled=True)\n"
        f"Feed.objects.create(outlet=o, url={server.file('/feed', 'agency_en.rss.xml')!r}, language='en', enabled=True)\n"
        "from relations.tasks import fetch_due_feeds; import relations.config; fetch_due_feeds.delay()\n"
    )
    manage(surrounding, "shell", "-v0", "-c", setup)
    log = folder / "log"
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "celery", "--app", "relations.config.celery", "worker", *WORKER]
        worker = subprocess.Popen(command, cwd=ROOT, env=surrounding, stdout=stream, stderr=stream, start_new_session=True)
    try:
        wait_for(lambda: len(server.requests) == 2, worker, log)
        wait_for(lambda: outcomes(folder) == ["failed", "stored"], worker, log)
    finally:
        end(worker)
        stop()


def test_a_worker_takes_in_the_due_feeds_without_any_server(tmp_path: Path, migrated_database: Path) -> None:
    a_worker_takes_in_the_due_feeds(tmp_path, migrated_database)


def test_a_worker_takes_in_the_due_feeds_over_redis(redis_server: RedisServer, tmp_path: Path, migrated_database: Path) -> None:
    redis_server.flush()
    a_worker_takes_in_the_due_feeds(tmp_path, migrated_database, REDIS_URL=redis_server.url)
