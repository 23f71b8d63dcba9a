"""People and the offices they held."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relations.models import Person, PersonCitation, Term

from .base import TableRows, TranslatedRecordAdmin
from .citations import citations


class TermRows(TableRows):
    model = Term
    fields = ("office", "start", "end", "position")


@admin.register(Person)
class PersonAdmin(TranslatedRecordAdmin):
    list_display = ("name", "side", "offices", "verification")
    list_filter = ("side", "verification")
    search_fields = ("name_en", "name_fr", "name_zh_hans", "name_ru", "aliases", "slug", "terms__office")
    search_help_text = _("Name in any language, other spelling or office")
    ordering = ("name_en",)
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = [
        (None, {"fields": ("side",)}),
        (_("Name"), {"fields": ("name", "aliases"), "classes": ("titles",)}),
        (_("Verification"), {"fields": ("verification", "note", "slug")}),
    ]
    inlines = (TermRows, citations(PersonCitation))

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("terms")

    @admin.display(description=_("terms of office"))
    def offices(self, obj: Person) -> str:
        return ", ".join(dict.fromkeys(term.office for term in obj.terms.all()))
