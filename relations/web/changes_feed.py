"""What changed as a feed (Atom), for a reader of feeds: a record an entry, a load of the dataset one entry."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from relations.domain.changes import since
from relations.reference.parties import DYADS
from relations.selectors.changes_records import Change, changes_of, touched
from relations.templatetags import joins
from relations.templatetags.names import dyad_title
from relations.web.changes_words import ChangeLine, change_line, load_words

MOST: Final = 100


@require_safe
def changes_atom(request: HttpRequest) -> HttpResponse:
    """The last changes since `?since=` (else of the last 30 days), of the relationships `?dyad=`, 100 entries at most."""
    today = timezone.localdate()
    day = since(request.GET.get("since", ""), None, today).day
    touches = touched(day, [code for code in request.GET.getlist("dyad") if code in DYADS] or DYADS)
    page = request.build_absolute_uri(reverse("web:changes"))
    feed = Atom1Feed(
        title=gettext("Tianshan: what changed"),
        link=page,
        description=None,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=page,
    )
    for change in changes_of(touches, day)[:MOST]:
        _add(feed, request, change)
    for load in touches.loads:
        feed.add_item(load_words(load), page, "", unique_id=f"{page}#load-{load.day}", updateddate=_moment(load.day))
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _add(feed: Atom1Feed, request: HttpRequest, change: Change) -> None:
    told = change_line(change)
    link = request.build_absolute_uri(told.line.url)
    feed.add_item(
        title=f"{told.fate}{joins.colon()}{strip_tags(told.line.title)}",
        link=link,
        description=_description(told, change.record.dyad),
        unique_id=f"{link}#{change.record.kind}-{change.record.pk}-{change.day}",
        updateddate=_moment(change.day),
    )


def _description(told: ChangeLine, dyad: str) -> str:
    fields = dict.fromkeys(one.label for one in told.differences)
    return str(joins.clauses([dyad_title(dyad), joins.listed(fields), told.note]))


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, dt.UTC)


urlpatterns = [path("changes.atom", changes_atom, name="changes_atom")]
