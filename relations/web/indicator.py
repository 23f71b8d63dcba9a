"""The indicator of a country page: figure, legend and table; and the same values as a file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _

from relations.charts.indicator import Mark, indicator_figure, marks
from relations.domain.series import Gap, Series, Value
from relations.reference.parties import dyad_of, partner_of
from relations.selectors.indicators import TRADE, IndicatorPage, Indicators, indicator_page
from relations.templatetags.joins import colon
from relations.templatetags.names import code_name, state_name


@dataclass(frozen=True)
class LegendLine:
    """A reporter, how its marks look, and its last value in words."""

    reporter: str
    scope: str
    mark: Mark
    last: str
    year: int


def indicator_section(found: Indicators, dyad: str) -> dict[str, Any]:
    """What the template shows: nothing to choose from, or the indicator with its figure, legend and rows."""
    shown = found.shown
    if shown is None:
        return {"choices": (), "unknown": found.unknown}
    return {
        "choices": found.choices,
        "unknown": found.unknown,
        "shown": shown,
        "title": headline(shown, dyad),
        "figure": indicator_figure(
            shown.series,
            [[spoken(one, value, shown.unit) for value in one.values] for one in shown.series],
            decimal=str(get_format("DECIMAL_SEPARATOR")),
        ),
        "legend": [
            LegendLine(one.reporter, one.scope, mark, amount(one.last), one.last.year)
            for one, mark in zip(shown.series, marks(shown.series), strict=True)
        ],
        "csv_url": reverse("web:indicator_csv", args=[partner_of(dyad).lower(), shown.code]),
    }


def headline(page: IndicatorPage, dyad: str) -> str:
    """What the figure says, where two sides count the same thing differently; else the name of the indicator."""
    gap = page.gap
    if page.code != TRADE or gap is None or dyad == "CN-C5":
        return page.title
    return _trade_headline(gap, state_name(partner_of(dyad)))


def _trade_headline(gap: Gap, partner: str) -> str:
    """Which side counts more trade: a tenth apart is the least that is called a difference."""
    if gap.ratio >= 1.1:
        return _("China counts more trade than %(partner)s does") % {"partner": partner}
    if gap.ratio <= 1 / 1.1:
        return _("%(partner)s counts more trade than China does") % {"partner": partner}
    return _("China and %(partner)s count about the same trade") % {"partner": partner}


def amount(value: Value) -> str:
    """The value as its source words it: `more than 30`."""
    number = number_format(round(value.value, 3), use_l10n=True, force_grouping=True)
    return number if value.qualifier == "exact" else f"{code_name('qualifier', value.qualifier)} {number}"


def spoken(series: Series, value: Value, unit: str) -> str:
    """What hovering over a mark says."""
    scope = f" ({series.scope})" if series.scope else ""
    parts = f"{value.period}{colon()}{amount(value)} {unit}"
    return f"{parts}<br>{_escaped(series.reporter + scope)}<br>{code_name('verification', value.verification)}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


COLUMNS = ("indicator", "unit", "dyad", "period", "value", "qualifier", "reporter", "scope", "verification", "sources")


def indicator_csv(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Every value of an indicator with its reporter and sources, as CSV (UTF-8 with a mark, so that spreadsheets read it)."""
    try:
        dyad = dyad_of(code)
    except KeyError as error:
        raise Http404 from error
    page = indicator_page(dyad, indicator)
    if page is None:
        raise Http404(_("No values of this indicator"))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tianshan-{dyad.lower()}-{page.code}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in page.rows:
        value = row.value
        writer.writerow(
            [page.code, page.unit, dyad, value.period, value.value, value.qualifier, row.series.reporter, row.series.scope,
             value.verification, " ".join(source.url for source in row.sources)]
        )  # fmt: skip
    return response


urlpatterns = [path("countries/<str:code>/indicators/<slug:indicator>.csv", indicator_csv, name="indicator_csv")]
