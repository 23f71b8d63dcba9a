"""The kinds of failure that a fetch of a feed can end in. A kind is a code in the database and a policy here."""

from __future__ import annotations

import datetime as dt
import enum


class Failure(enum.StrEnum):
    """Why a feed could not be taken in. The value is what `FetchAttempt.error` holds."""

    BAD_ADDRESS = "bad_address"
    REFUSED_ADDRESS = "refused_address"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT = "timeout"
    BAD_ANSWER = "bad_answer"
    REDIRECT_LOOP = "redirect_loop"
    REDIRECT_DOWNGRADE = "redirect_downgrade"
    TOO_LARGE = "too_large"
    BAD_ENCODING = "bad_encoding"
    NOT_FOUND = "not_found"
    GONE = "gone"
    DENIED = "denied"
    BUSY = "busy"
    SERVER_ERROR = "server_error"
    HTTP_ERROR = "http_error"
    EMPTY = "empty"
    LOGIN_PAGE = "login_page"
    NOT_A_FEED = "not_a_feed"
    ENTITIES = "entities"
    UNREADABLE_FILE = "unreadable_file"
    UNEXPECTED = "unexpected"


class IngestError(Exception):
    """A feed could not be taken in: which kind of failure, in words, and what the server said about trying again."""

    def __init__(self, kind: Failure, detail: str, *, status: int | None = None, retry_after: dt.timedelta | None = None) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.status = status
        self.retry_after = retry_after

    @property
    def is_request_to_wait(self) -> bool:
        """The server is well and asks for patience: not a failure of the feed."""
        return self.kind is Failure.BUSY and self.retry_after is not None
