"""The stored news: what the filters leave of it, how many each further choice would leave, and how the feeds are doing.

Every story is shown once, by the first told of its reports that the filters leave; items that a rule hides never count.
What is looked through are the MOST items that were stored last (of a relationship, where that is asked for: those that name
it), so that a page over a million of them costs what it costs over those; `cut` tells where there are more.
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

from relations.models import Feed, NewsItem, NewsLink, Outlet
from relations.models.news import NewsItemQuerySet
from relations.reference.parties import DYADS
from relations.selectors.choice import Choice
from relations.selectors.statement import Named, Statement
from relations.selectors.stories import LINK, NewsLine, heads, lines, listed, names_a_dyad

_WORDS_MOST: Final = 8
MOST: Final = 10_000
"""Items that the list, its filters and its counts reach back to."""


@dataclass(frozen=True, slots=True)
class NewsFilters:
    """What is asked for; an empty tuple does not filter. Without `everything` only items that name a relationship count."""

    words: tuple[str, ...] = ()
    dyads: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    everything: bool = False
    mechanism: str = ""
    """The short name of a mechanism that the items are linked to, or of a declaration."""
    declaration: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is filtered beside the scope."""
        return bool(self.words or self.dyads or self.languages or self.outlets or self.mechanism or self.declaration)


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
    cut: int = 0
    """So many items are looked through, those that were stored last; 0 where these are all that there are."""

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

    Eight queries, ten where anything is filtered, one more with relationships, and three for the stories of a page (`stories.lines`).
    """
    back = _Back.of(filters)
    left = _sizes(filters, back)
    return NewsPage(
        filters=filters,
        heads=listed(heads(_shown(filters, back), _again(filters, back)).newest_first()),
        left=left,
        stored=_sizes(NewsFilters(), back) if filters.any else left,
        health=feed_health(),
        choices={
            "dyad": _choices(filters, back, "dyads", DYADS, {}),
            "language": _choices(filters, back, "languages", None, {}),
            "outlet": _choices(filters, back, "outlets", tuple(outlets), outlets),
        },
        cut=MOST if back.to(filters) else 0,
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


@dataclass(frozen=True, slots=True)
class _Back:
    """The items behind which nothing is looked at, by their ids: of all, of those that name a relationship, of those that
    name one of those asked for; 0 where everything is looked at."""

    everything: int
    linked: int
    asked: int

    @classmethod
    def of(cls, filters: NewsFilters) -> _Back:
        """Two queries, three where relationships are asked for."""
        newest: int = NewsItem.objects.aggregate(newest=Max("pk"))["newest"] or 0
        linked = _last_linked(LINK.objects.all())
        asked = _last_linked(LINK.objects.filter(dyad_id__in=filters.dyads)) if filters.dyads else linked
        return cls(max(newest - MOST, 0), linked, asked)

    def to(self, filters: NewsFilters) -> int:
        """What holds for the list with these filters."""
        return self.asked if filters.dyads else self.everything if filters.everything else self.linked


def _last_linked(links: QuerySet[Any]) -> int:
    """Links stand in the order in which their items were stored."""
    return next(iter(links.order_by("-pk").values_list("newsitem_id", flat=True)[MOST : MOST + 1]), 0)


def _sizes(filters: NewsFilters, back: _Back) -> Stored:
    """Two queries."""
    linked = _shown(replace(filters, everything=False), back).aggregate(
        linked=_stories(), linked_items=Count("pk"), latest=Max("sort_time")
    )
    every = _shown(replace(filters, everything=True), back).aggregate(everything=_stories(), items=Count("pk"))
    # Where only the last items are looked at, those that name a relationship reach back further than all.
    return Stored(
        everything=max(every["everything"], linked["linked"]),
        items=max(every["items"], linked["linked_items"]),
        **linked,
    )


def _stories(**options: Any) -> Count:
    """How many stories some items tell; one without a story is one by itself."""
    return Count(Coalesce("story", -F("pk")), distinct=True, **options)


def _shown(filters: NewsFilters, back: _Back) -> NewsItemQuerySet:
    """What the filters leave in their scope."""
    items = _found(filters)
    if not filters.dyads and filters.everything:
        return items.filter(pk__gt=back.everything)
    links = LINK.objects.filter(dyad_id__in=filters.dyads) if filters.dyads else LINK.objects.all()
    # From the links to the items: the other way round every item would be asked for its links.
    return items.filter(pk__in=links.filter(newsitem_id__gt=back.to(filters)).order_by().values("newsitem_id"))


def _again(filters: NewsFilters, back: _Back) -> NewsItemQuerySet:
    """The same choice for the few items of one story."""
    items = _found(filters).filter(pk__gt=back.to(filters))
    if filters.dyads:
        return items.filter(Exists(LINK.objects.filter(newsitem_id=OuterRef("pk"), dyad_id__in=filters.dyads)))
    return items if filters.everything else items.filter(names_a_dyad())


def _found(filters: NewsFilters) -> NewsItemQuerySet:
    """What words, languages, outlets and linked records leave."""
    items = NewsItem.objects.shown()
    for word in filters.words[:_WORDS_MOST]:
        items = items.filter(_holds(word))
    if filters.languages:
        items = items.filter(language__in=filters.languages)
    if filters.outlets:
        items = items.filter(outlet__slug__in=filters.outlets)
    for record in ("mechanism", "declaration"):
        if slug := getattr(filters, record):
            linked = NewsLink.objects.standing().filter(**{f"{record}__slug": slug}).order_by()
            items = items.filter(pk__in=linked.values("item_id"))
    return items


def _holds(word: str) -> Q:
    """A word in title or summary. SQLite folds the case of ASCII only, so other scripts are asked for in their usual spellings."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.capitalize(), word.upper()}
    condition = Q()
    for spelling in sorted(spellings):
        condition |= Q(title__icontains=spelling) | Q(summary__icontains=spelling)
    return condition


_COLUMNS: Final = {"languages": "language", "outlets": "outlet__slug"}


def _choices(filters: NewsFilters, back: _Back, name: str, values: tuple[str, ...] | None, labels: Mapping[str, str]) -> tuple[Choice, ...]:
    """The choices of one filter, all others as they are; without `values` those that occur, the most frequent first."""
    items = _shown(replace(filters, **{name: ()}), back)  # type: ignore[arg-type]
    rows: Any
    if name == "dyads":
        links = LINK.objects.filter(newsitem__in=items.order_by().values("pk")).order_by()
        rows = links.values_list("dyad_id").annotate(n=Count(Coalesce("newsitem__story", -F("newsitem_id")), distinct=True))
    else:
        column = _COLUMNS[name]
        rows = items.order_by().values_list(column).annotate(n=_stories()).filter(**{f"{column}__isnull": False})
    counts: dict[str, int] = dict(rows)
    chosen: tuple[str, ...] = getattr(filters, name)
    if values is None:
        values = tuple(sorted({*counts, *chosen} - {""}, key=lambda value: (-counts.get(value, 0), value)))
    choices = (Choice(value, counts.get(value, 0), value in chosen, labels.get(value, "")) for value in values)
    return tuple(choice for choice in choices if choice.count or choice.chosen or name == "dyads")
