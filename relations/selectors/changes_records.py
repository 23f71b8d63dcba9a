"""Which records were made or edited since a day, read from their histories; never a draft, and a load of the dataset as one line.

Two queries tell which (they suffice for a count); then one for the records as they are, one for the history of each kind, one for that of
provisions. So their number does not grow with the records.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import CharField, Count, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from simple_history.utils import get_history_manager_for_model

from relations import models
from relations.domain import changes as rules
from relations.domain.changes import Difference, Fate, Load
from relations.models import Anniversary, Declaration, Event, Mechanism, Provision, Session, Status, Visit
from relations.selectors.latest import LatestRecord
from relations.selectors.statement import Named, Statement, columns, in_language
from relations.selectors.titles import language_of

ROWS_MOST: Final = 2000
"""Entries of histories that are looked through, the newest."""
_DATASET: Final = "dataset"
"""The reason that a load notes in a history."""
_NEVER: Final = "1900-01-01 00:00:00"
PROVISIONS: Final = "provisions"

KINDS: Final[dict[str, type[Model]]] = {
    "declaration": Declaration,
    "status": Status,
    "visit": Visit,
    "session": Session,
    "event": Event,
    "anniversary": Anniversary,
    "mechanism": Mechanism,
}
_PARTS: Final[tuple[tuple[type[Model], str, str], ...]] = (
    *((getattr(models, f"{name.capitalize()}Citation"), name, "sources") for name in KINDS),
    (Provision, "declaration", PROVISIONS),
    (models.DeclarationText, "declaration", "texts"),
    (models.Signatory, "declaration", "signatories"),
    (models.Reference, "declaration", "references"),
    (models.Chair, "session", "chairs"),
)
"""What belongs to a record: its model, the kind of the record, and the word for it."""
PART_NAMES: Final = tuple(dict.fromkeys(word for _model, _kind, word in _PARTS))
_UNTOLD: Final = frozenset({"id", "slug", "position", "state", "label", "title", "declaration_id", "mechanism_id"})
"""Columns that say nothing to a reader: places in lists, labels of charts, the column behind a title in four languages."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A record whose history has entries since the day: when the last was, and which of its parts were touched."""

    kind: str
    pk: int
    moment: dt.datetime
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touches:
    """The records touched, the last first, and the loads of the dataset. `cut` where more entries exist than were looked through."""

    records: tuple[Touched, ...]
    loads: tuple[Load, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is new or was edited: on which day last, what differs, and what else of it was touched (`sources` …)."""

    record: LatestRecord
    fate: Fate
    day: dt.date
    differences: tuple[Difference, ...] = ()
    parts: tuple[str, ...] = ()
    provisions: int = 0
    """How many provisions a new document has."""


def _history(model: type[Model]) -> Any:
    return get_history_manager_for_model(model)


def _shown(kind: str) -> QuerySet[Any]:
    """The records of a kind that the dashboard shows, of the relationships asked for."""
    rows: Any = Declaration.objects.published() if kind == "declaration" else KINDS[kind]._default_manager.all()
    return rows.for_dyads(Named("dyads")).order_by().values("pk")


def _loaded() -> list[QuerySet[Any]]:
    """What loads have made: moment, and how many records."""
    return [
        _history(model)
        .filter(history_date__gte=Named("since"), history_type="+", history_change_reason=_DATASET)
        .order_by()
        .values("history_date")
        .annotate(records=Count("pk"))
        .values_list("history_date", "records")
        for model in KINDS.values()
    ]


def _entries() -> list[QuerySet[Any]]:
    """Entries since the day: kind, record, part, moment; those of the loads left out, and parts that any load made:
    the record itself has an entry then."""
    loaded = Q(history_type="+", history_change_reason=_DATASET)
    rows = []
    for model, kind, column, part in [*((m, k, "id", "") for k, m in KINDS.items()), *((m, k, k, w) for m, k, w in _PARTS)]:
        left_out = loaded if part else loaded & Q(history_date__in=Named("loads"))
        found = _history(model).filter(history_date__gte=Named("since"), **{f"{column}__in": _shown(kind)}).exclude(left_out).order_by()
        words = {"kind_": Value(kind, CharField()), "part_": Value(part, CharField())}
        rows.append(found.annotate(**words).values_list("kind_", F(column), "part_", "history_date"))
    return rows


_LOADED: Final = Statement(_loaded)
_ENTRIES: Final = Statement(_entries)


def _written(moment: dt.datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(moment))


def touched(since: dt.date, dyads: Sequence[str]) -> Touches:
    """The records touched since a day (included), and the loads of the dataset since. Two queries."""
    begin = _written(dt.datetime.combine(since, dt.time.min, dt.UTC))
    made = _LOADED.rows(since=begin)
    loads = rules.loads(made)
    days = {load.day for load in loads}
    moments = tuple(sorted({_written(moment) for moment, _records in made if moment.date() in days})) or (_NEVER,)
    entries = _ENTRIES.rows(since=begin, loads=moments, dyads=list(dyads))
    entries.sort(key=lambda entry: entry[3], reverse=True)
    found: dict[tuple[str, int], dt.datetime] = {}
    parts: defaultdict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for kind, pk, part, moment in entries[:ROWS_MOST]:
        found.setdefault((kind, pk), moment)
        if part:
            parts[kind, pk][part] = None
    records = tuple(Touched(kind, pk, moment, tuple(parts[kind, pk])) for (kind, pk), moment in found.items())
    return Touches(records, tuple(loads), len(entries) > ROWS_MOST)


def changes_of(touches: Touches, since: dt.date) -> list[Change]:
    """What became of the records touched, the last touched first; those that are as they were are left out."""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for one in touches.records:
        keys[one.kind].append(one.pk)
    records = _records(keys)
    begin = dt.datetime.combine(since, dt.time.min, dt.UTC)
    days = {load.day for load in touches.loads}
    told = {kind: _told(KINDS[kind], "id", pks, begin, days) for kind, pks in keys.items()}
    provisions = _told(Provision, "declaration_id", keys["declaration"], begin, days) if keys["declaration"] else {}
    changes = (
        _change(
            one, records[one.kind, one.pk], told[one.kind].get(one.pk, []), provisions.get(one.pk, []) if one.kind == "declaration" else []
        )
        for one in touches.records
        if (one.kind, one.pk) in records
    )
    return [change for change in changes if change]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row said on the day and says now. `then` is None where nothing is known of it then, `now` where it is gone."""

    row: int
    then: Mapping[str, Any] | None
    first: Mapping[str, Any]
    now: Mapping[str, Any] | None
    made: bool


def _told(model: type[Model], column: str, pks: Sequence[int], begin: dt.datetime, days: Set[dt.date]) -> dict[int, list[_Told]]:
    """Record → its rows, from one history. One query."""
    manager = _history(model)
    names = [field.attname for field in manager.model.tracked_fields]
    rows = manager.filter(**{f"{column}__in": pks}).order_by("history_date", "history_id")
    by_row: defaultdict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for entry in rows.values(*names, "history_date", "history_type", "history_change_reason"):
        by_row[entry[column], entry["id"]].append(entry)
    found: defaultdict[int, list[_Told]] = defaultdict(list)
    for (record, row), entries in by_row.items():
        before = [entry for entry in entries if entry["history_date"] < begin or _of_load(entry, days)]
        after = [entry for entry in entries if entry not in before]
        then = before[-1] if before and before[-1]["history_type"] != "-" else None
        last = entries[-1]
        now = None if last["history_type"] == "-" else last
        made = bool(after) and (after[0]["history_type"] == "+" or bool(before))
        found[record].append(_Told(row, then, (after or before)[0], now, made))
    return found


def _of_load(entry: Mapping[str, Any], days: Set[dt.date]) -> bool:
    return entry["history_type"] == "+" and entry["history_change_reason"] == _DATASET and entry["history_date"].date() in days


def _change(one: Touched, record: LatestRecord, told: Sequence[_Told], provisions: Sequence[_Told]) -> Change | None:
    own = told[0] if told else None
    day = one.moment.date()
    before = None if own is None or own.then is None else own.then.get("state", "published") == "published"
    if own and rules.fate(before, made=own.made) is Fate.NEW:
        return Change(record, Fate.NEW, day, provisions=sum(1 for row in provisions if row.now))
    differing = rules.differences(own.then or own.first, own.now, _told_fields(own.now)) if own and own.now else []
    for row in sorted(provisions, key=lambda row: (row.now or row.then or row.first)["position"]):
        differing += _provision(row)
    parts = tuple(part for part in one.parts if part != PROVISIONS)
    return Change(record, Fate.EDITED, day, tuple(differing), parts) if differing or parts else None


def _provision(row: _Told) -> list[Difference]:
    """How a provision differs: another text or side, or one that is new or gone."""
    if row.now is None:
        return [Difference("text", row.then["text"], "", row.then["position"])] if row.then else []
    number = row.now["position"]
    if row.then is None:
        then = {} if row.made else row.first
        return rules.differences(then, row.now, ["text"] if row.made else _told_fields(row.now), number)
    return rules.differences(row.then, row.now, _told_fields(row.now), number)


def _told_fields(entry: Mapping[str, Any]) -> list[str]:
    return [name for name in entry if name not in _UNTOLD and not name.startswith("history_") and name not in ("start", "end")]


# ---- The records as they are -----------------------------------------------------------------------------------------------


def _line(kind: str, group: str, date: str, title: Any, english: Any, code: str | Any, **more: Any) -> QuerySet[Any]:
    rows = KINDS[kind]._default_manager.filter(pk__in=Named(kind)).order_by()
    dyad = "mechanism__dyad_id" if kind == "session" else "dyad_id"
    empty = Value("", CharField())
    extra = [more.get(name, empty) for name in ("place", "slug", "office", "friction")]
    words = (Value(kind, CharField()), "pk", date, dyad, "verification", title, english, Value(group, CharField()), code, *extra)
    return columns(rows, *words)


def _lines() -> list[QuerySet[Any]]:
    title, empty = in_language("title"), Value("", CharField())
    friction = Cast("friction", CharField())
    return [
        _line("declaration", "declaration_kind", "date", title, "title_en", "kind", place="place", slug="slug"),
        _line("status", "level", "date", title, "title_en", "level"),
        _line("visit", "visit_kind", "date_start", in_language("visitor__name"), empty, "kind", place="place", office="office"),
        _line("session", "mechanism_kind", "date", in_language("mechanism__title"), "mechanism__title_en", "mechanism__kind",
              place="place", slug="mechanism__slug"),
        _line("event", "event_kind", "date", title, "title_en", "kind", friction=friction),
        _line("anniversary", "", "month_day", title, "title_en", empty),
        _line("mechanism", "mechanism_kind", "established", title, "title_en", "kind", slug="slug"),
    ]  # fmt: skip


_LINES: Final = Statement(_lines)
_MARKS: Final = {"declaration": "document", "status": "status", "visit": "visit", "session": "session"}


def _records(keys: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], LatestRecord]:
    found = {}
    rows = _LINES.rows(**{kind: list(keys.get(kind, ())) for kind in KINDS})
    for kind, pk, date, dyad, verification, title, english, group, code, place, slug, office, friction in rows:
        mark = _MARKS.get(kind, "friction" if friction in ("1", "true") else "landmark" if kind == "event" else "")
        found[kind, pk] = LatestRecord(
            kind, mark, pk, date or "", dyad, title or slug, "", group, code, verification,
            place=place or "", slug=slug, office=office, language="" if kind == "visit" else language_of(title, english),
        )  # fmt: skip
    return found
