"""SQLite's write-ahead log goes into the file beside the run that fills it, not between two of its commits.

Otherwise the commit that makes the log long enough waits until all of it stands in the file, and for the disk.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import DatabaseError, connection

_EVERY: Final = 1.0
"""Seconds: a few feeds, whose pages go into the file together, as with the length of the log that is set (config.settings)."""


@contextlib.contextmanager
def beside() -> Iterator[None]:
    """While the block lasts a thread writes the log back. Nothing happens on PostgreSQL, nor with a database in memory."""
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not path.is_file():
        yield
        return
    length = _length()
    over = threading.Event()
    thread = threading.Thread(target=_write_back, args=(path, over), daemon=True, name="checkpoints")
    _set_length(0)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        with contextlib.suppress(DatabaseError):  # one that is away begins anew with the length that is set
            _set_length(length)


def _write_back(path: Path, over: threading.Event) -> None:
    # Passive: it never waits for readers or the writer, and does what can be done; the next time does the rest.
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as log:
        while not over.wait(_EVERY):
            with contextlib.suppress(sqlite3.OperationalError):
                log.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _length() -> int:
    """Pages from which on a commit writes the log back."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint")
        return int(cursor.fetchone()[0])


def _set_length(pages: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_autocheckpoint={pages}")
