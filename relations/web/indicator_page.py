"""One indicator: its definition, every discrepancy between the two sides, and every value with its sources."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relations.selectors import panels as selector
from relations.selectors.panels import PanelFilters
from relations.web.indicator import amount
from relations.web.indicator_words import lede, times
from relations.web.paging import paginate

GAPS: Final = 40
"""Discrepancies that the table opens with, the largest first."""
PER_PAGE: Final = 50


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """`/indicators/trade_turnover_usd_bn/?page=2`; an unknown code is 404."""
    choice = next((one for one in selector.choices() if one.code == code), None)
    if choice is None:
        raise Http404(_("No values of this indicator"))
    page = selector.panels_page(choice, PanelFilters(), timezone.localdate())
    gaps = sorted(page.discrepancies, key=lambda one: (-round(one.ratio, 9), one.period))
    values = paginate(page.lines, request.GET.get("page"), per_page=PER_PAGE)
    sources = page.sources(values.rows)
    return render(
        request,
        "indicators/indicator.html",
        {
            "page": values,
            "choice": choice,
            "unit": choice.unit,
            "lede": lede(page, False),
            "gaps": [
                (one, amount(one.china.value), amount(one.partner.value), times(one.ratio))
                for one in (gaps if request.GET.get("gaps") == "all" else gaps[:GAPS])
            ],
            "gaps_total": len(gaps),
            "rows": [(line, amount(line.value), sources[line.value.key]) for line in values.rows],
        },
    )


urlpatterns = [path("indicators/<slug:code>/", indicator, name="indicator")]
