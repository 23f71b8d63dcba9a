"""Contents to rows: many at a time, only what differs, each with a line in its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, get_history_manager_for_model

from .columns import Rows
from .contents import Content
from .kinds import Child, Link, Node

REASON = "dataset"
BATCH = 500
_ASIDE = 15_000
"""Added to the places of rows that change places, so that no two hold the same one meanwhile."""


def create_rows(node: Node, contents: Sequence[Content], rows: Rows, more: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Make a row for each content, without its parts. `more`: columns that do not stand in the content, a dict for each."""
    made = [node.model(**values_of(node, content, rows), **extra) for content, extra in zip(contents, more, strict=True)]
    if hasattr(node.model, "history"):
        bulk_create_with_history(made, node.model, batch_size=BATCH, default_change_reason=REASON, default_date=timezone.now())
    else:
        node.model._default_manager.bulk_create(made, batch_size=BATCH)
    return made


def create_parts(node: Node, made: Sequence[Any], contents: Sequence[Content], rows: Rows) -> None:
    """Make what belongs to new rows: children, and theirs, and links."""
    for child in node.children:
        items, places = [], []
        for row, content in zip(made, contents, strict=True):
            for position, item in enumerate(_items(child, content, rows), child.first):
                items.append(item)
                places.append({f"{child.parent}_id": row.pk, "position": position})
        create_parts(child, create_rows(child, items, rows, places), items, rows)
    for link in node.links:
        _create_links(node, link, zip(made, contents, strict=True), rows)


def update(node: Node, changes: Sequence[tuple[Any, Content]], rows: Rows) -> None:
    """Bring rows and their parts to the given contents. Every row of `changes` gets a line in its history."""
    save([(row, values_of(node, content, rows)) for row, content in changes], node.model, always=True)
    _update_parts(node, changes, rows)


def save(changes: Iterable[tuple[Any, Mapping[str, Any]]], model: type[Model], *, always: bool = False) -> None:
    """Set columns of rows where they differ; rows that differ (or all, `always`) get a line in their history."""
    touched, fields = [], set()
    for row, values in changes:
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
            fields.add(name)
        if differing or always:
            touched.append(row)
    if not touched:
        return
    if fields:
        names = sorted(model._meta.get_field(name).name for name in fields)
        model._default_manager.bulk_update(touched, names, batch_size=100)
    if hasattr(model, "history"):
        history = get_history_manager_for_model(model)
        history.bulk_history_create(touched, batch_size=BATCH, update=True, default_change_reason=REASON, default_date=timezone.now())


def values_of(node: Node, content: Any, rows: Rows) -> dict[str, Any]:
    """The columns of a row for a content."""
    values: dict[str, Any] = {}
    for column in node.columns:
        values |= column.to_row(content[column.key] if column.key else content, rows)
    for derived in node.derived:
        values |= derived.to_row(content, rows)
    return values


def _items(child: Child, content: Content, rows: Rows) -> list[Any]:
    """The items of a list, without those whose record an editor has deleted."""
    return [item for item in content[child.key] if not _names_nothing(child, item, rows)]


def _names_nothing(child: Child, item: Any, rows: Rows) -> bool:
    values = [value for column in child.columns if not column.key for value in column.to_row(item, rows).values()]
    return bool(values) and not any(values)


def _create_links(node: Node, link: Link, pairs: Iterable[tuple[Any, Content]], rows: Rows) -> None:
    relation: Any = node.model._meta.get_field(link.field)
    through = relation.remote_field.through
    source, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    made = [through(**{f"{source}_id": row.pk, f"{target}_id": pk}) for row, content in pairs for pk in _targets(link, content, rows)]
    through._default_manager.bulk_create(made, batch_size=BATCH)


def _targets(link: Link, content: Content, rows: Rows) -> list[int]:
    return [pk for key in content[link.key] if (pk := rows.row(link.kind, key)) is not None]


def _update_parts(node: Node, changes: Sequence[tuple[Any, Content]], rows: Rows) -> None:
    for child in node.children:
        _update_children(child, changes, rows)
    for link in node.links:
        for row, content in changes:
            getattr(row, link.field).set(_targets(link, content, rows))


def _update_children(child: Child, changes: Sequence[tuple[Any, Content]], rows: Rows) -> None:
    parent_id = f"{child.parent}_id"
    present: dict[int, list[Any]] = defaultdict(list)
    for row in child.model._default_manager.filter(**{f"{parent_id}__in": [row.pk for row, _ in changes]}).order_by("position", "pk"):
        present[getattr(row, parent_id)].append(row)
    kept: list[tuple[Any, Any, dict[str, Any]]] = []
    new: list[tuple[Any, dict[str, Any]]] = []
    for row, content in changes:
        items = [
            (item, {**values_of(child, item, rows), "position": position})
            for position, item in enumerate(_items(child, content, rows), child.first)
        ]
        pairs, left = _pair(child, present[row.pk], [values for _, values in items])
        for gone in left:
            gone._change_reason = REASON
            gone.delete()
        for (item, values), old in zip(items, pairs, strict=True):
            if old is None:
                new.append((item, {parent_id: row.pk, "position": values["position"]}))
            else:
                kept.append((old, item, values))
    _step_aside(child, kept)
    save([(old, values) for old, _, values in kept], child.model)
    if child.children or child.links:
        _update_parts(child, [(old, item) for old, item, _ in kept], rows)
    added = [item for item, _ in new]
    create_parts(child, create_rows(child, added, rows, [place for _, place in new]), added, rows)


def _pair(child: Child, present: list[Any], wanted: list[dict[str, Any]]) -> tuple[list[Any | None], list[Any]]:
    """For each wanted row the present one that it continues, or None; and the present rows that are continued by none.

    A row is known by its identity; what is left over on both sides continues where it stands at the same place.
    """
    by_identity = {tuple(getattr(row, name) for name in child.identity): row for row in present}
    pairs = [by_identity.pop(tuple(values[name] for name in child.identity), None) for values in wanted]
    by_place = {row.position: row for row in by_identity.values()}
    pairs = [by_place.pop(values["position"], None) if old is None else old for old, values in zip(pairs, wanted, strict=True)]
    used = {row.pk for row in pairs if row is not None}
    return pairs, [row for row in present if row.pk not in used]


def _step_aside(child: Child, kept: list[tuple[Any, Any, dict[str, Any]]]) -> None:
    """Provisions are unique by place: those that move go far away first."""
    moving = [row for row, _, values in kept if row.position != values["position"]]
    if not child.first or not moving:
        return
    for row in moving:
        row.position += _ASIDE
    child.model._default_manager.bulk_update(moving, ["position"], batch_size=100)
