"""The farm: a server of many feeds on the loopback interface, each at an address of its own.

    python -m benchmarks.farm --feeds 300 --entries 200

Feed n answers at 127.1.x.y on one port for all, with ETag and Last-Modified, as gzip where that is asked for, and with 304
where nothing has changed. Bodies are made before the first request, so that an answer costs the server next to nothing.
The first line on standard output is the port; the server ends when its standard input does.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gzip
import hashlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Final

from benchmarks.farm_feeds import NEWEST, documents

ROOT_PATH: Final = "/feed"
_LONGEST_HEAD: Final = 65_536
_MODIFIED: Final = format_datetime(NEWEST, usegmt=True)


@dataclass(frozen=True, slots=True)
class Farm:
    """A running farm: its port, how many feeds, and how many entries each has."""

    port: int
    feeds: int
    entries: int

    def urls(self) -> list[str]:
        """The address of every feed."""
        return [f"http://{address(number)}:{self.port}{ROOT_PATH}" for number in range(self.feeds)]


def address(number: int) -> str:
    """The loopback address of a feed's server."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


@contextlib.contextmanager
def running(feeds: int, entries: int, seed: int = 1) -> Iterator[Farm]:
    """A farm in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.farm", "--feeds", str(feeds), "--entries", str(entries), "--seed", str(seed)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            line = process.stdout.readline()
            if not line.strip().isdigit():
                raise RuntimeError("the farm did not start")
            yield Farm(int(line), feeds, entries)
        finally:
            process.stdin.close()
            process.wait(timeout=20)


@dataclass(frozen=True, slots=True)
class Answers:
    """The three answers of a feed, heads and all."""

    etag: str
    plain: bytes
    packed: bytes
    unchanged: bytes


def answers(body: bytes, kind: str) -> Answers:
    """What a feed's server says."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    validators = f"ETag: {etag}\r\nLast-Modified: {_MODIFIED}\r\nCache-Control: no-cache\r\nServer: farm\r\nVary: Accept-Encoding\r\n"
    content_type = f"Content-Type: application/{'atom' if kind == 'atom' else 'rss'}+xml; charset=UTF-8\r\n"
    packed = gzip.compress(body, 6, mtime=0)

    def whole(content: bytes, encoding: str) -> bytes:
        return f"HTTP/1.1 200 OK\r\n{validators}{content_type}{encoding}Content-Length: {len(content)}\r\n\r\n".encode() + content

    return Answers(
        etag,
        whole(body, ""),
        whole(packed, "Content-Encoding: gzip\r\n"),
        f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n".encode(),
    )


class _Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as readers of feeds speak."""

    def __init__(self, feed: Answers) -> None:
        self._feed = feed
        self._received = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            self._transport.write(self._answer(first, headers))
            if headers.get("connection", "").lower() == "close":
                self._transport.close()
        if len(self._received) > _LONGEST_HEAD:
            self._transport.close()

    def _answer(self, first: str, headers: dict[str, str]) -> bytes:
        if first.split(" ")[:2] != ["GET", ROOT_PATH]:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        if self._feed.etag in headers.get("if-none-match", ""):
            return self._feed.unchanged
        return self._feed.packed if "gzip" in headers.get("accept-encoding", "") else self._feed.plain


async def _serve(feeds: list[Answers]) -> None:
    loop = asyncio.get_running_loop()
    port = 0
    for number, feed in enumerate(feeds):
        listener = socket.create_server((address(number), port), backlog=64)
        port = listener.getsockname()[1]
        await loop.create_server(lambda feed=feed: _Connection(feed), sock=listener)  # type: ignore[misc]
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def main() -> None:
    """Make the feeds, serve them, end with standard input."""
    parser = argparse.ArgumentParser(prog="benchmarks.farm")
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    feeds = [answers(document.body, document.kind) for document in documents(options.feeds, options.entries, options.seed)]
    asyncio.run(_serve(feeds))


if __name__ == "__main__":
    main()
