"""What the frame around every page reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import F, Max, QuerySet, Value

from relations.models import Declaration, Event, RecordQuerySet, Session, Status, Visit
from relations.selectors.statement import Named, Statement


def facts_until(today: dt.date) -> str | None:
    """The date of the latest verified record that is not in the future, as partial ISO text; None where there is no record.

    One query over the dates of five tables. Its answer is not cached: what an editor enters shows at once, in every process.
    """
    return max((date for (date,) in _LATEST.rows(today=today.isoformat()) if date), default=None)


def _latest() -> Sequence[QuerySet[Any]]:
    kinds: Sequence[RecordQuerySet] = (
        Status.objects.all(),
        Declaration.objects.published(),
        Session.objects.all(),
        Visit.objects.all(),
        Event.objects.all(),
    )
    return [_latest_of(rows) for rows in kinds]


def _latest_of(rows: RecordQuerySet) -> QuerySet[Any]:
    """The latest date of a kind as a query of one row, NULL where there is no record (a constant group is no group)."""
    known = rows.verified().order_by().annotate(dated=F(rows.date_field), one=Value(1)).filter(dated__lte=Named("today"))
    return known.values("one").annotate(latest=Max("dated")).values_list("latest", flat=True)


_LATEST: Final = Statement(_latest)
