"""A server of feeds on the loopback interface, as well or as badly behaved as a test wants it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FEEDS = Path(__file__).resolve().parents[1] / "fixtures" / "feeds"


@dataclass
class Page:
    """What the server answers at a path; `act` replaces it with anything."""

    body: bytes = b""
    content_type: str = "application/rss+xml"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    act: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class FeedServer:
    """`serve("/a", …)` sets what stands at a path, `requests` holds the headers of every request by path."""

    url: str
    pages: dict[str, Page] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def serve(self, path: str, body: bytes | str = b"", **page: Any) -> str:
        """Put a page at a path; its address."""
        self.pages[path] = Page(body.encode() if isinstance(body, str) else body, **page)
        return self.url + path

    def file(self, path: str, name: str, **page: Any) -> str:
        """Put one of the fixtures at a path; its address."""
        return self.serve(path, (FEEDS / name).read_bytes(), **page)

    def sent(self, path: str) -> list[dict[str, str]]:
        """The headers of the requests for a path, names in small letters."""
        return [headers for asked, headers in self.requests if asked == path]


def start(tls: ssl.SSLContext | None = None) -> tuple[FeedServer, Callable[[], None]]:
    """A running server, behind TLS where a context is given, and how to end it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            feeds.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = feeds.pages.get(self.path, Page(b"no such page", "text/plain", 404))
            if page.act:
                page.act(self)
                return
            self.send_response(page.status)
            self.send_header("Content-Type", page.content_type)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if page.status != 304:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            if page.status != 304:
                self.wfile.write(page.body)

        def log_message(self, *_: Any) -> None:
            """The tests read `requests` instead."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """A reader that has seen enough closes the connection."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    feeds = FeedServer(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop() -> None:
        server.shutdown()
        server.server_close()

    return feeds, stop
