"""An entry of a feed: what the parser read, what is kept of it, and what identifies it.

The identity of an entry is a ladder: its guid; guid and link where one feed uses a guid twice; its link without tracking
parameters; its title and content. Each rung is hashed, and the hash is unique within an outlet.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from relations.domain import links, markup, plain_text

TITLE_LENGTH: Final = 300
SUMMARY_LENGTH: Final = 1000
AUTHOR_LENGTH: Final = 200
DATE_LENGTH: Final = 80
_TITLE_FROM_SUMMARY: Final = 120
CLOCKS_DIFFER: Final = dt.timedelta(minutes=10)
_FIRST_YEAR: Final = 1990
"""An article that claims to be older than the web carries a wrong date."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as a parser read it: markup and all, nothing checked. `published` is ISO text, a date as told that is none, or empty."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    author: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
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


def normalise(raw_entries: Iterable[RawEntry], base: str) -> tuple[list[Entry], int]:
    """The entries to keep, in their order, and how many were left out: without any text or address, or told twice.

    `base` is the address from which relative links are read.
    """
    skipped = 0
    kept: list[tuple[str, Entry]] = []
    for raw in raw_entries:
        entry = _normalise_one(raw, base)
        if entry is None:
            skipped += 1
        else:
            kept.append((raw.guid.strip(), entry))
    entries = list(_with_keys(kept))
    once = {entry.key: entry for entry in reversed(entries)}  # the first of equals stays
    unique = [entry for entry in entries if once[entry.key] is entry]
    return unique, skipped + len(entries) - len(unique)


def _normalise_one(raw: RawEntry, base: str) -> Entry | None:
    url = links.article_link(raw.link, base)
    summary, summary_html = markup.summary(raw.summary, base, SUMMARY_LENGTH)
    title = plain_text.plain(raw.title, TITLE_LENGTH) or plain_text.shorten(summary, _TITLE_FROM_SUMMARY)
    title = title or plain_text.shorten(url, TITLE_LENGTH)
    if not title:
        return None
    if summary == title:
        summary = summary_html = ""
    author = plain_text.plain(raw.author, AUTHOR_LENGTH)
    digest = _hash("content", title, summary, url, author)
    published = moment(raw.published)
    told = "" if published else plain_text.shorten(plain_text.fold(raw.published), DATE_LENGTH)
    return Entry("", (), url, title, summary, author, published, digest, summary_html, told)


def _with_keys(entries: Sequence[tuple[str, Entry]]) -> Iterable[Entry]:
    links_of_guid: defaultdict[str, set[str]] = defaultdict(set)
    for guid, entry in entries:
        if guid:
            links_of_guid[guid].add(links.canonical(entry.url))
    for guid, entry in entries:
        link = links.canonical(entry.url)
        by_link = _hash("link", link) if link else _hash("text", entry.title, entry.digest)
        if not guid:
            yield _keyed(entry, by_link)
        elif len(links_of_guid[guid]) > 1:
            yield _keyed(entry, _hash("guid+link", guid, link), _hash("guid", guid))
        else:
            yield _keyed(entry, _hash("guid", guid), _hash("guid+link", guid, link))


def _keyed(entry: Entry, key: str, *other: str) -> Entry:
    rest = (entry.url, entry.title, entry.summary, entry.author, entry.published, entry.digest, entry.summary_html, entry.date_told)
    return Entry(key, other, *rest)


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


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
