"""The kinds of failure that a fetch of a feed can end in: a code in the database, and here what follows from each."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


class Failure(enum.StrEnum):
    """Why a feed could not be taken in. The value is what `FetchAttempt.error` holds."""

    BAD_ADDRESS = "bad_address"
    REFUSED_ADDRESS = "refused_address"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT = "timeout"
    BAD_ANSWER = "bad_answer"
    LARGE_HEADERS = "large_headers"
    REDIRECT_LOOP = "redirect_loop"
    REDIRECT_DOWNGRADE = "redirect_downgrade"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    BAD_ENCODING = "bad_encoding"
    TOO_HEAVY = "too_heavy"
    NOT_FOUND = "not_found"
    GONE = "gone"
    DENIED = "denied"
    BUSY = "busy"
    ASKED_TO_WAIT = "asked_to_wait"
    SERVER_ERROR = "server_error"
    HTTP_ERROR = "http_error"
    EMPTY = "empty"
    BINARY = "binary"
    LOGIN_PAGE = "login_page"
    NOT_A_FEED = "not_a_feed"
    ENTITIES = "entities"
    UNREADABLE_FILE = "unreadable_file"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a kind of failure. A feed is tried again whatever it is; `human` says when that alone is no hope.

    human: after how many failures of this kind in a row an editor is asked; None where only time tells (PATIENCE).
    shortest: the wait after the first failure, where the interval of the feed is shorter.
    """

    human: int | None = None
    shortest: dt.timedelta = dt.timedelta(0)


PATIENCE: Final = dt.timedelta(days=14)
"""A feed that has failed for so long, for whatever reason, needs somebody to look at it."""

_HOURS_6: Final = dt.timedelta(hours=6)
_PASSES: Final = Consequence()
_SOON: Final = Consequence(human=3)
_AT_ONCE: Final = Consequence(human=1)

CONSEQUENCES: Final[Mapping[Failure, Consequence]] = {
    # The net, the resolver or the server has a bad time: it passes.
    Failure.UNRESOLVED: _PASSES,
    Failure.UNREACHABLE: _PASSES,
    Failure.TIMEOUT: _PASSES,
    Failure.BAD_ANSWER: _PASSES,
    Failure.BUSY: _PASSES,
    Failure.SERVER_ERROR: _PASSES,
    Failure.ASKED_TO_WAIT: _PASSES,
    # A slip of the other side, or the end of this address: the third time it is no slip.
    Failure.NOT_FOUND: _SOON,
    Failure.GONE: Consequence(human=2, shortest=dt.timedelta(days=1)),
    Failure.DENIED: _SOON,
    Failure.HTTP_ERROR: _SOON,
    Failure.REDIRECT_LOOP: _SOON,
    Failure.BAD_ENCODING: _SOON,
    Failure.EMPTY: _SOON,
    Failure.LARGE_HEADERS: _SOON,
    Failure.UNEXPECTED: _SOON,
    # Waiting changes nothing: somebody has to decide.
    Failure.BAD_ADDRESS: _AT_ONCE,
    Failure.REFUSED_ADDRESS: _AT_ONCE,
    Failure.REDIRECT_DOWNGRADE: _AT_ONCE,
    Failure.TLS: _AT_ONCE,
    Failure.LOGIN_PAGE: _AT_ONCE,
    Failure.NOT_A_FEED: _AT_ONCE,
    Failure.BINARY: _AT_ONCE,
    Failure.ENTITIES: _AT_ONCE,
    Failure.UNREADABLE_FILE: _AT_ONCE,
    # … and the less often five megabytes are fetched in vain, the better.
    Failure.TOO_LARGE: Consequence(human=1, shortest=_HOURS_6),
    Failure.BOMB: Consequence(human=1, shortest=_HOURS_6),
    Failure.TOO_HEAVY: Consequence(human=1, shortest=_HOURS_6),
}


def needs_human(kind: Failure, repeated: int, failing_since: dt.datetime, now: dt.datetime) -> bool:
    """Whether an editor is to be asked, after `repeated` failures of this kind in a row, this one included."""
    after = CONSEQUENCES[kind].human
    return (after is not None and repeated >= after) or now - failing_since >= PATIENCE


class IngestError(Exception):
    """A feed could not be taken in: which kind of failure, in words, and what the server said about trying again.

    `url` is the address that answered, where it was not the one that was asked.
    """

    def __init__(
        self, kind: Failure, detail: str, *, status: int | None = None, retry_after: dt.timedelta | None = None, url: str = ""
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.status = status
        self.retry_after = retry_after
        self.url = url

    @property
    def is_request_to_wait(self) -> bool:
        """The server is well and asks for patience: not a failure of the feed."""
        return self.kind is Failure.ASKED_TO_WAIT
