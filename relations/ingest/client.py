"""The HTTP client: pooled connections to guarded addresses. One for each process."""

from __future__ import annotations

import functools
import ipaddress
import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from typing import Any, Final

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from relations.ingest import deadline
from relations.ingest.guard import Network, permitted

CONNECT_SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 20.0

_HOSTS_KEPT: Final = 512
"""Hosts whose connection is kept, as long as they keep it: a run over some hundreds of feeds asks each of them once, and again."""
_LEAST: Final = 0.01
_CONNECTIONS_A_HOST: Final = 2
_ONE_MAKES_IT: Final = threading.Lock()


class RefusedAddress(HTTPError):
    """A name leads to addresses that a fetch must not connect to."""


class UnresolvedName(HTTPError):
    """No address is known for a name."""


class Unreachable(HTTPError):
    """Nobody takes the connection."""


class ConnectTimeout(HTTPError):
    """No connection within the time."""


class _Guarded:
    """Connects to permitted addresses only: what is checked is the very address that is then connected to."""

    allowed: tuple[Network, ...] = ()
    host: str
    _dns_host: str
    port: int
    timeout: float | None

    def _new_conn(self) -> socket.socket:
        seconds = min(self.timeout or CONNECT_SECONDS, CONNECT_SECONDS, deadline.remaining())
        end = time.monotonic() + seconds
        refused: list[str] = []
        open_to_us: list[tuple[int, tuple[Any, ...]]] = []
        for family, address in _resolve(self._dns_host, self.port, seconds):
            parsed = ipaddress.ip_address(address[0].partition("%")[0] if "%" in address[0] else address[0])
            if "%" in address[0] or not permitted(parsed, self.port, self.allowed):
                refused.append(f"{parsed}:{self.port}")
            else:
                open_to_us.append((family, address))
        error: OSError | None = None
        for tried, (family, address) in enumerate(open_to_us):
            # One that swallows everything leaves time for the others: a name often has two, and one of them no way to it.
            share = (end - time.monotonic()) / (len(open_to_us) - tried)
            try:
                connection = _connect(family, address, max(min(share, deadline.remaining()), _LEAST))
                connection.settimeout(max(min(end - time.monotonic(), deadline.remaining()), _LEAST))  # for the handshake of TLS
                return connection
            except TimeoutError as failure:
                error = failure
            except OSError as failure:
                error = error or failure
        if isinstance(error, TimeoutError):
            raise ConnectTimeout(f"{self.host} did not take the connection within {seconds:.0f} seconds.") from error
        if error is not None:
            raise Unreachable(f"{self.host} cannot be reached: {error.strerror or error}.") from error
        raise RefusedAddress(f"{self.host} leads to {', '.join(refused[:3])}, which is no public address on port 80 or 443.")


def _connect(family: int, address: tuple[Any, ...], seconds: float) -> socket.socket:
    connection = deadline.DeadlineSocket(family, socket.SOCK_STREAM)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(seconds)
        connection.connect(address)
    except BaseException:
        connection.close()
        raise
    return connection


def _resolve(host: str, port: int, seconds: float) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The addresses of a name."""
    found = _numeric(host, port) or _asked(host, port, seconds)
    for family, _type, _protocol, _name, address in found:
        yield family, address


def _numeric(host: str, port: int) -> list[Any]:
    """The address that is written as a number, for which nobody has to be asked."""
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return []


def _asked(host: str, port: int, seconds: float) -> list[Any]:
    """What the system's resolver says. It knows no time-out, so it works in a thread that may be left behind."""
    answer: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True, name=f"resolve {host}").start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise ConnectTimeout(f"No answer to the question for the address of {host}.") from None
    if isinstance(found, Exception):
        raise UnresolvedName(f"No address is known for {host}.") from found
    return list(found)


@functools.lru_cache(maxsize=4)
def _made(allowed: tuple[Network, ...], _process: int) -> urllib3.PoolManager:
    plain = type("GuardedHTTP", (_Guarded, HTTPConnection), {"allowed": allowed})
    tls = type("GuardedHTTPS", (_Guarded, HTTPSConnection), {"allowed": allowed})
    manager = urllib3.PoolManager(
        num_pools=_HOSTS_KEPT, maxsize=_CONNECTIONS_A_HOST, retries=False, ssl_context=_tls_context(), blocksize=65536
    )
    manager.pool_classes_by_scheme = {
        "http": type("GuardedHTTPPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("GuardedHTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }
    return manager


def client(allowed: tuple[Network, ...] = ()) -> urllib3.PoolManager:
    """The client of this process (a forked one makes its own) that may also connect to the `allowed` networks."""
    with _ONE_MAKES_IT:  # each certificate authority is read once, not once for each thread that comes first
        return _made(allowed, os.getpid())


def _tls_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())  # machines without a store of certificates
    context.sslsocket_class = deadline.DeadlineTLSSocket
    return context
