"""Sources and method: what is covered, how well it is verified, how each figure is computed, and every source with its records."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from relations.domain import cadence, jubilees, positions
from relations.reference.parties import DYADS
from relations.selectors.coverage import Coverage, coverage
from relations.selectors.reading_counts import reading_counts
from relations.selectors.sources import ALL_SHOWN, RECORDS_SHOWN, SourceFilters, SourceList, name_records, read_sources, without_source
from relations.templatetags.names import language_name
from relations.web.csv_file import csv_file
from relations.web.declarations import Chip, with_address, without_empty
from relations.web.paging import FilterErrors, paginate

PER_PAGE: Final = 25
LONGEST_TEXT: Final = 100

KINDS: Final = {
    "status": _("Statuses"),
    "declaration": _("Declarations"),
    "mechanism": _("Mechanisms"),
    "session": _("Sessions of mechanisms"),
    "visit": _("Visits"),
    "event": _("Events"),
    "anniversary": _("Anniversaries"),
    "provision": _("Provisions of declarations"),
}
STAGES: Final = {
    "read": pgettext_lazy("news items", "Read"),
    "relevant": pgettext_lazy("news items", "Relevant"),
    "linked": pgettext_lazy("news items", "Linked"),
    "drafted": pgettext_lazy("news items", "Drafted"),
    "accepted": pgettext_lazy("news items", "Accepted"),
}
CONTENTS: Final = (
    ("covered", _("What is covered")),
    ("levels", _("How facts are verified")),
    ("method", _("How each figure is computed")),
    ("read", _("What the machine read")),
    ("data", _("Data and use")),
    ("publishers", _("Publishers most cited")),
    ("all", _("All sources")),
    ("without", _("No source yet")),
)


@require_safe
@vary_on_headers("HX-Request")
def sources(request: HttpRequest) -> HttpResponse:
    """The page, or for htmx its list of sources alone."""
    request.GET = without_empty(request.GET)  # type: ignore[assignment]
    asked, errors = _read(request)
    found = read_sources(asked)
    note_ignored(asked, found.filters, errors)
    page = paginate(found.found, request.GET.get("page"), per_page=PER_PAGE)
    shown = ALL_SHOWN if found.filters.source is not None else RECORDS_SHOWN
    name_records(page.rows, shown)
    context: dict[str, Any] = {
        "page": page,
        "filters": found.filters,
        "ignored": errors.messages,
        "chips": chips(found),
        "all": len(found.lines),
        "languages": found.languages,
    }
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return with_address(request, render(request, "sources/_list.html", context))
    counted, read = coverage(), reading_counts(everything=request.GET.get("months") == "all")
    context |= {
        "contents": CONTENTS,
        "without": without_source(),
        "publishers": found.publishers,
        "copies": found.copies,
        "read": read,
        "stages": [(word, getattr(read.total, name), read.shares[name]) for name, word in STAGES.items()],
        **tables(counted),
    }
    return render(request, "sources/sources.html", context)


def tables(counted: Coverage) -> dict[str, Any]:
    """What the tables show: kinds and levels by relationship, and what belongs to none."""
    return {
        "dyads": DYADS,
        "kinds": [(KINDS[kind], counts, total) for kind, counts, total in counted.by_kind()],
        "levels": counted.by_level(),
        "totals": counted.totals,
        "records": counted.records(),
        "provisions": counted.count("provision"),
        "official": counted.records(level="official"),
        "memory": counted.records(level="memory"),
        "unsourced_provisions": dict(counted.levels("provision")).get("memory", 0),
        "people": counted.count("person"),
        "people_levels": counted.levels("person"),
        "indicators": counted.count("indicator"),
        "values": counted.count("value"),
        "value_levels": counted.levels("value"),
        "outlets": counted.count("outlet"),
        "feeds": counted.count("feed"),
        "rules": {
            "broad": positions.BROAD,
            "silent": positions.SILENT,
            "due_days": cadence.DUE_DAYS,
            "quiet_months": cadence.QUIET_MONTHS,
            "intervals": cadence.INTERVALS_READ,
            "around_days": jubilees.AROUND_DAYS,
            "ahead_months": jubilees.AHEAD_MONTHS,
        },
    }


def _read(request: HttpRequest) -> tuple[SourceFilters, FilterErrors]:
    errors = FilterErrors()
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if len(text) > LONGEST_TEXT:
        errors.add("q", gettext("Cut to the first %(n)d characters") % {"n": LONGEST_TEXT})
    source = request.GET.get("source", "")
    if source and not (source.isascii() and source.isdigit() and len(source) < 10):
        errors.add("source", gettext("Not known, ignored: %(values)s") % {"values": source[:30]})
        source = ""
    key = int(source) if source else None
    return SourceFilters(
        text[:LONGEST_TEXT], request.GET.get("publisher", "").strip(), request.GET.get("language", "").strip(), key
    ), errors


def note_ignored(asked: SourceFilters, used: SourceFilters, errors: FilterErrors) -> None:
    """Say which values of the address name nothing here."""
    for name in ("publisher", "language", "source"):
        value = getattr(asked, name)
        if value and value != getattr(used, name):
            errors.choice(name, [str(value)], [])


def chips(found: SourceList) -> list[Chip]:
    """What is filtered, each to be taken away by itself."""
    filters, made = found.filters, []
    if filters.source is not None:
        line = found.found[0]
        made.append(Chip("source", str(filters.source), (line.title or line.publisher or line.url)[:80], "source"))
    if filters.text:
        made.append(Chip("q", filters.text, gettext("“%(text)s”") % {"text": filters.text}, "text"))
    if filters.publisher:
        made.append(Chip("publisher", filters.publisher, filters.publisher, "publisher"))
    if filters.language:
        made.append(Chip("language", filters.language, language_name(filters.language), "language"))
    return made


@require_safe
def readings_csv(_request: HttpRequest) -> HttpResponse:
    """What came of reading the news: a row for each month and language, the newest month first."""
    read = reading_counts(everything=True)
    rows = [(month.month, language, *counts) for month in read.months for language, counts in month.languages]
    return csv_file("tianshan-news-read", ("month", "language", *STAGES), rows)


urlpatterns = [
    path("sources/", sources, name="sources"),
    path("sources/news-read.csv", readings_csv, name="readings_csv"),
]
