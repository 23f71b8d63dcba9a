"""Monthly counts of the news and of what its reading came to, kept as items are read: no page counts items itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from relations.domain.retention import cutoff
from relations.models import Candidate, NewsItem, NewsLink, NewsVolume, ReadingCount
from relations.models.choices import CandidateState

_Counts = dict[tuple[str, ...], dict[str, int]]
_COUNTED: Final = ("read", "relevant", "linked", "drafted", "accepted")


def month_of(moment: dt.datetime) -> str:
    """The month of a moment in UTC, as the counts name it: `2026-01`."""
    return f"{moment.astimezone(dt.UTC):%Y-%m}"


def recount(months: Collection[str] | None = None) -> None:
    """Count the items of some months (`2026-01`) anew, or those of all. Eight queries a month, whatever it holds.

    Items stand in the month by which they are sorted. From months old enough for items to have been retired (INGEST_KEEP_MONTHS)
    a count never falls: what is left of them is not what they were.
    """
    for month in sorted(months) if months is not None else _months():
        _recount(month)


def _months() -> Iterator[str]:
    """The months that hold items or were counted before, found by the index of the news without looking at every item."""
    counted = {*NewsVolume.objects.values_list("month", flat=True), *ReadingCount.objects.values_list("month", flat=True)}
    start: dt.datetime | None = None
    while True:
        items = NewsItem.objects.order_by("sort_time")
        first = (items.filter(sort_time__gte=start) if start else items).values_list("sort_time", flat=True).first()
        if first is None:
            break
        counted.discard(month := month_of(first))
        yield month
        start = _span(month)[1]
    yield from sorted(counted)


def _span(month: str) -> tuple[dt.datetime, dt.datetime]:
    year, number = map(int, month.split("-"))
    start = dt.datetime(year, number, 1, tzinfo=dt.UTC)
    return start, (start + dt.timedelta(days=32)).replace(day=1)


@transaction.atomic
def _recount(month: str) -> None:
    start, end = _span(month)
    of_month = {"sort_time__gte": start, "sort_time__lt": end}
    before = cutoff(timezone.now(), settings.INGEST_KEEP_MONTHS)
    falls = before is None or month > month_of(before)
    language = _language("")
    volumes: _Counts
    counts: _Counts
    shown = NewsItem.objects.shown().filter(**of_month, dyads__isnull=False)
    volumes = {
        (row["dyads"], row["told"]): {"items": row["items"]}
        for row in shown.order_by().annotate(told=language).values("dyads", "told").annotate(items=Count("pk"))
    }
    _keep(NewsVolume.objects.filter(month=month), ("dyad", "language"), volumes, falls=falls, month=month)
    counts = {(row.pop("told"),): row for row in _readings(of_month)}
    for row in _candidates(of_month):
        counts.setdefault((row.pop("told"),), {}).update(row)
    _keep(ReadingCount.objects.filter(month=month), ("language",), counts, falls=falls, month=month)


def _language(path: str) -> Case:
    """The language of an item: that of its feed, else that in which it was read."""
    return Case(When(**{f"{path}language": ""}, then=Coalesce(f"{path}reading__language", f"{path}language")), default=F(f"{path}language"))


def _readings(of_month: dict[str, Any]) -> Iterable[Any]:
    linked = Exists(NewsLink.objects.standing().filter(item=OuterRef("pk")))
    read = NewsItem.objects.filter(**of_month, reading__isnull=False).order_by().annotate(told=_language(""), has_link=linked)
    return read.values("told").annotate(
        read=Count("pk"), relevant=Count("pk", filter=Q(reading__relevant=True)), linked=Count("pk", filter=Q(has_link=True))
    )


def _candidates(of_month: dict[str, Any]) -> Iterable[Any]:
    drafted = Candidate.objects.filter(**{f"item__{name}": value for name, value in of_month.items()}).order_by()
    accepted = Count("pk", filter=Q(state=CandidateState.ACCEPTED))
    return drafted.annotate(told=_language("item__")).values("told").annotate(drafted=Count("pk"), accepted=accepted)


def _keep(rows: QuerySet[Any], key: tuple[str, ...], counts: _Counts, *, falls: bool, month: str) -> None:
    """Write the counts of a month where they differ from those stored."""
    model = rows.model
    columns = ("items",) if model is NewsVolume else _COUNTED
    stored = {tuple(getattr(row, name) for name in key): row for row in rows}
    for values, row in stored.items():
        now = {name: counts.get(values, {}).get(name, 0) for name in columns}
        if not falls:
            now = {name: max(number, getattr(row, name)) for name, number in now.items()}
        counts[values] = now
    changed = [
        model(month=month, **dict(zip(key, values, strict=True)), **{name: numbers.get(name, 0) for name in columns})
        for values, numbers in counts.items()
        if any(numbers.values())
        and (values not in stored or any(numbers.get(name, 0) != getattr(stored[values], name) for name in columns))
    ]
    empty = [row.pk for values, row in stored.items() if not any(counts[values].values())]
    if changed:
        model.objects.bulk_create(changed, update_conflicts=True, unique_fields=["month", *key], update_fields=columns)
    if empty:
        model.objects.filter(pk__in=empty).delete()
