"""What a load does with each record: decided from three fingerprints, before anything is written.

The three are that of the file, that of the row as it is, and that of the record as it was last loaded. Where the row is
no longer as it was loaded, an editor has changed it since, and the editor wins unless told otherwise.
"""

from __future__ import annotations

import enum
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


class Action(enum.StrEnum):
    """What happens to one record of the files."""

    ADD = "added"
    CHANGE = "changed"
    UNCHANGED = "unchanged"
    KEEP = "kept"
    """An editor changed the row: it stays."""
    LEAVE_OUT = "left out"
    """An editor deleted the row, or gave its place to another record: it is not brought back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it was last loaded."""

    row: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class State:
    """All that is known of one kind of record; keys and rows as fingerprints.

    `files`: by key. `rows`: by row. `row_of_key`: the row that has this natural key at present. `entries`: by key.
    `other_names`: keys of the files with the row that is the same record under another key, by another unique name.
    """

    files: Mapping[str, str]
    rows: Mapping[int, str]
    row_of_key: Mapping[str, int]
    entries: Mapping[str, Entry]
    other_names: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """The decision on one record: `row` is the one it concerns, None where there is none yet."""

    key: str
    action: Action
    row: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The decisions on one kind. `gone`: keys and rows that were loaded once and are no longer in the files.

    `forget`: keys of entries whose record is neither in the files nor in the database, or goes by another key now.
    """

    steps: Sequence[Step]
    gone: Mapping[str, int]
    forget: Sequence[str]


def match(state: State) -> dict[str, int]:
    """The row of each record of the files that has one.

    It is the row as which the record was loaded, whatever its key is now; else the one that has its key, or another
    unique name of the record, unless that row is another record of the files.
    """
    found = {key: entry.row for key in state.files if (entry := state.entries.get(key)) and entry.row in state.rows}
    taken = set(found.values())
    for key in state.files:
        for row in (state.row_of_key.get(key), state.other_names.get(key)):
            if key not in found and row is not None and row not in taken:
                found[key] = row
                taken.add(row)
    return found


def decide(state: State, *, overwrite: bool = False) -> Plan:
    """Decide on every record of one kind. With `overwrite` the files win over editors."""
    row_of = match(state)
    loaded_as = {entry.row: entry.fingerprint for entry in state.entries.values()}
    steps, taken = [], set(row_of.values())
    for key, wanted in state.files.items():
        entry, row = state.entries.get(key), row_of.get(key)
        if row is not None:
            steps.append(Step(key, _compare(wanted, state.rows[row], loaded_as.get(row), overwrite), row))
        elif entry is None and key not in state.row_of_key:
            steps.append(Step(key, Action.ADD, None))
        else:
            steps.append(Step(key, Action.ADD if overwrite else Action.LEAVE_OUT, None))
    missing = {key: entry.row for key, entry in state.entries.items() if key not in state.files}
    gone = {key: row for key, row in missing.items() if row in state.rows and row not in taken}
    return Plan(steps, gone, [key for key in missing if key not in gone])


def _compare(wanted: str, present: str, loaded: str | None, overwrite: bool) -> Action:
    if wanted == present:
        return Action.UNCHANGED
    return Action.CHANGE if overwrite or present == loaded else Action.KEEP


def merge_order(wanted: Sequence[T], present: Sequence[T]) -> list[T]:
    """The order of the files for what they hold; what they do not hold stays behind the record it stood behind."""
    known, merged = set(wanted), list(wanted)
    before: T | None = None
    for key in present:
        if key not in known:
            merged.insert(merged.index(before) + 1 if before is not None else 0, key)
        before = key
    return merged
