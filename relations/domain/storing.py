"""Which entries of a fetch are new, which have changed, and which cost no write. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from relations.domain import links
from relations.domain.feed_entry import Entry, tells_the_same


class Known(NamedTuple):
    """What is stored of an item, as far as the decision needs it."""

    pk: int
    key: str
    url: str
    digest: str
    feed: int | None


@dataclass(slots=True)
class Decision:
    """What to do: entries to insert, entries that replace the content of an item, and the number that stay as they are."""

    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Known, Entry]] = field(default_factory=list)
    unchanged: int = 0


def decide(entries: Iterable[Entry], known: Mapping[str, Known], feed: int) -> Decision:
    """Compare what a feed told with the items of its outlet, `known` by their keys.

    Only the feed that brought an item revises it: two feeds of one outlet often tell the same entry with different
    summaries, and would otherwise overwrite each other at every fetch.
    """
    decision = Decision()
    taken: set[int] = set()
    for entry in entries:
        item = _same(entry, known)
        if item is None:
            decision.new.append(entry)
        elif tells_the_same(item.digest, entry.digest) or item.feed not in (feed, None) or item.pk in taken:
            decision.unchanged += 1
        else:
            decision.changed.append((item, entry))
        if item is not None:
            taken.add(item.pk)
    return decision


def _same(entry: Entry, known: Mapping[str, Known]) -> Known | None:
    if found := known.get(entry.key):
        return found
    # A guid that was used once and now stands for several links, or the other way round: the link tells which one is meant.
    for key in entry.other_keys:
        found = known.get(key)
        if found and links.canonical(found.url) == links.canonical(entry.url):
            return found
    return None
