"""How many reports concern a relationship, month by month: the sums that are kept while items are read. No item is counted here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet, Sum

from relations.domain.partial_date import PartialDate
from relations.domain.timeline.volume import Volume
from relations.models import NewsVolume
from relations.selectors.statement import Named, Statement, columns

MONTHS_SHOWN: Final = 12
"""Months of a table; all of them where they are asked for."""


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month (ISO text) with the reports of each relationship, in the order asked for. A report that names two counts for both."""

    month: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class NewsVolumes:
    """The monthly reports of some relationships, by their codes, the oldest month first."""

    by_dyad: dict[str, tuple[Volume, ...]]

    @property
    def most(self) -> int:
        """The most reports of a relationship in one month."""
        return max((volume.items for volumes in self.by_dyad.values() for volume in volumes), default=0)

    @property
    def months(self) -> tuple[MonthLine, ...]:
        """The months that have reports, the newest first."""
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for dyad, volumes in self.by_dyad.items():
            for volume in volumes:
                found[volume.month.iso][dyad] = volume.items
        return tuple(MonthLine(month, tuple(found[month].get(dyad, 0) for dyad in self.by_dyad)) for month in sorted(found, reverse=True))


def news_volumes(dyads: Sequence[str], first: int, last: int) -> NewsVolumes:
    """What the news had of some relationships in the years from `first` to `last`, both included. One query."""
    found: defaultdict[str, list[Volume]] = defaultdict(list)
    for month, dyad, items in _VOLUMES.rows(dyads=list(dyads), first=f"{first:04}-01", last=f"{last:04}-12"):
        found[dyad].append(Volume(PartialDate.parse(month), items))
    return NewsVolumes({dyad: tuple(found[dyad]) for dyad in dyads})


def _volumes() -> QuerySet[Any]:
    rows = NewsVolume.objects.filter(dyad__in=Named("dyads"), month__gte=Named("first"), month__lte=Named("last"))
    return columns(rows.order_by("month", "dyad").values("month", "dyad").annotate(reports=Sum("items")), "month", "dyad", "reports")


_VOLUMES: Final = Statement(_volumes)
