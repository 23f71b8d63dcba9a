"""A query that is the same each time it is asked: compiled once, since putting a union of a dozen tables together takes
longer than the database needs to answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Statement:
    """The rows of a queryset of plain columns that no request changes. Columns come as the database gives them."""

    def __init__(self, build: Callable[[], Sequence[QuerySet[Any]]]) -> None:
        """`build` makes the parts of a union; it is called once for each kind of database."""
        self._build = build
        self._compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self) -> list[tuple[Any, ...]]:
        """All rows. One query."""
        if connection.vendor not in self._compiled:
            first, *others = self._build()
            self._compiled[connection.vendor] = first.union(*others, all=True).query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(*self._compiled[connection.vendor])
            return list(cursor.fetchall())
