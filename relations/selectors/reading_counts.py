"""What came of reading the news, by month and language: the counts that are kept while items are read. No item is counted here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Final

from relations.models import ReadingCount
from relations.selectors.statement import Statement, columns

MONTHS_SHOWN: Final = 12
"""Months of the table; all of them where they are asked for."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Items read; of these relevant, linked to something, drafted as a declaration, and drafts that an editor accepted."""

    read: int = 0
    relevant: int = 0
    linked: int = 0
    drafted: int = 0
    accepted: int = 0

    def __iter__(self) -> Iterator[int]:
        return (getattr(self, field.name) for field in fields(self))

    @classmethod
    def sum(cls, counts: Iterable[Counts]) -> Counts:
        return cls(*(sum(column) for column in zip(*counts, strict=True)))


@dataclass(frozen=True, slots=True)
class Month:
    """One month (ISO text): what came of each language (empty: not known), the most read first, and of all."""

    month: str
    languages: tuple[tuple[str, Counts], ...]
    total: Counts


@dataclass(frozen=True, slots=True)
class ReadingCounts:
    """The newest months, `months_total` in all; `languages` and `total` are of all months."""

    months: tuple[Month, ...]
    months_total: int
    languages: tuple[tuple[str, Counts], ...]
    total: Counts

    @property
    def shares(self) -> dict[str, float]:
        """Each count as a percentage of the largest, for the lengths of bars."""
        largest = max(self.total)
        return {field.name: round(100 * getattr(self.total, field.name) / largest, 2) if largest else 0.0 for field in fields(Counts)}


def reading_counts(*, everything: bool = False) -> ReadingCounts:
    """What was read in the newest MONTHS_SHOWN months, or in all. One query."""
    rows = [(month, language, Counts(*counts)) for month, language, *counts in _COUNTS.rows()]
    by_language: defaultdict[str, list[Counts]] = defaultdict(list)
    for _month, language, counts in rows:
        by_language[language].append(counts)
    months = tuple(_month_of(month, [row[1:] for row in found]) for month, found in groupby(rows, key=lambda row: row[0]))
    return ReadingCounts(
        months if everything else months[:MONTHS_SHOWN],
        len(months),
        _most_read((language, Counts.sum(counts)) for language, counts in by_language.items()),
        Counts.sum(row[2] for row in rows) if rows else Counts(),
    )


def _month_of(month: str, languages: list[tuple[str, Counts]]) -> Month:
    return Month(month, _most_read(languages), Counts.sum(counts for _language, counts in languages))


def _most_read(languages: Iterable[tuple[str, Counts]]) -> tuple[tuple[str, Counts], ...]:
    return tuple(sorted(languages, key=lambda pair: (-pair[1].read, pair[0])))


_COUNTS: Final = Statement(
    lambda: columns(ReadingCount.objects.order_by("-month", "language"), "month", "language", *(field.name for field in fields(Counts)))
)
