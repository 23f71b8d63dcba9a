"""A farm of feeds that grow while they are fetched, and that notices who is rude: on the loopback interface, on several hosts."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOSTS = 12
FEEDS = 36
GROWTH = 4
MOST = 120


class Farm:
    """Feed n is served by host n % HOSTS. Each answer has GROWTH entries more than the one before, until `freeze`.

    `readers` counts the requests by User-Agent; `at_once` is the largest number of requests that were under way at the same
    time, for a feed and for a host.
    """

    def __init__(self, seed: int) -> None:
        self.sizes: Counter[int] = Counter()
        self.requests = 0
        self.at_once: Counter[str] = Counter()
        self.readers: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._dice = random.Random(seed)
        self._grows = True
        self._servers = [self._server(f"127.0.0.{number + 1}") for number in range(HOSTS)]

    def url(self, feed: int) -> str:
        """The address of a feed."""
        host, port = self._servers[feed % HOSTS].server_address[:2]
        return f"http://{host!s}:{port}/{feed}"

    def under_way(self) -> int:
        """Requests that are being answered right now."""
        with self._lock:
            return sum(number for name, number in self._under_way.items() if name.startswith("feed"))

    def freeze(self) -> None:
        """From now on feeds answer the same each time."""
        self._grows = False

    def entries(self) -> int:
        """How many entries were served, each counted once."""
        return sum(self.sizes.values())

    def close(self) -> None:
        """Stop serving."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def _server(self, address: str) -> ThreadingHTTPServer:
        farm = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                farm._answer(self)

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """A reader that was killed says nothing."""

        server = Server((address, 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        feed = int(handler.path.strip("/"))
        names = (f"feed {feed}", f"host {feed % HOSTS}")
        with self._lock:
            self.requests += 1
            self.readers[handler.headers.get("User-Agent", "")] += 1
            pause = self._dice.uniform(0, 0.2)
            for name in names:
                self._under_way[name] += 1
                self.at_once[name] = max(self.at_once[name], self._under_way[name])
        try:
            self._serve(handler, feed, pause)
        finally:
            with self._lock:
                self._under_way.subtract(names)

    def _serve(self, handler: BaseHTTPRequestHandler, feed: int, pause: float) -> None:
        with self._lock:
            if self._grows and self.sizes[feed] < MOST:
                self.sizes[feed] += GROWTH
            size = self.sizes[feed]
        tag = f'"{feed}-{size}"'
        if handler.headers.get("If-None-Match") == tag:
            handler.send_response(304)
            handler.end_headers()
            return
        body = document(feed, size).encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", tag)
        handler.end_headers()
        middle = len(body) // 2
        handler.wfile.write(body[:middle])
        time.sleep(pause)
        handler.wfile.write(body[middle:])


_OBJECTS = ("gas", "rail", "ports", "wheat", "water", "visas", "tariffs", "power lines", "mines", "schools", "radar", "cotton", "roads")
_PLACES = ("Astana", "Almaty", "Aktau", "Urumqi", "Khorgos", "Beijing", "Xi'an", "Shymkent", "Lianyungang", "Karaganda", "Atyrau")


def document(feed: int, size: int) -> str:
    """The feed with its newest entries first; each names one relationship, no two say the same."""
    items = "".join(_item(feed, number) for number in range(size, 0, -1))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {feed}</title>{items}</channel></rss>'


def _item(feed: int, number: int) -> str:
    first, second = next(itertools.islice(itertools.product(_OBJECTS, _PLACES), (feed * 37 + number * 11) % 143, None))
    title = f"China and Kazakhstan discuss {first} in {second}: report {feed}-{number}"
    return f"<item><guid>{feed}-{number}</guid><title>{title}</title><link>https://example.org/{feed}/{number}</link></item>"
