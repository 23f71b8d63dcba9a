"""What went wrong, in words for people: one sentence for each kind of failure, and what somebody can do about it."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relations.domain.failures import Failure
from relations.models.marks import introduced

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
    Failure.TOO_HEAVY: _("Takes too much time or memory to read"),
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

_WAIT: Final = _("Most often it passes. Should it last, see whether the site has moved: enter the new address, or pause the feed.")
_ADDRESS: Final = _("Look on the site for where the feed lives now, and enter that address; pause the feed where there is none any more.")
_TLS: Final = _("Open the address in a browser: its certificate has run out or is for another host. Its operator has to mend that.")
_ACCESS: Final = _("The site keeps out who is not logged in, or machines: ask its operator, or look for another feed of the outlet.")
_MISSPELT: Final = _("Correct the address.")
_INTERNAL: Final = _("Correct the address. A feed inside the own network is opened by the administrator, with INGEST_ALLOW_NETS.")
_SERVED: Final = _("It is not served as feeds are: look for another feed of the outlet, or tell its operator.")
_PROGRAM: Final = _("Tell who runs this dashboard: the log of the worker says more.")

ADVICE: Final[dict[Failure, str | Promise]] = {
    **dict.fromkeys((Failure.UNRESOLVED, Failure.UNREACHABLE, Failure.TIMEOUT, Failure.BAD_ANSWER), _WAIT),
    **dict.fromkeys((Failure.BUSY, Failure.SERVER_ERROR, Failure.ASKED_TO_WAIT), _WAIT),
    **dict.fromkeys((Failure.NOT_FOUND, Failure.GONE, Failure.NOT_A_FEED, Failure.EMPTY, Failure.BINARY), _ADDRESS),
    **dict.fromkeys((Failure.REDIRECT_LOOP, Failure.REDIRECT_DOWNGRADE), _ADDRESS),
    Failure.TLS: _TLS,
    **dict.fromkeys((Failure.DENIED, Failure.LOGIN_PAGE), _ACCESS),
    **dict.fromkeys((Failure.BAD_ADDRESS, Failure.UNREADABLE_FILE), _MISSPELT),
    Failure.REFUSED_ADDRESS: _INTERNAL,
    **dict.fromkeys((Failure.TOO_LARGE, Failure.BOMB, Failure.LARGE_HEADERS, Failure.BAD_ENCODING, Failure.TOO_HEAVY), _SERVED),
    **dict.fromkeys((Failure.ENTITIES, Failure.HTTP_ERROR), _SERVED),
    Failure.UNEXPECTED: _PROGRAM,
}
"""What a human can do. The machine tries again whatever it is (domain.scheduling), and says when that alone is no hope."""

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


def told(code: str, detail: str = "") -> tuple[str, str]:
    """The words for the code of an attempt, and the detail (in English) where that adds something; an unknown code as it is."""
    if code not in set(Failure):
        return detail or code, ""
    return str(WORDS[Failure(code)]), "" if Failure(code) in _SAY_ENOUGH else detail


def in_words(code: str, detail: str = "") -> str:
    """The same as one sentence."""
    words, more = told(code, detail)
    return introduced(words, more) if more else words


def advice(code: str) -> str:
    """What somebody can do about a failure; empty for a code that nobody knows."""
    return str(ADVICE[Failure(code)]) if code in set(Failure) else ""
