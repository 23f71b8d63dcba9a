"""The calendar by month: what comes round, what is expected, and the address that calendar programs subscribe to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from relations.reference.parties import DYADS
from relations.selectors.calendar import CalendarPage, Month, bounds, calendar_page
from relations.templatetags import dates
from relations.templatetags.joins import listed
from relations.templatetags.names import dyad_short
from relations.templatetags.rhythm import agenda_line
from relations.web.calendar_key import key_of
from relations.web.paging import FilterErrors


@dataclass(frozen=True)
class Option:
    """A relationship as a choice, with how many lines of the month are its own."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Subscription:
    """Where a calendar program finds the file: the address to paste, the one that opens the program, and whether it is personal."""

    address: str
    webcal: str
    download: str
    personal: bool


@require_safe
@vary_on_headers("HX-Request")
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, this one if none is asked for: `?month=2026-04&dyad=CN-KZ`, the relationship as often as wanted."""
    today = timezone.localdate()
    errors = FilterErrors()
    month = asked_month(request.GET.get("month"), today, errors)
    dyads = sorted(errors.choice("dyad", request.GET.getlist("dyad"), DYADS), key=DYADS.index)
    page = calendar_page(today, month, dyads)
    fragment = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "page": page,
        "today": today,
        "this_month": Month.of(today),
        "errors": errors,
        "month_words": month_words(month),
        "lede": lede(page),
        "lines": [(agenda_line(entry, today), page.sources.get(entry.pk, ()) if not entry.url else ()) for entry in page.entries],
        "undated": [agenda_line(entry, today) for entry in page.undated],
        "options": [Option(code, dyad_short(code), page.by_dyad[code], code in dyads) for code in DYADS],
        "chosen": [dyad_short(code) for code in dyads],
        "subscription": subscription(request, dyads),
    }
    return render(request, "calendar/_month.html" if fragment else "calendar/calendar.html", context)


def asked_month(text: str | None, today: dt.date, errors: FilterErrors) -> Month:
    """The month asked for, this month where none is or the value makes no sense (noted in `errors`)."""
    here = Month.of(today)
    if not text:
        return here
    try:
        month = Month.parse(text)
    except ValueError:
        errors.add("month", gettext("“%(value)s” is not a month; this is the present one.") % {"value": text[:20]})
        return here
    lowest, highest = bounds(today)
    if not lowest <= month <= highest:
        values = {"first": month_words(lowest), "last": month_words(highest)}
        errors.add("month", gettext("The calendar goes from %(first)s to %(last)s; this is the present month.") % values)
        return here
    return month


def month_words(month: Month) -> str:
    """`April 2026`, with a capital as in a heading."""
    words = dates.long_date(month.date)
    return words[:1].upper() + words[1:]


def lede(page: CalendarPage) -> str:
    """The answer first: what the month holds. Empty where it holds nothing."""
    if not page.entries:
        return ""
    other = len(page.entries) - page.jubilees - page.expected
    counted = [
        (page.jubilees, ngettext("%(n)d jubilee", "%(n)d jubilees", page.jubilees)),
        (page.expected, ngettext("%(n)d session by its rhythm", "%(n)d sessions by their rhythm", page.expected)),
        (
            other,
            ngettext("%(n)d other day", "%(n)d other days", other)
            if other < len(page.entries)
            else ngettext("%(n)d day", "%(n)d days", other),
        ),
    ]
    told = listed(words % {"n": n} for n, words in counted if n)
    return gettext("%(month)s: %(told)s.") % {"month": month_words(page.month), "told": told}


def subscription(request: HttpRequest, dyads: list[str]) -> Subscription:
    """The addresses of the file for these relationships, in the language of the page; with a key where pages need a login."""
    personal = not settings.DASHBOARD_PUBLIC
    query: list[tuple[str, str]] = [("lang", get_language() or "en"), *(("dyad", code) for code in dyads)]
    if personal:
        query.append(("key", key_of(request.user)))
    path_and_query = f"{reverse('web:calendar_ics')}?{urlencode(query)}"
    address = request.build_absolute_uri(path_and_query)
    return Subscription(address, f"webcal://{address.partition('://')[2]}", path_and_query, personal)


urlpatterns = [path("calendar/", calendar, name="calendar")]
