"""The editors' rules over items: those that are being stored, and on request those that are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from relations.domain import rules as domain
from relations.domain.naming import dyads_of
from relations.ingest.cluster import gazetteer
from relations.ingest.fresh import Fresh
from relations.models import NewsItem, Rule


def judge(items: Sequence[NewsItem | Fresh], feed: int | None) -> list[tuple[str, ...]]:
    """Mark the items of one feed that the enabled rules hide, before they are written. One query.

    Gives the relationships that each item names, which is found out on the way.
    """
    named = [dyads_of(f"{item.title}\n{item.summary}") for item in items]
    if items:
        made = domain.Rules(_as_written(Rule.objects.enabled().for_feed(feed) if feed else Rule.objects.enabled().filter(feed=None)))
        for item, dyads in zip(items, named, strict=True):
            verdict = made.judge(_looked_at(item, dyads, made)) if made else domain.Verdict()
            item.hidden, item.hidden_by_id = verdict.hidden, verdict.rule
    return named


def _as_written(rules: Iterable[Rule]) -> Iterator[domain.Rule]:
    for rule in rules:
        yield domain.Rule(rule.pk, rule.action, rule.feed_id, rule.phrases, rule.entities, rule.languages)


def _looked_at(item: NewsItem | Fresh, dyads: Collection[str], made: domain.Rules) -> domain.RuleItem:
    text = f"{item.title}\n{item.summary}"
    named = gazetteer().facts(text) if made.wants_entities else frozenset()
    return domain.RuleItem(text, item.language, item.feed_id, named.union(dyads))
