"""What the log says of requests."""

from __future__ import annotations

import logging


def without_traceback_of_refusals(record: logging.LogRecord) -> bool:
    """Every record passes. That of a request that was refused (403) keeps its line and loses its traceback: nothing is broken."""
    if getattr(record, "status_code", 0) == 403:
        record.exc_info = None
    return True
