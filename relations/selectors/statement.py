"""Queries that are the same each time but for a few values: compiled once, since putting one together takes Django ten times
as long as the database needs to answer it. Only their text is kept, never an answer.

    _VISITS = Statement(lambda: columns(Visit.objects.for_dyads(Named("dyads")), "pk", in_language("visitor__name")))
    _VISITS.rows(dyads=["CN-KZ"])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, Expression, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from relations.reference.languages import LANGUAGES, field_suffix


class Named(Expression):
    """Stands in a query for a value that is given by name when it is asked; behind `__in` for a list of values."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=CharField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class NamedWhole(Named):
    """Stands for a list of values that the database is given as one, however many they are (`ingest.bulk.listed`)."""


def columns(rows: QuerySet[Any], *names: str | Expression | Exists | F) -> QuerySet[Any]:
    """The rows as tuples of these columns in this order (the querysets of translated models have an order of their own)."""
    return QuerySet(rows.model, query=rows.query.chain()).values_list(*names)


def in_language(column: str, language: str | None = None) -> Expression:
    """A translated column, `title` or `mechanism__title`, in a language (that of the page), in English where it has no words."""
    code = language or get_language() or "en"
    own = field_suffix(code if code in LANGUAGES else "en")
    words = [NullIf(F(f"{column}_{own}"), Value(""))] if own != "en" else []
    return Coalesce(*words, F(f"{column}_en"), Value(""), output_field=CharField())


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A query in the words of one kind of database, and what turns its columns into values of Python."""

    pieces: tuple[str, ...]
    """The text between its parameters."""
    parameters: tuple[Any, ...]
    names: frozenset[str]
    converters: tuple[tuple[int, Any, Sequence[Callable[..., Any]]], ...]

    def filled(self, values: dict[str, Any]) -> tuple[str, list[Any]]:
        """The text and its parameters, a list of values spread; nothing is in an empty list. Raises TypeError for other names."""
        if self.names != values.keys():
            raise TypeError(f"the statement takes {sorted(self.names)}, not {sorted(values)}")
        text, given = [self.pieces[0]], []
        for parameter, piece in zip(self.parameters, self.pieces[1:], strict=True):
            value = values[parameter.name] if isinstance(parameter, Named) else parameter
            several = list(value) if isinstance(value, (list, tuple)) and not isinstance(parameter, NamedWhole) else [value]
            text += [", ".join(["%s"] * len(several)) or "NULL", piece]
            given += several
        return "".join(text), given

    def converted(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows as the fields of the model would give them."""
        if not self.converters:
            return rows
        made = [list(row) for row in rows]
        for place, expression, converters in self.converters:
            for row in made:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
        return [tuple(row) for row in made]


class Statement:
    """The rows of a query of plain columns, or of a union of several."""

    def __init__(self, build: Callable[[], QuerySet[Any] | Sequence[QuerySet[Any]]]) -> None:
        """`build` makes the query or the parts of the union; it is called once for each kind of database and each language."""
        self._build = build
        self._compiled: dict[tuple[str, str | None], _Compiled] = {}

    def rows(self, limit: int | None = None, /, **values: str | int | Sequence[str] | Sequence[int]) -> list[tuple[Any, ...]]:
        """The rows (the first so many) with these values for the names in the query: a list where the query asks `__in`.

        One query. Raises TypeError where a name is missing or unknown.
        """
        key = connection.vendor, get_language()
        if key not in self._compiled:
            self._compiled[key] = self._compile()
        compiled = self._compiled[key]
        text, parameters = compiled.filled(values)
        if limit is not None:
            text, parameters = f"{text} LIMIT %s", [*parameters, limit]
        with connection.cursor() as cursor:
            cursor.execute(text, parameters)
            return compiled.converted(list(cursor.fetchall()))

    def _compile(self) -> _Compiled:
        built = self._build()
        first, *others = [built] if isinstance(built, QuerySet) else built
        rows = first.union(*others, all=True) if others else first
        compiler = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        found = compiler.get_converters([column for column, _sql, _alias in compiler.select[: compiler.col_count]])
        return _Compiled(
            tuple(sql.split("%s")),
            tuple(parameters),
            frozenset(parameter.name for parameter in parameters if isinstance(parameter, Named)),
            tuple((place, expression, converters) for place, (converters, expression) in found.items()),
        )
