"""The page of one relationship: where it stands, since when, what comes next, and everything recorded of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relations.charts.ladder import ladder_figure
from relations.domain import recurrence
from relations.domain.partial_date import PartialDate
from relations.domain.recurrence import Origin
from relations.domain.typography import fine
from relations.reference.ladder import TOP_RUNG
from relations.reference.parties import dyad_of
from relations.selectors import country as listings
from relations.selectors.agenda import Agenda, upcoming
from relations.selectors.cadences import read_cadences
from relations.selectors.index import index_now
from relations.selectors.indicators import indicators
from relations.selectors.latest import latest_records
from relations.selectors.mechanisms import tree
from relations.selectors.news import latest_news
from relations.selectors.standing import Standing, StatusLine, standings
from relations.selectors.topics import topics_by_side
from relations.templatetags.dates import long_date, since, span_between
from relations.templatetags.foreign import english
from relations.templatetags.joins import remark
from relations.templatetags.names import code_name, dyad_short
from relations.web.cards import cards, entry_fact, meeting_words, timeline_figure
from relations.web.index_words import standing_words
from relations.web.indicator import indicator_section
from relations.web.latest import new_lines

ALL = "all"
"""The address asks for a whole list by `?visits=all`."""

TOPICS = 12
"""How many topics the page shows until all are asked for."""

MECHANISMS = 10
"""How many mechanisms the page shows; their own page has all."""


def country(request: HttpRequest, code: str) -> HttpResponse:
    """`/countries/kz/`: one relationship; `c5` is the six-party format. Unknown codes are not found."""
    if code != code.lower():
        raise Http404
    try:
        dyad = dyad_of(code)
    except KeyError as error:
        raise Http404 from error
    today = timezone.localdate()
    standing = standings(today, [dyad])[dyad]
    mechanisms = read_cadences(today, dyad)
    agenda = upcoming(today, 90, dyad, mechanisms=mechanisms)
    topics = topics_by_side(dyad)
    events = listings.events(dyad, _limit(request, "frictions"), _limit(request, "landmarks"))
    context = {
        "dyad": dyad,
        "code": code,
        "today": today,
        "name": dyad_short(dyad),
        "standing": standing,
        "lede": lede(standing),
        "facts": facts(standing, agenda, today),
        "ladder": ladder(standing, today),
        "index_now": index_line(dyad, today),
        "agenda": agenda,
        "timeline": timeline_figure(dyad, _("%(name)s: what happened on each rung") % {"name": dyad_short(dyad)}),
        "latest": new_lines(latest_records(today, 5, dyad), show_dyad=False),
        "news": latest_news(5, dyad),
        "mechanisms": tree(today, dyad, MECHANISMS, mechanisms=mechanisms),
        "topics": topics,
        "topics_shown": topics.rows if request.GET.get("topics") == ALL else topics.rows[:TOPICS],
        "indicator": indicator_section(indicators(dyad, request.GET.get("indicator", "")), dyad),
        "documents": listings.documents(dyad),
        "visits": listings.visits(dyad, _limit(request, "visits")),
        "frictions": events.frictions,
        "landmarks": events.landmarks,
        "publishers": listings.publishers(dyad),
    }
    return render(request, "countries/country.html", context)


def index_line(dyad: str, today: dt.date) -> dict[str, str] | None:
    """Where the relationship index stands, `7.2, friendly`, with its page; None where no record counts."""
    month = index_now(dyad, today)
    if month is None:
        return None
    return {"words": standing_words(month), "url": f"{reverse('web:index')}?one={dyad}#one-title"}


def _limit(request: HttpRequest, name: str) -> int:
    return listings.MOST if request.GET.get(name) == ALL else listings.FEW


def facts(standing: Standing, agenda: Agenda, today: dt.date) -> list[dict[str, Any]]:
    """The four key facts under the title; a fact that is not recorded says so."""
    return [
        _since(standing, today),
        _last_document(standing),
        _last_meeting(standing, today),
        entry_fact(agenda.next_for(standing.dyad), today),
    ]


def _since(standing: Standing, today: dt.date) -> dict[str, Any]:
    relations = standing.relations
    fact: dict[str, Any] = {"label": _("Relations since")}
    if relations is None:
        return fact | {"value": _("not recorded")}
    fact["date"] = relations.date
    origin = Origin.of(PartialDate.parse(relations.date))
    next_one = recurrence.upcoming(origin, today)
    if next_one and next_one.years and next_one.years > 1:
        words = _("%(years)d years; %(next)d on %(date)s") if next_one.date.exact else _("%(years)d years; %(next)d in %(date)s")
        fact["detail"] = words % {"years": next_one.years - 1, "next": next_one.years, "date": long_date(next_one.date)}
    return fact


def _last_document(standing: Standing) -> dict[str, Any]:
    fact: dict[str, Any] = {"label": _("Last document")}
    document = standing.last_document
    if document is None:
        return fact | {"value": _("none recorded")}
    return fact | {
        "date": document.date,
        "detail": code_name("declaration_kind", document.kind),
        "detail_url": reverse("web:declaration", args=[document.slug]),
        "after_detail": format_html_join(
            "",
            "{}{}",
            ((remark(), part) for part in (code_name("declaration_level", document.level), english(fine(document.place))) if part),
        ),
    }


def _last_meeting(standing: Standing, today: dt.date) -> dict[str, Any]:
    fact: dict[str, Any] = {"label": _("Last meeting")}
    meeting = standing.last_meeting
    if meeting is None:
        return fact | {"value": _("none recorded")}
    return fact | {
        "date": meeting.last_day,
        "detail": meeting_words(meeting),
        "detail_url": reverse("web:record", args=[meeting.kind, meeting.key]),
    }


def ladder(standing: Standing, today: dt.date) -> dict[str, Any]:
    """The ladder as a figure, the rows of its table, and the aims beside it."""
    treads = [(tread, standing.statuses[tread.status.key]) for tread in standing.stairs.treads]
    rows = [
        {
            "date": line.date,
            "title": line.title,
            "url": reverse("web:record", args=["status", line.pk]),
            "document": code_name("declaration_kind", line.document_kind) if line.document else "",
            "document_url": reverse("web:declaration", args=[line.document]) if line.document else "",
            "place": line.place,
            "held": span_between(tread.start, tread.end or today),
            "current": tread.end is None,
            "verification": line.verification,
        }
        for tread, line in treads
    ]
    aims = [_aim(standing.statuses[aim.key]) for aim in standing.stairs.aims]
    built = ladder_figure(standing.stairs, standing.dyad, today, rung_words()) if treads else None
    return {"rows": rows, "aims": aims, "figure": built, "recognition": standing.recognition}


def _aim(line: StatusLine) -> dict[str, Any]:
    return {
        "date": line.date,
        "title": line.title,
        "url": reverse("web:declaration", args=[line.document]) if line.document else reverse("web:record", args=["status", line.pk]),
        "verification": line.verification,
    }


def rung_words() -> dict[int, str]:
    """Short names of the heights, for the axis of the ladder."""
    words = [
        pgettext("rung of the ladder", "Relations"),
        pgettext("rung of the ladder", "Friendly"),
        pgettext("rung of the ladder", "Good-neighbourly"),
        pgettext("rung of the ladder", "Strategic"),
        pgettext("rung of the ladder", "Comprehensive"),
        pgettext("rung of the ladder", "With a further name"),
    ]
    return dict(zip(range(1, TOP_RUNG + 1), words, strict=True))


def lede(standing: Standing) -> Sequence[str]:
    """The answer first: what the relationship is called now and since when, and the aims declared beside it."""
    sentences = []
    now = standing.now
    if now:
        sentences.append(_("%(status)s %(since)s.") % {"status": now.title, "since": since(now.date)})
    for aim in standing.stairs.aims:
        line = standing.statuses[aim.key]
        if now is None or line.pk != now.pk:
            sentences.append(_("Declared aim %(since)s: %(title)s.") % {"since": since(line.date), "title": line.title})
    return sentences


def countries(request: HttpRequest) -> HttpResponse:
    """`/countries/`: the six relationships to choose from."""
    today = timezone.localdate()
    context = {"today": today, "cards": cards(today, standings(today), upcoming(today, 90))}
    return render(request, "countries/countries.html", context)


urlpatterns = [
    path("countries/", countries, name="countries"),
    path("countries/<str:code>/", country, name="country"),
]
