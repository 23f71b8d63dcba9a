"""Articles behind items: why one could not be read, when it is tried again, and how much of it is kept. Pure."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Mapping
from typing import Final

from relations.domain.failures import Failure
from relations.domain.plain_text import fold, shorten

EXCERPT: Final = 600
"""Characters that are kept of an article whose text is not official."""
LONGEST: Final = 200_000
"""Characters that are kept of an official one."""
YOUNG: Final = dt.timedelta(days=7)
"""An article is read while its item is news: an outlet that is switched on does not have its whole past fetched."""

_FEWEST: Final = 150
"""Characters of an article; a Chinese one counts thrice. What is shorter is a teaser, a notice or a menu."""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
MOST_TRIES: Final = 4
_FIRST_WAIT: Final = dt.timedelta(hours=1)
_GROWS_BY: Final = 4


class Trouble(enum.StrEnum):
    """What only a page of an article can be; beside these a page fails in the ways of a feed."""

    NO_ARTICLE = "no_article"
    NOT_A_PAGE = "not_a_page"
    LOGIN_PAGE = "login_page"
    ROBOTS = "robots"


TRIES: Final[Mapping[str, int]] = {
    # Somebody has decided so, or nothing will change by itself.
    Trouble.NOT_A_PAGE: 1,
    Trouble.LOGIN_PAGE: 1,
    Trouble.ROBOTS: 1,
    Failure.BAD_ADDRESS: 1,
    Failure.REFUSED_ADDRESS: 1,
    Failure.REDIRECT_DOWNGRADE: 1,
    Failure.TOO_LARGE: 1,
    Failure.BOMB: 1,
    Failure.TOO_HEAVY: 1,
    Failure.BINARY: 1,
    Failure.GONE: 1,
    # A page may be announced some minutes before it stands.
    Trouble.NO_ARTICLE: 2,
    Failure.NOT_FOUND: 2,
    Failure.DENIED: 2,
    Failure.EMPTY: 2,
    Failure.UNEXPECTED: 2,
}
"""After how many tries a kind of failure is final; MOST_TRIES for the others, which pass by themselves."""


class Unread(Exception):
    """An article could not be read: the code of a Trouble or a Failure, and what there is to say about it."""

    def __init__(self, kind: Trouble | Failure, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


def next_try(kind: str, tries: int, now: dt.datetime, item_seen: dt.datetime) -> dt.datetime | None:
    """When an article is tried again after its n-th try (from 1): an hour, four, sixteen later; None where it is given up.

    It is also given up where the item is no news any more by then, however often that was.
    """
    if tries >= TRIES.get(kind, MOST_TRIES):
        return None
    following = now + _FIRST_WAIT * _GROWS_BY ** max(tries - 1, 0)
    return following if following <= item_seen + YOUNG else None


def is_article(text: str) -> bool:
    """Whether a text is long enough to be an article."""
    return len(text) + 2 * len(_HAN.findall(text[:_FEWEST])) >= _FEWEST


def tidy(text: str) -> str:
    """A text in lines, one a paragraph, without what no text needs."""
    return "\n".join(line for line in map(fold, text.splitlines()) if line)


def kept(text: str, *, whole: bool) -> str:
    """What is kept of a text: all of an official one, else an excerpt of one line."""
    return text[:LONGEST] if whole else shorten(fold(text), EXCERPT)
