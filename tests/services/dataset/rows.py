"""What the tables hold, told without the numbers of rows, so that two databases can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from relations.models import DatasetEntry, Dyad, IndexWeight


def tables(*, histories: bool = False) -> Iterator[type[Model]]:
    """Every table that a load fills; dyads and weights of the index are written by migrations and stay."""
    for model in apps.get_app_config("relations").get_models(include_auto_created=True):
        if model not in (Dyad, IndexWeight) and (histories or not model.__name__.startswith("Historical")):
            yield model


def all_rows() -> dict[str, Counter[tuple[str, ...]]]:
    """By table how often each row occurs; a foreign key stands as what the row it points to says."""
    said = {model: {row.pk: _says(model, row) for row in model._base_manager.all()} for model in tables()}
    found: dict[str, Counter[tuple[str, ...]]] = {}
    for model in tables():
        if model is not DatasetEntry:
            found[model.__name__] = Counter(_columns(row, said) for row in model._base_manager.all())
    return found


def _own(model: type[Model]) -> list[str]:
    """The columns that say something by themselves; when a feed is due is not a fact."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and field.name != "next_check"]
    return [field.attname for field in fields if not field.is_relation or field.related_model is Dyad]


def _says(model: type[Model], row: Any) -> str:
    parent = row.declaration.slug if model.__name__ == "Provision" else ""
    return " ".join([parent, *(str(getattr(row, name)) for name in _own(model))])


def _columns(row: Any, said: dict[type[Model], dict[Any, str]]) -> tuple[str, ...]:
    model = type(row)
    others = [field for field in model._meta.concrete_fields if field.is_relation and field.related_model is not Dyad]
    pointed = [str(said[field.related_model].get(getattr(row, field.attname))) for field in others]  # type: ignore[index]
    return (*(str(getattr(row, name)) for name in _own(model)), *pointed)


def empty_tables() -> None:
    """An empty database, with its frame."""
    for model in tables(histories=True):
        model._base_manager.all()._raw_delete(connection.alias)  # type: ignore[attr-defined]
