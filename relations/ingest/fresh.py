"""A new item before it has a row: the columns of NewsItem in an object that costs little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from relations.domain.feed_entry import Entry, date_flag, sort_time
from relations.ingest import bulk
from relations.models import NewsItem


@dataclass(slots=True, eq=False)
class Fresh:
    """What is stored of a new entry. `hidden` and `story_id` are decided between its making and its insertion."""

    pk: int
    outlet_id: int
    feed_id: int
    key: str
    url: str
    title: str
    summary: str
    summary_html: str
    author: str
    language: str
    published: dt.datetime | None
    date_told: str
    date_flag: str
    first_seen: dt.datetime
    sort_time: dt.datetime
    digest: str
    revision: int = 0
    story_id: int | None = None
    hidden: bool = False
    hidden_by_id: int | None = None


_COLUMNS: Final = {
    "id": "pk",
    "outlet": "outlet_id",
    "feed": "feed_id",
    "story": "story_id",
    "hidden_by": "hidden_by_id",
    **{name: name for name in ("key", "url", "title", "summary", "summary_html", "author", "language", "published", "date_told")},
    **{name: name for name in ("date_flag", "first_seen", "sort_time", "digest", "revision", "hidden")},
}
"""Fields of NewsItem, and what holds their values here."""
_row: Final = attrgetter(*_COLUMNS.values())


def fresh(entries: Sequence[Entry], outlet: int, feed: int, language: str, now: dt.datetime) -> list[Fresh]:
    """The items of new entries, with the ids that their rows will have; `language` is that of the feed."""
    return [
        Fresh(
            pk,
            outlet,
            feed,
            entry.key,
            entry.url,
            entry.title,
            entry.summary,
            entry.summary_html,
            entry.author,
            entry.language or language,
            entry.published,
            entry.date_told,
            date_flag(entry.published, entry.date_told, now),
            now,
            sort_time(entry.published, now),
            entry.digest,
        )
        for pk, entry in zip(bulk.numbers(NewsItem, len(entries)), entries, strict=True)
    ]


def insert(items: Sequence[Fresh]) -> None:
    """Write the rows."""
    bulk.insert(NewsItem, tuple(_COLUMNS), map(_row, items))
