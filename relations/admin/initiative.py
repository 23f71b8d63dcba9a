"""Initiatives: the named policies that declarations invoke."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relations.models import Initiative, InitiativeCitation
from relations.models.choices import State

from .base import TranslatedRecordAdmin
from .citations import citations


@admin.register(Initiative)
class InitiativeAdmin(TranslatedRecordAdmin):
    list_display = ("title", "code", "proposer", "proposed", "verification")
    list_filter = ("proposer", "verification")
    search_fields = ("code", "title_en", "title_fr", "title_zh_hans", "title_ru")
    ordering = ("position", "code")
    fieldsets = [
        (None, {"fields": (("code", "position"), ("proposed", "proposer"))}),
        (_("Title"), {"fields": ("title",), "classes": ("titles",)}),
        (_("What it is about"), {"fields": ("summary",)}),
        (_("Verification"), {"fields": ("verification", "note")}),
    ]
    inlines = (citations(InitiativeCitation),)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The proposer is one of the states, or nobody in particular: the column itself does not offer them."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "proposer":
            return ChoiceField(choices=[("", "---------"), *State.choices], required=False, label=field.label)
        return field
