"""Many values in one statement, on SQLite and PostgreSQL alike: one parameter however many there are, no model instances."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL


def listed(values: Collection[int] | Collection[str]) -> RawSQL:
    """Values for `column__in=`: `filter(pk__in=listed(ids))` costs the same to compile for one and for ten thousand."""
    if connection.vendor == "postgresql":
        kind = "text" if values and isinstance(next(iter(values)), str) else "bigint"
        return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(values))])


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values (numbers, texts, bytes) into a model's table in one statement."""
    rows = list(rows)
    if not rows:
        return
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
            cursor.execute(f"INSERT INTO {into} SELECT * FROM unnest({arrays})", [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})", rows)
