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
from kombu.exceptions import OperationalError
from pytest_django.fixtures import Settings

from relations import tasks
from relations.ingest import runner
from relations.models import Host, NewsVolume
from tests.factories import DraftedCandidateFactory, FeedFactory, NewsItemFactory
from tests.fixtures.processes import ROOT, end, manage, surroundings, wait_for
from tests.fixtures.servers import RedisServer
from tests.ingest.feed_server import start

HOUR = dt.timedelta(hours=1)
WORKER = ["--concurrency", "1", "--without-mingle", "--without-gossip", "--without-heartbeat"]


@pytest.fixture
def delays() -> list[float]:
    """Seconds after which each of them is to begin."""
    return []


@pytest.fixture
def handed_on(monkeypatch: pytest.MonkeyPatch, delays: list[float]) -> list[tuple[Any, Any]]:
    """What `fetch_due_feeds` enqueues: arguments and seconds until they expire."""
    calls: list[tuple[Any, Any]] = []

    def apply_async(arguments: Any, countdown: float = 0, expires: float = 0, **_: Any) -> None:
        calls.append((arguments, expires))
        delays.append(countdown)

    monkeypatch.setattr(tasks.fetch_feed, "apply_async", apply_async)
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
    monkeypatch.setattr(runner.due_feeds_with_delays, "__defaults__", (2,))
    tasks.fetch_due_feeds()
    assert len(handed_on) == 2


@pytest.mark.django_db
def test_feeds_of_one_host_begin_one_after_the_other(handed_on: list[tuple[Any, Any]], delays: list[float], settings: Settings) -> None:
    settings.INGEST_HOST_GAP = 2.0
    hosts = ["a.example.org", "example.kz", "b.example.org", "www.example.org"]
    for number, host in enumerate(hosts):
        FeedFactory(url=f"https://{host}/{number}", next_check=timezone.now() - (9 - number) * HOUR)
    tasks.fetch_due_feeds()
    assert delays == [0, 0, 3, 6]


@pytest.mark.django_db
def test_of_a_host_with_many_feeds_the_later_ones_are_left_to_the_next_look(handed_on: list[tuple[Any, Any]], delays: list[float]) -> None:
    for number in range(40):
        FeedFactory(url=f"https://example.org/{number}", next_check=None)
    tasks.fetch_due_feeds()
    assert len(handed_on) == 16
    assert max(delays) == 45 < min(expires for _arguments, expires in handed_on)


@pytest.mark.django_db
def test_a_feed_whose_host_is_busy_comes_back_shortly(handed_on: list[tuple[Any, Any]], delays: list[float]) -> None:
    feed = FeedFactory(next_check=None)
    Host.objects.create(name="example.org", busy_until=timezone.now() + dt.timedelta(seconds=3))
    tasks.fetch_feed(feed.pk)
    assert [arguments for arguments, _expires in handed_on] == [(feed.pk, True)]
    assert 2 < delays[0] <= 3 < handed_on[0][1]


@pytest.mark.django_db
def test_a_feed_whose_host_asked_to_wait_does_not_come_back_before(handed_on: list[tuple[Any, Any]]) -> None:
    feed = FeedFactory(next_check=None)
    until = timezone.now() + 5 * HOUR
    Host.objects.create(name="example.org", wait_until=until)
    tasks.fetch_feed(feed.pk)
    assert handed_on == []
    feed.refresh_from_db()
    assert (feed.next_check, feed.leased_until) == (until, None)


@pytest.mark.django_db
def test_an_editor_hands_a_feed_to_a_worker_whether_it_is_due_or_not(handed_on: list[tuple[Any, Any]]) -> None:
    assert tasks.hand_out(7)
    assert [arguments for arguments, _expires in handed_on] == [(7, False)]


def test_a_queue_out_of_reach_is_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("no route")

    monkeypatch.setattr(tasks.fetch_feed, "apply_async", away)
    assert not tasks.hand_out(7)
    assert "no route" in caplog.text


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
        "from relations.tasks import fetch_due_feeds; fetch_due_feeds.delay()\n"
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


@pytest.mark.django_db
def test_every_minute_stored_items_are_read() -> None:
    item = NewsItemFactory(title="China and Kazakhstan hold talks on trade")
    tasks.read_news()
    item.refresh_from_db()
    assert not item.unread and item.reading.relevant


@pytest.mark.django_db
def test_every_night_the_texts_of_what_was_decided_long_ago_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.retire_old_items, "apply_async", lambda: None)
    long_ago = timezone.now() - dt.timedelta(days=31)
    candidate = DraftedCandidateFactory(state="rejected", reason="no", decided=long_ago)
    tasks.tidy_up_news()
    candidate.refresh_from_db()
    assert candidate.text == ""


@pytest.mark.django_db
def test_every_night_lost_items_are_given_back_and_everything_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.retire_old_items, "apply_async", lambda: None)
    item = NewsItemFactory(unread=False, dyads=["CN-KZ"])
    tasks.tidy_up_news()
    item.refresh_from_db()
    assert item.unread
    assert NewsVolume.objects.get().items == 1
