"""The feeds: which are fine, which fail since when and why, what is being fetched now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from relations.domain.feed_health import State
from relations.selectors import ingestion as selector
from relations.selectors.choice import Choice
from relations.selectors.ingestion import NO, YES, Desk, FeedFilters, Live
from relations.templatetags import names
from relations.templatetags.ingestion import state_word
from relations.web import asked
from relations.web.declarations import Chip, Option, with_address, without_empty
from relations.web.paging import FilterErrors, paginate

PER_PAGE: Final = 25
ENDED: Final = "ingestion:ended"
"""The event by which the page learns that a run is over."""

_FIELDS: Final = {"state": "states", "outlet": "outlets", "country": "countries", "language": "languages", "enabled": "enabled"}
"""Name in the address → field of the filters."""


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def ingestion(request: HttpRequest) -> HttpResponse:
    """The list, or for htmx its results and the filters' new counts: `?state=failing&outlet=kabar&country=KG&language=ru&enabled=yes`."""
    request.GET = without_empty(request.GET)  # type: ignore[assignment]  # links on the page start from the address as it should be
    now, errors = timezone.now(), FilterErrors()
    found = selector.desk(read_filters(request.GET, errors), now)
    page = paginate(found.lines, request.GET.get("page"), per_page=PER_PAGE)
    fragment = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    chosen = chips(found)
    context: dict[str, Any] = {
        "fragment": fragment,
        "found": found,
        "rows": selector.rows(page.rows, now.date()),
        "page": page,
        "errors": errors,
        "options": options(found),
        "chips": chosen,
        "live": selector.live(now, asked.of(request)),
        "overdue": found.summary.overdue(now),
        "now": now,
        "today": now.date(),
        **rights(request),
    }
    response = render(request, "ingestion/_list.html" if fragment else "ingestion/ingestion.html", context)
    return with_address(request, response) if fragment else response


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The run under way, asked for every two seconds while there is one; the last answer tells the page that it is over."""
    now = timezone.now()
    running: Live = selector.live(now, asked.of(request))
    response = render(request, "ingestion/_live.html", {"live": running, "now": now, "polled": True})
    return response if running.running else trigger_client_event(response, ENDED, after="settle")


def rights(request: HttpRequest) -> dict[str, bool]:
    """What the reader may do with feeds, for the templates."""
    return {"may_act": request.user.has_perm("relations.change_feed"), "may_add": request.user.has_perm("relations.add_feed")}


# ---- Filters ----------------------------------------------------------------------------------------------------------------


def read_filters(params: QueryDict, errors: FilterErrors) -> FeedFilters:
    """What the address asks for; values that make no sense are noted and ignored."""
    known = selector.known_values() if any(params.get(name) for name in _FIELDS) else {}
    return FeedFilters(**{field: tuple(errors.choice(name, params.getlist(name), known.get(field, ()))) for name, field in _FIELDS.items()})


def options(found: Desk) -> dict[str, list[Option]]:
    """The choices of each filter with their words, by their names in the address."""
    return {name: [_option(name, choice) for choice in found.choices[field]] for name, field in _FIELDS.items()}


def _option(name: str, choice: Choice) -> Option:
    return Option(choice.value, choice.label or _WORDS[name](choice.value), choice.count, choice.chosen)


def _enabled_words(value: str) -> str:
    return {YES: pgettext("feeds", "Enabled"), NO: pgettext("feeds", "Not enabled")}[value]


_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "state": lambda value: state_word(State(value)),
    "outlet": str,
    "country": names.country_name,
    "language": names.language_name,
    "enabled": _enabled_words,
}


def chips(found: Desk) -> list[Chip]:
    """What is filtered, each to be taken away by itself."""
    made = []
    for name, field in _FIELDS.items():
        labels = {choice.value: choice.label for choice in found.choices[field]}
        made += [Chip(name, value, labels.get(value) or _WORDS[name](value), field) for value in getattr(found.filters, field)]
    return made


urlpatterns = [path("ingestion/", ingestion, name="ingestion"), path("ingestion/live/", live, name="ingestion_live")]
