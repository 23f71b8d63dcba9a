"""The stored news: what the filters leave of it, how many each further choice would leave, and how the feeds are doing.

Every story is shown once, by the first told of its reports that the filters leave; items that a rule hides never count.
The rows of a page come from the database page by page, the counts beside the choices from one query for each filter;
so the number of queries stays the same however many items are stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from relations.models import Feed, NewsItem, Outlet
from relations.models.news import NewsItemQuerySet
from relations.reference.parties import DYADS
from relations.selectors.statement import Named, Statement
from relations.selectors.stories import LINK, NewsLine, heads, lines, listed, names_a_dyad

_WORDS_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class NewsFilters:
    """What is asked for; an empty tuple does not filter. Without `everything` only items that name a relationship count."""

    words: tuple[str, ...] = ()
    dyads: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    everything: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is filtered beside the scope."""
        return bool(self.words or self.dyads or self.languages or self.outlets)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, how many stories it would leave with the other filters as they are, and its label where it has one."""

    value: str
    count: int
    chosen: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """The enabled feeds: how many, how many failed at their last fetch, when the next one and the next try of a failed one is due."""

    enabled: int = 0
    failing: int = 0
    next_due: dt.datetime | None = None
    next_try: dt.datetime | None = None
    last_success: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """So much is stored: stories and items, those that name a relationship, and the newest of these."""

    everything: int
    linked: int
    items: int
    linked_items: int
    latest: dt.datetime | None


@dataclass(frozen=True)
class NewsPage:
    """What the filters leave. `heads` are the first items of its stories for `stories.lines`, read when they are sliced; `left` its sizes.

    `stored` is what there is without any filter.
    """

    filters: NewsFilters
    heads: QuerySet[Any]
    left: Stored
    stored: Stored
    health: FeedHealth
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Stories shown."""
        return self.left.everything if self.filters.everything else self.left.linked

    @property
    def items(self) -> int:
        """Items that tell them, of those that the filters leave."""
        return self.left.items if self.filters.everything else self.left.linked_items

    @property
    def linked(self) -> int:
        """Stories that name a relationship."""
        return self.left.linked

    @property
    def everything(self) -> int:
        """Stories that name one or none."""
        return self.left.everything


def outlet_names() -> dict[str, str]:
    """Slug → name of every outlet, in the order of their names. One query."""
    return dict(Outlet.objects.order_by("name").values_list("slug", "name"))


def news_page(filters: NewsFilters, outlets: Mapping[str, str]) -> NewsPage:
    """The page of the news. `outlets` is what `outlet_names` gives.

    Five queries, a sixth where anything is filtered, and three more for the stories of a page (`stories.lines`).
    """
    left = _sizes(_found(filters))
    return NewsPage(
        filters=filters,
        heads=listed(heads(_shown(filters), _shown(filters)).newest_first()),
        left=left,
        stored=_sizes(NewsItem.objects.shown()) if filters.any else left,
        health=feed_health(),
        choices={
            "dyad": _choices(filters, "dyads", DYADS, {}),
            "language": _choices(filters, "languages", None, {}),
            "outlet": _choices(filters, "outlets", tuple(outlets), outlets),
        },
    )


def latest_news(limit: int, dyad: str | None = None) -> list[NewsLine]:
    """The newest stories that name a relationship, or that one. Three queries."""
    return lines(_LATEST_OF.rows(limit, dyad=dyad) if dyad else _LATEST.rows(limit))


def _latest(condition: Exists) -> QuerySet[Any]:
    items = NewsItem.objects.shown().filter(condition)
    return listed(heads(items, items).newest_first())


_LATEST: Final = Statement(lambda: _latest(names_a_dyad()))
_LATEST_OF: Final = Statement(lambda: _latest(Exists(LINK.objects.filter(newsitem_id=OuterRef("pk"), dyad_id=Named("dyad")))))


def feed_health() -> FeedHealth:
    """How the enabled feeds are doing. One query."""
    failing = Q(failures__gt=0)
    return FeedHealth(
        **Feed.objects.working().aggregate(
            enabled=Count("pk"),
            failing=Count("pk", filter=failing),
            next_due=Min("next_check"),
            next_try=Min("next_check", filter=failing),
            last_success=Max("last_success"),
        )
    )


# ---- Filters -------------------------------------------------------------------------------------------------------------


def _sizes(items: NewsItemQuerySet) -> Stored:
    linked = names_a_dyad()
    return Stored(
        **items.aggregate(
            everything=_stories(),
            linked=_stories(filter=linked),
            items=Count("pk"),
            linked_items=Count("pk", filter=linked),
            latest=Max("sort_time", filter=linked),
        )
    )


def _stories(**options: Any) -> Count:
    """How many stories some items tell; one without a story is one by itself."""
    return Count(Coalesce("story", -F("pk")), distinct=True, **options)


def _shown(filters: NewsFilters) -> NewsItemQuerySet:
    """What the filters leave in their scope."""
    return _found(filters) if filters.everything else _found(filters).filter(names_a_dyad())


def _found(filters: NewsFilters) -> NewsItemQuerySet:
    items = NewsItem.objects.shown()
    for word in filters.words[:_WORDS_MOST]:
        items = items.filter(_holds(word))
    if filters.dyads:
        items = items.filter(Exists(LINK.objects.filter(newsitem_id=OuterRef("pk"), dyad_id__in=filters.dyads)))
    if filters.languages:
        items = items.filter(language__in=filters.languages)
    if filters.outlets:
        items = items.filter(outlet__slug__in=filters.outlets)
    return items


def _holds(word: str) -> Q:
    """A word in title or summary. SQLite folds the case of ASCII only, so other scripts are asked for in their usual spellings."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.capitalize(), word.upper()}
    condition = Q()
    for spelling in sorted(spellings):
        condition |= Q(title__icontains=spelling) | Q(summary__icontains=spelling)
    return condition


_COLUMNS: Final = {"dyads": "dyads", "languages": "language", "outlets": "outlet__slug"}


def _choices(filters: NewsFilters, name: str, values: tuple[str, ...] | None, labels: Mapping[str, str]) -> tuple[Choice, ...]:
    """The choices of one filter, all others as they are; without `values` those that occur, the most frequent first."""
    column = _COLUMNS[name]
    items = _shown(replace(filters, **{name: ()}))  # type: ignore[arg-type]
    counts = dict(items.order_by().values_list(column).annotate(n=_stories()).filter(**{f"{column}__isnull": False}))
    chosen: tuple[str, ...] = getattr(filters, name)
    if values is None:
        values = tuple(sorted({*counts, *chosen} - {""}, key=lambda value: (-counts.get(value, 0), value)))
    choices = (Choice(value, counts.get(value, 0), value in chosen, labels.get(value, "")) for value in values)
    return tuple(choice for choice in choices if choice.count or choice.chosen or name == "dyads")
