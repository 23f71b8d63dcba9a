"""The relationship index: the records that count, the weights of the table, and what comes of them, kept by content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from relations.domain.index import kinds
from relations.domain.index.resample import Array, Spread, factors, spread
from relations.domain.index.score import Item, Month, Options, Weights, month_number, month_of, series
from relations.domain.partial_date import PartialDate
from relations.models import Declaration, Event, IndexWeight, Session, Status, Visit
from relations.models.chronicle import TOP_OFFICES
from relations.reference.impact import IMPACTS, Impact
from relations.selectors.statement import Named, Statement, columns

_Raw: TypeAlias = tuple[str, int, str, str, str, str, int, str]
"""Model, key, relationship, date, kind, what tells more of the kind, a number that does, verification."""
_Table: TypeAlias = tuple[tuple[str, Impact], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The index of one relationship: a month each from January 1992 to the present one, and the band around them.

    `records` counts what is in it.
    """

    dyad: str
    months: tuple[Month, ...]
    spread: Spread
    records: int

    @property
    def now(self) -> Month:
        """The present month."""
        return self.months[-1]

    @property
    def begins(self) -> int | None:
        """The month of the first record; None where nothing counts."""
        return next((month.number for month in self.months if month.effects), None)

    @property
    def last_moved(self) -> int | None:
        """The latest month with a record."""
        return next((month.number for month in reversed(self.months) if month.effects), None)

    def limits(self, number: int) -> tuple[float, float]:
        """The band of a month."""
        return self.spread.low[number], self.spread.high[number]


@dataclass(frozen=True, slots=True)
class WeightLine:
    """A row of the table of weights beside what the project ships."""

    code: str
    impact: Impact
    shipped: Impact

    @property
    def changed(self) -> bool:
        return self.impact != self.shipped


# ---- What is read -------------------------------------------------------------------------------------------------------


def _text(value: str) -> Any:
    return Value(value, output_field=CharField())


def _rows() -> Sequence[QuerySet[Any]]:
    """The records of some relationships that may count, of every kind in the same columns."""
    dyads = Named("dyads")
    nothing, none = _text(""), Value(0)
    return [
        columns(
            Status.objects.for_dyads(dyads).order_by(),
            _text("status"), "pk", "dyad_id", "date", "level", nothing, none, "verification",
        ),
        columns(
            Declaration.objects.published().for_dyads(dyads).order_by(),
            _text("declaration"), "pk", "dyad_id", "date", "kind", "level", none, "verification",
        ),
        columns(
            Visit.objects.for_dyads(dyads).order_by(),
            _text("visit"), "pk", "dyad_id", "date_start", "kind", "office", none, "verification",
        ),
        columns(
            Session.objects.for_dyads(dyads).order_by(),
            _text("session"), "pk", "mechanism__dyad_id", "date", "mechanism__kind", nothing, "mechanism_id", "verification",
        ),
        columns(
            Event.objects.for_dyads(dyads).order_by(),
            _text("event"), "pk", "dyad_id", "date", "kind", nothing, Cast("friction", IntegerField()), "verification",
        ),
    ]  # fmt: skip


_RECORDS: Final = Statement(_rows)
_WEIGHTS: Final = Statement(lambda: columns(IndexWeight.objects.order_by("pk"), "code", "weight", "lasting", "official"))


def weights() -> Weights:
    """The table as editors left it, in the order of the code; a kind without a row has what the project ships. One query."""
    return dict(_weights())


def weight_lines() -> list[WeightLine]:
    """The same beside what is shipped. One query."""
    return [WeightLine(code, impact, IMPACTS[code]) for code, impact in _weights()]


def _weights() -> _Table:
    edited = {code: Impact(float(weight), bool(lasting), bool(official)) for code, weight, lasting, official in _WEIGHTS.rows()}
    return tuple((code, edited.get(code, shipped)) for code, shipped in IMPACTS.items())


# ---- What comes of it -----------------------------------------------------------------------------------------------------


def index_lines(dyads: Sequence[str], options: Options, today: dt.date) -> list[Line]:
    """The index of some relationships up to the month of `today`. Two queries; computed anew only where the content changed."""
    table = _weights()
    by_dyad: dict[str, list[_Raw]] = {dyad: [] for dyad in dyads}
    for row in _RECORDS.rows(dyads=list(dyads)):
        by_dyad[row[2]].append(row)
    return [_line(dyad, tuple(rows), table, options, today) for dyad, rows in by_dyad.items()]


def index_now(dyad: str, today: dt.date) -> Month | None:
    """Where one relationship stands, without the band around it; None where nothing counts. Two queries."""
    rows = tuple(_RECORDS.rows(dyads=[dyad]))
    months = _months(rows, _weights(), Options(), today)
    return months[-1] if any(month.effects for month in months) else None


# Kept by content: a record or a weight that changes makes another key, in every process. A reader's options are few.
@lru_cache(maxsize=64)
def _line(dyad: str, rows: tuple[_Raw, ...], table: _Table, options: Options, today: dt.date) -> Line:
    months = _months(rows, table, options, today)
    band = spread(dyad, _items(rows, today), dict(table), options, month_number(today), _factors(table))
    return Line(dyad, months, band, sum(len(month.effects) for month in months))


@lru_cache(maxsize=64)
def _months(rows: tuple[_Raw, ...], table: _Table, options: Options, today: dt.date) -> tuple[Month, ...]:
    return tuple(series(_items(rows, today), dict(table), options, month_number(today)))


@lru_cache(maxsize=4)
def _factors(table: _Table) -> Array:
    return factors(dict(table))


def forget() -> None:
    """Compute everything anew the next time: for measuring."""
    for kept in (_line, _months, _factors):
        kept.cache_clear()


def _items(rows: Sequence[_Raw], today: dt.date) -> list[Item]:
    """The records as the index sees them; what lies ahead is none of it."""
    found = []
    for model, pk, _dyad, date, code, more, number, verification in rows:
        month = month_of(PartialDate.parse(date), today)
        if month is not None:
            kind, thread = _KINDS[model](code, more, number)
            found.append(Item(f"{model}-{pk}", month, kind, thread, verification))
    return found


def _of_status(level: str, _more: str, _number: int) -> tuple[str, str]:
    kind = kinds.of_status(level)
    return kind, kind


def _of_document(code: str, level: str, _number: int) -> tuple[str, str]:
    kind = kinds.of_document(code, level)
    return kind, kind


def _of_visit(code: str, office: str, _number: int) -> tuple[str, str]:
    leader = _leads(office)
    return kinds.of_visit(code, leader), "visits of leaders" if leader else "visits of others"


def _of_session(code: str, _more: str, mechanism: int) -> tuple[str, str]:
    return kinds.of_session(code), f"mechanism {mechanism}"


def _of_event(code: str, _more: str, friction: int) -> tuple[str, str]:
    return kinds.of_event(code, bool(friction)), f"{'friction' if friction else 'event'} {code}"


_KINDS: Final = {
    "status": _of_status,
    "declaration": _of_document,
    "visit": _of_visit,
    "session": _of_session,
    "event": _of_event,
}


@lru_cache(maxsize=1024)
def _leads(office: str) -> bool:
    """Whether a visitor is a head of state or government: as `Visit.objects.by_leaders` asks the database."""
    return any(office == top or office.startswith(f"{top} and ") or office.endswith(f" and {top}") for top in TOP_OFFICES)
