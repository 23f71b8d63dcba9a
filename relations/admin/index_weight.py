"""The weights of the relationship index: changed, with a history; their list is fixed by the code."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.models import IndexWeight

from .base import RecordAdmin


@admin.register(IndexWeight)
class IndexWeightAdmin(RecordAdmin):
    list_display = ("code", "weight", "shipped_weight", "lasting", "official")
    list_filter = ("lasting", "official")
    search_fields = ("code", "note")
    ordering = ("pk",)
    readonly_fields = ("code", "shipped_weight")
    fieldsets = [
        (None, {"fields": ("code", ("weight", "shipped_weight"), "lasting", "official", "note")}),
    ]

    @admin.display(description=_("as shipped"))
    def shipped_weight(self, obj: IndexWeight) -> str:
        return "" if obj.shipped is None else f"{obj.shipped:g}"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def page_url(self, obj: IndexWeight) -> str:
        return f"{reverse('web:index')}#weights"
