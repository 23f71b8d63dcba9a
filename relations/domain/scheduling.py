"""When a feed is to be fetched next. Pure: the time and the dice are arguments."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST_WAIT: Final = dt.timedelta(days=3)
"""A feed is never silently given up: at worst it is tried every three days."""

POISONED_WAIT: Final = dt.timedelta(hours=1)
"""After an error that nobody foresaw."""

_SPREAD: Final = 0.1
_STEPS: Final = 16  # beyond this a doubling only overflows


def after_success(now: dt.datetime, interval: dt.timedelta, dice: float = 0.0) -> dt.datetime:
    """The next check of a healthy feed; `dice` in [0, 1) adds up to a tenth, so that feeds do not march in step."""
    return now + interval * (1 + _SPREAD * dice)


def after_failure(now: dt.datetime, interval: dt.timedelta, failures: int, dice: float = 0.0) -> dt.datetime:
    """The next check after the n-th failure in a row (n from 1): the interval doubled n times, at most three days."""
    wait = min(interval * 2 ** min(max(failures, 0), _STEPS), LONGEST_WAIT)
    return now + wait * (1 + _SPREAD * dice)


def after_request_to_wait(now: dt.datetime, interval: dt.timedelta, retry_after: dt.timedelta, dice: float = 0.0) -> dt.datetime:
    """The next check where the server named a time: never sooner than it says or the interval is, at most three days."""
    wait = min(max(retry_after, interval), LONGEST_WAIT)
    return now + wait * (1 + _SPREAD * dice)


def parse_retry_after(value: str | None, now: dt.datetime) -> dt.timedelta | None:
    """The header Retry-After, seconds or an HTTP date, as a span from `now`; None for nothing, nonsense and the past."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return dt.timedelta(seconds=min(int(text[:12]), int(LONGEST_WAIT.total_seconds())))
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    wait = moment - now
    return min(wait, LONGEST_WAIT) if wait > dt.timedelta(0) else None
