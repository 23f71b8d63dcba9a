"""Statuses, visits, events and anniversaries."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relations.models import (
    Anniversary,
    AnniversaryCitation,
    Event,
    EventCitation,
    Status,
    StatusCitation,
    Visit,
    VisitCitation,
)
from relations.services import editing

from .base import RecordAdmin, TranslatedRecordAdmin, record_page
from .citations import citations
from .forms import RecordForm

_TITLES = ("title_en", "title_fr", "title_zh_hans", "title_ru")


@admin.register(Status)
class StatusAdmin(TranslatedRecordAdmin):
    list_display = ("title_or_level", "dyad_code", "date", "level", "verification")
    list_filter = ("dyad", "level", "verification")
    search_fields = (*_TITLES, "date", "summary")
    ordering = ("-date", "-pk")
    autocomplete_fields = ("document",)
    fieldsets = [
        (None, {"fields": ("dyad", ("date", "level"), "document")}),
        (_("Title"), {"fields": ("title",), "classes": ("titles",)}),
        (_("What it is about"), {"fields": ("summary",)}),
        (_("Verification"), {"fields": ("verification", "note")}),
    ]
    inlines = (citations(StatusCitation),)

    @admin.display(description=_("title"), ordering="title_en")
    def title_or_level(self, obj: Status) -> str:
        return str(obj.title or obj.get_level_display())

    def page_url(self, obj: Any) -> str | None:
        return record_page("status", obj)


class VisitForm(RecordForm):
    """The office that the visitor held on that day is filled in where the terms tell it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "office" in self.fields:
            self.fields["office"].required = False
            self.fields["office"].help_text = _("Left empty: the office of that day, as the record of the person tells it.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        visitor = cleaned.get("visitor")
        if visitor is not None and not cleaned.get("office"):
            cleaned["office"] = editing.office_at(visitor, cleaned.get("date_start") or "")
        if "office" in self.fields and not cleaned.get("office"):
            self.add_error("office", _("Write the office held on that day: the record of the person does not tell it."))
        if visitor is not None and cleaned.get("host") == visitor.side:
            self.add_error("host", _("The host is the visitor’s own side."))
        return cleaned


@admin.register(Visit)
class VisitAdmin(RecordAdmin):
    form = VisitForm
    list_display = ("visitor", "office", "dyad_code", "date_start", "date_end", "host", "kind", "verification")
    list_filter = ("dyad", "kind", "host", "verification")
    list_select_related = ("visitor",)
    search_fields = ("visitor__name_en", "visitor__name_ru", "visitor__name_zh_hans", "date_start", "place", "context")
    ordering = ("-date_start", "-pk")
    autocomplete_fields = ("visitor", "declaration")
    fieldsets = [
        (None, {"fields": ("dyad", "visitor", "office", ("date_start", "date_end"), ("host", "place"), "kind", "context", "declaration")}),
        (_("Verification"), {"fields": ("verification", "note")}),
    ]
    inlines = (citations(VisitCitation),)

    def page_url(self, obj: Any) -> str | None:
        return record_page("visit", obj)


class EventForm(RecordForm):
    """The parties follow the relationship where they are left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parties" in self.fields:
            self.fields["parties"].required = False
            self.fields["parties"].help_text = _("Left empty, the parties are those of the relationship.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "parties" in self.fields and not cleaned.get("parties") and "parties" not in self.errors:
            if cleaned.get("dyad") is None:
                self.add_error("parties", _("Choose the parties."))
            else:
                cleaned["parties"] = list(editing.parties_of(cleaned["dyad"].pk))
        return cleaned


@admin.register(Event)
class EventAdmin(TranslatedRecordAdmin):
    form = EventForm
    list_display = ("title", "dyad_code", "date", "kind", "friction", "label", "verification")
    list_filter = ("dyad", "friction", "kind", "verification", ("label", admin.EmptyFieldListFilter))
    search_fields = (*_TITLES, "label", "date", "summary")
    ordering = ("-date", "-pk")
    fieldsets = [
        (None, {"fields": ("dyad", ("date", "kind"), "friction", "parties")}),
        (_("Title"), {"fields": ("title", "label"), "classes": ("titles",)}),
        (_("What it is about"), {"fields": ("summary",)}),
        (_("Verification"), {"fields": ("verification", "note")}),
    ]
    inlines = (citations(EventCitation),)

    def page_url(self, obj: Any) -> str | None:
        return record_page("event", obj)


@admin.register(Anniversary)
class AnniversaryAdmin(TranslatedRecordAdmin):
    list_display = ("title", "dyad_code", "month_day", "origin", "verification")
    list_filter = ("dyad", "verification")
    search_fields = (*_TITLES, "month_day", "origin")
    ordering = ("month_day", "pk")
    fieldsets = [
        (None, {"fields": ("dyad", ("month_day", "origin"))}),
        (_("Title"), {"fields": ("title",), "classes": ("titles",)}),
        (_("Verification"), {"fields": ("verification", "note")}),
    ]
    inlines = (citations(AnniversaryCitation),)
