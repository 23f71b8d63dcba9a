"""The records of each relationship by year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat, Substr

from relations.domain.activity import Activity, by_year
from relations.models import Declaration, Event, Session, Visit
from relations.reference.parties import DYADS

FIRST_YEAR = 1992


def activity(today: dt.date, dyads: Sequence[str] = DYADS) -> dict[str, Activity]:
    """Documents, visits, sessions and events of each relationship by year, from 1992 to today. One query."""
    parts = []
    for rows in (Declaration.objects.published(), Visit.objects.all(), Session.objects.all(), Event.objects.all()):
        asked = rows.for_dyads(tuple(dyads)).filter(**{f"{rows.date_field}__lte": today.isoformat()})
        year = Substr(F(rows.date_field), 1, 4, output_field=CharField())
        # One column, since the order of several is not kept through a union.
        parts.append(
            asked.order_by()
            .annotate(line=Concat(F(rows.dyad_path), Value(" "), year, output_field=CharField()))
            .values_list("line", flat=True)
        )
    years: dict[str, list[int]] = defaultdict(list)
    for line in parts[0].union(*parts[1:], all=True):
        dyad, _space, year_text = line.partition(" ")
        years[dyad].append(int(year_text))
    return {dyad: by_year(years[dyad], FIRST_YEAR, today.year) for dyad in dyads}
