"""How the keys of a record in the files become columns of a row, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from relations.domain.dataset.canonical import plain_number
from relations.domain.dataset.shape import TITLE_LANGUAGES
from relations.reference.languages import DATASET_KEYS, field_suffix
from relations.reference.lexicon import REFERENCE_DOCUMENTS


class Rows(Protocol):
    """Finds the rows that records name: made by whoever writes (`load.RowIndex`)."""

    def row(self, kind: str, key: str | None) -> int | None:
        """The row of the record with this key; None where an editor has deleted it."""

    def named(self, kind: str, key: str) -> bool:
        """Whether the files have a record with this key."""

    def person(self, side: str, name: str) -> int | None:
        """The row of the person whom a record names."""


Names = Mapping[str, Mapping[int, str]]
"""By kind: the key of each row, the other way round."""


class Column(Protocol):
    """One key of a record and the columns that hold it. A `key` of "" is the whole of a record that is a plain value."""

    @property
    def key(self) -> str: ...

    @property
    def fields(self) -> tuple[str, ...]: ...

    def to_row(self, value: Any, rows: Rows) -> dict[str, Any]: ...

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any: ...


@dataclass(frozen=True)
class Plain:
    """A value that is the same in the file and in the row."""

    key: str
    field: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field or self.key,)

    def to_row(self, value: Any, rows: Rows) -> dict[str, Any]:
        return {self.fields[0]: value}

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any:
        return values[0]


class Blank(Plain):
    """A text that is null in the file where it is empty in the row."""

    def to_row(self, value: Any, rows: Rows) -> dict[str, Any]:
        return {self.fields[0]: value or ""}

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any:
        return values[0] or None


class Unknown(Plain):
    """A text that is null where nothing is known, in the file and in the row; a form may have left it empty."""

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any:
        return values[0] or None


class Codes(Plain):
    """A list of codes in the file, a tuple in the row."""

    def to_row(self, value: Any, rows: Rows) -> dict[str, Any]:
        return {self.fields[0]: tuple(value)}

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any:
        return list(values[0])


class Number(Plain):
    """A number, written without `.0` where it is whole."""

    def to_row(self, value: Any, rows: Rows) -> dict[str, Any]:
        return {self.fields[0]: float(value)}

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any:
        return plain_number(values[0])


@dataclass(frozen=True)
class Titles:
    """Titles by language in the file, a column for each language in the row."""

    key: str

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(f"{self.key}_{field_suffix(DATASET_KEYS[language])}" for language in TITLE_LANGUAGES)

    def to_row(self, value: Any, rows: Rows) -> dict[str, Any]:
        return {field: value[language] for field, language in zip(self.fields, TITLE_LANGUAGES, strict=True)}

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any:
        return {language: value or None for language, value in zip(TITLE_LANGUAGES, values, strict=True)}


@dataclass(frozen=True)
class Ref:
    """The key of another record in the file, a foreign key in the row."""

    key: str
    field: str
    kind: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def to_row(self, value: Any, rows: Rows) -> dict[str, Any]:
        return {self.field: rows.row(self.kind, value)}

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any:
        return names[self.kind].get(values[0]) if values[0] is not None else None


@dataclass(frozen=True)
class Invoked:
    """A reference of a declaration: the slug of another one, a document's code, or a plain name."""

    key: str = ""
    fields: tuple[str, ...] = ("target_id", "document", "name")

    def to_row(self, value: Any, rows: Rows) -> dict[str, Any]:
        target = rows.row("declarations", value)
        if target is not None:
            return {"target_id": target, "document": "", "name": ""}
        if rows.named("declarations", value):  # an editor has deleted it: nothing is left to refer to
            return {"target_id": None, "document": "", "name": ""}
        known = value in REFERENCE_DOCUMENTS
        return {"target_id": None, "document": value if known else "", "name": "" if known else value}

    def from_row(self, values: tuple[Any, ...], names: Names) -> Any:
        target, document, name = values
        return names["declarations"].get(target) if target is not None else document or name


@dataclass(frozen=True)
class Derived:
    """A column that follows from others and does not stand in the files."""

    field: str
    of: Callable[[Any, Rows], Any]

    def to_row(self, content: Any, rows: Rows) -> dict[str, Any]:
        return {self.field: self.of(content, rows)}
