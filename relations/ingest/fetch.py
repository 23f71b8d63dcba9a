"""One request for a feed: conditional, bounded in time and size, redirects followed by hand."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, LocationValueError, ProtocolError, ReadTimeoutError, SSLError

from relations.domain.failures import Failure, IngestError
from relations.domain.scheduling import freshness, parse_retry_after
from relations.ingest import deadline
from relations.ingest.client import CONNECT_SECONDS, TOTAL_SECONDS, ConnectTimeout, RefusedAddress, Unreachable, UnresolvedName, client
from relations.ingest.guard import Network
from relations.ingest.inflate import ACCEPTED, inflate

LARGEST: Final = 5 * 1024 * 1024
MOST_REDIRECTS: Final = 5

FEED: Final = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGE: Final = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

_CHUNK: Final = 65536
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_FOR_GOOD: Final = {301, 308}
_NOT_MODIFIED: Final = 304
_ASKING: Final = {429, 503}
_KINDS: Final = {
    401: Failure.DENIED,
    403: Failure.DENIED,
    404: Failure.NOT_FOUND,
    407: Failure.DENIED,
    410: Failure.GONE,
    429: Failure.BUSY,
    451: Failure.DENIED,
    503: Failure.BUSY,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sent: the unpacked body, or None where nothing has changed since the last fetch.

    `moved_to` is where redirects led that are meant for good, empty where the first one was none; `fresh_for` is how long the
    server says that the answer stays as it is.
    """

    url: str
    status: int
    body: bytes | None
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    fresh_for: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """How a fetch presents itself, and which networks are open to it beside the public ones."""

    user_agent: str
    allowed: tuple[Network, ...] = ()


def fetch(url: str, policy: Policy, now: dt.datetime, *, etag: str = "", last_modified: str = "", accept: str = FEED) -> Answer:
    """Ask for a feed or whatever `accept` says; `etag` and `last_modified` are those of the last answer. Raises IngestError.

    10 seconds to connect, 20 in all, 5 MiB after unpacking, five redirects; https never leads to http.
    """
    headers = {
        "User-Agent": policy.user_agent,
        "Accept": accept,
        "Accept-Encoding": ACCEPTED,
    }
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    try:
        with deadline.within(TOTAL_SECONDS):
            return _follow(url, headers, client(policy.allowed), now)
    except (HTTPError, OSError, http.client.HTTPException, ValueError) as error:
        raise _translated(error) from error


def _follow(url: str, headers: dict[str, str], pool: urllib3.PoolManager, now: dt.datetime) -> Answer:
    moved_to, for_good = "", True
    for _ in range(MOST_REDIRECTS + 1):
        _check(url)
        response = pool.request(
            "GET",
            url,
            headers=headers,
            redirect=False,
            preload_content=False,
            decode_content=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=TOTAL_SECONDS),
        )
        finished = False
        try:
            target = response.headers.get("Location", "")
            if response.status not in _REDIRECTS or not target:
                answer = _read(url, response, moved_to, now, conditional="If-None-Match" in headers or "If-Modified-Since" in headers)
                finished = True
                return answer
        finally:
            # A body that was not read to its end would be taken for the next answer.
            response.release_conn() if finished else response.close()
        url = redirected(url, target, response.status)
        for_good = for_good and response.status in _FOR_GOOD
        moved_to = urldefrag(url).url if for_good else moved_to
    raise IngestError(Failure.REDIRECT_LOOP, f"More than {MOST_REDIRECTS} redirects; the last led to {url[:200]}", status=response.status)


def redirected(url: str, location: str, status: int) -> str:
    """Where an answer sends the request. Raises IngestError where that would give up the encryption."""
    # Headers are read as Latin-1; who writes an address without escapes writes UTF-8.
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    following = urljoin(url, location)
    if urlsplit(url).scheme == "https" and urlsplit(following).scheme == "http":
        raise IngestError(Failure.REDIRECT_DOWNGRADE, f"A redirect leads from https to http: {following[:200]}", status=status)
    return following


def _check(url: str) -> None:
    parts = urlsplit(url)
    _ = parts.port
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise IngestError(Failure.BAD_ADDRESS, url[:200])
    if "@" in parts.netloc:
        raise IngestError(Failure.BAD_ADDRESS, "An address with an account in it is not fetched.")


def _read(url: str, response: urllib3.BaseHTTPResponse, moved_to: str, now: dt.datetime, *, conditional: bool) -> Answer:
    headers = response.headers
    fresh_for = freshness(headers, now)
    if response.status == _NOT_MODIFIED and not conditional:
        raise IngestError(Failure.BAD_ANSWER, "The server says that nothing has changed, and was not asked.", status=response.status)
    if response.status == _NOT_MODIFIED:
        return Answer(url, response.status, None, moved_to=moved_to, fresh_for=fresh_for)
    if response.status != 200:
        raise _refusal(url, response, now)
    try:
        body = inflate(_chunks(response), headers.get("Content-Encoding", ""), LARGEST)
    except IngestError as error:
        error.status = response.status
        raise
    return Answer(
        url,
        response.status,
        body,
        headers.get("Content-Type", ""),
        headers.get("ETag", ""),
        headers.get("Last-Modified", ""),
        moved_to,
        fresh_for,
    )


def _refusal(url: str, response: urllib3.BaseHTTPResponse, now: dt.datetime) -> IngestError:
    status = response.status
    words = f"The server answered {status} {http.client.responses.get(status, '')}".rstrip() + "."
    wait = parse_retry_after(response.headers.get("Retry-After"), now) if status in _ASKING else None
    if wait is not None:
        return IngestError(Failure.ASKED_TO_WAIT, words, status=status, retry_after=wait, url=url)
    kind = _KINDS.get(status, Failure.SERVER_ERROR if status >= 500 else Failure.HTTP_ERROR)
    return IngestError(kind, words, status=status, url=url)


def _chunks(response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    # read1 gives what has come, so that the deadline is looked at between any two packets.
    while chunk := response.read1(_CHUNK):
        deadline.remaining()
        yield chunk


def _translated(error: Exception) -> IngestError:
    """The kind of failure behind an error of the client; the more special ones first."""
    kind = next((kind for kind, classes in _CLASSES if isinstance(error, classes)), Failure.BAD_ADDRESS)
    if isinstance(error, ProtocolError) and any(isinstance(part, http.client.LineTooLong) or "headers" in str(part) for part in error.args):
        kind = Failure.LARGE_HEADERS
    words = {
        Failure.TIMEOUT: f"No complete answer within {TOTAL_SECONDS:.0f} seconds.",
        Failure.TLS: str(error),
        Failure.BAD_ADDRESS: str(error),
        Failure.BAD_ANSWER: str(error),
        Failure.LARGE_HEADERS: "The answer begins with more headers than anybody reads.",
    }
    return IngestError(kind, str(error) if isinstance(error, _TELLING) else words[kind])


_TELLING: Final = (RefusedAddress, UnresolvedName, Unreachable, ConnectTimeout)
_CLASSES: Final[tuple[tuple[Failure, tuple[type[Exception], ...]], ...]] = (
    (Failure.REFUSED_ADDRESS, (RefusedAddress,)),
    (Failure.UNRESOLVED, (UnresolvedName,)),
    (Failure.UNREACHABLE, (Unreachable,)),
    (Failure.TIMEOUT, (ConnectTimeout, ReadTimeoutError, TimeoutError)),
    (Failure.TLS, (SSLError, ssl.SSLError)),
    (Failure.BAD_ADDRESS, (LocationValueError,)),
    (Failure.BAD_ANSWER, (HTTPError, OSError, http.client.HTTPException)),
)
