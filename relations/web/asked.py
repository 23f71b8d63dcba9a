"""Which feeds an editor has just asked for: kept in the session, so that the page waits for them and for no others."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from relations.selectors.ingestion import ASKED_FOR

_KEY: Final = "feeds_asked_for"
_MOST: Final = 100


def note(request: HttpRequest, feed: int, now: dt.datetime) -> None:
    """Note that a feed was asked for now; what was asked for long ago is forgotten."""
    kept = {str(pk): moment.isoformat() for pk, moment in of(request).items() if moment > now - ASKED_FOR}
    request.session[_KEY] = dict(list({**kept, str(feed): now.isoformat()}.items())[-_MOST:])


def of(request: HttpRequest) -> dict[int, dt.datetime]:
    """Feed → when it was asked for. Costs nothing for a reader without a session."""
    if not request.user.is_authenticated:
        return {}
    told = request.session.get(_KEY) or {}
    return {int(pk): moment for pk, text in told.items() if (moment := parse_datetime(text))}
