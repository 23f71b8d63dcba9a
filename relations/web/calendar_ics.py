"""The calendar as a file that calendar programs subscribe to (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from typing import Final

import icalendar
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from relations.domain.agenda import Entry, Kind
from relations.domain.partial_date import Precision
from relations.domain.typography import fine
from relations.reference.languages import LANGUAGES
from relations.reference.parties import DYADS
from relations.selectors.calendar import file_entries
from relations.templatetags import dates, names
from relations.templatetags.joins import clauses, listed
from relations.templatetags.rhythm import entry_title, every, window_words
from relations.web.calendar_key import is_valid

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
REFRESH: Final = dt.timedelta(days=1)
"""How often a program is asked to look again."""
KEPT_SECONDS: Final = 3600


@require_safe
@login_not_required  # a calendar program cannot log in: the key in the address is checked below
def calendar_ics(request: HttpRequest) -> HttpResponse:
    """`/calendar.ics?dyad=CN-KZ&lang=fr&key=…`: the past twelve months and the next twenty-four.

    Unknown relationships and languages are ignored. The file is the same, and so is its ETag, until the records change or
    a month begins. 403 where pages need a login and there is neither a login nor a valid key.
    """
    if not _is_allowed(request):
        text = gettext("This calendar needs the address that the calendar page shows when you are logged in.\n")
        return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
    dyads = [code for code in DYADS if code in request.GET.getlist("dyad")]
    language = request.GET.get("lang", "")
    with translation.override(language if language in LANGUAGES else translation.get_language()):
        today = timezone.localdate()
        body = kept_file(file_entries(today, dyads), dyads, today, request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(body, content_type=CONTENT_TYPE, headers={"Content-Disposition": 'inline; filename="tianshan.ics"'})
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    patch_cache_control(response, no_cache=True, **({} if settings.DASHBOARD_PUBLIC else {"private": True}))
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


def _is_allowed(request: HttpRequest) -> bool:
    return settings.DASHBOARD_PUBLIC or request.user.is_authenticated or is_valid(request.GET.get("key", ""))


def kept_file(entries: list[Entry], dyads: list[str], today: dt.date, site: str) -> bytes:
    """The file, written once for the same entries: writing it costs more than finding what stands in it."""
    content = repr((entries, dyads, today.year, today.month, site, translation.get_language()))
    key = f"calendar.ics:{hashlib.sha256(content.encode()).hexdigest()}"
    kept = cache.get(key)
    if not isinstance(kept, bytes):
        kept = calendar_file(entries, dyads, today, site)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def calendar_file(entries: Iterable[Entry], dyads: list[str], today: dt.date, site: str) -> bytes:
    """The file of these entries; `site` is the address that links begin with, without a slash at its end."""
    name = gettext("China and Central Asia")
    if dyads:
        name = listed(names.dyad_title(code) for code in dyads)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Tianshan//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-caldesc", gettext("Anniversaries, jubilees and expected sessions, each with how well it is verified."))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH, parameters={"VALUE": "DURATION"})
    # The moment of the file is the month it was made for, not the second: the same records give the same file.
    stamp = dt.datetime(today.year, today.month, 1, tzinfo=dt.UTC)
    for entry in entries:
        calendar.add_component(_event(entry, stamp, site))
    return calendar.to_ical()


def _event(entry: Entry, stamp: dt.datetime, site: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", uid(entry))
    event.add("dtstamp", stamp)
    event.add("summary", summary(entry))
    event.add("dtstart", entry.date.first)
    event.add("dtend", entry.date.last + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    event.add("class", "PUBLIC")
    event.add("categories", categories(entry))
    event.add("url", site + (entry.url or f"{reverse('web:calendar')}?month={entry.date.iso[:7]}"))
    event.add("description", description(entry))
    return event


def uid(entry: Entry) -> str:
    """The same for the same matter and year in every language and after every load of the dataset."""
    return f"{uuid.uuid5(uuid.NAMESPACE_URL, f'tianshan:{entry.key}')}@tianshan"


def summary(entry: Entry) -> str:
    """`Comprehensive strategic partnership, 2011: 15 years (China–Kazakhstan)`."""
    title = fine(entry_title(entry))
    if entry.years:
        years = ngettext("%(n)d year", "%(n)d years", entry.years) % {"n": entry.years}
        title = gettext("%(title)s: %(years)s") % {"title": title, "years": years}
    return gettext("%(title)s (%(pair)s)") % {"title": title, "pair": names.dyad_title(entry.dyad)} if entry.dyad else title


def categories(entry: Entry) -> list[str]:
    """The kind, then the relationships."""
    if entry.kind is Kind.SESSION:
        kind = gettext("Session expected")
    elif entry.kind is Kind.ANNOUNCED:
        kind = gettext("Announced")
    else:
        kind = gettext("Jubilee") if entry.is_jubilee else gettext("Anniversary")
    return [kind, *(names.dyad_title(code) for code in entry.dyads)]


def description(entry: Entry) -> str:
    """What a reader of a calendar program needs to judge the entry, one line a matter."""
    lines = []
    if entry.kind is Kind.SESSION and entry.rhythm_months:
        values = {"window": window_words(entry.window), "rhythm": every(entry.rhythm_months)}
        if entry.deduced:
            lines.append(gettext("Likely %(window)s: about %(rhythm)s, by its sessions. This is the likeliest month.") % values)
        else:
            lines.append(gettext("Expected %(window)s: %(rhythm)s. This is the last day.") % values)
    if entry.moved:
        lines.append(gettext("29 February, kept on 28 February in this year"))
    if entry.date.precision is Precision.MONTH and entry.kind is not Kind.SESSION:
        lines.append(gettext("Only the month is known: %(month)s.") % {"month": dates.long_date(entry.date)})
    if entry.also:
        lines.append(gettext("Also of that time: %(titles)s") % {"titles": clauses(fine(other.title) for other in entry.also)})
    if not entry.dyad:
        lines.append(listed(names.dyad_title(code) for code in entry.dyads))
    lines.append(gettext("Verification: %(level)s") % {"level": names.code_name("verification", entry.verification)})
    return "\n".join(lines)


urlpatterns = [path("calendar.ics", calendar_ics, name="calendar_ics")]
