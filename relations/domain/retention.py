"""How long an item is kept that no record stands on. Pure."""

from __future__ import annotations

import calendar
import datetime as dt


def cutoff(now: dt.datetime, months: int) -> dt.datetime | None:
    """Items first seen before this moment may go; None where all are kept (0 months). The 31st becomes the last day of a month."""
    if months <= 0:
        return None
    count = now.year * 12 + now.month - 1 - months
    year, month = divmod(count, 12)
    if year < 1:
        return None
    month += 1
    return now.replace(year=year, month=month, day=min(now.day, calendar.monthrange(year, month)[1]))
