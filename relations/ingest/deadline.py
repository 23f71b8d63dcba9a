"""A moment by which a request has to be over, kept by every read of its socket.

A time-out of a single read does not stop a server that sends one byte a second; a deadline does, in the headers, in the
body and within TLS alike.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Reads of guarded sockets in this block raise TimeoutError once so many seconds have passed."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def remaining() -> float:
    """Seconds until the deadline; raises TimeoutError when it has passed."""
    moment = _deadline.get()
    if moment is None:
        return 60.0
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the whole request is over")
    return left


class DeadlineSocket(socket.socket):
    """A socket whose reads end at the deadline."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(remaining())
        return super().recv_into(*args, **kwargs)


class DeadlineTLSSocket(ssl.SSLSocket):
    """The same within TLS; a context makes it where its `sslsocket_class` says so."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(remaining())
        return super().recv_into(*args, **kwargs)
