"""The records of each relationship by year."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Concat, Substr

from relations.domain.activity import Activity, by_year
from relations.models import Declaration, Event, Session, Visit
from relations.reference.parties import DYADS
from relations.selectors.statement import Named, Statement, columns

FIRST_YEAR = 1992


def _by_year() -> Sequence[QuerySet[Any]]:
    """`CN-KZ 2022` and how many, for the documents, visits, sessions and events up to a day."""
    parts = []
    for rows in (Declaration.objects.published(), Visit.objects.all(), Session.objects.all(), Event.objects.all()):
        line = Concat(F(rows.dyad_path), Value(" "), Substr(rows.date_field, 1, 4), output_field=CharField())
        known = rows.order_by().filter(**{f"{rows.date_field}__lte": Named("today")}).annotate(line=line)
        parts.append(columns(known.values("line").annotate(n=Count("pk")), "line", "n"))
    return parts


_COUNTS: Final = Statement(_by_year)


def activity(today: dt.date, dyads: Sequence[str] = DYADS) -> dict[str, Activity]:
    """Documents, visits, sessions and events of each relationship by year, from 1992 to today. One query."""
    years: dict[str, Counter[int]] = defaultdict(Counter)
    for line, n in _COUNTS.rows(today=today.isoformat()):
        dyad, _space, year = line.partition(" ")
        years[dyad][int(year)] += n
    return {dyad: by_year(years[dyad].elements(), FIRST_YEAR, today.year) for dyad in dyads}
