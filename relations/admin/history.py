"""The history of a record and of the rows within it: who changed what, and back to an earlier version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.admin import ModelAdmin
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from . import versions
from .history_words import ChangesInWords, short_changes, untold_fields

ROWS_SHOWN: Final = 200
"""Entries of rows that the history page of a record lists, the newest first."""


@dataclass(frozen=True)
class RowEntry:
    """One change of a row within a record, for the second table of the history page."""

    kind: str
    text: str
    url: str
    when: Any
    what: str
    who: str
    reason: str
    changes: list[dict[str, str]] = field(default_factory=list)


class HistoryPages(SimpleHistoryAdmin):
    """History list, difference and revert, in templates of our own that need neither inline style nor rights on users."""

    object_history_template = "admin/relations/object_history.html"
    object_history_list_template = "admin/relations/_history_list.html"
    object_history_form_template = "admin/relations/revert_form.html"
    history_list_per_page = 50

    def tables(self) -> tuple[versions.Table, ...]:
        """The histories of the record and of its rows, the record's own first."""
        raise NotImplementedError

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        rows = row_entries(self.tables(), object_id, self)
        return super().history_view(request, object_id, {**(extra_context or {}), "row_entries": rows, "rows_shown": ROWS_SHOWN})

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            return super().history_form_view(request, object_id, version_id, extra_context)

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> ChangesInWords:
        return ChangesInWords(self.model, historical_record)

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True) -> None:
        """Give every entry of the page what it changed; the oldest of the page is compared with nothing."""
        untold = untold_fields(self.model)
        previous = None
        for entry in historical_records:
            if previous is not None:
                delta = previous.diff_against(entry, excluded_fields=untold, foreign_keys_are_objs=foreign_keys_are_objs)
                previous.history_delta_changes = self.get_historical_record_context_helper(request, previous).context_for_delta_changes(
                    delta
                )
            previous = entry


def row_entries(tables: tuple[versions.Table, ...], object_id: str, admin: ModelAdmin[Any]) -> list[RowEntry]:
    """What happened to the rows within a record, the newest first; one query a table, whatever the number of rows."""
    told: list[tuple[Any, RowEntry]] = []
    for table in tables:
        if table.rows is None:
            continue
        entries = list(
            table.history.objects.filter(**{table.column: object_id})
            .select_related("history_user", *_tracked(table))
            .order_by("-history_date", "-history_id")[:ROWS_SHOWN]
        )
        told.extend((entry.history_date, _told(entry, older, table.rows.one, admin)) for entry, older in _with_older(entries))
    told.sort(key=lambda pair: pair[0], reverse=True)
    return [entry for _when, entry in told[:ROWS_SHOWN]]


def _tracked(table: versions.Table) -> list[str]:
    return [column.name for column in table.history.tracked_fields if column.many_to_one]


def _with_older(entries: list[Any]) -> list[tuple[Any, Any]]:
    """Each entry with the one before it in the history of the same row, None for the first known one."""
    older: dict[Any, Any] = {}
    pairs = []
    for entry in reversed(entries):
        pairs.append((entry, older.get(entry.id)))
        older[entry.id] = entry
    return pairs[::-1]


def _told(entry: Any, older: Any, kind: Any, admin: ModelAdmin[Any]) -> RowEntry:
    opts = entry.instance_type._meta
    url = ""
    if entry.instance_type in admin.admin_site._registry:
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[entry.id])
    return RowEntry(
        kind=capfirst(str(kind)),
        text=Truncator(_text(entry)).chars(90),
        url=url,
        when=entry.history_date,
        what=entry.get_history_type_display(),
        who=str(entry.history_user) if entry.history_user else "",
        reason=entry.history_change_reason or "",
        changes=short_changes(entry, older) if older is not None and entry.history_type == "~" else [],
    )


def _text(entry: Any) -> str:
    """The row in its own words, from the entry and the rows fetched with it."""
    row = entry.instance
    for name, related in entry._state.fields_cache.items():
        if related is not None and name != "history_user":
            row._state.fields_cache[name] = related
    try:
        return str(row)
    except ObjectDoesNotExist:  # what it pointed to is gone: the entry is still worth showing
        return _("no longer there")
