"""Celery over both brokers, with a real worker; and what every scheduled job must say."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from relations.config.celery import app as celery_app
from relations.config.settings import CELERY_BEAT_SCHEDULE
from tests.fixtures.processes import ROOT, end, loaded, surroundings, wait_for
from tests.fixtures.servers import RedisServer

WORKER = ["--concurrency", "1", "--without-mingle", "--without-gossip", "--without-heartbeat", "--include", "tests.config.pings"]


def a_worker_answers(folder: Path, **environment: str) -> None:
    """Enqueue a task in one process, run it in another."""
    surrounding = surroundings(VAR_DIR=str(folder / "var"), SECRET_KEY="k" * 50, **environment)
    answer = folder / "answer"
    send = f"from tests.config.pings import ping; import relations.config.celery; ping.delay({str(answer)!r})"
    subprocess.run([sys.executable, "-c", send], cwd=ROOT, env=surrounding, check=True, timeout=60)
    log = folder / "log"
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "celery", "--app", "relations.config.celery", "worker", *WORKER]
        worker = subprocess.Popen(command, cwd=ROOT, env=surrounding, stdout=stream, stderr=stream, start_new_session=True)
    try:
        wait_for(lambda: answer.exists() and answer.read_text() == "pong", worker, log)
    finally:
        end(worker)


def test_a_worker_needs_no_server(tmp_path: Path) -> None:
    a_worker_answers(tmp_path)
    assert list((tmp_path / "var" / "queue" / "messages").glob("*.celery.msg")) == []


@pytest.mark.parametrize("address", ["url", "socket_url"])
def test_a_worker_takes_its_tasks_from_redis(redis_server: RedisServer, tmp_path: Path, address: str) -> None:
    redis_server.flush()
    a_worker_answers(tmp_path, REDIS_URL=getattr(redis_server, address))


def test_no_message_is_lost_when_many_write_while_one_reads(tmp_path: Path) -> None:
    surrounding = surroundings(VAR_DIR=str(tmp_path), SECRET_KEY="k" * 50)
    send = "from relations.config.celery import app as a\nfor n in range(150): a.send_task('tests.count', [n])"
    senders = [subprocess.Popen([sys.executable, "-c", send], cwd=ROOT, env=surrounding) for _ in range(2)]
    receive = (
        "import sys, time, queue; from relations.config.celery import app as a\n"
        "with a.connection_for_read() as c:\n"
        "    box = c.SimpleQueue('celery'); deadline = time.monotonic() + 60; got = 0\n"
        "    while got < 300 and time.monotonic() < deadline:\n"
        "        try: m = box.get(timeout=0.2)\n"
        "        except queue.Empty: continue\n"
        "        m.ack(); got += 1\n"
        "print(got)"
    )
    done = subprocess.run([sys.executable, "-c", receive], cwd=ROOT, env=surrounding, capture_output=True, text=True, timeout=120)
    for sender in senders:
        assert sender.wait(60) == 0
    assert done.stdout.strip() == "300", done.stderr


def test_beat_starts_and_ends_with_its_schedule_under_var(tmp_path: Path) -> None:
    surrounding = surroundings(VAR_DIR=str(tmp_path / "var"), SECRET_KEY="k" * 50)
    (tmp_path / "var").mkdir()
    log = tmp_path / "log"
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "celery", "--app", "relations.config.celery", "beat"]
        beat = subprocess.Popen(command, cwd=ROOT, env=surrounding, stdout=stream, stderr=stream, start_new_session=True)
    try:
        wait_for(lambda: bool(list((tmp_path / "var").glob("beat-schedule*"))), beat, log)  # by then it listens to signals
    finally:
        end(beat, signal.SIGTERM, seconds=60)
    assert beat.returncode == 0, log.read_text()


def test_every_scheduled_job_expires_before_the_next_of_its_kind() -> None:
    assert CELERY_BEAT_SCHEDULE
    for name, entry in CELERY_BEAT_SCHEDULE.items():
        assert entry["task"].startswith("relations.tasks."), name
        assert 0 < entry["options"]["expires"] < float(entry["schedule"]), name


def test_every_scheduled_task_exists() -> None:
    celery_app.loader.import_default_modules()
    assert {entry["task"] for entry in CELERY_BEAT_SCHEDULE.values()} <= set(celery_app.tasks)


def test_messages_are_json_and_tasks_end() -> None:
    assert celery_app.conf.accept_content == ["json"]
    assert celery_app.conf.task_serializer == "json"
    assert 0 < celery_app.conf.task_soft_time_limit < celery_app.conf.task_time_limit


def test_a_command_that_fetches_feeds_needs_neither_the_admin_nor_celery_nor_redis() -> None:
    assert (
        loaded(
            "import relations.management.commands.ingest",
            "celery",
            "kombu",
            "redis",
            "relations.admin",
            "plotly",
            "relations.domain.extraction",
        )
        == set()
    )


def test_what_serves_pages_has_loaded_them_before_the_first_is_asked_for() -> None:
    wanted = {"relations.web.overview", "relations.admin.feeds", "relations.tasks", "celery"}
    assert loaded("import relations.config.wsgi", *wanted) == wanted
