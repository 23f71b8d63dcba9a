"""The base of every admin: history, guard against overwriting, one widget for each kind of column, bounded lists."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Model, QuerySet
from django.forms import CheckboxSelectMultiple, Media, Textarea
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from simple_history.manager import SIMPLE_HISTORY_REVERSE_ATTR_NAME

from relations.models import Record
from relations.models.fields import CodesField
from relations.services import editing

from . import versions
from .forms import NumberedRows, RecordForm, RowForm
from .history import HistoryPages
from .widgets import CodesSelect, KnownSelect, KnownSelectMultiple


class Fields:
    """Widgets by kind of column, for forms of records and rows alike."""

    admin_site: Any
    text_rows = 3

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is None:
            return None
        field.label = _label(db_field)
        if isinstance(field.widget, Textarea):
            field.widget.attrs.update(rows=self.text_rows)
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A row of another table is added from here; it is changed and deleted on its own page.
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


def _label(db_field: Any) -> str:
    """The name of the column; with the language in words where it is one of four."""
    if language := getattr(db_field, "language", None):
        return f"{capfirst(str(db_field.translated_field.verbose_name))} ({dict(settings.LANGUAGES)[language]})"
    return capfirst(str(db_field.verbose_name))


class Rows(Fields):
    """Rows within a record. `fetch` are the foreign keys, `fetch_many` the lists that come with the rows in one query each."""

    form = RowForm
    formset = NumberedRows
    fetch: tuple[str, ...] = ()
    fetch_many: tuple[str, ...] = ()
    formfield_overrides: ClassVar[Any] = {CodesField: {"widget": CodesSelect}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related(*self.fetch).prefetch_related(*self.fetch_many)


class TableRows(Rows, admin.TabularInline):  # type: ignore[misc]
    extra = 1


class StackedRows(Rows, admin.StackedInline):  # type: ignore[misc]
    extra = 1


class RecordAdmin(Fields, HistoryPages):
    """A model with a history that editors change."""

    form = RecordForm
    list_per_page = 50
    list_max_show_all = 500
    formfield_overrides: ClassVar[Any] = {CodesField: {"widget": CheckboxSelectMultiple}}
    show_facets = admin.ShowFacets.NEVER  # a count for every choice would be a query for every choice
    save_on_top = True
    change_form_template: ClassVar[Any] = "admin/relations/record_form.html"

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": ["admin-tianshan/editing.css"]}, js=["admin-tianshan/editing.js"])

    def tables(self) -> tuple[versions.Table, ...]:
        rows = [versions.Rows(inline.model, _pointer(inline, self.model), *_names(inline)) for inline in self.inlines]
        return versions.tables_of(self.model, rows)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.tables = self.tables()
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address gives; the dyad also from the filter of the list that the editor comes from."""
        initial = dict(super().get_changeform_initial_data(request))
        came_from = dict(parse_qsl(request.GET.get("_changelist_filters", "")))
        dyad = initial.get("dyad") or came_from.get("dyad__code__exact") or came_from.get("dyad")
        if dyad and any(field.name == "dyad" for field in self.opts.fields):
            initial["dyad"] = dyad
        return initial

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the record, unless only its rows changed: its history then holds real changes alone."""
        if change and not self.is_changed(obj, form):
            return
        super().save_model(request, obj, form, change)

    def is_changed(self, obj: Model, form: Any) -> bool:
        """Whether the record itself is to be stored: a field changed, or an earlier version is brought back."""
        return bool(form.changed_data) or hasattr(obj, SIMPLE_HISTORY_REVERSE_ATTR_NAME)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if isinstance(form.instance, Record):
            for warning in editing.verification_warnings(form.instance.verification, form.instance.citations.count()):  # type: ignore[attr-defined]
                self.message_user(request, warning, messages.WARNING)

    @admin.display(description=_("dyad"), ordering="dyad__position")
    def dyad_code(self, obj: Any) -> str:
        """The relationship by its code, which leaves room for titles."""
        return str(obj.dyad_id)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The page of the dashboard that shows the record; None where there is none."""
        return None if obj is None or obj.pk is None else self.page_url(obj)

    def page_url(self, obj: Any) -> str | None:
        return None


class ReadOnly:
    """Rows that nobody enters, changes or deletes by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StoredOnly(ReadOnly):
    """A list of what the machine stored."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER


class TranslatedRecordAdmin(RecordAdmin, TranslationAdmin):  # type: ignore[misc]
    """A record whose title or name exists in four languages."""


def record_page(kind: str, obj: Model) -> str:
    """The dashboard's page of one record."""
    return reverse("web:record", args=[kind, obj.pk])


def _pointer(inline: Any, parent: type[Model]) -> str:
    """The column of the row's model that holds the key of the record."""
    if inline.fk_name:
        return str(inline.model._meta.get_field(inline.fk_name).attname)
    return str(next(field.attname for field in inline.model._meta.fields if field.related_model is parent))


def _names(inline: Any) -> tuple[str, str]:
    """What one row is called, and several."""
    opts = inline.model._meta
    return inline.verbose_name or opts.verbose_name, inline.verbose_name_plural or opts.verbose_name_plural
