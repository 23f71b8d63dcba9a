"""Anniversaries with meaning: every origin, its next jubilee, and what earlier jubilees brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from relations.charts.jubilees import weeks_figure
from relations.domain.jubilees import AHEAD_MONTHS, AROUND_DAYS, KINDS, Evidence, Passed, Week
from relations.domain.recurrence import Occurrence
from relations.reference.parties import DYADS
from relations.selectors import anniversaries as selector
from relations.selectors.anniversaries import AnniversariesPage, Brought, Jubilees
from relations.templatetags import joins
from relations.templatetags.names import dyad_short
from relations.web.calendar_ics import CONTENT_TYPE, kept_file
from relations.web.calendar_key import is_valid
from relations.web.paging import FilterErrors, paginate
from relations.web.table_file import csv_answer

SHOWN: Final = 12
"""Jubilees ahead that the page opens with."""
EARLIER: Final = 2
"""Earlier jubilees shown with each of them; the page of the origin has all."""
AROUND: Final = 5
"""Records shown around an earlier jubilee; the page of the origin has all."""
PER_PAGE: Final = 25


@dataclass(frozen=True)
class Earlier:
    """A jubilee that is over: the first records around it, and how many more there are."""

    occurrence: Occurrence
    rows: tuple[Brought, ...]
    left_out: int


@dataclass(frozen=True)
class Ahead:
    """A jubilee ahead: what its earlier ones brought, in words and in records."""

    jubilees: Jubilees
    words: str
    earlier: tuple[Earlier, ...]


def read(request: HttpRequest) -> tuple[tuple[str, ...], tuple[str, ...], FilterErrors]:
    """Relationships and kinds of origin: `?dyad=CN-KZ&kind=treaty`; what makes no sense is noted and ignored."""
    errors = FilterErrors()
    dyads = errors.choice("dyad", request.GET.getlist("dyad"), DYADS)
    kinds = errors.choice("kind", request.GET.getlist("kind"), selector.KINDS)
    return tuple(code for code in DYADS if code in dyads), tuple(kind for kind in selector.KINDS if kind in kinds), errors


@require_safe
def anniversaries(request: HttpRequest) -> HttpResponse:
    """The page: jubilees of the next 24 months with what earlier ones brought, when it came, and every origin."""
    dyads, kinds, errors = read(request)
    today = timezone.localdate()
    page = selector.anniversaries_page(today, dyads, kinds)
    everything = request.GET.get("all") == "1"
    coming = page.coming if everything else page.coming[:SHOWN]
    listed = paginate(page.origins, request.GET.get("page"), per_page=PER_PAGE)
    context: dict[str, Any] = {
        "found": page,
        "today": today,
        "errors": errors,
        "filtered": bool(dyads or kinds),
        "query": urlencode([("dyad", code) for code in dyads] + [("kind", kind) for kind in kinds]),
        "dyads": [(code, dyad_short(code), code in dyads) for code in DYADS],
        "kinds": [(kind, kind_word(kind), kind in kinds) for kind in selector.KINDS],
        "lede": lede(page),
        "months": AHEAD_MONTHS,
        "coming": ahead(coming),
        "left_out": len(page.coming) - len(coming),
        "weeks": [(week_words(week), week) for week in page.weeks],
        "weeks_title": weeks_title(page.weeks),
        "figure": weeks_figure(page.weeks, _plural_words(), [[_week_said(week, kind) for week in page.weeks] for kind in KINDS]),
        "evidence": evidence_words(page.evidence),
        "page": listed,
        "origins": [(one, years_word(one.next), years_word(one.jubilee), marked_words(one)) for one in listed],
        "kind_words": {kind: kind_word(kind) for kind in selector.KINDS},
    }
    return render(request, "anniversaries/anniversaries.html", context)


@require_safe
def anniversary(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One origin: what each of its earlier jubilees brought, all of it. 404 for an unknown one."""
    today = timezone.localdate()
    one = selector.one_origin(kind, pk, today) if kind in selector.KINDS else None
    if one is None:
        raise Http404
    context = {"one": one, "today": today, "words": tally(one), "kind": kind_word(kind), "earlier": _earlier(one.passed, None)}
    return render(request, "anniversaries/anniversary.html", context)


def ahead(coming: Sequence[Jubilees]) -> list[Ahead]:
    """The jubilees ahead with the records around their latest earlier ones. Three queries at most."""
    told = selector.brought(row for one in coming for jubilee in one.passed[:EARLIER] for row in jubilee.happenings[:AROUND])
    return [Ahead(one, tally(one), tuple(_one_earlier(jubilee, told, AROUND) for jubilee in one.passed[:EARLIER])) for one in coming]


def _earlier(passed: Sequence[Passed], limit: int | None) -> list[Earlier]:
    told = selector.brought(row for jubilee in passed for row in jubilee.happenings[:limit])
    return [_one_earlier(jubilee, told, limit) for jubilee in passed]


def _one_earlier(jubilee: Passed, told: dict[tuple[str, int], Brought], limit: int | None) -> Earlier:
    rows = [told[row.kind, row.key] for row in jubilee.happenings[:limit] if (row.kind, row.key) in told]
    return Earlier(jubilee.occurrence, tuple(rows), len(jubilee.happenings) - len(rows))


# ---- Words -------------------------------------------------------------------------------------------------------------------


def kind_word(kind: str) -> str:
    """A kind of origin."""
    words = {
        selector.RELATIONS: _("Recognition and relations"),
        selector.STATUS: _("Statuses"),
        selector.TREATY: _("Treaties"),
        selector.MECHANISM: _("Mechanisms"),
    }
    return words[kind]


def _plural_words() -> dict[str, str]:
    return {"declaration": _("Documents"), "visit": _("Visits"), "session": _("Sessions")}


def lede(page: AnniversariesPage) -> str:
    """The answer first: what is ahead, and what to expect of it."""
    count, ahead_count = len(page.origins), len(page.coming)
    if not count:
        return _("Nothing that comes round is recorded here.")
    told = [
        ngettext("%(n)d origin comes round.", "%(n)d origins come round.", count) % {"n": count},
        ngettext("%(n)d has a jubilee in the next %(months)d months.", "%(n)d have a jubilee in the next %(months)d months.", ahead_count)
        % {"n": ahead_count, "months": AHEAD_MONTHS},
    ]
    return joins.sentences(told)


def evidence_words(found: Evidence) -> str:
    """How often a jubilee had something around it, beside what any day has."""
    if found.share is None:
        return _("No jubilee is over yet whose month is known: there is nothing to expect from.")
    values = {"n": found.jubilees, "marked": found.marked, "share": round(100 * found.share), "days": AROUND_DAYS}
    told = [
        ngettext(
            "Of %(n)d jubilee that is over, %(marked)d had a document, visit or session within %(days)d days (%(share)d %%).",
            "Of %(n)d jubilees that are over, %(marked)d had a document, visit or session within %(days)d days (%(share)d %%).",
            found.jubilees,
        )
        % values
    ]
    if found.chance is not None:
        told.append(_("Around any day since 1992 it is %(chance)d %%.") % {"chance": round(100 * found.chance)})
    return joins.sentences(told)


def tally(one: Jubilees) -> str:
    """What the earlier jubilees of an origin had around them."""
    total = len(one.passed)
    if not total:
        if one.begun.date.month is None:
            return _("Only the year of its beginning is known: what lay around its jubilees cannot be told.")
        return _("No earlier jubilee since 1992: nothing to expect from.")
    if not one.marked:
        return ngettext(
            "%(n)d earlier jubilee: nothing recorded around it.", "%(n)d earlier jubilees: nothing recorded around them.", total
        ) % {"n": total}
    names = {"declaration": _("%(n)d with a document"), "visit": _("%(n)d with a visit"), "session": _("%(n)d with a session")}
    parts = [names[kind] % {"n": count} for kind, count in one.by_kind.items() if count]
    head = ngettext("%(n)d earlier jubilee", "%(n)d earlier jubilees", total) % {"n": total}
    return f"{head}{joins.colon()}{joins.listed(parts)}{joins.stop()}"


def years_word(found: Occurrence | None) -> str:
    """How many years an occurrence is."""
    return ngettext("%(n)d year", "%(n)d years", found.years) % {"n": found.years} if found and found.years else ""


def marked_words(one: Jubilees) -> str:
    """`3 of 6`: how many of its earlier jubilees had a record around them; empty where it has none."""
    return _("%(n)d of %(total)d") % {"n": one.marked, "total": len(one.passed)} if one.passed else ""


def weeks_title(weeks: Sequence[Week]) -> str:
    """Which week has the most."""
    most = max(weeks, key=lambda week: week.total)
    if not most.total:
        return _("No record lies around a jubilee")
    if most.first <= 0 <= most.last:
        return _("Most records lie in the very week of the jubilee: %(n)d") % {"n": most.total}
    return _("Most records lie %(days)s: %(n)d") % {"days": week_words(most), "n": most.total}


def week_words(week: Week) -> str:
    """`4 to 10 days after`."""
    if week.first > 0:
        return _("%(first)d to %(last)d days after") % {"first": week.first, "last": week.last}
    if week.last < 0:
        return _("%(last)d to %(first)d days before") % {"first": -week.first, "last": -week.last}
    return _("up to %(last)d days before or after") % {"last": week.last}


def _week_said(week: Week, kind: str) -> str:
    return f"{week_words(week)}{joins.colon()}{_plural_words()[kind]} {week.counts[kind]}"


# ---- Files --------------------------------------------------------------------------------------------------------------------

COLUMNS: Final = ("origin", "kind", "relationship", "since", "next", "years", "next_jubilee", "jubilee_years", "earlier_jubilees", "marked",
                  "with_document", "with_visit", "with_session", "verification")  # fmt: skip


def anniversaries_csv(request: HttpRequest) -> HttpResponse:
    """Every origin of the view with its next occurrence and what its jubilees brought, as a file."""
    dyads, kinds, _errors = read(request)
    page = selector.anniversaries_page(timezone.localdate(), dyads, kinds)
    rows = [
        [one.begun.title, one.begun.kind, one.begun.dyad, one.begun.date.iso, *_occurrence(one.next), *_occurrence(one.jubilee),
         len(one.passed), one.marked, *(one.by_kind[kind] for kind in KINDS), one.begun.verification]
        for one in page.origins
    ]  # fmt: skip
    return csv_answer("tianshan-anniversaries", COLUMNS, rows)


def _occurrence(found: Occurrence | None) -> Iterable[Any]:
    return (found.date.iso, found.years) if found else ("", "")


@require_safe
@login_not_required  # a calendar program cannot log in: the key in the address is checked below
def anniversaries_ics(request: HttpRequest) -> HttpResponse:
    """The jubilees of the next 24 months as a calendar file, with the filters of the page. 403 as with the calendar."""
    if not (settings.DASHBOARD_PUBLIC or request.user.is_authenticated or is_valid(request.GET.get("key", ""))):
        return HttpResponse(_("This calendar needs the address that the calendar page shows when you are logged in.\n"), status=403,
                            content_type="text/plain; charset=utf-8")  # fmt: skip
    dyads, kinds, _errors = read(request)
    today = timezone.localdate()
    page = selector.anniversaries_page(today, dyads, kinds)
    entries = [entry for one in page.coming if (entry := one.entry())]
    body = kept_file(entries, list(dyads), today, request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(body, content_type=CONTENT_TYPE, headers={"Content-Disposition": 'inline; filename="tianshan-jubilees.ics"'})


urlpatterns = [
    path("anniversaries/", anniversaries, name="anniversaries"),
    path("anniversaries.csv", require_safe(anniversaries_csv), name="anniversaries_csv"),
    path("anniversaries.ics", anniversaries_ics, name="anniversaries_ics"),
    path("anniversaries/<slug:kind>/<int:pk>/", anniversary, name="anniversary"),
]
