"""The editors' rules over items: those that are being stored, and on request those that are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from relations.domain import rules as domain
from relations.domain.naming import dyads_of
from relations.ingest.bulk import listed
from relations.ingest.cluster import gazetteer
from relations.ingest.fresh import Fresh
from relations.models import NewsItem, Rule
from relations.models.news_aids import phrases_of
from relations.selectors.statement import Named, Statement, columns

TRIED: Final = 500
"""Items that a rule is tried on."""
_AT_ONCE: Final = 1000


def judge(items: Sequence[NewsItem | Fresh], named: Sequence[tuple[str, ...]], feed: int | None) -> None:
    """Mark the items of one feed that the enabled rules hide, before they are written; each is `named` the relationships that it names.

    One query.
    """
    if not items:
        return
    made = domain.Rules(map(_of_row, _OF_FEED.rows(feed=feed) if feed else _OF_ALL.rows()))
    for item, dyads in zip(items, named, strict=True):
        verdict = made.judge(_looked_at(item, dyads, made)) if made else domain.Verdict()
        item.hidden, item.hidden_by_id = verdict.hidden, verdict.rule


_COLUMNS: Final = ("pk", "action", "feed_id", "words", "entities", "languages")
_OF_FEED: Final = Statement(lambda: columns(Rule.objects.enabled().for_feed(Named("feed")), *_COLUMNS))
_OF_ALL: Final = Statement(lambda: columns(Rule.objects.enabled().filter(feed=None), *_COLUMNS))


def _of_row(row: Sequence[Any]) -> domain.Rule:
    pk, action, feed, words, entities, languages = row
    return domain.Rule(pk, action, feed, phrases_of(words), entities, languages)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying the rules to stored items came to; `last` is the id of the last item that was looked at."""

    looked_at: int = 0
    hidden: int = 0
    shown: int = 0
    last: int = 0
    finished: bool = False


def apply(feeds: Collection[int] | None = None, *, after: int = 0, most: int | None = None) -> Applied:
    """Judge stored items anew by all enabled rules: those of some feeds, or all. Only what changes is written, batch by batch.

    Begins behind the item `after` and ends after about `most` items, so that it can be gone on with.
    """
    by_feed = _Rules()
    looked_at = hidden = shown = 0
    last, finished = after, False
    while not finished and (most is None or looked_at < most):
        with transaction.atomic():
            items = NewsItem.objects.filter(pk__gt=last).order_by("pk")
            if feeds is not None:
                items = items.filter(feed__in=feeds)
            batch = list(items.only("title", "summary", "language", "feed_id", "hidden", "hidden_by_id")[:_AT_ONCE])
            changed = [item for item in batch if _changes(item, by_feed.of(item.feed_id))]
            NewsItem.objects.bulk_update(changed, ("hidden", "hidden_by"), batch_size=100)
            if changed:  # what is hidden is not drafted, and what is shown counts: they are read once more
                NewsItem.objects.filter(pk__in=listed([item.pk for item in changed])).update(unread=True)
        looked_at += len(batch)
        hidden += sum(item.hidden for item in changed)
        shown += sum(not item.hidden for item in changed)
        last, finished = batch[-1].pk if batch else last, len(batch) < _AT_ONCE
    return Applied(looked_at, hidden, shown, last, finished)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule by itself would do to the newest items of its scope: item and whether it would be blocked."""

    items: tuple[tuple[NewsItem, bool], ...]

    @property
    def blocked(self) -> int:
        return sum(blocked for _item, blocked in self.items)

    @property
    def kept(self) -> int:
        return len(self.items) - self.blocked


def trial(rule: Rule) -> Trial:
    """Try a rule, stored or not, enabled or not, on the newest items of its scope. Nothing is written. One query."""
    items = NewsItem.objects.select_related("outlet").defer("outlet__note", "summary_html", "author").newest_first()
    if rule.feed_id:
        items = items.filter(feed=rule.feed_id)
    made = domain.Rules(_as_written([rule]))
    return Trial(tuple((item, _verdict(item, made).hidden) for item in items[:TRIED]))


class _Rules:
    """The enabled rules for each feed, read once."""

    def __init__(self) -> None:
        self._all = list(_as_written(Rule.objects.enabled()))
        self._made: dict[int | None, domain.Rules] = {}

    def of(self, feed: int | None) -> domain.Rules:
        if feed not in self._made:
            self._made[feed] = domain.Rules(rule for rule in self._all if rule.feed in (None, feed))
        return self._made[feed]


def _changes(item: NewsItem, made: domain.Rules) -> bool:
    """Judge an item anew; whether that changes anything."""
    before = (item.hidden, item.hidden_by_id)
    verdict = _verdict(item, made)
    item.hidden, item.hidden_by_id = verdict.hidden, verdict.rule
    return before != (item.hidden, item.hidden_by_id)


def _verdict(item: NewsItem, made: domain.Rules) -> domain.Verdict:
    if not made:
        return domain.Verdict()
    dyads = dyads_of(f"{item.title}\n{item.summary}") if made.wants_entities else ()
    return made.judge(_looked_at(item, dyads, made))


def _as_written(rules: Iterable[Rule]) -> Iterator[domain.Rule]:
    for rule in rules:
        yield domain.Rule(rule.pk or 0, rule.action, rule.feed_id, rule.phrases, rule.entities, rule.languages)


def _looked_at(item: NewsItem | Fresh, dyads: Collection[str], made: domain.Rules) -> domain.RuleItem:
    text = f"{item.title}\n{item.summary}"
    named = gazetteer().facts(text) if made.wants_entities else frozenset()
    return domain.RuleItem(text, item.language, item.feed_id, named.union(dyads))
