"""The order of lists whose order is a matter of choice: mechanisms, initiatives, indicators, values, outlets, feeds.

An order is decided like a record: where the files bring another one, rows take their new places, unless an editor has
moved some since the last load. A place in a list is no fact, so moving leaves no line in the history.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, Final

from relations.domain.dataset.plan import Action, merge_order
from relations.models import DatasetEntry

from .contents import Content
from .kinds import KINDS, Kind
from .report import LoadReport, Named

KIND: Final = "order"
"""Under which orders stand in a report."""

_LAST: Final = 1 << 31


def settle(index: Mapping[str, Mapping[str, int]], report: LoadReport, *, overwrite: bool) -> None:
    """Give the rows of every ordered list their places. `index`: by kind, rows by key in the order of the files."""
    actions: list[Action] = []
    for kind in KINDS:
        if kind.ordered_in is None:
            continue
        lists = _lists(kind, index[kind.name])
        entries = DatasetEntry.objects.filter(kind=kind.name).values_list("object_id", "position")
        loaded = {row: position for row, position in entries if position is not None}
        for name, (wanted, present) in lists.items():
            action = _decide(wanted, present, loaded, overwrite)
            if action is Action.CHANGE:
                settled = [pk for pk in _in_order(present) if pk in loaded or pk not in wanted]
                _renumber(kind, merge_order(wanted, settled), present)
            elif action is Action.KEEP:
                report.named.append(Named(KIND, name, "the order was changed here since it was loaded"))
            _remember(kind, wanted, again=action is Action.CHANGE)
            if action is not Action.UNCHANGED:
                actions.append(action)
    if actions:
        report.counts[KIND] = Counter(actions)


def _lists(kind: Kind, rows: Mapping[str, int]) -> dict[str, tuple[list[int], dict[int, int]]]:
    """By name of the list: the rows in the order of the files, and the place of every row of the list."""
    present: dict[str, dict[int, int]] = defaultdict(dict)
    list_of = {}
    columns = [f"{part}_id" for part in kind.ordered_in or ()]
    for pk, position, *scope in kind.model._default_manager.values_list("pk", "position", *columns):
        list_of[pk] = " ".join([kind.name, *map(str, scope)])
        present[list_of[pk]][pk] = position
    wanted: dict[str, list[int]] = defaultdict(list)
    for pk in rows.values():
        wanted[list_of[pk]].append(pk)
    return {name: (wanted[name], present[name]) for name in wanted}


def _in_order(present: Mapping[int, int]) -> list[int]:
    """Rows by their place; those that nobody has given one come last."""
    return sorted(present, key=lambda pk: (present[pk] or _LAST, pk))


def _decide(wanted: list[int], present: Mapping[int, int], loaded: Mapping[int, int], overwrite: bool) -> Action:
    known = set(wanted)
    if [pk for pk in _in_order(present) if pk in known] == wanted:
        return Action.UNCHANGED
    moved = any(pk in loaded and loaded[pk] != present[pk] for pk in wanted)
    return Action.KEEP if moved and not overwrite else Action.CHANGE


def _renumber(kind: Kind, order: list[int], present: Mapping[int, int]) -> None:
    rows: Any = kind.model._default_manager.in_bulk([pk for place, pk in enumerate(order, 1) if present[pk] != place])
    for place, pk in enumerate(order, 1):
        if pk in rows:
            rows[pk].position = place
    kind.model._default_manager.bulk_update(rows.values(), ["position"], batch_size=100)


def _remember(kind: Kind, rows: list[int], *, again: bool) -> None:
    """Note the places of rows, of all of them where they have just been given (`again`), else of new ones."""
    entries = DatasetEntry.objects.filter(kind=kind.name, object_id__in=rows)
    if not again:
        entries = entries.filter(position__isnull=True)
    changed = list(entries)
    places = dict(kind.model._default_manager.filter(pk__in=[entry.object_id for entry in changed]).values_list("pk", "position"))
    for entry in changed:
        entry.position = places[entry.object_id]
    DatasetEntry.objects.bulk_update(changed, ["position"], batch_size=100)


def places(kind: Kind, contents: Mapping[str, Content]) -> dict[str, int]:
    """By key: the place, from 1, of each record in its list of the files; nothing for a kind without an order of its own."""
    if kind.ordered_in is None:
        return {}
    counters: Counter[tuple[Any, ...]] = Counter()
    found = {}
    for key, content in contents.items():
        scope = tuple(content[part] for part in kind.ordered_in)
        counters[scope] += 1
        found[key] = counters[scope]
    return found
