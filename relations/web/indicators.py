"""Indicators of several relationships as small multiples: a line a reporter, mirror discrepancies as bands, never averaged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations.charts.figure import to_json
from relations.charts.indicator import marks
from relations.charts.multiples import LOG, OWN, SAME, SCALES, Over, PanelView, View, multiples_figure
from relations.domain.mirror import place_of
from relations.reference.parties import DYADS
from relations.selectors import panels as selector
from relations.selectors.panels import MEETINGS, SHARE, STATUSES, Choice, Panel, PanelFilters, PanelsPage
from relations.templatetags.dates import long_date
from relations.templatetags.joins import remarked
from relations.templatetags.names import dyad_short, dyad_title, kind_name
from relations.web.indicator import COLUMNS, LegendLine, amount, spoken
from relations.web.indicator_words import headline, lede, unit_of
from relations.web.paging import FilterErrors
from relations.web.table_file import csv_answer
from relations.web.timeline import read_width

ROWS: Final = 40
"""Values that the table opens with."""
ALL: Final = "all"


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `unknown` repeats an indicator that has no values."""

    choices: Sequence[Choice]
    choice: Choice | None
    filters: PanelFilters
    scale: str
    errors: FilterErrors
    every_row: bool


def read(params: QueryDict) -> Asked:
    """`?indicator=…&dyad=CN-KZ&from=2010&to=2024&view=share&scale=log&over=statuses&over=meetings`; what makes no sense is noted."""
    errors = FilterErrors()
    among = selector.choices()
    code = errors.choice("indicator", params.getlist("indicator")[:1], [one.code for one in among])
    choice = selector.chosen(code[0] if code else "", among)
    dyads = errors.choice("dyad", params.getlist("dyad"), DYADS)
    bounds = (choice.first, choice.last) if choice else (1992, 1992)
    first, last = errors.years(("from", "to"), (params.get("from"), params.get("to")), bounds)
    view = errors.choice("view", params.getlist("view")[:1], ["values", SHARE])
    scale = errors.choice("scale", params.getlist("scale")[:1], SCALES)
    over = errors.choice("over", params.getlist("over"), [STATUSES, MEETINGS])
    chosen = tuple(code for code in DYADS if code in dyads)
    filters = PanelFilters(() if len(chosen) == len(DYADS) else chosen, first, last, view == [SHARE], tuple(over))
    return Asked(among, choice, filters, scale[0] if scale else OWN, errors, params.get("rows") == ALL)


def query_of(asked: Asked, **changes: str | None) -> str:
    """The shortest query string that gives this view again; `changes` wins, None takes a value away."""
    params = QueryDict(mutable=True)
    filters = asked.filters
    if asked.choice:
        params["indicator"] = asked.choice.code
    params.setlist("dyad", list(filters.dyads))
    for name, value in (("from", filters.first), ("to", filters.last)):
        if value:
            params[name] = str(value)
    if filters.share:
        params["view"] = SHARE
    if asked.scale != OWN:
        params["scale"] = asked.scale
    params.setlist("over", list(filters.overlay))
    for name, change in changes.items():
        if change is None:
            params.pop(name, None)
        else:
            params[name] = change
    return params.urlencode()


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """The page: the choice, the figure, who reports what, the same values as a table, how to cite."""
    asked = read(request.GET)
    if asked.choice is None:
        return render(request, "indicators/indicators.html", {"asked": asked})
    today = timezone.localdate()
    page = selector.panels_page(asked.choice, asked.filters, today)
    if asked.filters.share and not page.shares:
        asked.errors.add("view", _("No reporter gives this indicator for a partner and for all five: there is no share."))
    lines = page.lines if asked.every_row else page.lines[:ROWS]
    sources = page.sources(lines)
    share = asked.filters.share and page.shares
    context: dict[str, Any] = {
        "asked": asked,
        "page": page,
        "share": share,
        "unit": unit_of(page, share),
        "lede": lede(page, share),
        "title": headline(page, share),
        "query": query_of(asked),
        "every_row_query": query_of(asked, rows=ALL),
        "options": [(code, dyad_short(code), code in asked.filters.shown) for code in DYADS],
        "scales": [(OWN, _("its own for each")), (SAME, _("the same for all")), (LOG, _("logarithmic"))],
        "overlays": [(STATUSES, _("Statuses")), (MEETINGS, _("Meetings of leaders"))],
        "legends": [legend(panel) for panel in page.panels],
        "rows": [(line, amount(line.value), sources[line.value.key]) for line in lines],
        "figure_file": f"tianshan-{page.choice.code}",
        "cite_url": request.build_absolute_uri(f"{reverse('web:indicators')}?{query_of(asked)}"),
        "citation": citation(page, today),
    }
    return render(request, "indicators/indicators.html", context)


def legend(panel: Panel) -> tuple[str, list[LegendLine]]:
    """The reporters of a panel: how their marks look, and what each said last."""
    return panel.dyad, [
        LegendLine(one.reporter, one.scope, mark, amount(one.last), one.last.year)
        for one, mark in zip(panel.series, marks(panel.series), strict=True)
    ]


def citation(page: PanelsPage, today: dt.date) -> str:
    """The view as a note has it, but for its address."""
    said = remarked([page.choice.title, *(dyad_title(panel.dyad) for panel in page.panels if len(page.panels) < len(DYADS))])
    return _("Tianshan, Indicators (%(view)s), each value by the reporter named there, as of %(date)s:") % {
        "view": said,
        "date": long_date(today),
    }


# ---- Figure and file -------------------------------------------------------------------------------------------------------


@require_safe
def indicators_json(request: HttpRequest) -> HttpResponse:
    """The figure for a width of `w` pixels."""
    asked = read(request.GET)
    panels: list[PanelView] = []
    width = read_width(request.GET.get("w"))
    if asked.choice:
        page = selector.panels_page(asked.choice, asked.filters, timezone.localdate())
        unit = unit_of(page, asked.filters.share and page.shares)
        panels = [panel_view(panel, unit) for panel in page.panels]
    years = [value.year for panel in panels for one in panel.series for value in one.values] or [timezone.localdate().year]
    first, last = asked.filters.first or min(years), asked.filters.last or max(years)
    view = View(width, first, last, asked.scale, str(get_format("DECIMAL_SEPARATOR")))
    return HttpResponse(to_json(multiples_figure(panels, view)), content_type="application/json")


def panel_view(panel: Panel, unit: str) -> PanelView:
    """A panel with the words of its marks."""
    kinds = {kind: str(kind_name(kind)) for kind in {one.kind for one in panel.laid}}
    return PanelView(
        panel.dyad,
        dyad_title(panel.dyad),
        panel.series,
        [[spoken(one, value, unit) for value in one.values] for one in panel.series],
        panel.discrepancies,
        [Over(place_of(one.date.middle), one.kind, over_words(one, kinds)) for one in panel.laid],
    )


def over_words(one: selector.Laid, kinds: dict[str, str]) -> str:
    """What hovering over a status or a meeting says."""
    title = one.title.replace("&", "&amp;").replace("<", "&lt;")
    return f"{kinds[one.kind]}<br>{title}<br>{long_date(one.date)}"


def indicators_csv(request: HttpRequest) -> HttpResponse:
    """The values of the view with their reporters and sources, as a file."""
    asked = read(request.GET)
    rows: list[list[Any]] = []
    code = "indicators"
    if asked.choice:
        page = selector.panels_page(asked.choice, asked.filters, timezone.localdate())
        code, unit = asked.choice.code, "% of the five" if asked.filters.share and page.shares else asked.choice.unit
        sources = page.sources(page.lines)
        rows = [
            [code, unit, line.dyad, line.value.period, round(line.value.value, 6), line.value.qualifier, line.series.reporter,
             line.series.scope, line.value.verification, " ".join(source.url for source in sources[line.value.key])]
            for line in page.lines
        ]  # fmt: skip
    return csv_answer(f"tianshan-{code}", COLUMNS, rows)


urlpatterns = [
    path("indicators/", indicators, name="indicators"),
    path("indicators.json", indicators_json, name="indicators_json"),
    path("indicators.csv", require_safe(indicators_csv), name="indicators_csv"),
]
