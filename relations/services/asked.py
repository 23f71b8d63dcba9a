"""Which feeds an editor has just asked for: kept in the session, so that pages wait for them and for no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.utils.dateparse import parse_datetime

from relations.domain.feed_health import ASKED_FOR_AT_WORK

_KEY: Final = "feeds_asked_for"
_MOST: Final = 500


def note(session: Any, feeds: Iterable[int], now: dt.datetime) -> None:
    """Note that feeds were asked for now; what was asked for long ago is forgotten."""
    kept = {str(pk): moment.isoformat() for pk, moment in of(session).items() if moment > now - ASKED_FOR_AT_WORK}
    told = {**kept, **{str(feed): now.isoformat() for feed in feeds}}
    session[_KEY] = dict(list(told.items())[-_MOST:])


def of(session: Any) -> dict[int, dt.datetime]:
    """Feed → when it was asked for."""
    told = session.get(_KEY) or {}
    return {int(pk): moment for pk, text in told.items() if (moment := parse_datetime(text))}
