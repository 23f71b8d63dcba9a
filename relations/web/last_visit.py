"""When a reader was here before: two days in a cookie of this site, nothing else and nobody's name; nothing is stored here."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from relations.domain.changes import Since, Visits, since

COOKIE: Final = "visits"
_KEPT: Final = 400 * 24 * 3600


def since_of(request: HttpRequest, today: dt.date) -> Since:
    """From which day on changes are told: `?since=2026-03-01`, else the visit before this one, else the last days."""
    visits = Visits.parse(request.COOKIES.get(COOKIE, ""), today).on(today)
    return since(request.GET.get("since", ""), visits.before, today)


def note(request: HttpRequest, response: HttpResponse, today: dt.date) -> HttpResponse:
    """Let the reader's browser keep the day of this visit and of the one before."""
    told = request.COOKIES.get(COOKIE, "")
    visits = str(Visits.parse(told, today).on(today))
    if visits != told:
        response.set_cookie(COOKIE, visits, max_age=_KEPT, secure=request.is_secure(), httponly=True, samesite="Lax")
    patch_vary_headers(response, ["Cookie"])
    return response
