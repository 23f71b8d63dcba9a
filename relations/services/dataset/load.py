"""Files to rows: one transaction in which every record is added, brought up to date, or left to the editor who changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import translation

from relations import models
from relations.domain.dataset.canonical import fingerprint, key_of
from relations.domain.dataset.plan import Action, Entry, Plan, State, Step, decide, match
from relations.models import DatasetEntry

from . import order, reading, writing
from .contents import Content, contents_of
from .files import SHIPPED, read_files
from .kinds import KINDS, Kind
from .report import DatasetRefused, LoadReport, Named
from .validating import refuse_invalid

_REASONS = {Action.KEEP: "changed here since it was loaded", Action.LEAVE_OUT: "deleted here, or its place was taken"}


def load(directory: Path | None = None, *, overwrite: bool = False) -> LoadReport:
    """Bring the database to the files of `directory` (the shipped ones by default).

    Records that editors have changed or deleted since the last load stay as they are, unless `overwrite`. Nothing is ever
    deleted. Raises DatasetRefused where the files are not valid; then, as after any other error, nothing has changed.
    """
    tree = read_files(directory or SHIPPED)
    refuse_invalid(tree)
    contents = contents_of(tree)
    try:
        # Titles are written through their English columns whatever language the caller speaks.
        with translation.override("en"), transaction.atomic():
            _alone()
            return _Load(contents, overwrite).run()
    except DatabaseError as error:
        raise DatasetRefused([f"the database refuses: {' '.join(str(error).split())} ({_advice(error)})"]) from error


def _alone() -> None:
    """A second load waits here for the first; an editor's save during this one makes it fail rather than be overwritten.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(f"LOCK TABLE {DatasetEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _advice(error: DatabaseError) -> str:
    text = str(error)
    if "no such table" in text or "does not exist" in text:
        return "run “manage.py migrate” first"
    if "locked" in text or "serialize" in text or "deadlock" in text:
        return "somebody else is writing: try again"
    return "an editor’s record stands in the way of one of the files"


@dataclass
class RowIndex:
    """The row of every record of the files that has one."""

    by_key: dict[str, dict[str, int]]
    keys: Mapping[str, Mapping[str, Content]]
    people: dict[tuple[str, str], int] = field(default_factory=dict)

    def row(self, kind: str, key: str | None) -> int | None:
        return self.by_key[kind].get(key) if key is not None else None

    def named(self, kind: str, key: str) -> bool:
        return key in self.keys[kind]

    def person(self, side: str, name: str) -> int | None:
        return self.people.get((side, name))


class _Load:
    def __init__(self, contents: Mapping[str, Mapping[str, Content]], overwrite: bool) -> None:
        self.contents = contents
        self.overwrite = overwrite
        self.report = LoadReport()
        self.entries: dict[str, dict[str, DatasetEntry]] = {kind.name: {} for kind in KINDS}
        for entry in DatasetEntry.objects.all():
            self.entries[entry.kind][entry.key] = entry
        self.rows = RowIndex({kind.name: {} for kind in KINDS}, contents)

    def run(self) -> LoadReport:
        present = reading.read(self._names())
        for kind in KINDS:
            self._load_kind(kind, present[kind.name])
            if kind.model is models.Person:
                self._know_people()
        order.settle(self._in_file_order(), self.report, overwrite=self.overwrite)
        return self.report

    def _names(self) -> dict[str, dict[int, str]]:
        """The keys by which the files name rows now or did when they were loaded, whatever an editor has renamed since."""
        names = reading.names_now()
        for kind in KINDS:
            if kind.named_by:
                of_kind, keys = names[kind.name], dict.fromkeys(self.contents[kind.name], "")
                row_of_key = {key_of(name): row for row, name in of_kind.items()}
                state = State(keys, dict.fromkeys(of_kind, ""), row_of_key, self._loaded(kind), self._other_names(kind))
                of_kind |= {entry.row: key for key, entry in state.entries.items() if entry.row in of_kind}
                of_kind |= {row: key for key, row in match(state).items()}
        return names

    def _loaded(self, kind: Kind) -> dict[str, Entry]:
        return {key: Entry(entry.object_id, entry.fingerprint) for key, entry in self.entries[kind.name].items()}

    def _in_file_order(self) -> dict[str, dict[str, int]]:
        found = self.rows.by_key
        return {kind: {key: found[kind][key] for key in keys if key in found[kind]} for kind, keys in self.contents.items()}

    def _load_kind(self, kind: Kind, present: dict[int, Content]) -> None:
        wanted = self.contents[kind.name]
        prints = {key: fingerprint(content) for key, content in wanted.items()}
        plan = decide(self._state(kind, prints, present), overwrite=self.overwrite)
        for step in plan.steps:
            if step.row is not None:
                self.rows.by_key[kind.name][step.key] = step.row
        self._change(kind, [step for step in plan.steps if step.action is Action.CHANGE])
        left_out = self._add(kind, [step.key for step in plan.steps if step.action is Action.ADD])
        self._remember(kind, plan, prints, left_out)
        self._tell(kind, plan, left_out)

    def _state(self, kind: Kind, prints: dict[str, str], present: dict[int, Content]) -> State:
        return State(
            files=prints,
            rows={row: fingerprint(content) for row, content in present.items()},
            row_of_key={kind.key(content): row for row, content in present.items()},
            entries=self._loaded(kind),
            other_names=self._other_names(kind),
        )

    def _other_names(self, kind: Kind) -> dict[str, int]:
        """For each key of the files the row that already has one of the other names the database keeps unique."""
        names = kind.also_known_by
        if not names:
            return {}
        rows = {tuple(values): pk for pk, *values in kind.model._default_manager.values_list("pk", *names) if None not in values}
        found = {}
        for key, content in self.contents[kind.name].items():
            values = writing.values_of(kind, content, self.rows)
            row = rows.get(tuple(values[name] for name in names))
            if row is not None:
                found[key] = row
        return found

    def _change(self, kind: Kind, steps: list[Step]) -> None:
        present = kind.model._default_manager.in_bulk([step.row for step in steps])
        writing.update(kind, [(present[step.row], self.contents[kind.name][step.key]) for step in steps], self.rows)

    def _add(self, kind: Kind, keys: list[str]) -> list[str]:
        """Make rows, parents before their children. Returns the keys of records whose parent an editor has deleted."""
        index, places = self.rows.by_key[kind.name], order.places(kind, self.contents[kind.name])
        waiting = list(keys)
        while waiting:
            ready = [key for key in waiting if not self._waits(kind, key, waiting)]
            able = [key for key in ready if self._able(kind, key)]
            contents = [self.contents[kind.name][key] for key in able]
            more = [kind.on_create(self.contents[kind.name][key]) | ({"position": places[key]} if places else {}) for key in able]
            made = writing.create_rows(kind, contents, self.rows, more)
            index.update(zip(able, (row.pk for row in made), strict=True))  # first: records of one kind name each other
            writing.create_parts(kind, made, contents, self.rows)
            waiting = [key for key in waiting if key not in set(ready)]
        return [key for key in keys if key not in index]

    def _waits(self, kind: Kind, key: str, waiting: list[str]) -> bool:
        return "parent" in self.contents[kind.name][key] and self.contents[kind.name][key]["parent"] in waiting

    def _able(self, kind: Kind, key: str) -> bool:
        """Whether everything that the record cannot do without is there."""
        values = writing.values_of(kind, self.contents[kind.name][key], self.rows)
        return all(value is not None or kind.model._meta.get_field(name).null for name, value in values.items())

    def _remember(self, kind: Kind, plan: Plan, prints: dict[str, str], left_out: list[str]) -> None:
        """Note each record as it was loaded; what an editor changed or deleted keeps its old note."""
        entries, new, changed = self.entries[kind.name], [], []
        for step in plan.steps:
            if step.action in (Action.KEEP, Action.LEAVE_OUT) or step.key in left_out:
                continue
            row, entry = self.rows.by_key[kind.name][step.key], entries.get(step.key)
            if entry is None:
                new.append(DatasetEntry(kind=kind.name, key=step.key, object_id=row, fingerprint=prints[step.key]))
            elif (entry.object_id, entry.fingerprint) != (row, prints[step.key]):
                entry.object_id, entry.fingerprint = row, prints[step.key]
                changed.append(entry)
        DatasetEntry.objects.filter(kind=kind.name, key__in=plan.forget).delete()
        DatasetEntry.objects.bulk_create(new, batch_size=writing.BATCH)
        DatasetEntry.objects.bulk_update(changed, ["object_id", "fingerprint"], batch_size=100)

    def _tell(self, kind: Kind, plan: Plan, left_out: list[str]) -> None:
        actions = {step.key: Action.LEAVE_OUT if step.key in left_out else step.action for step in plan.steps}
        self.report.count(kind.name, actions.values())
        for key, action in actions.items():
            if action in _REASONS:
                reason = "what it belongs to was deleted here" if key in left_out else _REASONS[action]
                self.report.named.append(Named(kind.name, key, reason))
        self.report.named += [Named(kind.name, key, "no longer in the files; it stays") for key in plan.gone]

    def _know_people(self) -> None:
        """Names of people become rows; signatures and chairs that waited for a person find theirs."""
        self.rows.people = {(side, name): pk for pk, side, name in models.Person.objects.values_list("pk", "side", "name_en")}
        for model in (models.Signatory, models.Chair):
            unknown: Any = model._default_manager.filter(person__isnull=True)
            found = [(row, {"person_id": self.rows.person(row.side, row.name)}) for row in unknown]
            writing.save([(row, values) for row, values in found if values["person_id"]], model)
