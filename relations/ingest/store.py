"""Entries → rows: each once for its outlet, revised where it changed, judged by the rules, placed in its story, and linked to
the relationships that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from relations.domain.feed_entry import Entry, date_flag, sort_time
from relations.domain.gist import Gist, gists
from relations.domain.naming import dyads_of
from relations.domain.plain_text import UNWANTED
from relations.domain.storing import Known, decide
from relations.ingest import bulk, cluster, rules
from relations.ingest.bulk import listed, named_list, whole
from relations.ingest.fresh import Fresh, fresh, insert
from relations.models import FeedText, NewsItem, NewsLink, Outlet, Tombstone
from relations.models.choices import LinkKind, LinkState
from relations.selectors.statement import Named, Statement, columns

_TOLD: Final = ("url", "title", "summary", "summary_html", "author", "published", "date_told", "digest")
"""Columns that hold what an entry tells, under the names of the entry."""
_REVISED: Final = (*_TOLD, "language", "date_flag", "revision", "sort_time", "hidden", "hidden_by", "unread")
_LINK = NewsItem.dyads.through
_NO_GISTS: Final[Mapping[str, Gist]] = {}


@dataclass(frozen=True, slots=True)
class Counts:
    """What storing a fetch came to."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    blocked: int = 0
    """Of the new ones, those that a rule hides: stored, not shown."""


def store(
    outlet: int, feed: int, language: str, entries: Sequence[Entry], now: dt.datetime, known: Mapping[str, Gist] = _NO_GISTS
) -> Counts:
    """Store the entries of one fetch, inside the caller's transaction. Unchanged ones cost no write.

    `known` are the gists of the entries by their keys, where they were found on reading.

    The row of the outlet is locked meanwhile, so that two feeds of one outlet never insert the same entry.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("store() belongs into a transaction, together with the record of the attempt")
    if not entries:
        return Counts()
    if not _LOCKED.rows(outlet=outlet):
        raise Outlet.DoesNotExist(f"outlet {outlet} is gone")
    decision = decide(entries, _known(outlet, entries), feed)
    new = _unburied(outlet, decision.new)
    items = fresh(new, outlet, feed, language, now) if new else []
    revised, before = _revise(decision.changed)
    found = _gists(items, known)
    named = [*(gist.dyads for gist in found), *(dyads_of(_words(item)) for item in revised)]
    rules.judge([*items, *revised], named, feed)
    _insert(items, found, now)
    _update(revised, before, named[len(items) :])
    _keep_whole(items, new, named[: len(items)])
    if revised:
        entries_of = {known.pk: entry for known, entry in decision.changed}
        FeedText.objects.filter(item__in=listed([item.pk for item in revised])).delete()
        _keep_whole(revised, [entries_of[item.pk] for item in revised], named[len(items) :])
    buried = len(decision.new) - len(new)
    return Counts(len(new), len(revised), decision.unchanged + buried, sum(item.hidden for item in items))


_LOCKED: Final = Statement(lambda: columns(Outlet.objects.select_for_update(no_key=True).order_by().filter(pk=Named("outlet")), "pk"))
_STORED: Final = Statement(
    lambda: columns(
        NewsItem.objects.filter(outlet=Named("outlet"), key__in=named_list("keys", "text")).order_by(),
        *("pk", "key", "url", "digest", "feed_id"),
    )
)
_BURIED: Final = Statement(
    lambda: columns(Tombstone.objects.filter(outlet=Named("outlet"), key__in=named_list("keys", "text")).order_by(), "key")
)


def _keys(entries: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys([key for entry in entries for key in (entry.key, *entry.other_keys)]))


def _known(outlet: int, entries: Iterable[Entry]) -> dict[str, Known]:
    return {row[1]: Known._make(row) for row in _STORED.rows(outlet=outlet, keys=whole(_keys(entries)))}


def _unburied(outlet: int, entries: list[Entry]) -> list[Entry]:
    """Without those that were stored once and have been retired: a feed may list its whole past for ever."""
    if not entries:
        return entries
    buried = {key for (key,) in _BURIED.rows(outlet=outlet, keys=whole(_keys(entries)))}
    return [entry for entry in entries if buried.isdisjoint((entry.key, *entry.other_keys))] if buried else entries


def _tell(item: NewsItem, entry: Entry) -> None:
    for name in _TOLD:
        setattr(item, name, getattr(entry, name))
    item.language = entry.language or item.language
    item.sort_time = sort_time(entry.published, item.first_seen)
    item.date_flag = date_flag(entry.published, entry.date_told, item.first_seen)


def _gists(items: Sequence[Fresh], known: Mapping[str, Gist]) -> list[Gist]:
    """The gists of new items, all from `known` or all found out here."""
    return [known[item.key] for item in items] if known else gists([(item.title, item.summary) for item in items])


def _insert(items: Sequence[Fresh], found: Sequence[Gist], now: dt.datetime) -> None:
    if not items:
        return
    filing = cluster.place(items, found, now)
    insert(items)
    cluster.file(items, filing, now)
    _link((item.pk, dyad) for item, gist in zip(items, found, strict=True) for dyad in gist.dyads)


def _revise(changed: Sequence[tuple[Known, Entry]]) -> tuple[list[NewsItem], list[set[str]]]:
    """The items that have changed, as they are told now, and the relationships that each of them named before."""
    if not changed:
        return [], []
    entries = {known.pk: entry for known, entry in changed}
    items = list(NewsItem.objects.filter(pk__in=listed(entries)))
    before = [set(dyads_of(_words(item))) for item in items]
    for item in items:
        _tell(item, entries[item.pk])
        item.revision += 1
        item.unread = True
    return items, before


def _update(items: Sequence[NewsItem], before: Sequence[set[str]], after: Sequence[tuple[str, ...]]) -> None:
    if not items:
        return
    NewsItem.objects.bulk_update(items, _REVISED, batch_size=100)
    # Only what the change of the text explains: what an editor has linked or unlinked stays.
    named = [each for each in zip(items, before, map(set, after), strict=True) if each[1] != each[2]]
    rejected, confirmed = _decided([item.pk for item, _old, _new in named])
    _link((item.pk, dyad) for item, old, new in named for dyad in new - old if (item.pk, dyad) not in rejected)
    for item, old, new in named:
        if lost := {dyad for dyad in old - new if (item.pk, dyad) not in confirmed}:
            _LINK.objects.filter(newsitem_id=item.pk, dyad_id__in=lost).delete()


def _decided(items: Sequence[int]) -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
    """Items and relationships whose link an editor has rejected, and those whose link he has confirmed."""
    rejected: set[tuple[int, str]] = set()
    confirmed: set[tuple[int, str]] = set()
    if items:
        decided = NewsLink.objects.filter(item__in=listed(items), kind=LinkKind.DYAD).exclude(state=LinkState.READ)
        for item, code, state in decided.values_list("item", "code", "state"):
            (rejected if state == LinkState.REJECTED else confirmed).add((item, code))
    return rejected, confirmed


def _keep_whole(items: Sequence[Fresh | NewsItem], entries: Sequence[Entry], dyads: Sequence[tuple[str, ...]]) -> None:
    """Keep whole articles of items that name a relationship until the machine has read them (`services.readings`)."""
    rows = zip(items, entries, dyads, strict=True)
    bulk.insert(
        FeedText, ("item", "text"), [(item.pk, UNWANTED.sub("", entry.whole)) for item, entry, named in rows if named and entry.whole]
    )


def _link(rows: Iterable[tuple[int, str]]) -> None:
    bulk.insert(_LINK, ("newsitem", "dyad"), rows, once=True)


def _words(item: NewsItem) -> str:
    return f"{item.title}\n{item.summary}"
