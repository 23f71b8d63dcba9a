"""Mechanisms and their sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from relations.models import Chair, Mechanism, MechanismCitation, Session, SessionCitation
from relations.services import editing

from .base import RecordAdmin, TableRows, TranslatedRecordAdmin, record_page
from .citations import citations
from .declaration_forms import PersonRowForm
from .forms import RecordForm


class MechanismForm(RecordForm):
    """The mechanism of which it is part belongs to the same relationship."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.initial.get("dyad") and not self.initial.get("parties") and self.instance.pk is None:
            self.initial["parties"] = editing.parties_of(str(self.initial["dyad"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent, dyad = cleaned.get("parent"), cleaned.get("dyad")
        if parent is not None and dyad is not None and parent.dyad_id != dyad.pk:
            self.add_error(
                "parent",
                _now("“%(mechanism)s” belongs to another relationship (%(dyad)s).") % {"mechanism": parent, "dyad": parent.dyad},
            )
        return cleaned


@admin.register(Mechanism)
class MechanismAdmin(TranslatedRecordAdmin):
    form = MechanismForm
    list_display = ("title", "dyad_code", "kind", "parent", "established", "periodicity_months", "status", "verification")
    list_filter = ("dyad", "kind", "status", "verification")
    list_select_related = ("parent",)
    search_fields = ("title_en", "title_fr", "title_zh_hans", "title_ru", "slug", "dyad__code")
    search_help_text = _("Title, slug or the code of the relationship (CN-KZ)")
    ordering = ("dyad__position", "position", "pk")
    prepopulated_fields = {"slug": ("dyad", "title_en")}
    autocomplete_fields = ("parent",)
    fieldsets = [
        (None, {"fields": ("dyad", ("kind", "status"), "parent", "parties")}),
        (_("Title"), {"fields": ("title",), "classes": ("titles",)}),
        (_("What it is"), {"fields": (("established", "periodicity_months"), "basis", "co_chairs", "summary")}),
        (_("Verification"), {"fields": ("verification", "note", ("slug", "position"))}),
    ]
    inlines = (citations(MechanismCitation),)

    def page_url(self, obj: Any) -> str | None:
        return reverse("web:mechanism", args=[obj.slug])


class ChairForm(PersonRowForm):
    def day(self) -> str:
        return str(self.instance.session.date or "")


class ChairRows(TableRows):
    model = Chair
    form = ChairForm
    fields = ("side", "person", "name", "office", "position")
    autocomplete_fields = ("person",)
    fetch = ("person",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 2 if obj is None else 0


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    list_display = ("mechanism", "number", "date", "place", "format", "verification")
    list_filter = ("mechanism__dyad", "mechanism__kind", "format", "verification")
    list_select_related = ("mechanism",)
    search_fields = (
        "mechanism__title_en",
        "mechanism__title_ru",
        "mechanism__title_zh_hans",
        "mechanism__slug",
        "date",
        "place",
        "outcome",
    )
    ordering = ("-date", "-pk")
    autocomplete_fields = ("mechanism",)
    fieldsets = [
        (None, {"fields": ("mechanism", ("date", "number"), ("place", "format"), "outcome")}),
        (_("Verification"), {"fields": ("verification", "note")}),
    ]
    inlines = (ChairRows, citations(SessionCitation))

    def page_url(self, obj: Any) -> str | None:
        return record_page("session", obj)
