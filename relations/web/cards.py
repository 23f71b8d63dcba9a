"""The cards of the relationships, in words: shared by the overview and the list of countries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from relations.domain.activity import Activity
from relations.domain.agenda import Entry, Kind
from relations.domain.meetings import Meeting
from relations.reference.parties import DYADS, partner_of
from relations.selectors.activity import activity
from relations.selectors.agenda import Agenda
from relations.selectors.standing import Standing
from relations.templatetags.dates import day_and_month
from relations.templatetags.joins import remarked
from relations.templatetags.names import code_name


@dataclass(frozen=True)
class Card:
    """What components/_card.html shows of one relationship."""

    dyad: str
    url: str
    status: str
    since: str
    place: str
    rungs: list[tuple[str, int, str]]
    aims: list[tuple[str, str]]
    activity: Activity
    lines: list[dict[str, Any]] = field(default_factory=list)


def cards(today: dt.date, stand: Mapping[str, Standing], agenda: Agenda) -> list[Card]:
    """A card for each relationship, in the order in which the product lists them."""
    bars = activity(today)
    return [card(stand[dyad], bars[dyad], agenda.next_for(dyad), today) for dyad in DYADS]


def card(standing: Standing, activity: Activity, upcoming: Entry | None, today: dt.date) -> Card:
    """The card of a relationship; `upcoming` is the next entry of its agenda."""
    now = standing.now
    return Card(
        dyad=standing.dyad,
        url=reverse("web:country", args=[partner_of(standing.dyad).lower()]),
        status=now.title if now else _("No status recorded yet"),
        since=now.date if now else "",
        place=now.place if now else "",
        rungs=[(tread.status.date.iso, tread.rung, tread.status.title) for tread in standing.stairs.treads],
        aims=[(aim.date.iso, aim.title) for aim in standing.stairs.aims] if standing.dyad == "CN-C5" else [],
        activity=activity,
        lines=[_met(standing.last_meeting, today), _document(standing), _next(upcoming, today)],
    )


def days_ago(days: int) -> str:
    """`12 days ago`; `today` for none."""
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days} if days else _("today")


def meeting_words(meeting: Meeting) -> str:
    """Who met where: `Xi Jinping in Astana`, or the session's name and place."""
    if meeting.kind == "visit" and meeting.place:
        return _("%(who)s in %(place)s") % {"who": meeting.who, "place": meeting.place}
    return remarked([meeting.who, meeting.place])


def _met(meeting: Meeting | None, today: dt.date) -> dict[str, Any]:
    line: dict[str, Any] = {"label": pgettext("card of a relationship", "Met")}
    if meeting is None:
        return line | {"text": _("no meeting of leaders recorded"), "muted": True}
    days = meeting.days_ago(today)
    line |= {"text": meeting_words(meeting), "date": meeting.last_day}
    return line | {"lead": days_ago(days)} if days is not None else line


def _document(standing: Standing) -> dict[str, Any]:
    line: dict[str, Any] = {"label": pgettext("card of a relationship", "Last")}
    document = standing.last_document
    if document is None:
        return line | {"text": _("no document recorded"), "muted": True}
    return line | {"text": code_name("declaration_kind", document.kind), "date": document.date, "extra": document.place}


def entry_when(entry: Entry, today: dt.date) -> str:
    """`in 32 days`, `today`, `tomorrow`; nothing where the day is not known."""
    days = entry.days_until(today)
    if days is None:
        return ""
    if days <= 0:
        return _("today") if days == 0 else ""
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}


def entry_words(entry: Entry) -> str:
    """What an entry of the agenda is, in a few words: `15 years of …`, `… , session 8 due`."""
    if entry.kind is Kind.SESSION:
        return _("%(title)s, next session") % {"title": entry.title}
    if entry.kind is Kind.ANNOUNCED or entry.years is None:
        return entry.title
    return ngettext("%(n)d year: %(title)s", "%(n)d years: %(title)s", entry.years) % {"n": entry.years, "title": entry.title}


def entry_fact(entry: Entry | None, today: dt.date) -> dict[str, Any]:
    """The next entry as a key fact."""
    fact: dict[str, Any] = {"label": pgettext("card of a relationship", "Next")}
    if entry is None:
        return fact | {"value": _("nothing in 90 days")}
    detail = remarked([entry_words(entry), entry_when(entry, today)])
    return fact | {"date": entry.date, "by": entry.kind is Kind.SESSION, "detail": detail, "detail_url": entry.url}


def _next(entry: Entry | None, today: dt.date) -> dict[str, Any]:
    line: dict[str, Any] = {"label": pgettext("card of a relationship", "Next")}
    if entry is None:
        return line | {"text": _("nothing in the next 90 days"), "muted": True}
    day = day_and_month(entry.date, full=True)
    return line | {"lead": _("by %(date)s") % {"date": day} if entry.kind is Kind.SESSION else day, "text": entry_words(entry)}


def timeline_figure(dyad: str, title: str) -> dict[str, str]:
    """What templates/overview/_timeline.html needs to show the timeline of one relationship, or of all (empty)."""
    query = f"?dyad={dyad}" if dyad else ""
    return {
        "title": title,
        "figure_url": reverse("web:timeline_figure") + query,
        "page_url": reverse("web:timeline") + query,
        "csv_url": reverse("web:timeline_csv") + query,
    }
