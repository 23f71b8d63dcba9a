"""What changed since the reader's last visit, or since a day: records, sessions that became due, anniversaries, stories."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from relations.domain.changes import LONGEST_DAYS
from relations.reference.parties import DYADS
from relations.selectors.changes import STORIES_MOST, ChangesPage, changes_page
from relations.templatetags import joins
from relations.templatetags.names import dyad_short
from relations.web import last_visit
from relations.web.changes_words import change_line, counted, load_words, page_counts, problem_words, since_words
from relations.web.paging import FilterErrors, paginate

PER_PAGE = 25


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """`?since=2026-03-01&dyad=CN-KZ&page=2`; without a day since the last visit, as the reader's browser keeps it."""
    today = timezone.localdate()
    since = last_visit.since_of(request, today)
    errors = FilterErrors()
    dyads = tuple(sorted(errors.choice("dyad", request.GET.getlist("dyad"), DYADS), key=DYADS.index))
    if problem := problem_words(since, request.GET.get("since", "")):
        errors.add("since", problem)
    page = changes_page(since, dyads, today)
    records = paginate(page.changes, request.GET.get("page"), per_page=PER_PAGE)
    context = {
        "page": page,
        "today": today,
        "oldest": today - dt.timedelta(days=LONGEST_DAYS),
        "errors": errors,
        "lede": lede(page),
        "options": [(code, dyad_short(code), code in dyads) for code in DYADS],
        "records": records,
        "lines": [change_line(change) for change in records],
        "loads": [load_words(load) for load in page.loads],
        "stories_most": STORIES_MOST,
    }
    return last_visit.note(request, render(request, "changes/changes.html", context), today)


def lede(page: ChangesPage) -> str:
    """The answer first: from when on, and how much of what."""
    counts = page_counts(page)
    values = {"since": since_words(page.since), "counts": counted(counts)}
    told = gettext("Changes %(since)s: %(counts)s.") if counts else gettext("Nothing else changed %(since)s.") if page.loads else ""
    return joins.sentences([(told or gettext("Nothing changed %(since)s.")) % values])


urlpatterns = [path("changes/", changes, name="changes")]
