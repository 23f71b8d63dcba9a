"""Updates that are the same each time but for a few values, compiled once: putting one together takes Django ten times as long
as the database needs to do it. The pendant of `selectors.statement`.
"""

from __future__ import annotations

import datetime as dt
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
    setting, values = _terms(model, columns)
    condition, wanted = _terms(model, {name: value for name, value in where.items() if value is not None})
    condition += [f"{_column(model, name)} IS NULL" for name, value in where.items() if value is None]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {', '.join(setting)} WHERE {' AND '.join(condition)}", [*values, *wanted])
        return cursor.rowcount


def adapted(value: Any) -> Any:
    """A value as the database takes it: SQLite keeps moments as text."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, dt.datetime) else value


def _terms(model: type[models.Model], columns: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    fields = [(model._meta.get_field(name), value) for name, value in columns.items()]
    values = [field.get_db_prep_save(value, connection) for field, value in fields]  # type: ignore[union-attr]
    return [f"{_column(model, name)} = %s" for name in columns], values


def _column(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(str(model._meta.get_field(name).column))  # type: ignore[union-attr]
