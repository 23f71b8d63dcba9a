"""The timeline page: figure, table, CSV. All three come from one selector and one reading of the address."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from relations.charts.figure import to_json
from relations.charts.timeline import timeline as timeline_figure
from relations.domain.partial_date import PartialDate, Precision
from relations.domain.timeline.frame import View
from relations.domain.timeline.headline import Headline
from relations.domain.timeline.place import place
from relations.domain.timeline.records import Words
from relations.domain.timeline.volume import Volume
from relations.models.choices import Verification
from relations.reference.parties import DYADS, partner_of
from relations.selectors.news_volume import MONTHS_SHOWN, MonthLine, NewsVolumes
from relations.selectors.record import find_record
from relations.selectors.timeline import (
    ALL,
    EVERY_MONTH,
    KINDS,
    LEADERS,
    LEVELS,
    NEWS,
    Filters,
    Row,
    TimelinePage,
    lane_name,
    source_urls,
    timeline_page,
)
from relations.templatetags import dates, joins, names
from relations.web.paging import FilterErrors, Page, paginate
from relations.web.record import drawer_context, split_key

EARLIEST: Final = 1949
"""No record of these relationships is older."""
PER_PAGE: Final = 30
WIDTH: Final = 1024
MIN_WIDTH, MAX_WIDTH = 280, 2000
QUANTUM: Final = 8
"""Widths are taken down to a multiple of this, so that a browser's few pixels make no new picture."""
_ALL_REACHED: Final = {
    2: gettext_lazy("Both reached a comprehensive strategic partnership between %(first)d and %(last)d"),
    3: gettext_lazy("All three reached a comprehensive strategic partnership between %(first)d and %(last)d"),
    4: gettext_lazy("All four reached a comprehensive strategic partnership between %(first)d and %(last)d"),
    5: gettext_lazy("All five reached a comprehensive strategic partnership between %(first)d and %(last)d"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter, with the number of records that it would show."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Zoom:
    """A link to other years: `name` is what keys press, `query` is empty where there is nowhere to go."""

    name: str
    label: str
    spoken: str
    query: str
    current: bool = False


# ---- Reading the address ------------------------------------------------------------------------------------------------


def read_filters(params: QueryDict, today: dt.date) -> tuple[Filters, FilterErrors]:
    """The filters in the address; what makes no sense is ignored and noted. All choices of a kind are as none."""
    errors = FilterErrors()
    dyads = errors.choice("dyad", params.getlist("dyad"), DYADS)
    kinds = errors.choice("kind", params.getlist("kind"), KINDS)
    first, last = errors.years(("from", "to"), (params.get("from"), params.get("to")), (EARLIEST, today.year))
    level = errors.choice("level", params.getlist("level")[:1], LEVELS)
    ordered = tuple(code for code in DYADS if code in dyads)
    chosen = tuple(kind for kind in KINDS if kind in kinds)
    return Filters(
        dyads=() if len(ordered) == len(DYADS) else ordered,
        kinds=() if len(chosen) == len(KINDS) else chosen,
        level=level[0] if level else LEADERS,
        first=first,
        last=last,
        news=(errors.choice("news", params.getlist("news")[-1:], NEWS) or [""])[0],
    ), errors


def query_of(page: TimelinePage, **changes: Any) -> str:
    """The shortest query string that gives this page again: what is the default is left out."""
    filters = replace(page.filters, **changes)
    params = QueryDict(mutable=True)
    params.setlist("dyad", list(filters.dyads))
    params.setlist("kind", list(filters.kinds))
    if filters.level != LEADERS:
        params["level"] = filters.level
    if filters.first is not None and filters.first > page.bounds[0]:
        params["from"] = str(filters.first)
    if filters.last is not None and filters.last < page.bounds[1]:
        params["to"] = str(filters.last)
    if filters.news:
        params["news"] = filters.news
    return params.urlencode()


def _read(request: HttpRequest) -> tuple[TimelinePage, FilterErrors]:
    today = timezone.localdate()
    filters, errors = read_filters(request.GET, today)
    return timeline_page(filters, today), errors


# ---- Words --------------------------------------------------------------------------------------------------------------


def headline_words(found: Headline) -> str:
    """The title of the figure: what the records say of the relationships shown, up to the last day shown."""
    if found.alone is not None:
        words = {"name": found.name, "status": found.alone.title, "year": found.alone.date.year}
        return gettext("%(name)s: %(status)s since %(year)d") % words
    year = found.end.year
    if found.first is None or found.last is None:
        return gettext("No comprehensive strategic partnership yet by the end of %(year)d") % {"year": year}
    if found.reached < found.total:
        counted = ngettext(
            "%(count)d of %(total)d had reached a comprehensive strategic partnership by the end of %(year)d",
            "%(count)d of %(total)d had reached a comprehensive strategic partnership by the end of %(year)d",
            found.reached,
        )
        return counted % {"count": found.reached, "total": found.total, "year": year}
    if found.first == found.last:
        return gettext("All of them reached a comprehensive strategic partnership in %(first)d") % {"first": found.first}
    return _ALL_REACHED[found.total] % {"first": found.first, "last": found.last}


def figure_words(today: dt.date) -> Words:
    """The words of the picture that are nobody's record."""
    months = [dates.day_and_month(PartialDate(today.year, month)) for month in range(1, 13)]
    return Words(
        months=months, now=dates.short_date(today), now_short=gettext("today"), since=gettext("since {year}"), news=gettext("News")
    )


@lru_cache(maxsize=8192)
def date_words(date: PartialDate, until: str, language: str) -> str:
    """The date of a record for the hover card, in the active `language`: what is not known of it is said."""
    if until:
        return f"{dates.short_date(date)}{joins.dash()}{dates.short_date(until)}"
    unknown = {Precision.MONTH: gettext("day not known"), Precision.YEAR: gettext("month not known")}.get(date.precision, "")
    return joins.remarked([dates.short_date(date), unknown])


def points(rows: Iterable[Row]) -> dict[str, list[str]]:
    """What hovering says of each record, by its key."""
    language = get_language() or "en"
    return {row.key: [date_words(row.date, row.until, language), row.title, row.said, row.verification] for row in rows}


def said_volumes(news: NewsVolumes) -> dict[str, list[Volume]]:
    """The months of each lane with what hovering says: “Mar 2026: 12 reports”."""
    return {dyad: [replace(volume, said=_volume_words(volume)) for volume in volumes] for dyad, volumes in news.by_dyad.items()}


def _volume_words(volume: Volume) -> str:
    counted = ngettext("%(month)s: %(n)s report", "%(month)s: %(n)s reports", volume.items)
    return counted % {"month": dates.short_date(volume.month), "n": volume.items}


# ---- Pages ---------------------------------------------------------------------------------------------------------------


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def timeline(request: HttpRequest) -> HttpResponse:
    """The page, or what filters change in it where htmx asks for that alone."""
    page, errors = _read(request)
    query = query_of(page)
    descending = request.GET.get("sort") != "date"
    record = request.GET.get("record", "")
    listed = paginate(page.rows if descending else page.rows[::-1], request.GET.get("page"), per_page=PER_PAGE)
    context = {
        "page": page,
        "errors": errors,
        "title": headline_words(page.headline),
        "dyads": _dyad_options(page),
        "kinds": _kind_options(page),
        "levels": _level_options(page),
        "months": _months(page),
        "zooms": _zooms(page),
        "presets": _presets(page),
        "rows": listed,
        "descending": descending,
        "sort_query": _joined(query, "sort=date" if descending else ""),
        "query": query,
        "left_out": page.by_level[ALL] - page.by_level[LEADERS],
        "file": file_name(page),
        "every_month": query_of(page, news=EVERY_MONTH),
        "records_url": _records_url(),
    }
    _shorten_address(request, query, descending, listed)
    htmx: Any = getattr(request, "htmx", None)
    if htmx and htmx.target == "timeline" and not htmx.history_restore_request:
        response = render(request, "timeline/_body.html", context)
        shown = _joined(request.GET.urlencode(), f"record={record}" if split_key(record) else "")
        response["HX-Push-Url"] = reverse("web:timeline") + (f"?{shown}" if shown else "")
        return response
    return render(request, "timeline/timeline.html", context | _open_record(record, page.today))


def _months(page: TimelinePage) -> Sequence[MonthLine]:
    """The rows of the news that the table shows."""
    if page.news is None:
        return ()
    return page.news.months if page.filters.news == EVERY_MONTH else page.news.months[:MONTHS_SHOWN]


def _records_url() -> str:
    """What the addresses of all records begin with: `/records/`."""
    return reverse("web:record", args=["visit", 0]).removesuffix("visit/0/")


def _open_record(key: str, today: dt.date) -> dict[str, Any]:
    """The record that the address names, for the drawer; nothing where there is none (any more)."""
    named = split_key(key)
    found = find_record(*named, today) if named else None
    return drawer_context(found) if found else {}


def _shorten_address(request: HttpRequest, query: str, descending: bool, rows: Page) -> None:
    """Let the links that templates build from the address start from its shortest form."""
    params = QueryDict(query, mutable=True)
    if not descending:
        params["sort"] = "date"
    if rows.number > 1:
        params["page"] = str(rows.number)
    request.GET = params  # type: ignore[assignment]


def _joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)


def _dyad_options(page: TimelinePage) -> list[Option]:
    return [Option(code, lane_name(code), page.by_dyad[code], code in page.dyads) for code in DYADS]


def _kind_options(page: TimelinePage) -> list[Option]:
    chosen = page.filters.kinds or KINDS
    return [Option(kind, str(names.PLURALS[kind]), page.by_kind[kind], kind in chosen) for kind in KINDS]


def _level_options(page: TimelinePage) -> list[Option]:
    labels = {LEADERS: gettext("Leaders and landmarks"), ALL: gettext("All levels")}
    return [Option(level, labels[level], page.by_level[level], level == page.filters.level) for level in LEVELS]


# ---- Zoom -----------------------------------------------------------------------------------------------------------------


def zoomed(years: tuple[int, int], bounds: tuple[int, int], how: str) -> tuple[int, int]:
    """Other years to show: half as many (`in`), twice as many (`out`), half a picture `earlier` or `later`, `all`.

    What shows the present keeps it when zooming; nothing leaves the bounds; at least one year stays.
    """
    first, last = years
    span = last - first + 1
    if how == "all":
        return bounds
    if how in ("earlier", "later"):
        step = max(1, span // 2) * (1 if how == "later" else -1)
        step = max(step, bounds[0] - first) if step < 0 else min(step, bounds[1] - last)
        return first + step, last + step
    wanted = max(1, span // 2) if how == "in" else min(span * 2, bounds[1] - bounds[0] + 1)
    if last == bounds[1]:
        return max(last - wanted + 1, bounds[0]), last
    begin = first + int((span - wanted) / 2)
    begin = max(bounds[0], min(begin, bounds[1] - wanted + 1))
    return begin, begin + wanted - 1


def _zooms(page: TimelinePage) -> list[Zoom]:
    words = (
        ("earlier", "←", gettext("Earlier years")),
        ("later", "→", gettext("Later years")),
        ("in", "+", gettext("Fewer years: zoom in")),
        ("out", "−", gettext("More years: zoom out")),
    )
    years = (page.first, page.last)
    found = []
    for name, label, spoken in words:
        target = zoomed(years, page.bounds, name)
        found.append(Zoom(name, label, spoken, "" if target == years else _years_query(page, target)))
    return found


def _presets(page: TimelinePage) -> list[Zoom]:
    last = page.bounds[1]
    found = [("all", gettext("All years"), page.bounds)]
    for count in (10, 5, 2):
        label = ngettext("Last %(count)d year", "Last %(count)d years", count) % {"count": count}
        found.append((f"last-{count}", label, (max(last - count + 1, page.bounds[0]), last)))
    years = (page.first, page.last)
    return [Zoom(name, label, label, _years_query(page, target), current=target == years) for name, label, target in found]


def _years_query(page: TimelinePage, years: tuple[int, int]) -> str:
    return "?" + query_of(page, first=years[0], last=years[1])


# ---- Figure and data -------------------------------------------------------------------------------------------------------


def read_width(text: str | None) -> int:
    """The width of the picture in pixels, within bounds and quantised; the default for what is no number."""
    wanted = int(text[:5]) if text and text.isascii() and text.isdigit() else WIDTH
    return max(MIN_WIDTH, min(wanted, MAX_WIDTH)) // QUANTUM * QUANTUM


@require_safe
def figure(request: HttpRequest) -> HttpResponse:
    """The Plotly figure of the page as JSON, for a width of `w` pixels."""
    page, _errors = _read(request)
    view = View(read_width(request.GET.get("w")), page.first, page.last, page.today)
    volumes = said_volumes(page.news) if page.news else None
    placed = place(page.lanes, view, figure_words(page.today), page.contexts, volumes)
    words = {"verification": {code: str(label) for code, label in Verification.choices}}
    return HttpResponse(to_json(timeline_figure(placed, points(page.rows), words)), content_type="application/json")


def file_name(page: TimelinePage) -> str:
    """A name that says what is shown: `tianshan-timeline-kz-uz-friction-2010-2020`."""
    parts = ["tianshan-timeline", *(partner_of(code).lower() for code in page.filters.dyads), *page.filters.kinds]
    if page.filters.level == ALL:
        parts.append(ALL)
    if (page.first, page.last) != page.bounds:
        parts.append(f"{page.first}-{page.last}")
    return "-".join(parts)


COLUMNS: Final = ("date", "until", "layer", "kind", "relationship", "title", "detail", "place", "verification", "sources", "page")


@require_safe
def table_csv(request: HttpRequest) -> HttpResponse:
    """The rows of the page with the addresses of their sources. It begins with a byte order mark: Excel needs it to read names."""
    page, _errors = _read(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(page)}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    rows = page.rows if request.GET.get("sort") != "date" else page.rows[::-1]
    urls = source_urls(rows)
    root = request.build_absolute_uri(_records_url())
    for row in rows:
        cells = [row.date.iso, row.until, row.kind.value, row.word, row.dyad, row.title, row.detail, row.place, row.verification]
        writer.writerow([_inert(cell) for cell in cells] + [" ".join(urls[row.key]), f"{root}{row.model}/{row.pk}/"])
    return response


def _inert(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


urlpatterns = [
    path("timeline/", timeline, name="timeline"),
    path("timeline/figure.json", figure, name="timeline_figure"),
    path("timeline/records.csv", table_csv, name="timeline_csv"),
]
