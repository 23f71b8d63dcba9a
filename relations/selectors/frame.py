"""What the frame around every page reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Max, Value

from relations.models import Declaration, Event, RecordQuerySet, Session, Status, Visit


def facts_until(today: dt.date) -> str | None:
    """The date of the latest verified record that is not in the future, as partial ISO text; None where there is no record.

    One query over the dates of five tables. It is not cached: what an editor enters shows at once, in every process.
    """
    kinds: list[RecordQuerySet] = [
        Status.objects.all(),
        Declaration.objects.published(),
        Session.objects.all(),
        Visit.objects.all(),
        Event.objects.all(),
    ]
    latest = [_latest(rows, today) for rows in kinds]
    dates = latest[0].union(*latest[1:], all=True)
    return max((date for date in dates if date), default=None)


def _latest(rows: RecordQuerySet, today: dt.date) -> Any:
    """The latest date of a kind as a query of one row, NULL where there is no record (a constant group is no group)."""
    known = rows.verified().order_by().annotate(dated=F(rows.date_field), one=Value(1)).filter(dated__lte=today.isoformat())
    return known.values("one").annotate(latest=Max("dated")).values_list("latest", flat=True)
