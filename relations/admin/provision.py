"""Provisions on their own: found across documents, with the sources and the place in the text that they have for themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from relations.models import Provision, ProvisionCitation
from relations.models.choices import PublicationState, Topic
from relations.models.fields import CodesField, has

from .base import RecordAdmin
from .citations import citations
from .declaration_forms import ProvisionForm
from .forms import RecordForm
from .widgets import CodesSelect


class ProvisionPageForm(RecordForm, ProvisionForm):
    """A provision with the texts of its own document to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declaration = self.instance.declaration
        self.narrow_sides(declaration.parties)
        if "source_text" in self.fields:
            texts: Any = self.fields["source_text"]
            texts.queryset = declaration.texts.all()


class TopicFilter(admin.SimpleListFilter):
    """Topics are a list in one column: the filter asks whether it holds the code."""

    title = _("topic")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Topic.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        topic = self.value()
        return queryset.filter(has("topics", topic)) if topic in Topic.values else queryset


@admin.register(Provision)
class ProvisionAdmin(RecordAdmin):
    form = ProvisionPageForm
    list_display = ("text_short", "position", "side", "topics_in_words", "declaration")
    list_filter = ("declaration__state", "declaration__dyad", "side", TopicFilter)
    list_select_related = ("declaration",)
    search_fields = ("text", "declaration__title_en", "declaration__slug")
    search_help_text = _("Words of the provision, or of the title of its declaration")
    ordering = ("-declaration__date", "position")
    fieldsets = [
        (None, {"fields": ("declaration", ("position", "side", "topics"), "text", "mechanisms", "verification")}),
        (_("Place in the text"), {"fields": ("source_text", ("start", "end"))}),
    ]
    readonly_fields = ("declaration",)
    autocomplete_fields = ("mechanisms",)
    formfield_overrides = {CodesField: {"widget": CodesSelect}}
    inlines = (citations(ProvisionCitation),)

    @admin.display(description=_("provision"), ordering="text")
    def text_short(self, obj: Provision) -> str:
        return Truncator(obj.text).chars(120)

    @admin.display(description=_("topics"))
    def topics_in_words(self, obj: Provision) -> str:
        words = dict(Topic.choices)
        return ", ".join(str(words.get(code, code)) for code in obj.topics)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A provision is added within its declaration."""
        return False

    def page_url(self, obj: Any) -> str | None:
        declaration = obj.declaration
        return declaration.get_absolute_url() if declaration.state == PublicationState.PUBLISHED else None
