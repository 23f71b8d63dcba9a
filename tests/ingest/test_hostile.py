"""Feeds of servers that mean harm or know no better: each run ends within its limits, with its own kind of failure.

The whole run is tried here, from the lease to the row; what a single step does with such an answer stands in its own tests.
"""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from django.utils import timezone

from relations.domain.failures import Failure
from relations.ingest import client, fetch
from relations.ingest.runner import run_feed
from relations.models import Feed, FetchAttempt, NewsItem
from tests.factories import FeedFactory
from tests.ingest.feed_server import FeedServer

pytestmark = pytest.mark.django_db
ITEM = "<item><guid>{0}</guid><title>Item {0}</title><link>https://example.org/{0}</link></item>"
PATIENCE = 1.0
"""Seconds that a request may take here, instead of the product's twenty."""


def rss(*items: str, before: str = "") -> bytes:
    return f"<?xml version='1.0'?>{before}<rss version='2.0'><channel><title>T</title>{''.join(items)}</channel></rss>".encode()


def attempt(url: str) -> FetchAttempt:
    """Run a feed at the address; the row that it leaves. Whatever came, the feed is free again and has a time for the next try."""
    feed: Feed = FeedFactory(url=url, next_check=None)
    began = time.monotonic()
    result = run_feed(feed.pk)
    assert time.monotonic() - began < PATIENCE + 5
    row = FetchAttempt.objects.get(feed=feed)
    feed.refresh_from_db()
    assert feed.leased_until is None
    assert feed.next_check is not None and feed.next_check > timezone.now()
    assert getattr(result, "error", "nothing") == row.error == feed.last_error
    return row


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", PATIENCE)


def endless(handler: BaseHTTPRequestHandler, piece: bytes = b"<item>x</item>" * 5000, pause: float = 0.0) -> None:
    handler.send_response(200)
    handler.end_headers()
    ends = time.monotonic() + 30
    try:
        while time.monotonic() < ends:
            handler.wfile.write(piece)
            time.sleep(pause)
    except OSError:
        handler.close_connection = True


def drip(handler: BaseHTTPRequestHandler) -> None:
    endless(handler, b"<", 0.05)


def endless_interim_answers(handler: BaseHTTPRequestHandler) -> None:
    ends = time.monotonic() + 30
    try:
        while time.monotonic() < ends:
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.01)
    except OSError:
        handler.close_connection = True


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


LAUGHS = rss("<item><title>&c;</title></item>", before="<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]>")
GZIP, BR = {"Content-Encoding": "gzip"}, {"Content-Encoding": "br"}
ZEROS = b"\0" * (64 * 1024 * 1024)


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        (Failure.TOO_LARGE, {"act": endless}),
        (Failure.TOO_LARGE, {"body": b"<rss>" + b"x" * fetch.LARGEST}),
        (Failure.TIMEOUT, {"act": drip}),
        (Failure.TIMEOUT, {"act": endless_interim_answers}),
        (Failure.BAD_ANSWER, {"act": hang_up}),
        (Failure.BOMB, {"body": gzip.compress(ZEROS), "headers": GZIP}),
        (Failure.BOMB, {"body": brotli.compress(ZEROS, quality=1), "headers": BR}),
        (Failure.BAD_ENCODING, {"body": b"plain", "headers": GZIP}),
        (Failure.LARGE_HEADERS, {"headers": {"X-Long": "x" * 1024 * 1024}}),
        (Failure.LARGE_HEADERS, {"headers": {f"X-{n}": "x" * 10_000 for n in range(105)}}),
        (Failure.REDIRECT_LOOP, {"status": 302, "headers": {"Location": "/a"}}),
        (Failure.REFUSED_ADDRESS, {"status": 302, "headers": {"Location": "http://169.254.169.254/latest/meta-data"}}),
        (Failure.REFUSED_ADDRESS, {"status": 301, "headers": {"Location": "http://10.0.0.1/feed"}}),
        (Failure.BAD_ADDRESS, {"status": 302, "headers": {"Location": "file:///etc/passwd"}}),
        (Failure.NOT_A_FEED, {"body": b"<!DOCTYPE html><html><body>Welcome</body></html>", "content_type": "text/html"}),
        (Failure.LOGIN_PAGE, {"body": b"<html><form><input type='password'></form></html>"}),
        (Failure.ENTITIES, {"body": LAUGHS}),
        (Failure.EMPTY, {"body": b""}),
        (Failure.EMPTY, {"body": b" \r\n" * 1000}),
        (Failure.BINARY, {"body": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40 + b"\0" * 500}),
        (Failure.NOT_A_FEED, {"body": b"{" * 100_000}),
        (Failure.NOT_A_FEED, {"body": b"<" * 100_000}),
    ],
)
def test_each_harm_ends_with_its_own_kind(feeds: FeedServer, kind: Failure, page: dict[str, Any]) -> None:
    row = attempt(feeds.serve("/a", **page))
    assert (row.error, row.outcome) == (kind, "failed")
    assert not NewsItem.objects.exists()


def test_a_bomb_takes_no_more_memory_than_a_feed(feeds: FeedServer) -> None:
    tracemalloc = pytest.importorskip("tracemalloc")
    url = feeds.serve("/a", gzip.compress(b"\0" * 128 * 1024 * 1024, 9), headers=GZIP)
    tracemalloc.start()
    try:
        assert attempt(url).error == Failure.BOMB
        assert tracemalloc.get_traced_memory()[1] < 8 * fetch.LARGEST
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "before",
    [
        "<!DOCTYPE rss [<!ENTITY x SYSTEM '{url}/secret'>]>",
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE rss [<!ENTITY % x SYSTEM '{url}/secret'>%x;]>",
        "<!DOCTYPE rss SYSTEM '{url}/secret'>",
        "<!DOCTYPE rss PUBLIC '-//X//DTD X//EN' '{url}/secret'>",
        "<?xml-stylesheet href='{url}/secret'?>",
    ],
)
def test_nothing_outside_the_feed_is_read(feeds: FeedServer, before: str) -> None:
    body = rss("<item><guid>1</guid><title>Read: &x;</title></item>", before=before.format(url=feeds.url))
    row = attempt(feeds.serve("/a", body))
    assert [path for path, _headers in feeds.requests] == ["/a"]
    assert row.error in ("", Failure.ENTITIES)
    assert not NewsItem.objects.filter(title__contains="root:").exists()
    if "ENTITY" in before:
        assert row.error == Failure.ENTITIES


def test_of_ten_thousand_entries_five_hundred_are_stored_and_the_others_counted(feeds: FeedServer) -> None:
    row = attempt(feeds.serve("/a", rss(*(ITEM.format(n) for n in range(10_000)))))
    assert (row.error, row.new, row.skipped, row.entries) == ("", 500, 9500, 10_000)
    assert NewsItem.objects.count() == 500


def test_a_charset_that_the_label_denies_is_read_all_the_same(feeds: FeedServer) -> None:
    text = rss("<item><guid>1</guid><title>Президент прибыл в Пекин с визитом</title></item>").decode().encode("windows-1251")
    for number, label in enumerate(["text/xml; charset=utf-8", "text/xml; charset=no-such-charset", "text/xml"]):
        assert attempt(feeds.serve(f"/{number}", text, content_type=label)).new == 1
    assert set(NewsItem.objects.values_list("title", flat=True)) == {"Президент прибыл в Пекин с визитом"}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_what_breaks_off_is_taken_in_as_far_as_it_is_whole_and_asked_for_again(feeds: FeedServer, pack: Callable[[bytes], bytes]) -> None:
    words = "".join(f"{number * 7919 % 99_991} " for number in range(40_000))  # does not pack to nothing
    body = pack(rss(ITEM.format(1), ITEM.format(2).replace("</item>", f"<description>{words}</description></item>"), ITEM.format(3)))
    headers = {"ETag": '"1"', "Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT", **(GZIP if pack is gzip.compress else {})}
    url = feeds.serve("/a", body[: len(body) // 2], headers=headers)
    row = attempt(url)
    assert (row.error, row.new, row.skipped) == ("", 1, 1)
    feed = Feed.objects.get()
    assert (feed.etag, feed.last_modified) == ("", "")
    feeds.serve("/a", body, headers=headers)
    result = run_feed(feed.pk, only_due=False)
    assert "if-none-match" not in feeds.sent("/a")[1]
    assert (getattr(result, "new", None), getattr(result, "unchanged", None)) == (2, 1)
    assert Feed.objects.get().etag == '"1"'


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """Every name leads to these addresses, one list for each question."""
    left = list(answers)

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        addresses = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in addresses]

    monkeypatch.setattr(client.socket, "getaddrinfo", getaddrinfo)


def test_a_name_that_changes_its_address_on_the_way_is_refused(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds.serve("/a", status=302, headers={"Location": "/b", "Connection": "close"})
    feeds.serve("/b", rss(ITEM.format(1)))
    names(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    assert attempt(feeds.url.replace("127.0.0.1", "rebind.example.org") + "/a").error == Failure.REFUSED_ADDRESS
    assert [path for path, _headers in feeds.requests] == ["/a"]


@pytest.mark.parametrize("addresses", [["10.0.0.1", "192.168.0.1", "::1"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["2002:a00:1::1"]])
def test_a_name_with_nothing_but_private_addresses_is_refused(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    names(monkeypatch, addresses)
    assert attempt("https://intranet.example.org/feed").error == Failure.REFUSED_ADDRESS


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f000001", "127.1", "017700000001", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_this_machine_is_closed_under_every_spelling(feeds: FeedServer, settings: Any, spelling: str) -> None:
    settings.INGEST_ALLOW_NETS = []
    port = feeds.url.rpartition(":")[2]
    assert attempt(f"http://{spelling}:{port}/a").error == Failure.REFUSED_ADDRESS
    assert feeds.requests == []


def test_a_public_address_is_open_on_the_ports_of_the_web_only(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, ["8.8.8.8"])
    connected: list[Any] = []
    monkeypatch.setattr(client, "_connect", lambda _family, address, _seconds: connected.append(address))
    for port in (22, 8080, 6379):
        assert attempt(f"http://example.org:{port}/feed").error == Failure.REFUSED_ADDRESS
    assert connected == []


def test_after_all_that_the_others_are_fetched(feeds: FeedServer) -> None:
    for number, act in enumerate((hang_up, drip)):
        attempt(feeds.serve(f"/{number}", act=act))
    assert attempt(feeds.serve("/good", rss(ITEM.format(1)))).new == 1
    assert Feed.objects.due(timezone.now()).count() == 0
