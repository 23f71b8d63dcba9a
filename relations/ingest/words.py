"""What went wrong, in words for people: one sentence for each kind of failure."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relations.domain.failures import Failure

WORDS: Final[dict[Failure, str | Promise]] = {
    Failure.BAD_ADDRESS: _("Not an address of the web"),
    Failure.REFUSED_ADDRESS: _("Leads to a private network"),
    Failure.UNRESOLVED: _("Cannot resolve the host name"),
    Failure.UNREACHABLE: _("Cannot reach the server"),
    Failure.TLS: _("No secure connection"),
    Failure.TIMEOUT: _("No answer in time"),
    Failure.BAD_ANSWER: _("The answer breaks off or makes no sense"),
    Failure.LARGE_HEADERS: _("Headers larger than anybody reads"),
    Failure.REDIRECT_LOOP: _("Redirects without end"),
    Failure.REDIRECT_DOWNGRADE: _("Redirects from https to http"),
    Failure.TOO_LARGE: _("Larger than 5 MiB"),
    Failure.BOMB: _("Unpacks to far more than a feed can be"),
    Failure.BAD_ENCODING: _("Packed in a way that cannot be read"),
    Failure.NOT_FOUND: _("Not found at this address"),
    Failure.GONE: _("Gone for good"),
    Failure.DENIED: _("The server denies access"),
    Failure.BUSY: _("The server is too busy"),
    Failure.ASKED_TO_WAIT: _("The server asks to wait"),
    Failure.SERVER_ERROR: _("The server has an error"),
    Failure.HTTP_ERROR: _("The server answers with an error"),
    Failure.EMPTY: _("Empty"),
    Failure.BINARY: _("Not a text"),
    Failure.LOGIN_PAGE: _("A login page instead of the feed"),
    Failure.NOT_A_FEED: _("Not a feed"),
    Failure.ENTITIES: _("Declares entities of its own"),
    Failure.UNREADABLE_FILE: _("The file cannot be read"),
    Failure.UNEXPECTED: _("An error that nobody foresaw"),
}


_SAY_ENOUGH: Final = {
    Failure.UNRESOLVED,
    Failure.TIMEOUT,
    Failure.EMPTY,
    Failure.LOGIN_PAGE,
    Failure.NOT_A_FEED,
    Failure.ENTITIES,
    Failure.GONE,
    Failure.TOO_LARGE,
    Failure.LARGE_HEADERS,
    Failure.BINARY,
}


def in_words(code: str, detail: str = "") -> str:
    """The sentence for the code of an attempt, with the detail where that adds something; an unknown code as it is."""
    if code not in set(Failure):
        return detail or code
    words = str(WORDS[Failure(code)])
    return words if not detail or Failure(code) in _SAY_ENOUGH else f"{words}: {detail}"
