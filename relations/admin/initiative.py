"""Initiatives: the named policies that declarations invoke."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relations.models import Initiative, InitiativeCitation

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
