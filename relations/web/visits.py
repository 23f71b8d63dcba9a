"""Visits and sessions by month and year, who visits whom, and the longest times without a meeting of leaders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from relations.charts.visits import balance_figure, full_months, heat_figure
from relations.domain.calendar_heat import Cell
from relations.domain.partial_date import PartialDate, Precision
from relations.reference.parties import DYADS, partner_of
from relations.selectors.visits import SHOWN, VisitFilters, VisitsPage, visits_page
from relations.templatetags import dates, joins
from relations.templatetags.names import dyad_short, dyad_title
from relations.web.paging import FilterErrors
from relations.web.table_file import csv_answer


def read(request: HttpRequest) -> tuple[VisitFilters, FilterErrors]:
    """What the address asks for: `?dyad=CN-KZ&level=leaders&when=2024-07`; what makes no sense is noted and ignored."""
    errors = FilterErrors()
    dyads = tuple(sorted(errors.choice("dyad", request.GET.getlist("dyad"), DYADS), key=DYADS.index))
    level = errors.choice("level", request.GET.getlist("level"), ["leaders"])
    when = None
    if text := request.GET.get("when", ""):
        try:
            when = PartialDate.parse(text)
        except ValueError:
            errors.add("when", gettext("“%(value)s” is neither a year nor a month; it is ignored.") % {"value": text[:20]})
    if when and when.precision is Precision.DAY:
        when = PartialDate(when.year, when.month)
    return VisitFilters(dyads, bool(level), when), errors


@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """The page: the months as squares, the balance by year, both as tables, and the records of a month that was chosen."""
    today = timezone.localdate()
    filters, errors = read(request)
    page = visits_page(today, filters)
    side = partner_of(filters.dyads[0]) if len(filters.dyads) == 1 else ""
    everything = request.GET.get("all") == "1"
    months = [PartialDate(2000, number) for number in range(1, 13)]
    context: dict[str, Any] = {
        "page": page,
        "today": today,
        "errors": errors,
        "lede": lede(page),
        "query": query_of(filters),
        "options": [(code, dyad_short(code), code in filters.dyads) for code in DYADS],
        "months": months,
        "heat_title": heat_title(page),
        "heat": heat_figure(page.heat, month_heads(months), [spoken(cell) for cell in full_months(page.heat)], side=side),
        "years": page.heat.years[::-1],
        "balance_title": balance_title(page),
        "balance": balance_figure(
            page.by_year,
            (gettext("Visits to China"), gettext("Visits from China")),
            [
                gettext("%(year)d: %(there)d to China, %(here)d from China")
                % {"year": year.year, "there": year.to_china, "here": year.from_china}
                for year in page.by_year
            ],
            side=side,
        ),
        "listed": page.listed if everything else page.listed[:SHOWN],
        "address": request.build_absolute_uri(),
        "csv": [(name, f"{reverse('web:visits_csv', args=[name])}?{query_of(filters)}") for name in TABLES],
    }
    return render(request, "visits/visits.html", context)


def month_heads(months: Sequence[PartialDate]) -> list[str]:
    """The months in as few letters as tell them apart, so that twelve fit on a phone: `Jan`, in French `janv`; Chinese as it is."""
    words = [dates.day_and_month(month).rstrip(".") for month in months]
    short = [word[:3] for word in words]
    return short if len(set(short)) == len(words) else [word[:4] for word in words]


def query_of(filters: VisitFilters) -> str:
    """The filters as a query string, the month left out."""
    return urlencode([("dyad", code) for code in filters.dyads] + ([("level", "leaders")] if filters.leaders else []))


def lede(page: VisitsPage) -> str:
    """The answer first: how much is recorded, and which leaders have not met for longest."""
    counted = joins.listed(
        [
            ngettext("%(n)d visit", "%(n)d visits", page.visits) % {"n": page.visits},
            ngettext("%(n)d session", "%(n)d sessions", page.sessions) % {"n": page.sessions},
        ]
    )
    sentences = [gettext("%(counted)s are recorded since %(year)d.") % {"counted": counted, "year": page.first}]
    waiting = [met for met in page.met if met.present]
    if waiting:
        longest = max(waiting, key=lambda met: met.present.days if met.present else 0)
        days = longest.present.days if longest.present else 0
        values = {"pair": dyad_title(longest.dyad), "span": dates.span_of_days(days)}
        sentences.append(gettext("The longest present time without a meeting of leaders is that of %(pair)s: %(span)s.") % values)
    return joins.sentences(sentences)


def heat_title(page: VisitsPage) -> str:
    """Which month of which year was the fullest."""
    busiest = page.heat.busiest
    if busiest is None:
        return gettext("No visit or session is recorded")
    values = {"month": dates.long_date(PartialDate(busiest.year, busiest.month)), "n": busiest.total}
    words = ngettext(
        "The fullest month is %(month)s, with %(n)d record", "The fullest month is %(month)s, with %(n)d records", busiest.total
    )
    return words % values


def balance_title(page: VisitsPage) -> str:
    """How often visits went either way."""
    there, here = sum(year.to_china for year in page.by_year), sum(year.from_china for year in page.by_year)
    values = {"there": there, "here": here}
    if there > here:
        return gettext("More visits went to China than from it: %(there)d and %(here)d") % values
    if there < here:
        return gettext("More visits went from China than to it: %(here)d and %(there)d") % values
    return gettext("As many visits went to China as from it: %(there)d") % values


def spoken(cell: Cell) -> str:
    """What hovering over a month says."""
    month = dates.long_date(PartialDate(cell.year, cell.month))
    counted = joins.listed(
        [
            ngettext("%(n)d visit", "%(n)d visits", cell.visits) % {"n": cell.visits},
            ngettext("%(n)d session", "%(n)d sessions", cell.sessions) % {"n": cell.sessions},
        ]
    )
    return f"{month}{joins.colon()}{counted}"


TABLES = ("months", "years", "balance", "silences")


@require_safe
def visits_csv(request: HttpRequest, table: str) -> HttpResponse:
    """A table of the page as a file: `months`, `years`, `balance` or `silences`, with the filters of the page."""
    if table not in _TABLES:
        raise Http404
    filters, _errors = read(request)
    page = visits_page(timezone.localdate(), filters)
    head, rows = _TABLES[table](page)
    return csv_answer("-".join(["tianshan-visits", table, *(partner_of(code).lower() for code in filters.dyads)]), head, rows)


def _months(page: VisitsPage) -> tuple[tuple[str, ...], list[list[Any]]]:
    rows = [[f"{cell.year:04d}-{cell.month:02d}", cell.visits, cell.sessions] for year in page.heat.years for cell in year.months]
    return ("month", "visits", "sessions"), rows


def _years(page: VisitsPage) -> tuple[tuple[str, ...], list[list[Any]]]:
    return ("year", "visits_to_china", "visits_from_china"), [[year.year, year.to_china, year.from_china] for year in page.by_year]


def _balance(page: VisitsPage) -> tuple[tuple[str, ...], list[list[Any]]]:
    head = ("visitor", "host", "visits", "by_leaders", "last_visit", "last_by_leader")
    ways = [way for balance in page.balances for way in (balance.to_china, balance.from_china)]
    return head, [[way.visitor, way.host, way.visits, way.leaders, way.last or "", way.last_leader or ""] for way in ways]


def _silences(page: VisitsPage) -> tuple[tuple[str, ...], list[list[Any]]]:
    rows = [
        [met.dyad, silence.before.last_day, silence.after.date if silence.after else "", silence.days]
        for met in page.met
        for silence in met.silences
    ]
    return ("relationship", "last_meeting_before", "next_meeting", "days"), rows


_TABLES = {"months": _months, "years": _years, "balance": _balance, "silences": _silences}

urlpatterns = [
    path("visits/", visits, name="visits"),
    path("visits/<slug:table>.csv", visits_csv, name="visits_csv"),
]
