"""The page of one mechanism, and its intervals as a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from relations.charts.mechanism import interval_figure
from relations.domain.cadence import Cadence, Interval
from relations.reference.parties import partner_of
from relations.selectors.linked_news import of_mechanism
from relations.selectors.mechanism import MechanismPage, mechanism_page
from relations.templatetags import dates, joins
from relations.web.csv_file import csv_file

INTERVALS_SHOWN = 40
COLUMNS = (
    "from", "to", "days", "sessions_missing", "tells_the_rhythm", "forecast_day", "window_from", "window_to", "days_late", "in_window",
)  # fmt: skip


@require_safe
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    """A mechanism by its slug, 404 where there is none; `?all=1` shows lists that are cut otherwise in full."""
    today = timezone.localdate()
    everything = request.GET.get("all") == "1"
    page = _found(slug, today, everything=everything)
    intervals = page.cadence.intervals[::-1]
    context: dict[str, Any] = {
        "page": page,
        "today": today,
        "intervals": intervals if everything else intervals[:INTERVALS_SHOWN],
        "intervals_total": len(intervals),
        "address": request.build_absolute_uri(),
        "in_the_news": of_mechanism(page.mechanism.pk),
    }
    if intervals:
        context |= {"intervals_title": intervals_title(page.cadence), "intervals_figure": _figure(page, today)}
    return render(request, "mechanisms/mechanism.html", context)


def _found(slug: str, today: dt.date, *, everything: bool) -> MechanismPage:
    page = mechanism_page(slug, today, everything=everything)
    if page is None:
        raise Http404(gettext("There is no mechanism of this name."))
    return page


def _figure(page: MechanismPage, today: dt.date) -> dict[str, Any]:
    found = page.cadence
    silence = gettext("Since the last session: %(span)s") % {"span": dates.span_of_days(found.silence_days or 0)}
    words = (gettext("window of eight in ten") if found.forecast and found.forecast.band else "", gettext("expected"), silence)
    return interval_figure(found, today, partner_of(page.mechanism.dyad_id), [spoken(interval) for interval in found.intervals], words)


def intervals_title(found: Cadence) -> str:
    """What the intervals say: how long they usually are, and the longest; where too few tell, that."""
    longest = found.longest
    if longest is None:
        return ""
    span = dates.span_of_days(longest.days)
    values = {"span": span, "until": dates.short_date(longest.end.date)}
    if found.rhythm is None:
        return gettext("Too few sessions tell how often it meets; the longest interval is %(span)s, up to %(until)s") % values
    values["usual"] = dates.span_of_days(round(found.rhythm.days))
    if found.is_declared:
        return gettext("Declared are %(usual)s between sessions; the longest interval is %(span)s, up to %(until)s") % values
    return gettext("Usually %(usual)s pass between sessions; the longest interval is %(span)s, up to %(until)s") % values


def spoken(interval: Interval) -> str:
    """What hovering over an interval says."""
    between = gettext("%(first)s to %(last)s") % {
        "first": dates.short_date(interval.start.date),
        "last": dates.short_date(interval.end.date),
    }
    told = f"{between}{joins.colon()}{dates.span_of_days(interval.days)}"
    if interval.missing:
        missing = ngettext("%(n)d session between them is missing here", "%(n)d sessions between them are missing here", interval.missing)
        told = str(joins.remarked([told, missing % {"n": interval.missing}]))
    return told


@require_safe
def intervals_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The intervals, and at each session what the forecast would have said before it."""
    page = _found(slug, timezone.localdate(), everything=True)
    trials = {(trial.actual.date, trial.actual.number): trial for trial in page.trials}
    rows = []
    for interval in page.cadence.intervals:
        trial = trials.get((interval.end.date, interval.end.number))
        window = trial.forecast.window if trial else None
        held = "" if trial is None or trial.held is None else "yes" if trial.held else "no"
        rows.append(
            (
                interval.start.date, interval.end.date, interval.days, interval.missing, "yes" if interval.is_telling else "no",
                trial.forecast.day if trial else "", window.earliest if window else "", window.latest if window else "",
                trial.error if trial else "", held,
            )
        )  # fmt: skip
    return csv_file(f"tianshan-intervals-{slug}", COLUMNS, rows)


urlpatterns = [
    path("mechanisms/<slug:slug>/", mechanism, name="mechanism"),
    path("mechanisms/<slug:slug>/intervals.csv", intervals_csv, name="mechanism_intervals_csv"),
]
