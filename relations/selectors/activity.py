"""The records of each relationship by year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat

from relations.domain.activity import Activity, by_year
from relations.models import Declaration, Event, Session, Visit
from relations.reference.parties import DYADS
from relations.selectors.statement import Statement

FIRST_YEAR = 1992


def _dated() -> Sequence[QuerySet[Any]]:
    """`CN-KZ 2022-09-14` for every document, visit, session and event: one column, since a union does not keep the order of several."""
    parts = []
    for rows in (Declaration.objects.published(), Visit.objects.all(), Session.objects.all(), Event.objects.all()):
        line = Concat(F(rows.dyad_path), Value(" "), F(rows.date_field), output_field=CharField())
        parts.append(rows.order_by().annotate(line=line).values_list("line", flat=True))
    return parts


_ALL = Statement(_dated)


def activity(today: dt.date, dyads: Sequence[str] = DYADS) -> dict[str, Activity]:
    """Documents, visits, sessions and events of each relationship by year, from 1992 to today. One query."""
    years: dict[str, list[int]] = defaultdict(list)
    until = today.isoformat()
    for (line,) in _ALL.rows():
        dyad, _space, date = line.partition(" ")
        if date <= until:
            years[dyad].append(int(date[:4]))
    return {dyad: by_year(years[dyad], FIRST_YEAR, today.year) for dyad in dyads}
