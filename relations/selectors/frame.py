"""What the frame around every page reads."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any, Final

from django.db import connection
from django.db.models import F, Max, Value

from relations.models import Declaration, Event, RecordQuerySet, Session, Status, Visit

_TODAY: Final = "today"
"""Stands for the day in the parameters of the kept statement."""


def facts_until(today: dt.date) -> str | None:
    """The date of the latest verified record that is not in the future, as partial ISO text; None where there is no record.

    One query over the dates of five tables. Its answer is not cached: what an editor enters shows at once, in every process.
    Its text is, since every page asks and writing it takes ten times as long as running it.
    """
    sql, parameters = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [today.isoformat() if value == _TODAY else value for value in parameters])
        return max((date for (date,) in cursor.fetchall() if date), default=None)


@functools.cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The query in the words of the database."""
    kinds: list[RecordQuerySet] = [
        Status.objects.all(),
        Declaration.objects.published(),
        Session.objects.all(),
        Visit.objects.all(),
        Event.objects.all(),
    ]
    latest = [_latest(rows) for rows in kinds]
    sql, parameters = latest[0].union(*latest[1:], all=True).query.sql_with_params()
    return sql, parameters


def _latest(rows: RecordQuerySet) -> Any:
    """The latest date of a kind as a query of one row, NULL where there is no record (a constant group is no group)."""
    known = rows.verified().order_by().annotate(dated=F(rows.date_field), one=Value(1)).filter(dated__lte=_TODAY)
    return known.values("one").annotate(latest=Max("dated")).values_list("latest", flat=True)
