"""Every stored item is read: what it is about becomes links, a document that it reports a candidate.

Nothing is read while feeds are stored: an item is stored `unread`, and `read_items` comes for it, the newest first. A batch is claimed in
a transaction of its own and read outside of any, so that no reader, however slow, keeps others from writing; of any number of
workers one reads an item. What a worker that died had claimed is given back by `give_back_lost`.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from relations.domain.articles import kept
from relations.domain.extraction import Article, ArticleReader, Links, Reading, Relevance, Value, as_json
from relations.domain.linking.drafting import Draft
from relations.domain.linking.found import DECLARATION, MECHANISM, PERSON, Found, found_links, reported
from relations.domain.naming import dyads_of
from relations.domain.plain_text import paragraphs
from relations.domain.review import Document
from relations.models import ArticleText, Candidate, Declaration, FeedText, ItemReading, Mechanism, NewsItem, Person
from relations.models.choices import ArticleState, CandidateState, FullText
from relations.services import drafting, news_counts, news_links
from relations.services.drafting import Told
from relations.services.reading import article_reader, digest, knowledge
from relations.services.reading_done import Done

AT_ONCE: Final = 200
"""Items of one batch."""
MOST: Final = 5000
"""Items of one run of the job …"""
SECONDS: Final = 40.0
"""… and for how long it begins with another batch."""

_LONGEST_CODE: Final = 40
_ROWS: Final = 100
_log = logging.getLogger(__name__)


def read_items(limit: int = AT_ONCE) -> int:
    """Read unread items, the newest first, at most so many, and count their months anew; how many were read."""
    return read_stored(most=limit).read


def read_stored(*, most: int = MOST, seconds: float | None = None, told: Callable[[int], None] | None = None) -> Done:
    """Read unread items batch by batch, `most` of them, and begin no batch after so many seconds. `told` hears how many each batch had."""
    done, end = Done(), time.monotonic() + seconds if seconds is not None else None
    reader: _Reader | None = None
    try:
        while done.read < most and (end is None or time.monotonic() < end):
            wanted = min(AT_ONCE, most - done.read)
            items = _claim(wanted)
            if items:
                reader = reader or _reader(items)
                done.add(_read(items, reader))
                if told is not None:
                    told(len(items))
            if len(items) < wanted:
                break
    finally:
        if done.months:
            news_counts.recount(done.months)
    return done


def read_text(item: int, text: str, whole: bool = True) -> None:
    """Read the fetched text of an item's article. An error of the reader is logged and raised to nobody; a gone item is passed over."""
    found = _items(NewsItem.objects.filter(pk=item))
    if not found:
        return
    one = found[0]
    one.body, one.whole = _parted(text), whole
    NewsItem.objects.filter(pk=item).update(unread=False)
    news_counts.recount(_read([one], _reader([one])).months)


def again(limit: int | None = None) -> int:
    """Have items read again that were read with other rules, words or records than those of today, the newest first; how many."""
    stale = ItemReading.objects.exclude(reader=_Reader().digest).order_by("-item").values_list("item", flat=True)
    marked, last = 0, None
    while limit is None or marked < limit:
        some = stale if last is None else stale.filter(item__lt=last)
        ids = list(some[: min(500, limit - marked if limit is not None else 500)])
        if not ids:
            break
        NewsItem.objects.filter(pk__in=ids).update(unread=True)
        marked, last = marked + len(ids), ids[-1]
    return marked


def give_back_lost() -> int:
    """Make items unread again that somebody had claimed and never read: lost with their worker; how many."""
    return NewsItem.objects.filter(unread=False, reading=None).update(unread=True)


# ---- What is read -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Item:
    """An item to read. `body` is the text below its title: the summary, or the `whole` article."""

    pk: int
    title: str
    summary: str
    sort_time: dt.datetime
    story: int | None
    hidden: bool
    full_text: str
    body: str
    whole: bool = False
    of_feed: bool = False
    """The whole article stands in the feed."""
    was_whole: bool = False
    """The whole article was read before."""

    @property
    def article(self) -> Article:
        return Article(self.title, self.body, self.sort_time.date())


def _claim(limit: int) -> list[_Item]:
    """Claim unread items, the newest first. What another worker is claiming at the moment is passed over."""
    with transaction.atomic():
        rows = NewsItem.objects.select_for_update(skip_locked=True).filter(unread=True).order_by("-pk")
        ids = list(rows.values_list("pk", flat=True)[:limit])
        if not ids:
            return []
        NewsItem.objects.filter(pk__in=ids).update(unread=False)
    try:
        return _items(NewsItem.objects.filter(pk__in=ids))
    except BaseException:
        _give_back(ids)
        raise


def _items(items: Any) -> list[_Item]:
    """Items with the most that is known of their texts. Four queries."""
    columns = ("pk", "title", "summary", "sort_time", "story", "hidden", "outlet__full_text")
    rows = items.order_by("-pk").values_list(*columns, "summary")
    found = {row[0]: _Item(*row) for row in rows}
    ids = list(found)
    for pk in ItemReading.objects.filter(item__in=ids, whole=True).values_list("item", flat=True):
        found[pk].was_whole = True
    for pk, text in _whole_texts(ids):
        item = found[pk]
        if len(text) > len(item.summary):
            item.body, item.whole = _parted(text), True
    for pk, markup in FeedText.objects.filter(item__in=ids).values_list("item", "text"):
        item, item_text = found[pk], _parted(paragraphs(markup))
        item.of_feed = True
        if len(item_text) > len(item.summary):
            item.body, item.whole = item_text, True
    return list(found.values())


def _parted(text: str) -> str:
    """An article with a blank line between its paragraphs: lines of about one length might be those of one paragraph."""
    return "\n\n".join(line for line in text.splitlines() if line.strip())


def _whole_texts(ids: Sequence[int]) -> list[tuple[int, str]]:
    """Whole articles that are kept: of official outlets, and those of candidates that wait for an editor."""
    official = ArticleText.objects.filter(item__in=ids, state=ArticleState.READ, whole=True).values_list("item", "text")
    waiting = Candidate.objects.filter(item__in=ids, state=CandidateState.PENDING, item__reading__whole=True)
    bodies = [(pk, Article.of(text).body) for pk, text in waiting.values_list("item", "text") if text]
    return [*bodies, *official]


class _Reader:
    """The reader with what it needs of the records, as they are now. Eight queries."""

    def __init__(self) -> None:
        known = knowledge()
        self.reader: ArticleReader = article_reader(known)
        documents = list(Declaration.objects.order_by("pk").values_list("pk", "slug", "kind", "date", "parties"))
        self.documents = [Document(pk, kind, date, tuple(parties)) for pk, _slug, kind, date, parties in documents]
        self.slugs = {pk: slug for pk, slug, *_rest in documents}
        self.records: news_links.Records = {
            MECHANISM: dict(Mechanism.objects.values_list("slug", "pk")),
            PERSON: dict(Person.objects.values_list("slug", "pk")),
            DECLARATION: {slug: pk for pk, slug in self.slugs.items()},
        }
        self.digest = digest(known, self.documents)


# ---- Reading ----------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Result:
    item: _Item
    reading: Reading
    found: list[Found]
    failed: bool = False

    @property
    def less(self) -> bool:
        """Less was read than before, if anything: what was found then stays."""
        return self.failed or (self.item.was_whole and not self.item.whole)


def _reader(items: Sequence[_Item]) -> _Reader:
    try:
        return _Reader()
    except BaseException:
        _give_back([item.pk for item in items])
        raise


def _read(items: Sequence[_Item], reader: _Reader) -> Done:
    """Read claimed items and write what was found, in one transaction; they are unread again where that fails."""
    try:
        results = [_result(item, reader) for item in items]
        with transaction.atomic():
            drafted = _write(results, reader)
    except BaseException:
        _give_back([item.pk for item in items])
        raise
    return Done(
        read=len(results),
        relevant=sum(one.reading.relevance.relevant for one in results),
        linked=sum(bool(one.found) for one in results),
        drafted=drafted,
        failed=sum(one.failed for one in results),
        months={news_counts.month_of(item.sort_time) for item in items},
    )


def _give_back(ids: Sequence[int]) -> None:
    NewsItem.objects.filter(pk__in=ids).update(unread=True)


def _result(item: _Item, reader: _Reader) -> _Result:
    """Read one item. Whatever the reader raises ends this item alone."""
    named = dyads_of(f"{item.title}\n{item.summary}")
    article = item.article
    try:
        reading = reader.reader.read(article)
        document = reported(reading, reader.documents)
        slugs = [reader.slugs[document.pk]] if document is not None else []
        return _Result(item, reading, found_links(article, reading, reader.reader.link(article), named, slugs))
    except Exception:
        _log.exception("item %s could not be read", item.pk)
        nothing = Reading(Value(None), Relevance(0.0, "could not be read"))
        return _Result(item, nothing, found_links(article, nothing, Links(), named), failed=True)


def _write(results: Sequence[_Result], reader: _Reader) -> int:
    now = timezone.now()
    there = set(NewsItem.objects.filter(pk__in=[one.item.pk for one in results]).values_list("pk", flat=True))
    results = [one for one in results if one.item.pk in there]  # others were retired meanwhile
    made, _completed = drafting.write([_told(one) for one in results if one.item.story is not None and not one.failed], now)
    _write_readings(results, reader.digest, now)
    news_links.write({one.item.pk: one.found for one in results}, reader.records, {one.item.pk for one in results if one.less})
    _forget_texts([one.item for one in results if one.item.of_feed], now)
    return made


def _told(one: _Result) -> Told:
    item, reading = one.item, one.reading
    document = reading.relevance.relevant and bool(reading.kind.value) and not item.hidden
    draft = Draft(item.pk, item.article.whole, document, item.whole)
    assert item.story is not None
    return Told(draft, item.story, reading.dyad or "", as_json(reading) if document else {})


def _write_readings(results: Sequence[_Result], by: str, now: dt.datetime) -> None:
    """That these items were read; what an earlier reading came to stays where less was read this time."""
    rows = [
        ItemReading(
            item_id=one.item.pk,
            reader=by,
            whole=one.item.whole,
            language=(one.reading.language.value or "")[:8],
            relevant=one.reading.relevance.relevant,
            score=min(max(one.reading.relevance.score, 0.0), 1.0),
            document=(one.reading.kind.value or "")[:_LONGEST_CODE],
            read_at=now,
        )
        for one in results
    ]
    less = {one.item.pk for one in results if one.less}
    always = ["reader", "read_at"]
    for some, columns in (
        ([row for row in rows if row.item_id not in less], [*always, "whole", "language", "relevant", "score", "document"]),
        ([row for row in rows if row.item_id in less], always),
    ):
        ItemReading.objects.bulk_create(some, _ROWS, update_conflicts=True, unique_fields=["item"], update_fields=columns)


def _forget_texts(items: Sequence[_Item], now: dt.datetime) -> None:
    """Whole articles of feeds go once they are read; an excerpt, or all of an official text, stays where the outlet allows it."""
    FeedText.objects.filter(item__in=[item.pk for item in items]).delete()
    texts = [
        ArticleText(
            item_id=item.pk,
            state=ArticleState.READ,
            text=kept(item.body, whole=item.full_text == FullText.WHOLE),
            whole=item.full_text == FullText.WHOLE,
            length=len(item.body),
            tried=now,
        )
        for item in items
        if item.whole and item.full_text != FullText.OFF
    ]
    ArticleText.objects.bulk_create(texts, _ROWS, ignore_conflicts=True)
