"""The news by day: what the outlets tell about China and Central Asia, with links to the originals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from relations.domain.typography import fine
from relations.reference.parties import DYADS
from relations.selectors.choice import Choice
from relations.selectors.linked_news import record_title
from relations.selectors.news import FeedHealth, NewsFilters, NewsPage, news_page, outlet_names
from relations.selectors.stories import by_day, lines
from relations.templatetags import names
from relations.web.paging import FilterErrors, paginate

PER_PAGE: Final = 50
EVERYTHING: Final = "all"
_LONGEST_WORDS: Final = 100
_LONGEST_SLUG: Final = 120
RECORDS: Final = {"mechanism": gettext_lazy("linked to: %(title)s"), "declaration": gettext_lazy("tells of: %(title)s")}
"""Records by whose short name the news can be asked for, with the words of the chip."""


@dataclass(frozen=True)
class Option:
    """A choice with its words; one that would leave nothing cannot be made."""

    value: str
    label: str
    count: int
    chosen: bool
    dyad: str = ""

    @property
    def closed(self) -> bool:
        return not self.count and not self.chosen


@dataclass(frozen=True)
class Chip:
    """A choice that is made, to be taken away."""

    key: str
    value: str
    label: str
    dyad: str = ""


@dataclass(frozen=True)
class NextFetch:
    """When a feed is fetched next: a moment to come, or `now` where it is due already."""

    moment: dt.datetime | None
    now: bool
    today: bool


@require_safe
@vary_on_headers("HX-Request")
def news(request: HttpRequest) -> HttpResponse:
    """The page, or for htmx its results and the filters' new counts: `?q=gas&dyad=CN-TM&language=ru&outlet=kabar&scope=all`."""
    request.GET = without_empty(request.GET)  # type: ignore[assignment]  # links on the page start from the address as it should be
    outlets, errors, now = outlet_names(), FilterErrors(), timezone.now()
    records = records_asked(request.GET)
    found = news_page(read_filters(request.GET, outlets, errors, records), outlets)
    page = paginate(found.heads, request.GET.get("page"), per_page=PER_PAGE, total=found.total)
    fragment = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "fragment": fragment,
        "found": found,
        "page": page,
        "days": by_day(lines(page.rows)),
        "errors": errors,
        "words": request.GET.get("q", "")[:_LONGEST_WORDS],
        "options": {name: [_option(name, choice) for choice in choices] for name, choices in found.choices.items()},
        "chips": chips(found, outlets, request.GET.get("q", ""), records),
        "today": timezone.localdate(),
        "next_fetch": next_fetch(found.health.next_due, now),
        "next_try": next_fetch(found.health.next_try, now),
        "all_failing": _all_failing(found.health),
    }
    response = render(request, "news/_list.html" if fragment else "news/news.html", context)
    return push_url(response, address(request.GET)) if fragment else response


def without_empty(params: QueryDict) -> QueryDict:
    """The parameters that say something: a form sends its empty fields too."""
    kept = QueryDict(mutable=True)
    for key, values in params.lists():
        if said := [value for value in values if value.strip()]:
            kept.setlist(key, said)
    return kept


def address(params: QueryDict) -> str:
    """The address of the page with some parameters."""
    query = params.urlencode()
    return reverse("web:news") + (f"?{query}" if query else "")


def read_filters(
    params: QueryDict, outlets: dict[str, str], errors: FilterErrors, records: Mapping[str, Mapping[str, str]] = MappingProxyType({})
) -> NewsFilters:
    """What the address asks for; values that make no sense are noted and ignored."""
    return NewsFilters(
        words=tuple(params.get("q", "").replace("\0", "")[:_LONGEST_WORDS].split()),
        dyads=tuple(errors.choice("dyad", params.getlist("dyad"), DYADS)),
        languages=tuple(errors.choice("language", params.getlist("language"), tuple(names.LANGUAGE_NAMES))),
        outlets=tuple(errors.choice("outlet", params.getlist("outlet"), tuple(outlets))),
        everything=bool(errors.choice("scope", params.getlist("scope"), (EVERYTHING,))),
        **{name: (errors.choice(name, params.getlist(name), tuple(records.get(name, {}))) or [""])[0] for name in RECORDS},
    )


def records_asked(params: QueryDict) -> dict[str, dict[str, str]]:
    """The records that the address names and that there are: kind → slug → title. A query for each."""
    asked = {name: params.getlist(name)[-1][:_LONGEST_SLUG] for name in RECORDS if params.getlist(name)}
    found = {name: (slug, record_title(name, slug)) for name, slug in asked.items()}
    return {name: {slug: title} for name, (slug, title) in found.items() if title is not None}


def _option(name: str, choice: Choice) -> Option:
    words = {"dyad": names.dyad_short, "language": names.language_name}.get(name, lambda value: choice.label or value)
    return Option(choice.value, words(choice.value), choice.count, choice.chosen, choice.value if name == "dyad" else "")


def chips(
    found: NewsPage, outlets: dict[str, str], asked: str, records: Mapping[str, Mapping[str, str]] = MappingProxyType({})
) -> list[Chip]:
    """The filters in use; `asked` are the words as they stand in the address."""
    filters = found.filters
    made = [Chip("q", asked, gettext("“%(text)s”") % {"text": " ".join(filters.words)})] if filters.words else []
    made += [Chip("dyad", code, names.dyad_short(code), code) for code in filters.dyads]
    made += [Chip("language", code, names.language_name(code)) for code in filters.languages]
    made += [Chip("outlet", slug, outlets[slug]) for slug in filters.outlets]
    for name, words in RECORDS.items():
        if slug := getattr(filters, name):
            made.append(Chip(name, slug, words % {"title": fine(records[name][slug])}))
    return made


def next_fetch(moment: dt.datetime | None, now: dt.datetime) -> NextFetch:
    """When something is fetched next, as a page tells it."""
    return NextFetch(moment, moment is None or moment <= now, moment is not None and moment.date() == now.date())


def _all_failing(health: FeedHealth) -> bool:
    return bool(health.enabled) and health.failing == health.enabled


urlpatterns = [path("news/", news, name="news")]
