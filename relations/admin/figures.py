"""Indicators and the values that reporters gave."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from relations.models import Indicator, Observation, ObservationCitation

from .base import RecordAdmin, TranslatedRecordAdmin
from .citations import citations
from .forms import RecordForm


@admin.register(Indicator)
class IndicatorAdmin(TranslatedRecordAdmin):
    list_display = ("title", "code", "unit", "position")
    search_fields = ("code", "title_en", "title_fr", "title_zh_hans", "title_ru", "unit")
    ordering = ("position", "code")
    prepopulated_fields = {"code": ("title_en",)}
    fieldsets = [
        (_("Title"), {"fields": ("title",), "classes": ("titles",)}),
        (None, {"fields": ("unit", "definition", ("code", "position"))}),
    ]


class ObservationForm(RecordForm):
    """The year is that of the period where it is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "year" in self.fields:
            self.fields["year"].required = False
            self.fields["year"].help_text = _("Left empty: the year in which the period ends.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        period = cleaned.get("period") or ""
        if "year" in self.fields and cleaned.get("year") is None and "year" not in self.errors and period:
            cleaned["year"] = int(period.split("/")[-1][:4])
        return cleaned


@admin.register(Observation)
class ObservationAdmin(RecordAdmin):
    form = ObservationForm
    list_display = ("indicator", "dyad_code", "period", "value", "qualifier", "reporter", "scope", "verification")
    list_filter = ("dyad", "indicator", "qualifier", "verification")
    list_select_related = ("indicator",)
    search_fields = ("indicator__title_en", "indicator__code", "reporter", "scope", "period")
    ordering = ("-year", "-period", "-pk")
    autocomplete_fields = ("indicator",)
    fieldsets = [
        (None, {"fields": ("indicator", "dyad", ("period", "year"), ("value", "qualifier"), ("reporter", "scope"))}),
        (_("Verification"), {"fields": ("verification", "note", "position")}),
    ]
    inlines = (citations(ObservationCitation),)
