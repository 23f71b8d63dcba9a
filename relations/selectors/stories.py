"""Stories as pages show them: one line each in a list, or all that is known of one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from relations.domain.feed_entry import CLOCKS_DIFFER
from relations.domain.naming import spellings
from relations.models import NewsItem, Story
from relations.models.news import NewsItemQuerySet
from relations.reference.parties import DYADS
from relations.selectors.statement import Named, Statement, columns

LINK: Final = NewsItem.dyads.through
MOST_TELLERS: Final = 12
"""Other reports that a line names; how many there are is said."""
MOST_REPORTS: Final = 300
"""Reports that the page of a story shows."""
_NEIGHBOURS: Final = 8
_NEAR: Final = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Teller:
    """Another report of a story: who tells it, in which language, and where."""

    outlet: str
    language: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A story by one of its reports, in plain text. `moment` is where that stands in time; `told` the time its outlet gives
    where that cannot be, `date_told` its words where they are no date. `dyads` are those of the whole story."""

    pk: int
    story: int | None
    moment: dt.datetime
    title: str
    url: str
    summary: str
    language: str
    outlet: str
    dyads: tuple[str, ...] = ()
    told: dt.datetime | None = None
    date_told: str = ""
    revision: int = 0
    others: tuple[Teller, ...] = ()
    """Other reports, MOST_TELLERS at most, in the order of time."""
    reports: int = 1
    """How many reports the story has in all."""

    @property
    def day(self) -> str:
        """The day in ISO form, in UTC."""
        return self.moment.date().isoformat()

    @property
    def names(self) -> tuple[str, ...]:
        """The words beside the title: who published it, and who else."""
        return tuple(dict.fromkeys((self.outlet, *(teller.outlet for teller in self.others))))[:3]

    @property
    def more(self) -> int:
        """Reports that the line does not name."""
        return self.reports - 1 - len(self.others)


@dataclass(frozen=True, slots=True)
class NewsDay:
    """The stories of one day, the newest first; `day` is ISO text."""

    day: str
    items: tuple[NewsLine, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a story as its page shows it: `html` is markup of a few tags, or empty where `line.summary` says the same.

    `repeats` where an earlier report of the page has the same text.
    """

    line: NewsLine
    html: str = ""
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class NamedDyad:
    """A relationship of a story: the words that name it, none where an editor linked it, and how many reports name it."""

    code: str
    words: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story with its reports in the order of time, MOST_REPORTS at most; `hidden` is the number of those that rules hide."""

    pk: int
    edited: bool
    reports: tuple[Report, ...]
    total: int
    hidden: int
    dyads: tuple[NamedDyad, ...] = ()
    neighbours: tuple[NewsLine, ...] = ()

    @property
    def first(self) -> NewsLine:
        return self.reports[0].line

    @property
    def last(self) -> NewsLine:
        return self.reports[-1].line

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(report.line.outlet for report in self.reports))

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(report.line.language for report in self.reports if report.line.language))


# ---- Lists ---------------------------------------------------------------------------------------------------------------


def heads(found: NewsItemQuerySet, again: NewsItemQuerySet) -> NewsItemQuerySet:
    """Of items that filters leave, the first told of each story. `again` is the same choice made anew: it stands in a subquery."""
    earlier = Q(sort_time__lt=OuterRef("sort_time")) | Q(sort_time=OuterRef("sort_time"), pk__lt=OuterRef("pk"))
    return found.filter(~Exists(again.order_by().filter(earlier, story=OuterRef("story"))))


def names_a_dyad() -> Exists:
    """The condition that an item names a relationship."""
    return Exists(LINK.objects.filter(newsitem_id=OuterRef("pk")))


class Row(NamedTuple):
    """An item as it is read for a line."""

    pk: int
    story: int | None
    moment: dt.datetime
    title: str
    url: str
    summary: str
    language: str
    outlet: str
    published: dt.datetime | None
    date_told: str
    revision: int


_COLUMNS: Final = (
    "pk",
    "story_id",
    "sort_time",
    "title",
    "url",
    "summary",
    "language",
    "outlet__name",
    "published",
    "date_told",
    "revision",
)


def listed(items: NewsItemQuerySet) -> QuerySet[Any]:
    """Items as what `lines` takes."""
    return columns(items, *_COLUMNS)


def lines(items: Iterable[Sequence[Any]]) -> list[NewsLine]:
    """Items as `listed` gives them as lines, each with the other reports of its story and with the story's relationships.

    Two queries, besides that of the items, or none where there is no item.
    """
    rows = [Row(*item) for item in items]
    if not rows:
        return []
    stories = sorted({row.story for row in rows if row.story is not None})
    others, dyads = _others(stories), _dyads(stories, rows)
    return [_with_others(line_of(row, dyads[row.story, None if row.story else row.pk]), others) for row in rows]


def by_day(found: Iterable[NewsLine]) -> list[NewsDay]:
    """Lines in the order of time as days."""
    return [NewsDay(day, tuple(rows)) for day, rows in groupby(found, key=lambda line: line.day)]


def line_of(row: Row, dyads: Iterable[str]) -> NewsLine:
    """One item as a line, for itself."""
    impossible = row.published and abs(row.published - row.moment) > CLOCKS_DIFFER
    return NewsLine(
        pk=row.pk,
        story=row.story,
        moment=row.moment,
        title=row.title,
        url=row.url,
        summary=row.summary,
        language=row.language,
        outlet=row.outlet,
        dyads=in_order(dyads),
        told=row.published if impossible else None,
        date_told=row.date_told,
        revision=row.revision,
    )


def _with_others(line: NewsLine, others: dict[int, list[tuple[int, Teller, int]]]) -> NewsLine:
    told = others.get(line.story or 0)
    if not told:
        return line
    named = tuple(teller for pk, teller, _reports in told if pk != line.pk)[:MOST_TELLERS]
    return replace(line, others=named, reports=told[0][2])


def _others(stories: Sequence[int]) -> dict[int, list[tuple[int, Teller, int]]]:
    """Story → its first reports (id, teller) with the number of all. One query, whatever the number of stories and reports."""
    found: defaultdict[int, list[tuple[int, Teller, int]]] = defaultdict(list)
    for story, pk, outlet, language, url, title, reports in _TELLERS.rows(stories=stories):
        found[story].append((pk, Teller(outlet, language, url, title), reports))
    return found


def _tellers() -> QuerySet[Any]:
    told = (
        NewsItem.objects.shown()
        .filter(story__in=Named("stories"))
        .annotate(
            place=Window(RowNumber(), partition_by=F("story"), order_by=(F("sort_time").asc(), F("pk").asc())),
            reports=Window(Count("pk"), partition_by=F("story")),
        )
        .filter(reports__gt=1, place__lte=MOST_TELLERS + 1)
        .order_by("story", "place")
    )
    return columns(told, "story_id", "pk", "outlet__name", "language", "url", "title", "reports")


def _dyads(stories: Sequence[int], rows: Sequence[Row]) -> defaultdict[tuple[int | None, int | None], set[str]]:
    """(story, None) or, where it has none, (None, item) → its relationships. One query."""
    found: defaultdict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    for story, pk, dyad in _RELATIONSHIPS.rows(stories=stories, alone=[row.pk for row in rows if row.story is None]):
        found[story, None if story else pk].add(dyad)
    return found


def _relationships() -> list[QuerySet[Any]]:
    # Two parts, since no index serves a condition on either of two tables.
    told = ({"newsitem__story__in": Named("stories"), "newsitem__hidden": False}, {"newsitem__in": Named("alone")})
    return [columns(LINK.objects.filter(**part).order_by(), "newsitem__story", "newsitem", "dyad") for part in told]


_TELLERS: Final = Statement(_tellers)
_RELATIONSHIPS: Final = Statement(_relationships)


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of relationships in the order of the product."""
    return tuple(sorted(codes, key=DYADS.index))


# ---- One story -----------------------------------------------------------------------------------------------------------


def story_page(pk: int, *, for_editor: bool) -> StoryPage | int | None:
    """A story with its reports; the number of the story that it was joined to; None where there is none, or nothing to show.

    Four queries, one more for an editor: the neighbours that it may have to be joined with.
    """
    story = Story.objects.filter(pk=pk).first()
    if story is None:
        return None
    if story.merged_into_id:
        return story.merged_into_id
    sizes = NewsItem.objects.filter(story=story).aggregate(
        total=Count("pk", filter=Q(hidden=False)), hidden=Count("pk", filter=Q(hidden=True))
    )
    shown = NewsItem.objects.shown().filter(story=story)
    items = list(columns(shown.order_by("sort_time", "pk"), *_COLUMNS, "summary_html")[:MOST_REPORTS])
    if not items:
        return None
    links: defaultdict[int, set[str]] = defaultdict(set)
    for item_pk, dyad in LINK.objects.filter(newsitem__in=[pk for pk, *_ in items]).values_list("newsitem", "dyad"):
        links[item_pk].add(dyad)
    told: set[str] = set()
    reports = tuple(_report(Row(*row), html, links, told) for *row, html in items)
    page = StoryPage(story.pk, story.edited, reports, sizes["total"], sizes["hidden"], _named(reports))
    return replace(page, neighbours=tuple(_neighbours(page))) if for_editor else page


def hidden_reports(pk: int) -> int:
    """How many reports of a story rules hide. One query."""
    return NewsItem.objects.filter(story=pk, hidden=True).count()


def _report(row: Row, html: str, links: Mapping[int, set[str]], told: set[str]) -> Report:
    repeats = row.summary in told
    told.update(filter(None, (row.summary,)))
    return Report(line_of(row, links.get(row.pk, ())), html, repeats)


def _named(reports: Sequence[Report]) -> tuple[NamedDyad, ...]:
    """The relationships of some reports, with the words that name each."""
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    naming: defaultdict[str, int] = defaultdict(int)
    for report in reports:
        said = spellings(f"{report.line.title}\n{report.line.summary}") if report.line.dyads else {}
        for dyad in report.line.dyads:
            naming[dyad] += 1
            words[dyad].update(dict.fromkeys(said.get(dyad, ())))
    return tuple(NamedDyad(dyad, tuple(words[dyad]), naming[dyad]) for dyad in in_order(naming))


def _neighbours(page: StoryPage) -> list[NewsLine]:
    """Stories of the same relationships and days, which an editor may have to join with this one; the nearest in time first."""
    codes = [dyad.code for dyad in page.dyads]
    if not codes:
        return []
    moment = page.first.moment
    near = NewsItem.objects.shown().filter(sort_time__range=(moment - _NEAR, page.last.moment + _NEAR)).exclude(story=page.pk)
    near = near.filter(Exists(LINK.objects.filter(newsitem_id=OuterRef("pk"), dyad__in=codes)))
    rows = [Row(*row) for row in listed(near.newest_first())[: 10 * _NEIGHBOURS]]
    first: dict[int | None, Row] = {}
    for row in sorted(rows, key=lambda row: abs(row.moment - moment)):
        first.setdefault(row.story, row)
    return [line_of(row, ()) for story, row in first.items() if story is not None][:_NEIGHBOURS]
