"""Which version of a record a page shows, read from the histories of the record and of the rows within it.

A version is a list of the newest history numbers, one for each table: `"412.1803.66.0"`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model, Value
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .history_words import changed_fields


@dataclass(frozen=True)
class Rows:
    """Rows that stand within a record: their model, the column that points to the record, what one and several are called."""

    model: type[Model]
    column: str
    one: Any
    several: Any


@dataclass(frozen=True)
class Table:
    """A history: its model, the column that holds the key of the record, and what its rows are (None: the record itself)."""

    history: Any
    column: str
    rows: Rows | None = None


def tables_of(model: type[Model], within: list[Rows]) -> tuple[Table, ...]:
    """The histories of a model and of the rows within it, the model's own first."""
    own = (Table(_history(model), model._meta.pk.attname),) if _history(model) else ()
    return own + tuple(Table(_history(rows.model), rows.column, rows) for rows in within if _history(rows.model))


def current(tables: tuple[Table, ...], pk: Any) -> str:
    """The version of the record as it is stored now, in one query."""
    if not tables:
        return ""
    parts = [
        table.history.objects.order_by()
        .filter(**{table.column: pk})
        .annotate(table_number=Value(place))
        .values("table_number")
        .annotate(newest=Max("history_id"))
        .values_list("table_number", "newest")
        for place, table in enumerate(tables)
    ]
    newest = {place: number or 0 for place, number in parts[0].union(*parts[1:], all=True)}
    return ".".join(str(newest.get(place, 0)) for place in range(len(tables)))


def lock(model: type[Model], pk: Any) -> None:
    """Hold the record until the transaction ends, so that two who save in the same moment come one after the other."""
    list(model._base_manager.select_for_update().filter(pk=pk).order_by().values_list("pk", flat=True))


def explain(tables: tuple[Table, ...], record: Model, opened: str) -> SafeString:
    """Who changed what, and when, since the version that was opened; with the way to their text and back to one's own."""
    entries = _since(tables, record.pk, opened)
    if not entries:
        return format_html("{}", _("The page does not say which version of the record it shows. Check your text and save once more."))
    last = max((newest for _table, newest, _older in entries), key=lambda entry: entry.history_date)
    opts = record._meta
    change = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    who = str(last.history_user) if last.history_user else _("somebody without an account")
    return format_html(
        '{} <a href="{}" target="_blank" rel="noopener">{}</a>. {}',
        _("%(who)s changed this record at %(when)s, after you had opened it (%(what)s). Your text stands below and is not saved.")
        % {"who": who, "when": _moment(last.history_date), "what": "; ".join(_what(entries))},
        change,
        _("See the record as it is now"),
        _("Saving once more replaces it with yours."),
    )


def _history(model: type[Model]) -> Any:
    name = getattr(model._meta, "simple_history_manager_attribute", None)
    return getattr(model, name).model if name else None


def _since(tables: tuple[Table, ...], pk: Any, opened: str) -> list[tuple[Table, Any, Any]]:
    """Per table that changed: the newest entry, and the one that was opened (None where it cannot be told)."""
    seen = [int(part) for part in opened.split(".") if part.isdigit()]
    if len(seen) != len(tables):
        return []
    found = []
    for table, number in zip(tables, seen, strict=True):
        rows = table.history.objects.filter(**{table.column: pk}).select_related("history_user")
        newest = rows.filter(history_id__gt=number).order_by("-history_id").first()
        if newest is not None:
            found.append((table, newest, rows.filter(history_id=number).first()))
    return found


def _what(entries: list[tuple[Table, Any, Any]]) -> list[str]:
    words: list[str] = []
    for table, newest, older in entries:
        if table.rows is not None:
            words.append(capfirst(str(table.rows.several)))
        elif older is not None:
            words.extend(changed_fields(newest, older))
    return words or [_("saved without a change")]


def _moment(when: Any) -> str:
    return formats.date_format(timezone.localtime(when), "Y-m-d H:i")
