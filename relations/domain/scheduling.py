"""When a feed is to be fetched next. Pure: the time and the dice are arguments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from relations.domain.failures import CONSEQUENCES, Failure

LONGEST_WAIT: Final = dt.timedelta(days=3)
"""A feed is never silently given up: at worst it is tried every three days."""

SHORTEST_INTERVAL: Final = dt.timedelta(minutes=15)
LONGEST_TOLD: Final = dt.timedelta(days=1)
"""What a feed says of itself lengthens its interval up to a day; an editor may set a longer one."""

POISONED_WAIT: Final = dt.timedelta(hours=1)
"""After an error that nobody foresaw."""

OUTAGE_WAIT: Final = dt.timedelta(minutes=15)
"""While this machine is without the internet. Nobody is asked anything meanwhile: no name leads to a server."""

_SPREAD: Final = 0.1
_STEPS: Final = 16  # beyond this a doubling only overflows
_LONGEST_HEADER: Final = 10**9
_PERIODS: Final = {
    "hourly": dt.timedelta(hours=1),
    "daily": dt.timedelta(days=1),
    "weekly": dt.timedelta(weeks=1),
    "monthly": dt.timedelta(days=30),
    "yearly": dt.timedelta(days=365),
}
_MAX_AGE: Final = re.compile(r"""(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})""", re.I)
_NOT_KEPT: Final = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)(?:$|[\s,])", re.I)


def after_success(now: dt.datetime, interval: dt.timedelta, told: dt.timedelta | None = None, dice: float = 0.0) -> dt.datetime:
    """The next check of a healthy feed; `dice` in [0, 1) adds up to a tenth, so that feeds do not march in step.

    `told` is how long the feed or its server says that nothing new will come.
    """
    return now + effective(interval, told) * (1 + _SPREAD * dice)


def effective(interval: dt.timedelta, told: dt.timedelta | None) -> dt.timedelta:
    """The interval of a feed: what the editor set, longer where the feed asks for it (at most a day), at least 15 minutes."""
    return max(interval, SHORTEST_INTERVAL, min(told or dt.timedelta(0), LONGEST_TOLD))


def after_failure(now: dt.datetime, interval: dt.timedelta, failures: int, kind: Failure, dice: float = 0.0) -> dt.datetime:
    """The next check after the n-th failure in a row (n from 1): the interval doubled n times, at most three days.

    `dice` in [0, 1) spreads the feeds, those at the limit too: a network that was away does not meet all of them at once.
    """
    first = max(interval, SHORTEST_INTERVAL, CONSEQUENCES[kind].shortest)
    wait = first * 2 ** min(max(failures, 0), _STEPS) * (1 + _SPREAD * dice)
    return now + min(wait, LONGEST_WAIT * (1 - _SPREAD * dice))


def without_network(now: dt.datetime, dice: float = 0.0) -> dt.datetime:
    """The next check of a feed that failed since no name resolves: soon and always as soon, so that all are back soon after that ends."""
    return now + OUTAGE_WAIT * (1 + _SPREAD * dice)


def longest_without_network(now: dt.datetime) -> dt.datetime:
    """The latest that `without_network` may give."""
    return now + OUTAGE_WAIT * (1 + _SPREAD)


def after_request_to_wait(now: dt.datetime, interval: dt.timedelta, retry_after: dt.timedelta, dice: float = 0.0) -> dt.datetime:
    """The next check where the server named a time: never sooner than it says or the interval is, at most three days.

    The server's time is kept to the second, the dice come on top of it.
    """
    return now + min(max(retry_after, interval), LONGEST_WAIT) + min(interval, LONGEST_TOLD) * _SPREAD * dice


def parse_retry_after(value: str | None, now: dt.datetime) -> dt.timedelta | None:
    """The header Retry-After, seconds or an HTTP date, as a span from `now`; None for nothing, nonsense and the past."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return dt.timedelta(seconds=min(int(text[:12]), int(LONGEST_WAIT.total_seconds())))
    moment = _http_date(text)
    if moment is None:
        return None
    wait = moment - now
    return min(wait, LONGEST_WAIT) if wait > dt.timedelta(0) else None


def freshness(headers: Mapping[str, str], now: dt.datetime) -> dt.timedelta | None:
    """How long an answer says that it stays fresh: Cache-Control's max-age less its Age, else Expires; None where it does not say.

    `headers` is read by the names Cache-Control, Age, Expires and Date.
    """
    control = headers.get("Cache-Control", "")
    if _NOT_KEPT.search(control):
        return None
    if match := _MAX_AGE.search(control):
        age = headers.get("Age", "").strip()
        seconds = min(int(match.group(1)), _LONGEST_HEADER) - (
            min(int(age[:12]), _LONGEST_HEADER) if age.isascii() and age.isdigit() else 0
        )
        return dt.timedelta(seconds=seconds) if seconds > 0 else None
    expires = _http_date(headers.get("Expires", ""))
    if expires is None:
        return None
    # The server's own clock, where it tells it, so that a wrong one does no harm.
    fresh = expires - (_http_date(headers.get("Date", "")) or now)
    return fresh if fresh > dt.timedelta(0) else None


def told_by_feed(ttl: str = "", period: str = "", frequency: str = "") -> dt.timedelta | None:
    """How long a feed says that it stays as it is: RSS's ttl in minutes, or sy:updatePeriod divided by sy:updateFrequency.

    The longer of the two; None where it says nothing that makes sense.
    """
    spans = []
    if ttl.isascii() and ttl.isdigit() and int(ttl[:9]) > 0:
        spans.append(dt.timedelta(minutes=min(int(ttl[:9]), _LONGEST_HEADER // 60)))
    if unit := _PERIODS.get(period.lower()):
        times = int(frequency[:6]) if frequency.isascii() and frequency.isdigit() else 1
        spans.append(unit / max(times, 1))
    return max(spans, default=None)


def _http_date(text: str) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
