"""Entries of a history in words: which fields changed, from what to what."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from modeltranslation.translator import NotRegistered, translator
from simple_history.template_utils import HistoricalRecordContextHelper

from relations.models.fields import CodesField

SHOWN = 160
"""Characters of a value that a list of changes shows."""


def untold_fields(model: type[Model]) -> list[str]:
    """Fields that say nothing of their own: the column behind a title in four languages repeats one of them."""
    try:
        return list(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return []


def changes(newer: Any, older: Any) -> list[Any]:
    """The fields in which two entries of one record's history differ, as simple-history tells them."""
    return list(newer.diff_against(older, excluded_fields=untold_fields(newer.instance_type)).changes)


def changed_fields(newer: Any, older: Any) -> list[str]:
    """The names of the fields in which two entries differ."""
    return [capfirst(str(newer.instance_type._meta.get_field(change.field).verbose_name)) for change in changes(newer, older)]


def in_words(model: type[Model], field: str, value: Any) -> str:
    """A stored value as an editor knows it: the words of a code, an empty value as a dash."""
    column = model._meta.get_field(field)
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(column, CodesField):
        words = dict(column.codes)
        return ", ".join(str(words.get(code, code)) for code in value)
    if getattr(column, "choices", None):
        return str(dict(column.flatchoices).get(value, value))  # type: ignore[union-attr]
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)


class ChangesInWords(HistoricalRecordContextHelper):
    """How the history page of a record shows a change."""

    DEFAULT_MAX_DISPLAYED_DELTA_CHANGE_CHARS = SHOWN

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        return in_words(self.model, change.field, value)


def short_changes(newer: Any, older: Any) -> list[dict[str, str]]:
    """The changes between two entries, each as field, old and new, cut to a length that a list can show."""
    model = newer.instance_type
    told = []
    for change in changes(newer, older):
        column = model._meta.get_field(change.field)
        if isinstance(column, ForeignKey):
            told.append({"field": capfirst(str(column.verbose_name)), "old": "", "new": ""})
            continue
        old, new = (Truncator(in_words(model, change.field, value)).chars(SHOWN) for value in (change.old, change.new))
        told.append({"field": capfirst(str(column.verbose_name)), "old": old, "new": new})
    return told
