"""Waiting for a database that is away for a moment, as when it is restarted: a run goes on where it was."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import InterfaceError, OperationalError, connection

SECONDS: Final = 60.0
"""How long a step waits for the database. With a fetch it stays below a task's time limit, and so below a lease."""

_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 2.0
_log = logging.getLogger(__name__)
_T = TypeVar("_T")


def patiently(step: Callable[[], _T]) -> _T:
    """Do a step of the database, again and again while the connection is broken; the step has to bear being done twice.

    An error over a connection that works, or inside somebody else's transaction, is raised at once.
    """
    end = time.monotonic() + SECONDS
    pause = _FIRST_PAUSE
    while True:
        try:
            return step()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or _works() or time.monotonic() + pause > end:
                raise
            _log.warning("the database does not answer, trying again in %.1f s: %s", pause, str(error).strip().splitlines()[:1])
        connection.close()
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _works() -> bool:
    return connection.connection is not None and connection.is_usable()
