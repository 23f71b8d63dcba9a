"""One request for a feed, against servers of every kind of manners."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain.failures import Failure, IngestError
from relations.ingest import client, fetch
from relations.ingest.fetch import Policy, redirected
from relations.ingest.inflate import inflate
from relations.ingest.words import in_words
from tests.fixtures.processes import free_port
from tests.ingest.feed_server import FeedServer

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def failure(url: str, policy: Policy) -> IngestError:
    with pytest.raises(IngestError) as caught:
        fetch.fetch(url, policy, NOW)
    return caught.value


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less patience than the product has."""
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.5)


def test_a_feed_comes_with_what_the_next_request_needs(feeds: FeedServer, policy: Policy) -> None:
    url = feeds.serve("/a", b"<rss/>", headers={"ETag": '"1"', "Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT"})
    answer = fetch.fetch(url, policy, NOW)
    assert (answer.body, answer.status, answer.content_type) == (b"<rss/>", 200, "application/rss+xml")
    assert (answer.etag, answer.last_modified) == ('"1"', "Mon, 02 Mar 2026 10:00:00 GMT")
    assert feeds.sent("/a")[0]["user-agent"] == "Tianshan/test"


def test_a_feed_that_has_not_changed_has_no_body(feeds: FeedServer, policy: Policy) -> None:
    url = feeds.serve("/a", status=304)
    answer = fetch.fetch(url, policy, NOW, etag='"1"', last_modified="Mon, 02 Mar 2026 10:00:00 GMT")
    assert answer.body is None
    assert feeds.sent("/a")[0]["if-none-match"] == '"1"'
    assert feeds.sent("/a")[0]["if-modified-since"] == "Mon, 02 Mar 2026 10:00:00 GMT"


def test_a_server_that_answers_not_modified_without_being_asked_says_nothing(feeds: FeedServer, policy: Policy) -> None:
    error = failure(feeds.serve("/a", status=304), policy)
    assert (error.kind, error.status) == (Failure.BAD_ANSWER, 304)


def test_the_limits_are_those_that_are_promised() -> None:
    assert (client.CONNECT_SECONDS, client.TOTAL_SECONDS) == (10, 20)
    assert (fetch.LARGEST, fetch.MOST_REDIRECTS) == (5 * 1024 * 1024, 5)


def test_a_connection_is_used_again(feeds: FeedServer, policy: Policy) -> None:
    ports: list[int] = []

    def note(handler: BaseHTTPRequestHandler) -> None:
        ports.append(handler.client_address[1])
        handler.send_response(200)
        handler.send_header("Content-Length", "1")
        handler.end_headers()
        handler.wfile.write(b"x")

    url = feeds.serve("/a", act=note)
    for _ in range(3):
        fetch.fetch(url, policy, NOW)
    assert len(set(ports)) == 1


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
    ],
)
def test_packed_bodies_are_unpacked(feeds: FeedServer, policy: Policy, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    body = b"<rss>" + b"text " * 50_000 + b"</rss>"
    url = feeds.serve("/a", pack(body), headers={"Content-Encoding": encoding})
    assert fetch.fetch(url, policy, NOW).body == body


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", lambda data: brotli.compress(data, quality=1))])
def test_a_bomb_is_cut_while_it_streams(feeds: FeedServer, policy: Policy, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(b"\0" * 24 * 1024 * 1024)
    assert len(bomb) < 100_000
    url = feeds.serve("/a", bomb, headers={"Content-Encoding": encoding})
    assert failure(url, policy).kind is Failure.BOMB


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)])
@given(parts=st.lists(st.binary(max_size=40) | st.sampled_from([b"<item>", b"text " * 2000]), max_size=30), piece=st.integers(1, 300))
def test_a_body_is_the_same_however_its_packets_fall(encoding: str, pack: Callable[[bytes], bytes], parts: list[bytes], piece: int) -> None:
    body = b"".join(parts)
    packed = pack(body)
    chunks = [packed[start : start + piece] for start in range(0, len(packed), piece)]
    assert inflate(chunks, encoding, fetch.LARGEST) == body


@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_a_body_may_be_packed_piece_by_piece(piece: int) -> None:
    packed = gzip.compress(b"<rss>") + gzip.compress(b"text") + gzip.compress(b"</rss>") + b"what follows is nothing"
    assert inflate((packed[n : n + piece] for n in range(0, len(packed), piece)), "gzip", 1000) == b"<rss>text</rss>"


@pytest.mark.parametrize("filling", [b"\0" * 65536, gzip.compress(b"") * 3000], ids=["rubbish", "empty pieces"])
def test_what_is_sent_behind_a_packed_body_has_an_end(filling: bytes) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        yield gzip.compress(b"<rss/>")
        while True:
            sent.append(len(filling))
            yield filling

    with pytest.raises(IngestError) as caught:
        inflate(endless(), "gzip", 1024 * 1024)
    assert caught.value.kind is Failure.TOO_LARGE
    assert sum(sent) < 1024 * 1024 + 2 * len(filling)


def test_a_body_that_is_not_packed_as_it_says_is_refused(feeds: FeedServer, policy: Policy) -> None:
    url = feeds.serve("/a", b"plain text", headers={"Content-Encoding": "gzip"})
    assert failure(url, policy).kind is Failure.BAD_ENCODING
    url = feeds.serve("/b", b"x", headers={"Content-Encoding": "zstd"})
    assert failure(url, policy).kind is Failure.BAD_ENCODING


def test_an_endless_body_ends(feeds: FeedServer, policy: Policy) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            handler.close_connection = True

    assert failure(feeds.serve("/a", act=endless), policy).kind is Failure.TOO_LARGE


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("where", ["headers", "body", "chunks"])
def test_a_slow_drip_ends_in_time(feeds: FeedServer, policy: Policy, where: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        send = handler.wfile.write
        if where != "headers":
            handler.send_response(200)
            handler.send_header(*(("Transfer-Encoding", "chunked") if where == "chunks" else ("Content-Length", "1000")))
            handler.end_headers()
        else:
            send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        try:
            for _ in range(100):
                send(b"1\r\nx\r\n" if where == "chunks" else b"x")
                time.sleep(0.05)
        except OSError:
            pass
        handler.close_connection = True

    began = time.monotonic()
    assert failure(feeds.serve("/a", act=drip), policy).kind is Failure.TIMEOUT
    assert time.monotonic() - began < 4  # the drip takes five seconds


@pytest.mark.usefixtures("hurry")
def test_a_server_that_says_nothing_is_left(feeds: FeedServer, policy: Policy) -> None:
    def silence(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(3)
        handler.close_connection = True

    assert failure(feeds.serve("/a", act=silence), policy).kind is Failure.TIMEOUT


def test_a_body_that_breaks_off_is_no_feed(feeds: FeedServer, policy: Policy) -> None:
    def break_off(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"<rss>half")
        handler.close_connection = True

    assert failure(feeds.serve("/a", act=break_off), policy).kind is Failure.BAD_ANSWER


def test_endless_headers_end(feeds: FeedServer, policy: Policy) -> None:
    url = feeds.serve("/a", headers={"X-Long": "x" * 1024 * 1024})
    assert failure(url, policy).kind is Failure.LARGE_HEADERS
    url = feeds.serve("/b", headers={f"X-{n}": "x" * 10_000 for n in range(105)})
    assert failure(url, policy).kind is Failure.LARGE_HEADERS


def test_what_is_no_http_is_no_answer(policy: Policy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak() -> None:
            connection, _ = server.accept()
            connection.recv(1000)
            connection.sendall(b"220 mail.example.org ESMTP\r\n")
            connection.close()

        threading.Thread(target=speak, daemon=True).start()
        assert failure(f"http://127.0.0.1:{server.getsockname()[1]}/", policy).kind is Failure.BAD_ANSWER


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, Failure.NOT_FOUND),
        (410, Failure.GONE),
        (401, Failure.DENIED),
        (403, Failure.DENIED),
        (418, Failure.HTTP_ERROR),
        (500, Failure.SERVER_ERROR),
        (502, Failure.SERVER_ERROR),
        (429, Failure.BUSY),
        (503, Failure.BUSY),
        (204, Failure.HTTP_ERROR),
    ],
)
def test_an_error_of_the_server_has_its_kind_and_status(feeds: FeedServer, policy: Policy, status: int, kind: Failure) -> None:
    error = failure(feeds.serve("/a", b"", status=status), policy)
    assert (error.kind, error.status) == (kind, status)


def test_a_server_may_ask_to_wait(feeds: FeedServer, policy: Policy) -> None:
    url = feeds.serve("/a", status=302, headers={"Location": "/busy"})
    error = failure(feeds.serve("/busy", status=429, headers={"Retry-After": "7200"}), policy)
    assert (error.kind, error.retry_after) == (Failure.ASKED_TO_WAIT, dt.timedelta(hours=2))
    assert failure(url, policy).url == feeds.url + "/busy"
    assert failure(feeds.serve("/b", status=503), policy).kind is Failure.BUSY
    assert failure(feeds.serve("/c", status=500, headers={"Retry-After": "7200"}), policy).retry_after is None


# ---- Redirects ------------------------------------------------------------------------------------------------------------


def test_redirects_are_followed(feeds: FeedServer, policy: Policy) -> None:
    url = feeds.serve("/a", status=301, headers={"Location": "/b"})
    feeds.serve("/b", status=302, headers={"Location": feeds.url + "/c"})
    feeds.serve("/c", b"<rss/>")
    answer = fetch.fetch(url, policy, NOW)
    assert (answer.body, answer.url) == (b"<rss/>", feeds.url + "/c")


def test_redirects_come_to_an_end(feeds: FeedServer, policy: Policy) -> None:
    url = feeds.serve("/a", status=302, headers={"Location": "/a"})
    assert failure(url, policy).kind is Failure.REDIRECT_LOOP
    assert len(feeds.sent("/a")) == 6


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://192.168.0.1:8080/"]
)
def test_a_redirect_to_a_private_address_is_refused(feeds: FeedServer, policy: Policy, target: str) -> None:
    url = feeds.serve("/a", status=302, headers={"Location": target})
    assert failure(url, policy).kind is Failure.REFUSED_ADDRESS


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "http://user:pass@127.0.0.1/"])
def test_a_redirect_leads_to_the_web_only(feeds: FeedServer, policy: Policy, target: str) -> None:
    url = feeds.serve("/a", status=302, headers={"Location": target})
    told = failure(url, policy)
    assert told.kind is Failure.BAD_ADDRESS
    assert in_words(told.kind, told.detail).count("address of the web") == 1, "said once"


def test_a_redirect_may_be_written_without_escapes(feeds: FeedServer, policy: Policy) -> None:
    url = feeds.serve("/a", status=302, headers={"Location": "/новости".encode().decode("latin-1")})
    feeds.serve("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8", b"<rss/>")
    assert fetch.fetch(url, policy, NOW).body == b"<rss/>"


@pytest.mark.usefixtures("trusted")
def test_encryption_is_not_given_up_on_the_way(feeds: FeedServer, secure_feeds: FeedServer, policy: Policy) -> None:
    secure_feeds.serve("/good", b"<rss/>")
    url = secure_feeds.serve("/a", status=301, headers={"Location": feeds.serve("/plain", b"<rss/>")})
    assert failure(url, policy).kind is Failure.REDIRECT_DOWNGRADE
    assert feeds.requests == []
    up = feeds.serve("/up", status=301, headers={"Location": secure_feeds.url + "/good"})
    assert fetch.fetch(up, policy, NOW).body == b"<rss/>"


def test_a_certificate_that_nobody_trusts_is_refused(secure_feeds: FeedServer, policy: Policy) -> None:
    assert failure(secure_feeds.serve("/a", b"<rss/>"), policy).kind is Failure.TLS
    assert secure_feeds.requests == []


@pytest.mark.usefixtures("trusted", "hurry")
def test_a_slow_drip_within_tls_ends_in_time(secure_feeds: FeedServer, policy: Policy) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(100):
                handler.wfile.write(b"x")
                time.sleep(0.05)
        handler.close_connection = True

    began = time.monotonic()
    assert failure(secure_feeds.serve("/a", act=drip), policy).kind is Failure.TIMEOUT
    assert time.monotonic() - began < 4  # the drip takes five seconds


@pytest.mark.usefixtures("hurry")
def test_a_handshake_that_does_not_come_ends_in_time(policy: Policy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:  # takes the connection, and says nothing
        began = time.monotonic()
        error = failure(f"https://127.0.0.1:{server.getsockname()[1]}/", policy)
    assert error.kind is Failure.TIMEOUT
    assert time.monotonic() - began < 4


def test_encryption_is_never_given_up() -> None:
    with pytest.raises(IngestError) as caught:
        redirected("https://e.org/a", "http://e.org/a", 301)
    assert caught.value.kind is Failure.REDIRECT_DOWNGRADE
    assert redirected("http://e.org/a", "https://e.org/a", 301) == "https://e.org/a"
    assert redirected("https://e.org/a/b", "c", 302) == "https://e.org/a/c"


# ---- Addresses ------------------------------------------------------------------------------------------------------------


def resolves_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Names lead to these addresses, one list for each question; the names that were asked for."""
    left, asked = list(answers), []

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        addresses = left.pop(0) if len(left) > 1 else left[0]
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses
        ]

    monkeypatch.setattr(client.socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolves_to(monkeypatch, ["10.0.0.7", "::1"])
    error = failure("http://intranet.example.org/feed", Policy("t"))
    assert error.kind is Failure.REFUSED_ADDRESS
    assert "10.0.0.7" in error.detail


def test_of_several_addresses_only_the_permitted_ones_are_tried(feeds: FeedServer, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds.serve("/a", b"<rss/>")
    resolves_to(monkeypatch, ["10.0.0.7", "127.0.0.1"])
    assert fetch.fetch(feeds.url.replace("127.0.0.1", "mixed.example.org") + "/a", policy, NOW).body == b"<rss/>"


def test_an_address_that_swallows_everything_leaves_time_for_the_others(
    feeds: FeedServer, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds.serve("/a", b"<rss/>")
    resolves_to(monkeypatch, ["127.0.0.3", "127.0.0.1"])
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.6)
    connect, given = client._connect, []

    def swallowed(family: int, address: Any, seconds: float) -> socket.socket:
        given.append(seconds)
        if address[0] == "127.0.0.3":
            time.sleep(seconds)
            raise TimeoutError
        return connect(family, address, seconds)

    monkeypatch.setattr(client, "_connect", swallowed)
    assert fetch.fetch(feeds.url.replace("127.0.0.1", "two.example.org") + "/a", policy, NOW).body == b"<rss/>"
    assert 0 < given[0] <= 0.3


def test_a_server_that_takes_no_connection_is_left_after_a_while(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.3)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):  # its queue is full, and nobody takes anything out
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        error = failure(f"http://127.0.0.1:{server.getsockname()[1]}/", policy)
    assert (error.kind, "did not take the connection" in error.detail) == (Failure.TIMEOUT, True)


def test_a_name_that_changes_its_address_between_two_questions_gains_nothing(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    only_one = Policy("t", (ipaddress.ip_network("127.0.0.1/32"),))
    feeds.serve("/a", status=302, headers={"Location": "http://rebind.example.org/secret", "Connection": "close"})
    asked = resolves_to(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    assert failure(feeds.url.replace("127.0.0.1", "rebind.example.org") + "/a", only_one).kind is Failure.REFUSED_ADDRESS
    assert asked == ["rebind.example.org", "rebind.example.org"]


def test_this_machine_is_closed_without_the_setting(feeds: FeedServer) -> None:
    assert failure(feeds.serve("/a"), Policy("t")).kind is Failure.REFUSED_ADDRESS
    assert feeds.requests == []


def test_a_host_without_an_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(client.socket, "getaddrinfo", unknown)
    error = failure("https://gone.example.org/feed", Policy("t"))
    assert (error.kind, error.detail) == (Failure.UNRESOLVED, "No address is known for gone.example.org.")


def test_a_resolver_that_hangs_does_not_hold_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.2)

    def hang(*_: Any, flags: int = 0, **__: Any) -> None:
        if flags & socket.AI_NUMERICHOST:
            raise socket.gaierror
        time.sleep(3)

    monkeypatch.setattr(client.socket, "getaddrinfo", hang)
    assert failure("https://slow.example.org/feed", Policy("t")).kind is Failure.TIMEOUT


def test_a_closed_port_is_told(policy: Policy) -> None:
    assert failure(f"http://127.0.0.1:{free_port()}/", policy).kind is Failure.UNREACHABLE


def test_a_server_without_tls_is_told(feeds: FeedServer, policy: Policy) -> None:
    assert failure(feeds.url.replace("http:", "https:") + "/a", policy).kind is Failure.TLS


@pytest.mark.parametrize(
    "url", ["", "feed.xml", "ftp://e.org/", "file:///etc/passwd", "http://", "http://e.org:port/", "https://a:b@e.org/", "http://[bad"]
)
def test_only_addresses_of_the_web_are_fetched(url: str) -> None:
    assert failure(url, Policy("t")).kind is Failure.BAD_ADDRESS
