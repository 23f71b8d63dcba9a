"""The overview: the state of all relationships, what is new, what is next."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.domain.partial_date import PartialDate
from relations.reference.ladder import TOP_RUNG
from relations.selectors.agenda import upcoming
from relations.selectors.cadences import read_cadences
from relations.selectors.changes import summary
from relations.selectors.latest import latest_records
from relations.selectors.mechanisms import health
from relations.selectors.news import latest_news
from relations.selectors.standing import Standing, standings
from relations.templatetags import joins
from relations.templatetags.dates import month_name
from relations.web import last_visit
from relations.web.cards import cards, timeline_figure
from relations.web.changes_words import counted, load_words, since_words, summary_counts
from relations.web.latest import new_lines

SIX = "CN-C5"
COMPREHENSIVE = 5
"""The rung that the sentence under the title counts from."""

DAYS_AHEAD = 90


def overview(request: HttpRequest) -> HttpResponse:
    """`/`: six cards, the next 90 days, the combined timeline, mechanisms to watch, what is new."""
    today = timezone.localdate()
    stand = standings(today)
    mechanisms = read_cadences(today)
    agenda = upcoming(today, DAYS_AHEAD, mechanisms=mechanisms)
    since = last_visit.since_of(request, today)
    changed = summary(since, today, mechanisms, agenda.entries)
    context = {
        "today": today,
        "changed": changed,
        "changed_since": since_words(since),
        "changed_loads": [load_words(load) for load in changed.loads],
        "changed_counts": counted(summary_counts(changed)),
        "lede": lede(stand),
        "cards": cards(today, stand, agenda),
        "agenda": agenda.cut(10),
        "latest": new_lines(latest_records(today, 6)),
        "news": latest_news(5),
        "timeline": timeline_figure("", timeline_title(stand)),
        "health": health(today, limit=7, watch=True, mechanisms=mechanisms),
    }
    return last_visit.note(request, render(request, "overview/overview.html", context), today)


def lede(stand: Mapping[str, Standing]) -> list[str]:
    """The answer first, in two sentences computed from the ladders: how far the partners have come, what all six share."""
    heights = [one.stairs.height for dyad, one in stand.items() if dyad != SIX]
    reached = sum(height >= COMPREHENSIVE for height in heights)
    named = sum(height >= TOP_RUNG for height in heights)
    sentences = []
    if reached and reached == len(heights):
        first = _("All five partners now have a comprehensive strategic partnership with China")
    elif reached:
        first = ngettext(
            "%(n)s partner now has a comprehensive strategic partnership with China",
            "%(n)s partners now have a comprehensive strategic partnership with China",
            reached,
        ) % {"n": number_word(reached, capital=True)}
    else:
        first = ""
    if first and named == reached:
        sentences.append(_("%(first)s; all of them have added a name to it.") % {"first": first})
    elif first and named:
        words = ngettext("%(first)s; %(n)s of them has added a name to it.", "%(first)s; %(n)s of them have added a name to it.", named)
        sentences.append(words % {"first": first, "n": number_word(named)})
    elif first:
        sentences.append(f"{first}{joins.stop()}")
    six = stand[SIX].now if SIX in stand else None
    if six and six.document_kind == "treaty":
        when = PartialDate.parse(six.date)
        sentences.append(_("In %(month)s %(year)d all six signed a treaty.") % {"month": month_name(when), "year": when.year})
    return sentences


def timeline_title(stand: Mapping[str, Standing]) -> str:
    """What the timeline shows at a glance: when the partners reached a comprehensive strategic partnership."""
    partners = [one for dyad, one in stand.items() if dyad != SIX]
    years = [year for one in partners if (year := _year_reached(one)) is not None]
    if not years:
        return _("What the governments declared, and when they met")
    if len(years) == len(partners):
        return _("All five reached a comprehensive strategic partnership between %(first)d and %(last)d") % {
            "first": min(years),
            "last": max(years),
        }
    words = ngettext(
        "%(n)d of %(all)d has reached a comprehensive strategic partnership",
        "%(n)d of %(all)d have reached a comprehensive strategic partnership",
        len(years),
    )
    return words % {"n": len(years), "all": len(partners)}


def _year_reached(standing: Standing) -> int | None:
    return next((tread.status.date.year for tread in standing.stairs.treads if tread.rung >= COMPREHENSIVE), None)


def number_word(number: int, *, capital: bool = False) -> str:
    """One to six in words, as running text has them."""
    words = {1: _("one"), 2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six")}
    word = words.get(number, str(number))
    return word[:1].upper() + word[1:] if capital else word


urlpatterns = [path("", overview, name="overview")]
