"""The records of each relationship by year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from relations.domain.activity import Activity, by_year
from relations.models import Declaration, Event, RecordQuerySet, Session, Visit
from relations.reference.parties import DYADS
from relations.selectors.statement import Named, Statement, columns

FIRST_YEAR = 1992


def _dated() -> Sequence[QuerySet[Any]]:
    """Relationship and year of the documents, visits, sessions and events up to a day (counting them here is faster)."""
    kinds: Sequence[RecordQuerySet] = (Declaration.objects.published(), Visit.objects.all(), Session.objects.all(), Event.objects.all())
    return [
        columns(rows.order_by().filter(**{f"{rows.date_field}__lte": Named("today")}), F(rows.dyad_path), Substr(rows.date_field, 1, 4))
        for rows in kinds
    ]


_ALL: Final = Statement(_dated)


def activity(today: dt.date, dyads: Sequence[str] = DYADS) -> dict[str, Activity]:
    """Documents, visits, sessions and events of each relationship by year, from 1992 to today. One query."""
    years: dict[str, list[int]] = defaultdict(list)
    for dyad, year in _ALL.rows(today=today.isoformat()):
        years[dyad].append(int(year))
    return {dyad: by_year(years[dyad], FIRST_YEAR, today.year) for dyad in dyads}
