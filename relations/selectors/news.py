"""The stored news: what the filters leave of it, how many each further choice would leave, and how the feeds are doing.

The rows of a page come from the database page by page, the counts beside the choices from one query for each filter;
so the number of queries stays the same however many items are stored.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Final

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from relations.models import Feed, NewsItem, Outlet
from relations.models.news import NewsItemQuerySet
from relations.reference.parties import DYADS
from relations.selectors.statement import Named, Statement, columns

_LINK = NewsItem.dyads.through
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
class NewsLine:
    """One item, in plain text. `moment` is where it stands in time; `told` the time its outlet gives where that cannot be."""

    pk: int
    moment: dt.datetime
    title: str
    url: str
    summary: str
    language: str
    outlet: str
    dyads: tuple[str, ...]
    told: dt.datetime | None = None
    revision: int = 0

    @property
    def day(self) -> str:
        """The day in ISO form, in UTC."""
        return self.moment.date().isoformat()

    @property
    def names(self) -> tuple[str, ...]:
        """The words beside the title: who published it."""
        return (self.outlet,)


@dataclass(frozen=True, slots=True)
class NewsDay:
    """The items of one day, the newest first; `day` is ISO text."""

    day: str
    items: tuple[NewsLine, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, how many items it would leave with the other filters as they are, and its label where it has one."""

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
    """All that is stored: items, those that name a relationship, and the newest of these."""

    everything: int
    linked: int
    latest: dt.datetime | None


@dataclass(frozen=True)
class NewsPage:
    """What the filters leave. `items` is read when it is sliced; `linked` and `everything` are its sizes in either scope.

    `stored` is what there is without any filter.
    """

    filters: NewsFilters
    items: NewsItemQuerySet
    linked: int
    everything: int
    stored: Stored
    health: FeedHealth
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.everything if self.filters.everything else self.linked


def outlet_names() -> dict[str, str]:
    """Slug → name of every outlet, in the order of their names. One query."""
    return dict(Outlet.objects.order_by("name").values_list("slug", "name"))


def news_page(filters: NewsFilters, outlets: Mapping[str, str]) -> NewsPage:
    """The page of the news. `outlets` is what `outlet_names` gives.

    Five queries, a sixth where anything is filtered, and two more for the items of a page.
    """
    found = _found(filters)
    sizes = _sizes(found)
    stored = _sizes(NewsItem.objects.all()) if filters.any else sizes
    shown = found if filters.everything else found.filter(_names_a_dyad())
    return NewsPage(
        filters=filters,
        items=_with_parts(shown.newest_first()),
        linked=sizes.linked,
        everything=sizes.everything,
        stored=stored,
        health=feed_health(),
        choices={
            "dyad": _choices(filters, "dyads", DYADS, {}),
            "language": _choices(filters, "languages", None, {}),
            "outlet": _choices(filters, "outlets", tuple(outlets), outlets),
        },
    )


def by_day(items: Iterable[NewsItem]) -> list[NewsDay]:
    """Items in the order of time as days."""
    return [NewsDay(day, tuple(lines)) for day, lines in groupby((_line(item) for item in items), key=lambda line: line.day)]


def latest_news(limit: int, dyad: str | None = None) -> list[NewsLine]:
    """The newest items that name a relationship, or that one. Two queries."""
    rows = _LATEST_OF.rows(limit, dyad=dyad) if dyad else _LATEST.rows(limit)
    dyads: dict[int, list[str]] = defaultdict(list)
    for pk, code in _DYADS.rows(items=[row[0] for row in rows]) if rows else ():
        dyads[pk].append(code)
    return [
        NewsLine(pk, moment, title, url, summary, language, outlet, tuple(dyads[pk]), _told(published, moment), revision)
        for pk, moment, title, url, summary, language, outlet, published, revision in rows
    ]


def _lines(items: NewsItemQuerySet) -> QuerySet[Any]:
    return columns(items.newest_first(), "pk", "sort_time", "title", "url", "summary", "language", "outlet__name", "published", "revision")


def feed_health() -> FeedHealth:
    """How the enabled feeds are doing. One query."""
    failing = Q(failures__gt=0)
    return FeedHealth(
        **Feed.objects.enabled().aggregate(
            enabled=Count("pk"),
            failing=Count("pk", filter=failing),
            next_due=Min("next_check"),
            next_try=Min("next_check", filter=failing),
            last_success=Max("last_success"),
        )
    )


def _with_parts(items: NewsItemQuerySet) -> NewsItemQuerySet:
    return items.select_related("outlet").prefetch_related("dyads").defer("author", "key", "digest", "outlet__note")


def _line(item: NewsItem) -> NewsLine:
    return NewsLine(
        pk=item.pk,
        moment=item.sort_time,
        title=item.title,
        url=item.url,
        summary=item.summary,
        language=item.language,
        outlet=item.outlet.name,
        dyads=tuple(dyad.code for dyad in item.dyads.all()),
        told=_told(item.published, item.sort_time),
        revision=item.revision,
    )


def _told(published: dt.datetime | None, moment: dt.datetime) -> dt.datetime | None:
    """The time that the outlet gives, where it is not the one that counts."""
    return published if published != moment else None


# ---- Filters -------------------------------------------------------------------------------------------------------------


def _sizes(items: NewsItemQuerySet) -> Stored:
    linked = _names_a_dyad()
    return Stored(**items.aggregate(everything=Count("pk"), linked=Count("pk", filter=linked), latest=Max("sort_time", filter=linked)))


def _names_a_dyad() -> Exists:
    return Exists(_LINK.objects.filter(newsitem_id=OuterRef("pk")))


_LATEST: Final = Statement(lambda: _lines(NewsItem.objects.filter(_names_a_dyad())))
_LATEST_OF: Final = Statement(lambda: _lines(NewsItem.objects.filter(dyads=Named("dyad"))))
_DYADS: Final = Statement(
    lambda: columns(_LINK.objects.filter(newsitem__in=Named("items")).order_by("dyad__position"), "newsitem_id", "dyad_id")
)


def _found(filters: NewsFilters) -> NewsItemQuerySet:
    items = NewsItem.objects.all()
    for word in filters.words[:_WORDS_MOST]:
        items = items.filter(_holds(word))
    if filters.dyads:
        items = items.filter(Exists(_LINK.objects.filter(newsitem_id=OuterRef("pk"), dyad_id__in=filters.dyads)))
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
    items = _found(replace(filters, **{name: ()}))  # type: ignore[arg-type]
    if not filters.everything:
        items = items.filter(_names_a_dyad())
    counts = dict(items.order_by().values_list(column).annotate(n=Count("pk")).filter(**{f"{column}__isnull": False}))
    chosen: tuple[str, ...] = getattr(filters, name)
    if values is None:
        values = tuple(sorted({*counts, *chosen} - {""}, key=lambda value: (-counts.get(value, 0), value)))
    choices = (Choice(value, counts.get(value, 0), value in chosen, labels.get(value, "")) for value in values)
    return tuple(choice for choice in choices if choice.count or choice.chosen or name == "dyads")
