"""Rows to contents: what the database holds, a few queries a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .columns import Column, Names
from .contents import Content
from .kinds import KINDS, Child, Kind, Link, Node

Contents = dict[str, dict[int, Content]]
"""By kind, by row: contents in the order of the rows."""


def names_now() -> dict[str, dict[int, str]]:
    """The keys by which records are named at present."""
    return {kind.name: dict(kind.model._default_manager.values_list("pk", kind.named_by)) for kind in KINDS if kind.named_by}


def read(names: Names, kinds: Iterable[Kind] = KINDS) -> Contents:
    """Every record of these kinds."""
    return {kind.name: _read_kind(kind, names) for kind in kinds}


def places() -> dict[str, dict[int, int]]:
    """By kind: the place of each row in its list, 0 where nobody has given it one; only kinds with an order of their own."""
    ordered = [kind for kind in KINDS if kind.ordered_in is not None]
    return {kind.name: dict(kind.model._default_manager.values_list("pk", "position")) for kind in ordered}


def _read_kind(kind: Kind, names: Names) -> dict[int, Content]:
    fields = _fields(kind.columns)
    rows = kind.model._default_manager.order_by("pk").values_list("pk", *fields)
    contents = {pk: _content(kind.columns, values, names) for pk, *values in rows}
    _add_parts(kind, contents, names)
    return contents


def _add_parts(node: Node, contents: dict[int, Content], names: Names) -> None:
    for link in node.links:
        for pk, keys in _linked(node, link, names).items():
            contents[pk][link.key] = keys
        for content in contents.values():
            content.setdefault(link.key, [])
    for child in node.children:
        for content in contents.values():
            content[child.key] = []
        for parent, items in _read_child(child, names).items():
            contents[parent][child.key] = items


def _read_child(child: Child, names: Names) -> dict[int, list[Any]]:
    parent_id = f"{child.parent}_id"
    rows = child.model._default_manager.order_by("position", "pk").values_list("pk", parent_id, *_fields(child.columns))
    plain = child.columns[0].key == ""
    parents, contents = {}, {}
    for pk, parent, *values in rows:
        parents[pk] = parent
        contents[pk] = child.columns[0].from_row(tuple(values), names) if plain else _content(child.columns, values, names)
    if not plain:
        _add_parts(child, contents, names)
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, parent in parents.items():
        if contents[pk] is not None:  # None: it names a record that is not among the names
            found[parent].append(contents[pk])
    return found


def _linked(node: Node, link: Link, names: Names) -> dict[int, list[str]]:
    relation = node.model._meta.get_field(link.field)
    through = relation.remote_field.through  # type: ignore[union-attr]
    pairs = through._default_manager.values_list(relation.m2m_column_name(), relation.m2m_reverse_name())  # type: ignore[union-attr]
    found: dict[int, list[str]] = defaultdict(list)
    for pk, target in pairs:
        found[pk].append(names[link.kind][target])
    return {pk: sorted(keys) for pk, keys in found.items()}


def _fields(columns: Iterable[Column]) -> list[str]:
    return [field for column in columns for field in column.fields]


def _content(columns: Iterable[Column], values: Iterable[Any], names: Names) -> Content:
    content = {}
    rest = list(values)
    for column in columns:
        width = len(column.fields)
        content[column.key] = column.from_row(tuple(rest[:width]), names)
        del rest[:width]
    return content
