"""Many values in one statement, on SQLite and PostgreSQL alike: one parameter however many there are, no model instances."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any, Final, Literal, cast

from django.db import connection, models
from django.db.models.expressions import RawSQL

from relations.selectors.statement import NamedWhole

_TOGETHER: Final = 32
"""Rows of one statement on SQLite. Rows one by one would have it look up the next number of the table for each; as many as come
would be a new statement for every number of them, to be compiled and then kept with all its values."""


_COPIED: Final = 8
"""Rows from which on PostgreSQL is sent a COPY: neither side then has a statement with thousands of values to put together or read."""


def listed(values: Collection[int] | Collection[str]) -> RawSQL:
    """Values for `column__in=`: `filter(pk__in=listed(ids))` costs the same to compile for one and for ten thousand."""
    return _listed(whole(values), "text" if values and isinstance(next(iter(values)), str) else "bigint")


def named_list(name: str, kind: Literal["text", "bigint"] = "bigint") -> RawSQL:
    """The same in a `Statement`, which is given `whole(values)` for the name."""
    return _listed(NamedWhole(name), kind)


def whole(values: Collection[int] | Collection[str]) -> Any:
    """Many values as the one parameter that a `named_list` stands for."""
    if connection.vendor != "postgresql":
        return json.dumps(list(values))
    if values and isinstance(next(iter(values)), str):
        return list(values)
    return f"{{{','.join(map(str, values))}}}"  # psycopg would look at each number


def _listed(values: Any, kind: str) -> RawSQL:
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{kind}[])", [values])
    return RawSQL("SELECT value FROM json_each(%s)", [values])


def numbers(model: type[models.Model], count: int) -> Sequence[int]:
    """So many ids for rows of a model that are inserted before the transaction ends; nobody else is given them.

    On SQLite inside a transaction that writes, as every one of this project does: it has begun with the lock.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            column = model._meta.pk.column
            # In a row of its own, or the name of the sequence would be looked for once for each number.
            sequence = "(SELECT pg_get_serial_sequence(%s, %s)::regclass AS name OFFSET 0) AS sequence"
            cursor.execute(f"SELECT nextval(sequence.name) FROM {sequence}, generate_series(1, %s)", [table, column, count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return range(first, first + count)


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, once: bool = False) -> None:
    """Insert rows of values into a model's table, under the names of its fields: numbers, texts, bytes, truth, moments in UTC.

    With `once` a row that a constraint knows already is passed over.
    """
    rows = list(rows)
    if not rows:
        return
    fields, into, at = _into(connection.vendor, model, tuple(columns))
    end = " ON CONFLICT DO NOTHING" if once else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if not once and len(rows) >= _COPIED:
                _copy(cursor, model, fields, rows)
                return
            arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
            cursor.execute(f"{into} SELECT * FROM unnest({arrays}){end}", [list(column) for column in zip(*rows, strict=True)])
            return
        values = f"({', '.join(['%s'] * len(fields))})"
        if at:
            rows = [_written(row, at) for row in rows]
        rest = len(rows) % _TOGETHER
        # Two statements, however many rows there are; one for a single row.
        cursor.executemany(f"{into} VALUES {values}{end}", rows[:rest])
        if len(rows) == 1:
            return
        some = [list(chain.from_iterable(rows[start : start + _TOGETHER])) for start in range(rest, len(rows), _TOGETHER)]
        cursor.executemany(f"{into} VALUES {', '.join([values] * _TOGETHER)}{end}", some)


@functools.lru_cache(maxsize=64)
def _into(_vendor: str, model: type[models.Model], columns: tuple[str, ...]) -> tuple[tuple[models.Field[Any, Any], ...], str, list[int]]:
    """The fields of some columns, how a statement begins that inserts them, and the places of those that are moments."""
    fields = tuple(cast("models.Field[Any, Any]", model._meta.get_field(name)) for name in columns)
    quote = connection.ops.quote_name
    into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)})"
    return fields, into, [place for place, field in enumerate(fields) if isinstance(field, models.DateTimeField)]


def _copy(cursor: Any, model: type[models.Model], fields: Sequence[models.Field[Any, Any]], rows: Sequence[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _written(row: Sequence[Any], at: Sequence[int]) -> Sequence[Any]:
    """A row as SQLite keeps it, with text for the moments that stand `at` these places."""
    values = list(row)
    for place in at:
        if (moment := values[place]) is not None:
            values[place] = _as_text(moment)
    return values


@functools.lru_cache(maxsize=1024)
def _as_text(moment: dt.datetime) -> str:
    return str(moment.astimezone(dt.UTC).replace(tzinfo=None))
