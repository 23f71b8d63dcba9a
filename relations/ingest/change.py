"""Updates that are the same each time but for a few values, compiled once: putting one together takes Django ten times as long
as the database needs to do it. The pendant of `selectors.statement`.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.sql.subqueries import UpdateQuery

from relations.selectors.statement import Named


class Change:
    """One UPDATE of the rows that a queryset names."""

    def __init__(self, build: Callable[[], QuerySet[Any]], columns: Mapping[str, Named]) -> None:
        """`build` makes the queryset; values of it and of the columns that are `Named` are given when the change is made."""
        self._build = build
        self._columns = columns
        self._compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def make(self, **values: int | str | dt.datetime) -> int:
        """Do it with these values for the names; the number of rows that were changed. One query."""
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile()
        text, parameters = self._compiled[connection.vendor]
        given = {name: adapted(value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(text, [given[each.name] if isinstance(each, Named) else each for each in parameters])
            return cursor.rowcount

    def _compile(self) -> tuple[str, tuple[Any, ...]]:
        query = cast(UpdateQuery, self._build().order_by().query.chain(UpdateQuery))
        query.add_update_values(dict(self._columns))
        text, parameters = query.get_compiler(connection=connection).as_sql()
        return text, tuple(parameters)


def update(model: type[models.Model], where: Mapping[str, Any], columns: Mapping[str, Any]) -> int:
    """Write these columns of the rows that have exactly those values, `None` being one; the number of rows. One query."""
    wanted = {name: value for name, value in where.items() if value is not None}
    text, fields = _update(connection.vendor, model, tuple(columns), tuple(wanted), tuple(name for name in where if name not in wanted))
    values = [*columns.values(), *wanted.values()]
    with connection.cursor() as cursor:
        cursor.execute(text, [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)])
        return cursor.rowcount


@functools.lru_cache(maxsize=256)
def _update(
    _vendor: str, model: type[models.Model], columns: tuple[str, ...], wanted: tuple[str, ...], empty: tuple[str, ...]
) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    """The text of an update, and the fields of its parameters."""
    condition = [*(f"{_column(model, name)} = %s" for name in wanted), *(f"{_column(model, name)} IS NULL" for name in empty)]
    setting = ", ".join(f"{_column(model, name)} = %s" for name in columns)
    text = f"UPDATE {connection.ops.quote_name(model._meta.db_table)} SET {setting} WHERE {' AND '.join(condition)}"
    return text, tuple(cast("models.Field[Any, Any]", model._meta.get_field(name)) for name in (*columns, *wanted))


def adapted(value: Any) -> Any:
    """A value as the database takes it: SQLite keeps moments as text."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, dt.datetime) else value


def _column(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(str(model._meta.get_field(name).column))  # type: ignore[union-attr]
