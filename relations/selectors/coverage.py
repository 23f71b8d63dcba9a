"""What the product covers: how many records of each kind, of each relationship, and how well they are verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Case, CharField, Count, F, Model, QuerySet, Value, When

from relations.models import (
    Anniversary,
    Declaration,
    Event,
    Feed,
    Indicator,
    Mechanism,
    Observation,
    Outlet,
    Person,
    Provision,
    Session,
    Status,
    Visit,
)
from relations.models.choices import PublicationState, Verification
from relations.reference.parties import DYADS
from relations.selectors.statement import Statement

RECORDS: Final = ("status", "declaration", "mechanism", "session", "visit", "event", "anniversary")
"""Kinds that are records of a relationship; provisions are parts of declarations and are counted apart."""

PROVISION, PERSON, INDICATOR, VALUE, OUTLET, FEED = "provision", "person", "indicator", "value", "outlet", "feed"


class Coverage:
    """Counts by kind, relationship and level of verification; what belongs to no relationship has an empty one."""

    def __init__(self, rows: Iterable[tuple[str, str, str, int]]) -> None:
        """`rows`: kind, relationship, level, number."""
        self._kinds: Counter[tuple[str, str | None]] = Counter()
        self._records: Counter[tuple[str | None, str | None]] = Counter()
        self._levels: Counter[tuple[str, str]] = Counter()
        for kind, dyad, level, n in rows:
            self._levels[kind, level] += n
            for of_dyad in (dyad, None):
                self._kinds[kind, of_dyad] += n
                if kind in RECORDS:
                    self._records[of_dyad, level] += n
                    self._records[of_dyad, None] += n

    def count(self, kind: str, dyad: str | None = None) -> int:
        """Records of a kind, of one relationship or of all."""
        return self._kinds[kind, dyad]

    def records(self, dyad: str | None = None, level: str | None = None) -> int:
        """Records of every kind, of one relationship or all, at one level of verification or at any."""
        return self._records[dyad, level]

    def levels(self, kind: str) -> list[tuple[str, int]]:
        """Records of a kind by level of verification, the surest first, levels without any left out."""
        return [(level, self._levels[kind, level]) for level in Verification.values if self._levels[kind, level]]

    def by_kind(self) -> list[tuple[str, list[int], int]]:
        """Rows of the table: kind, its count for each relationship in the product's order, its total. Provisions come last."""
        return [(kind, [self.count(kind, dyad) for dyad in DYADS], self.count(kind)) for kind in (*RECORDS, PROVISION)]

    def by_level(self) -> list[tuple[str, list[int], int]]:
        """Rows of the table: level, records of every kind for each relationship, total."""
        levels = Verification.values
        return [(level, [self.records(dyad, level) for dyad in DYADS], self.records(level=level)) for level in levels]

    @property
    def totals(self) -> list[int]:
        """Records of every kind for each relationship."""
        return [self.records(dyad) for dyad in DYADS]


def coverage() -> Coverage:
    """Everything counted, drafts and what belongs to them left out. One query."""
    return Coverage((kind, dyad, level, n) for kind, dyad, level, n in _COUNTS.rows())


def _counts() -> list[QuerySet[Any]]:
    own_or_documents = Case(When(verification="", then=F("declaration__verification")), default=F("verification"))
    return [
        _counted("status", Status, "dyad_id"),
        _counted("declaration", Declaration, "dyad_id", state="state"),
        _counted("mechanism", Mechanism, "dyad_id"),
        _counted("session", Session, "mechanism__dyad_id"),
        _counted("visit", Visit, "dyad_id"),
        _counted("event", Event, "dyad_id"),
        _counted("anniversary", Anniversary, "dyad_id"),
        _counted(PROVISION, Provision, "declaration__dyad_id", own_or_documents, state="declaration__state"),
        _counted(PERSON, Person, ""),
        _counted(VALUE, Observation, "dyad_id"),
        _counted(INDICATOR, Indicator, "", Value("")),
        _counted(OUTLET, Outlet, "", Value("")),
        _counted(FEED, Feed, "", F("confidence")),
    ]


def _counted(kind: str, model: type[Model], dyad: str, level: Any = None, state: str = "") -> QuerySet[Any]:
    """The rows of a kind grouped by relationship and level: (kind, dyad, level, number).

    On plain querysets: those of translated models put their columns in an order of their own, which a union cannot have.
    """
    rows: QuerySet[Any] = QuerySet(model).filter(**{state: PublicationState.PUBLISHED} if state else {})
    of: Any = F(dyad) if dyad else Value("")
    grouped = rows.order_by().values(
        of_kind=Value(kind, output_field=CharField()),
        of_dyad=Case(default=of, output_field=CharField()),
        of_level=Case(default=level if level is not None else F("verification"), output_field=CharField()),
    )
    return grouped.annotate(n=Count("pk")).values_list("of_kind", "of_dyad", "of_level", "n")


_COUNTS: Final = Statement(_counts)
