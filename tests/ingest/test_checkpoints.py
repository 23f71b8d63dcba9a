"""The write-ahead log of SQLite while a run fills it."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import load_backend

from relations.ingest import checkpoints

pytestmark = [pytest.mark.sqlite_only, pytest.mark.django_db]
LENGTH = 4000


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A connection to a file of its own, set up as the product's are, in place of the test's."""
    settings: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "db.sqlite3"), "TIME_ZONE": None}
    settings |= {"OPTIONS": {"init_command": f"PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint={LENGTH};"}}
    settings |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False}
    made: DatabaseWrapper = load_backend("django.db.backends.sqlite3").DatabaseWrapper(settings, "apart")
    with made.cursor() as cursor:
        cursor.execute("CREATE TABLE t (x)")
    monkeypatch.setattr(checkpoints, "connection", made)
    monkeypatch.setattr(checkpoints, "_EVERY", 0.05)
    yield made
    made.close()


def length(database: Any) -> int:
    with database.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint")
        return int(cursor.fetchone()[0])


def test_what_is_committed_goes_into_the_file_meanwhile_and_no_commit_waits_for_it(database: Any, tmp_path: Path) -> None:
    with checkpoints.beside():
        assert length(database) == 0
        with database.cursor() as cursor:
            cursor.execute("INSERT INTO t VALUES ('written back')")
        until = time.monotonic() + 20
        while b"written back" not in (tmp_path / "db.sqlite3").read_bytes():
            assert time.monotonic() < until
            time.sleep(0.01)
    assert length(database) == LENGTH


def test_after_an_interruption_commits_write_back_again(database: Any) -> None:
    with pytest.raises(KeyboardInterrupt), checkpoints.beside():
        raise KeyboardInterrupt
    assert length(database) == LENGTH


def test_a_log_that_cannot_be_written_back_is_left_to_the_next_time(database: Any, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "db.sqlite3", isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM t").fetchall()
        with checkpoints.beside(), database.cursor() as cursor:
            cursor.execute("INSERT INTO t VALUES (1)")
            time.sleep(0.2)
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
        reader.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM t").fetchone() == (1,)
    reader.close()


def test_a_database_that_goes_away_meanwhile_is_no_error_of_the_run(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    set_length = checkpoints._set_length

    def away(pages: int) -> None:
        if pages:
            raise OperationalError("gone")
        set_length(pages)

    monkeypatch.setattr(checkpoints, "_set_length", away)
    with checkpoints.beside():
        pass


def test_a_database_in_memory_has_no_log() -> None:
    with checkpoints.beside():
        assert not any(thread.name == "checkpoints" for thread in threading.enumerate())
