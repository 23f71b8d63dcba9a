"""Old items → tombstones: what nobody has linked to a record goes after INGEST_KEEP_MONTHS, and is not taken in again.

Kept are items of a story that an editor decides on or has accepted as a record (Candidate), items whose address is that of a
source, and items that an editor has linked to a relationship that their text does not name. A batch is one transaction, so a
run may be broken off at any moment and be begun again; done twice it does nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Exists, OuterRef, QuerySet

from relations.domain.articles import kept
from relations.domain.links import canonical
from relations.domain.naming import dyads_of
from relations.domain.retention import cutoff
from relations.ingest import bulk
from relations.ingest.bulk import listed
from relations.models import ArticleText, Candidate, NewsItem, Outlet, Source, Story, Tombstone
from relations.models.choices import CandidateState, FullText
from relations.services import stories

AT_ONCE: Final = 500
"""Items of one transaction: short enough that a fetch hardly waits for it."""
_LINK = NewsItem.dyads.through


@dataclass(frozen=True, slots=True)
class Retired:
    """What a run came to; `last` is the id of the last old item that was looked at, behind which it is gone on with."""

    looked_at: int = 0
    retired: int = 0
    kept: int = 0
    stories: int = 0
    last: int = 0
    finished: bool = True


def retire(now: dt.datetime, *, after: int = 0, most: int | None = None, dry_run: bool = False) -> Retired:
    """Retire old items behind the item `after`, looking at about `most` of them. With `dry_run` it only counts."""
    before = cutoff(now, settings.INGEST_KEEP_MONTHS)
    if before is None:
        return Retired()
    cited = _cited()
    looked_at = retired = gone = 0
    last, finished = after, False
    while not finished and (most is None or looked_at < most):
        # Rows are stored in the order of time: the old ones stand first, and no index of their times is needed.
        rows = list(NewsItem.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "outlet", "first_seen")[:AT_ONCE])
        old = [(pk, outlet) for pk, outlet, seen in rows if seen < before]
        finished = len(old) < len(rows) or len(rows) < AT_ONCE
        if old:
            number, without = _batch(old, cited, dry_run=dry_run)
            looked_at, retired, gone, last = looked_at + len(old), retired + number, gone + without, old[-1][0]
    return Retired(looked_at, retired, looked_at - retired, gone, last, finished)


def sweep_stories(*, most: int = 5000) -> int:
    """Delete stories that nothing tells any more, `most` of them: those of outlets that are gone, for instance."""
    gone = 0
    while gone < most:
        with transaction.atomic():
            stories.alone()
            empty = list(_untold().values_list("pk", flat=True)[:AT_ONCE])
            _delete_stories(empty)
        gone += len(empty)
        if len(empty) < AT_ONCE:
            break
    return gone


def shorten_texts(*, most: int = 1000) -> int:
    """Cut whole articles to excerpts where their outlet is not official any more."""
    too_long = ArticleText.objects.filter(whole=True).exclude(item__outlet__full_text=FullText.WHOLE).order_by("pk")
    texts = list(too_long.only("text")[:most])
    for text in texts:
        text.text, text.whole = kept(text.text, whole=False), False
    ArticleText.objects.bulk_update(texts, ("text", "whole"), batch_size=100)
    return len(texts)


def _batch(old: Sequence[tuple[int, int]], cited: frozenset[str], *, dry_run: bool) -> tuple[int, int]:
    """Retire those of some old items on which nothing stands; how many they were, and stories that went with them."""
    ids = [pk for pk, _outlet in old]
    if dry_run:
        return sum(1 for _item in _retirable(ids, cited)), 0
    with transaction.atomic():
        # Nobody stores into these outlets or places into stories meanwhile; in the order in which a fetch takes these locks.
        list(Outlet.objects.select_for_update(no_key=True).filter(pk__in={outlet for _pk, outlet in old}).order_by("pk").only("pk"))
        stories.alone()
        retired = list(_retirable(ids, cited))
        if not retired:
            return 0, 0
        bulk.insert(Tombstone, ("outlet", "key"), ((item.outlet_id, item.key) for item in retired), once=True)
        told = {item.story_id for item in retired if item.story_id is not None}
        NewsItem.objects.filter(pk__in=listed([item.pk for item in retired])).delete()
        empty = list(_untold().filter(pk__in=listed(told)).values_list("pk", flat=True)) if told else []
        _delete_stories(empty)
        return len(retired), len(empty)


def _retirable(ids: Sequence[int], cited: frozenset[str]) -> Iterator[NewsItem]:
    decided = Candidate.objects.exclude(state=CandidateState.REJECTED).filter(story=OuterRef("story"))
    items = NewsItem.objects.filter(pk__in=listed(ids)).filter(~Exists(decided)).order_by("pk")
    rows = list(items.only("outlet_id", "story_id", "key", "url", "title", "summary"))
    linked = _linked([item.pk for item in rows])
    for item in rows:
        by_editor = set(linked.get(item.pk, ())).difference(dyads_of(f"{item.title}\n{item.summary}") if item.pk in linked else ())
        if not by_editor and canonical(item.url) not in cited:
            yield item


def _linked(ids: Sequence[int]) -> dict[int, list[str]]:
    links: dict[int, list[str]] = {}
    for item, dyad in _LINK.objects.filter(newsitem__in=listed(ids)).values_list("newsitem", "dyad"):
        links.setdefault(item, []).append(dyad)
    return links


def _cited() -> frozenset[str]:
    """The addresses on which records stand, in the form in which they are compared."""
    return frozenset(map(canonical, Source.objects.order_by().values_list("url", flat=True)))


def _untold() -> QuerySet[Story]:
    """Stories without an item and without a candidate; those that were joined to another one lead there and go with it."""
    items, candidates = (model.objects.filter(story=OuterRef("pk")).order_by() for model in (NewsItem, Candidate))
    return Story.objects.filter(~Exists(items), ~Exists(candidates), merged_into=None).order_by("pk")


def _delete_stories(untold: Sequence[int]) -> None:
    """Delete stories on which nothing hangs but those that were joined to them. None leaves a row in the history: it would stay."""
    if untold:
        Story.objects.filter(merged_into__in=listed(untold)).order_by()._raw_delete(DEFAULT_DB_ALIAS)
        Story.objects.filter(pk__in=listed(untold)).order_by()._raw_delete(DEFAULT_DB_ALIAS)
