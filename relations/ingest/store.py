"""Entries → rows: each once for its outlet, revised where it changed, linked to the relationships that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from relations.domain.feed_entry import Entry, sort_time
from relations.domain.naming import dyads_of
from relations.domain.storing import Known, decide
from relations.models import NewsItem, Outlet

_KEYS_A_QUERY: Final = 500
_REVISED: Final = ("url", "title", "summary", "author", "digest", "revision", "published", "sort_time")
_LINK = NewsItem.dyads.through


@dataclass(frozen=True, slots=True)
class Counts:
    """What storing a fetch came to."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0


def store(outlet: int, feed: int, language: str, entries: Sequence[Entry], now: dt.datetime) -> Counts:
    """Store the entries of one fetch, inside the caller's transaction. Unchanged ones cost no write.

    The row of the outlet is locked meanwhile, so that two feeds of one outlet never insert the same entry.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("store() belongs into a transaction, together with the record of the attempt")
    if not entries:
        return Counts()
    Outlet.objects.select_for_update(no_key=True).only("pk").get(pk=outlet)
    decision = decide(entries, _known(outlet, entries), feed)
    _insert([_item(entry, outlet, feed, language, now) for entry in decision.new])
    _revise(decision.changed, now)
    return Counts(len(decision.new), len(decision.changed), decision.unchanged)


def _known(outlet: int, entries: Iterable[Entry]) -> dict[str, Known]:
    keys = list(dict.fromkeys(key for entry in entries for key in (entry.key, *entry.other_keys)))
    known: dict[str, Known] = {}
    for part in _parts(keys):
        rows = NewsItem.objects.filter(outlet=outlet, key__in=part).values_list("pk", "key", "url", "digest", "feed_id")
        known.update((row[1], Known(*row)) for row in rows)
    return known


def _item(entry: Entry, outlet: int, feed: int, language: str, now: dt.datetime) -> NewsItem:
    return NewsItem(
        outlet_id=outlet,
        feed_id=feed,
        key=entry.key,
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        author=entry.author,
        language=language,
        published=entry.published,
        first_seen=now,
        sort_time=sort_time(entry.published, now),
        digest=entry.digest,
    )


def _insert(items: list[NewsItem]) -> None:
    NewsItem.objects.bulk_create(items)
    _link(_LINK(newsitem_id=item.pk, dyad_id=dyad) for item in items for dyad in dyads_of(_words(item)))


def _revise(changed: Sequence[tuple[Known, Entry]], now: dt.datetime) -> None:
    if not changed:
        return
    entries = {known.pk: entry for known, entry in changed}
    items = list(NewsItem.objects.filter(pk__in=list(entries)))
    gained: list[Any] = []
    lost: list[tuple[int, str]] = []
    for item in items:
        entry, before = entries[item.pk], set(dyads_of(_words(item)))
        item.url, item.title, item.summary, item.author = entry.url, entry.title, entry.summary, entry.author
        item.digest, item.revision = entry.digest, item.revision + 1
        item.published, item.sort_time = entry.published, sort_time(entry.published, item.first_seen)
        # Only what the change of the text explains: what an editor has linked or unlinked stays.
        after = set(dyads_of(_words(item)))
        gained += [_LINK(newsitem_id=item.pk, dyad_id=dyad) for dyad in after - before]
        lost += [(item.pk, dyad) for dyad in before - after]
    NewsItem.objects.bulk_update(items, _REVISED, batch_size=100)
    _link(gained)
    for pk, dyad in lost:
        _LINK.objects.filter(newsitem_id=pk, dyad_id=dyad).delete()


def _link(rows: Iterable[Any]) -> None:
    _LINK.objects.bulk_create(list(rows), ignore_conflicts=True)


def _words(item: NewsItem) -> str:
    return f"{item.title}\n{item.summary}"


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _KEYS_A_QUERY):
        yield keys[start : start + _KEYS_A_QUERY]
