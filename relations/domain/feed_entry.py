"""An entry of a feed: what the parser read, what is kept of it, and what identifies it.

The identity of an entry is a ladder: its guid; guid and link where one feed uses a guid twice; its link without tracking
parameters; its title and content. Each rung is hashed, and the hash is unique within an outlet.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from relations.domain import links, markup, plain_text
from relations.domain.articles import LONGEST
from relations.domain.feed_language import item_language

TITLE_LENGTH: Final = 300
SUMMARY_LENGTH: Final = 1000
AUTHOR_LENGTH: Final = 200
DATE_LENGTH: Final = 80
_TITLE_FROM_SUMMARY: Final = 120
CLOCKS_DIFFER: Final = dt.timedelta(minutes=10)
_FIRST_YEAR: Final = 1990
"""An article that claims to be older than the web carries a wrong date."""
_TAG: Final = re.compile("<[^<>]*>")
_TOLD: Final = 47
_MARK: Final = "+"
_NO_ARTICLE: Final = "0" * 16
_BROKEN_OFF: Final = ("…", "...", "…]", "...]")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as a parser read it: markup and all, nothing checked. `published` is ISO text, a date as told that is none, or empty."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    author: str = ""
    published: str = ""
    content: str = ""
    """The whole article, where the feed tells it beside a summary."""


class Entry(NamedTuple):
    """An entry as it is stored. `key` identifies it, `other_keys` are rungs under which it may be known already.

    `summary_html` is empty where the plain text says the same; `date_told` is the date of the feed where it could not be read.
    """

    key: str
    other_keys: tuple[str, ...]
    url: str
    title: str
    summary: str
    author: str
    published: dt.datetime | None
    digest: str
    summary_html: str = ""
    date_told: str = ""
    whole: str = ""
    """The article as the feed carries it whole, markup and all, where it says more than the summary: to be read, not to be kept."""
    language: str = ""
    """Of its own text, where that tells, or that of the feed; empty where neither is known."""


def normalise(raw_entries: Iterable[RawEntry], base: str, language: str = "") -> tuple[list[Entry], int]:
    """The entries to keep, in their order, and how many were left out: without any text or address, or told twice.

    `base` is the address from which relative links are read, `language` that of the feed as far as it is known.
    """
    raw_entries = list(raw_entries)
    told = [(raw.guid.strip(), found) for raw in raw_entries if (found := _told(raw, base, language)) is not None]
    once: dict[str, Entry] = {}
    for entry in _with_keys(told):
        once.setdefault(entry.key, entry)  # the first of equals stays
    return list(once.values()), len(raw_entries) - len(once)


_Told = tuple[str, str, str, str, dt.datetime | None, str, str, str, str, str]
"""The columns of an Entry after its keys."""


def _told(raw: RawEntry, base: str, of_feed: str) -> _Told | None:
    url = links.article_link(raw.link, base)
    summary, summary_html = markup.summary(raw.summary, base, SUMMARY_LENGTH)
    title = plain_text.plain(raw.title, TITLE_LENGTH) or plain_text.shorten(summary, _TITLE_FROM_SUMMARY)
    title = title or plain_text.shorten(url, TITLE_LENGTH)
    if not title:
        return None
    whole, words = _whole(raw, summary)
    if summary == title:
        summary = summary_html = ""
    author = plain_text.plain(raw.author, AUTHOR_LENGTH)
    # Of an article its words alone: in its markup an address or a number may be another at every fetch.
    digest = f"{_content(title, summary, url, author)[:_TOLD]}{_MARK}{_hash(words)[:16] if words else _NO_ARTICLE}"
    published = moment(raw.published)
    date_told = "" if published else plain_text.shorten(plain_text.fold(raw.published), DATE_LENGTH)
    language = item_language(f"{title}\n{summary}", of_feed)
    return url, title, summary, author, published, digest, summary_html, date_told, whole, language


def tells_the_same(stored: str, told: str) -> bool:
    """Whether the content of an entry is what was stored of it, by their digests.

    An article that the feed does not carry any more has not changed, nor has an entry that was stored before articles were
    compared: its digest has no mark, and only title, summary, address and author are compared.
    """
    if stored == told:
        return True
    return stored[:_TOLD] == told[:_TOLD] and (stored[_TOLD : _TOLD + 1] != _MARK or told.endswith(_NO_ARTICLE))


def _whole(raw: RawEntry, summary: str) -> tuple[str, str]:
    """The longest text of an entry and its words, where they are more than its summary, which is plain text; else nothing."""
    whole = max(raw.content, raw.summary, key=len)[:LONGEST]
    if len(whole) <= len(summary) or (whole == raw.summary and len(whole) <= SUMMARY_LENGTH):
        return "", ""
    words = _TAG.sub("", whole)
    if len(words) <= 2 * SUMMARY_LENGTH:  # else there is more, however it is spelt
        told = plain_text.fold(_TAG.sub("", html.unescape(words)))
        if len(told) <= len(summary) or (len(told) <= SUMMARY_LENGTH and told.endswith(_BROKEN_OFF)):
            return "", ""
    return whole, words


def _with_keys(told: Sequence[tuple[str, _Told]]) -> Iterable[Entry]:
    canonical = [links.canonical(columns[0]) for _guid, columns in told]
    links_of_guid: defaultdict[str, set[str]] = defaultdict(set)
    for (guid, _columns), link in zip(told, canonical, strict=True):
        if guid:
            links_of_guid[guid].add(link)
    for (guid, columns), link in zip(told, canonical, strict=True):
        if not guid:
            url, title, summary, author, *_rest = columns
            yield Entry(_hash("link", link) if link else _hash("text", title, _content(title, summary, url, author)), (), *columns)
        elif len(links_of_guid[guid]) > 1:
            yield Entry(_hash("guid+link", guid, link), (_hash("guid", guid),), *columns)
        else:
            yield Entry(_hash("guid", guid), (_hash("guid+link", guid, link),), *columns)


def moment(text: str) -> dt.datetime | None:
    """A date as the feed tells it, aware (UTC where it names no zone); None where it is none."""
    try:
        value = dt.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    if not 1 < value.year < 9999:  # at the very ends a change of zone would overflow
        return None
    return (value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value).astimezone(dt.UTC)


def sort_time(published: dt.datetime | None, first_seen: dt.datetime) -> dt.datetime:
    """Where an item stands among others: at the time it tells, unless that cannot be (in the future, before the web)."""
    if published is None or published > first_seen or published.year < _FIRST_YEAR:
        return first_seen
    return published


def date_flag(published: dt.datetime | None, told: str, first_seen: dt.datetime) -> str:
    """What is wrong with the date that an item tells: `future`, `too_old`, `unreadable`; empty where nothing is.

    Clocks differ: a few minutes ahead are no fault.
    """
    if published is None:
        return "unreadable" if told else ""
    if published > first_seen + CLOCKS_DIFFER:
        return "future"
    return "too_old" if published.year < _FIRST_YEAR else ""


def _content(title: str, summary: str, url: str, author: str) -> str:
    return _hash("content", title, summary, url, author)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
