"""The list of declarations: filters that combine, counts beside the choices, pages. The same fragment serves first paint and refresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from relations.domain.collation import sort_key
from relations.domain.typography import fine
from relations.reference.parties import dyad_of
from relations.selectors.choice import Choice
from relations.selectors.declaration import document_title
from relations.selectors.declaration_filters import Filters, read_filters
from relations.selectors.declarations import Catalogue, Found, find, left_without, read_catalogue
from relations.templatetags import joins, names
from relations.web.paging import FilterErrors, paginate

PER_PAGE: Final = 25
HINTS: Final = 4
"""Filters that an empty list is explained with."""


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
    """A filter in use: its key and value in the address, its words, and the field of `Filters` that it fills."""

    key: str
    value: str
    label: str
    field: str
    dyad: str = ""


@require_safe
@vary_on_headers("HX-Request")
def declarations(request: HttpRequest) -> HttpResponse:
    """The page, or for htmx its results and the filters' new counts."""
    request.GET = without_empty(request.GET)  # type: ignore[assignment]  # links on the page start from the address as it should be
    language = get_language() or "en"
    params = dict(request.GET.lists())
    catalogue = read_catalogue(language, texts=bool({"q", "topic", "side"} & params.keys()))
    filters, problems = read_filters(params, catalogue.bounds)
    found = find(catalogue, filters)
    page = paginate(found.rows, request.GET.get("page"), per_page=PER_PAGE)
    fragment = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    context = {
        "fragment": fragment,
        "found": found,
        "page": page,
        "filters": filters,
        "errors": FilterErrors(problems),
        "options": options(found, catalogue),
        "chips": (chosen := chips(filters, catalogue)),
        "empty": without_each(chosen, filters, catalogue) if not found.total else "",
        "bounds": catalogue.bounds,
        "provisions": sum(len(document.provisions) for document in catalogue.documents),
        "query_string": request.GET.urlencode(),
        "kept": being_written(request) if fragment else (),
    }
    response = render(request, "declarations/_list.html" if fragment else "declarations/declarations.html", context)
    return with_address(request, response) if fragment else response


def with_address(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to htmx with the address to show, once: Enter in a field both changes it and sends the form."""
    query = request.GET.urlencode()
    shown = f"{request.path}?{query}" if query else request.path
    return push_url(response, False if shown == request.htmx.current_url_abs_path else shown)  # type: ignore[attr-defined]


def being_written(request: HttpRequest) -> list[str]:
    """Text fields that the reader may be filling in while this answer is under way: empty in what the form sent, and before.

    They stay as they are in the page; all others are made anew, so that what a chip takes away goes from its field too.
    """
    if request.htmx.trigger != "filter":  # type: ignore[attr-defined]
        return []
    before = QueryDict(urlsplit(request.htmx.current_url or "").query)  # type: ignore[attr-defined]
    return [name for name in ("q", "from", "to") if not request.GET.get(name) and not before.get(name)]


def without_empty(params: QueryDict) -> QueryDict:
    """The parameters that say something: a form sends its empty fields too."""
    kept = QueryDict(mutable=True)
    for key, values in params.lists():
        said = [value for value in values if value.strip()]
        if said and not (key == "sort" and said == ["-date"]):
            kept.setlist(key, said)
    return kept


# ---- Words of the filters ---------------------------------------------------------------------------------------------------


def options(found: Found, catalogue: Catalogue) -> dict[str, list[Option]]:
    """The choices of each filter with their words, in the order of the product's lists."""
    made = {name: [_option(name, choice, catalogue) for choice in choices] for name, choices in found.choices.items()}
    language = get_language() or "en"
    for name in ("topic", "initiative"):
        made[name].sort(key=lambda option: sort_key(option.label, language))
    return made


def _option(name: str, choice: Choice, catalogue: Catalogue) -> Option:
    dyad = dyad_of(choice.value) if name == "country" else ""
    return Option(choice.value, value_words(name, choice.value, catalogue), choice.count, choice.chosen, dyad)


def value_words(name: str, value: str, catalogue: Catalogue) -> str:
    """The words of a value of a filter."""
    if name == "country":
        return names.dyad_short(dyad_of(value))
    if name == "initiative":
        return catalogue.initiatives.get(value, value)
    if name == "side":
        return side_words(value)
    return names.code_name({"kind": "declaration_kind", "level": "declaration_level", "topic": "topic"}[name], value)


def side_words(value: str) -> str:
    """Who states a provision, as a choice."""
    words = {"china": gettext("China alone"), "partner": gettext("The partner alone"), "together": gettext("All together")}
    return words[value]


def chips(filters: Filters, catalogue: Catalogue) -> list[Chip]:
    """What is filtered, each to be taken away by itself."""
    found = [Chip("q", filters.text, gettext("“%(text)s”") % {"text": filters.text}, "text")] if filters.text else []
    several = (("country", "countries"), ("kind", "kinds"), ("level", "levels"))
    for key, field in several:
        for value in getattr(filters, field):
            dyad = dyad_of(value) if key == "country" else ""
            found.append(Chip(key, value, value_words(key, value, catalogue), field, dyad))
    if filters.first is not None:
        found.append(Chip("from", str(filters.first), gettext("From %(year)d") % {"year": filters.first}, "first"))
    if filters.last is not None:
        found.append(Chip("to", str(filters.last), gettext("Until %(year)d") % {"year": filters.last}, "last"))
    for key in ("topic", "side", "initiative"):
        if value := getattr(filters, key):
            found.append(Chip(key, value, value_words(key, value, catalogue), key))
    if filters.cites:
        found.append(Chip("cites", filters.cites, cites_words(filters.cites, catalogue), "cites"))
    return found


def cites_words(value: str, catalogue: Catalogue) -> str:
    """The words of the filter by a document that is invoked: a code of the lexicon, or the slug of a declaration."""
    document = next((document for document in catalogue.documents if document.slug == value), None)
    title = f"{fine(document.short_title)} ({document.date[:4]})" if document else document_title(value, get_language() or "en")
    return gettext("Cites: %(title)s") % {"title": title}


def without_each(chosen: list[Chip], filters: Filters, catalogue: Catalogue) -> str:
    """Why a list is empty: how many documents there would be without each of its filters."""
    if len(chosen) < 2:
        return gettext("There is no such document here. Take the filter away to see all of them.")
    by_field: Mapping[str, list[Chip]] = {chip.field: [c for c in chosen if c.field == chip.field] for chip in chosen}
    clauses = []
    for field, of_field in list(by_field.items())[:HINTS]:
        count = left_without(catalogue, filters, field)
        values: dict[str, Any] = {"filter": joins.listed(chip.label for chip in of_field), "n": count}
        clauses.append(
            ngettext("without “%(filter)s” there is %(n)d document", "without “%(filter)s” there are %(n)d documents", count) % values
        )
    told = joins.clauses(clauses)
    return gettext("These filters leave nothing together: %(clauses)s.") % {"clauses": told.replace("““", "“").replace("””", "”")}


urlpatterns = [path("declarations/", declarations, name="declarations")]
