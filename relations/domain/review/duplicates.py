"""Documents that a draft may repeat: the same parties, the same kind, a date within three days. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from relations.domain.partial_date import PartialDate

NEAR: Final = dt.timedelta(days=3)


@dataclass(frozen=True)
class Document:
    """A document, as far as these rules look at it; the date is partial ISO text."""

    pk: int
    kind: str
    date: str
    parties: tuple[str, ...]


def same_documents(kind: str, date: str, parties: Iterable[str], known: Iterable[Document]) -> list[Document]:
    """Those of `known` that may be the document of these facts, the nearest in time first.

    A date known to the month or the year only is near to every day that lies within three days of it. Without a date that
    can be read, nothing is said to be the same.
    """
    day = _date(date)
    if day is None:
        return []
    states = frozenset(parties)
    found = []
    for document in known:
        other = _date(document.date)
        if other is None or document.kind != kind or frozenset(document.parties) != states:
            continue
        if (apart := _apart(day, other)) <= NEAR:
            found.append((apart, -other.precision, document.pk, document))
    return [document for *_order, document in sorted(found, key=lambda one: one[:3])]


def reach(date: str) -> tuple[str, str] | None:
    """The first and the last ISO text between which the dates of documents near to a date lie, whole years around; None without one.

    For asking a database: every partial date near to the given one sorts from the first up to, not including, the last.
    """
    day = _date(date)
    if day is None:
        return None
    return f"{max(1, day.first.year - 1):04d}", f"{day.last.year + 2:04d}"


def _apart(one: PartialDate, other: PartialDate) -> dt.timedelta:
    """The days that lie between two dates at least; none where they may be the same day."""
    return max(one.first - other.last, other.first - one.last, dt.timedelta())


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None
