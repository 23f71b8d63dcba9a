"""Sources: one row an address, found again before it is entered twice, with the records that stand on it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import (
    AnniversaryCitation,
    DeclarationCitation,
    DeclarationText,
    EventCitation,
    InitiativeCitation,
    MechanismCitation,
    ObservationCitation,
    PersonCitation,
    ProvisionCitation,
    SessionCitation,
    Source,
    StatusCitation,
    VisitCitation,
)
from relations.services import editing

from .base import RecordAdmin
from .forms import RecordForm

CITED_BY: Final = (
    (DeclarationCitation, "declaration", ()),
    (DeclarationText, "declaration", ()),
    (ProvisionCitation, "provision", ()),
    (StatusCitation, "status", ()),
    (MechanismCitation, "mechanism", ()),
    (SessionCitation, "session", ("mechanism",)),
    (VisitCitation, "visit", ("visitor",)),
    (EventCitation, "event", ()),
    (AnniversaryCitation, "anniversary", ()),
    (PersonCitation, "person", ()),
    (ObservationCitation, "observation", ()),
    (InitiativeCitation, "initiative", ()),
)
"""Every table that cites sources: the model, the record behind it, and what the record's words need."""

SHOWN: Final = 20
"""Records of one kind that the page of a source lists."""


class SourceForm(RecordForm):
    """An address that is known already is refused with the way to the record."""

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        known = Source.objects.filter(url=url).exclude(pk=self.instance.pk).first()
        if known is not None:
            page = reverse("admin:relations_source_change", args=[known.pk])
            words = _("This address is already in the list: choose that source instead of adding it again.")
            raise ValidationError(format_html('{} <a href="{}">{}</a>', words, page, known), code="unique")
        return url


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    form = SourceForm
    list_display = ("name", "publisher", "language", "published", "url_short")
    list_filter = ("language",)
    search_fields = ("url", "publisher", "title")
    search_help_text = gettext_lazy("Address, publisher or title")
    ordering = ("publisher", "title")
    fieldsets = [
        (None, {"fields": ("url", "publisher", "title", ("language", "published"))}),
        (gettext_lazy("Where it is cited"), {"fields": ("cited_by",)}),
    ]
    readonly_fields = ("cited_by",)

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def name(self, obj: Source) -> str:
        return Truncator(obj.title or obj.host).chars(110)

    @admin.display(description=gettext_lazy("address"), ordering="url")
    def url_short(self, obj: Source) -> str:
        return Truncator(obj.url).chars(60)

    @admin.display(description=gettext_lazy("records"))
    def cited_by(self, obj: Source) -> SafeString | str:
        """The records that stand on the source, by kind; one query a kind."""
        if obj._state.adding:
            return "–"
        kinds = [_cited(model, record, fetch, obj) for model, record, fetch in CITED_BY]
        return format_html_join("", "{}", ((kind,) for kind in kinds if kind)) or _("No record cites it.")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for twin in editing.sources_like(form.instance):
            page = reverse("admin:relations_source_change", args=[twin.pk])
            words = _("A source with nearly the same address exists. If it is the same page, use that one:")
            self.message_user(request, format_html('{} <a href="{}">{}</a> ({})', words, page, twin, twin.url), messages.WARNING)


def _cited(model: Any, record: str, fetch: tuple[str, ...], source: Source) -> SafeString | str:
    """One kind of record in a list of links; empty where none of that kind cites the source."""
    rows = [
        getattr(row, record)
        for row in model.objects.filter(source=source).select_related(record, *(f"{record}__{name}" for name in fetch))[: SHOWN + 1]
    ]
    if not rows:
        return ""
    links = format_html_join("", "<li>{}</li>", ((_link(row),) for row in rows[:SHOWN]))
    more = format_html("<li>{}</li>", _("and more")) if len(rows) > SHOWN else ""
    kind = rows[0]._meta.verbose_name_plural if len(rows) > 1 else rows[0]._meta.verbose_name
    suffix = f" ({model._meta.verbose_name_plural})" if model is DeclarationText else ""
    return format_html("<h4>{}{}</h4><ul>{}{}</ul>", capfirst(str(kind)), suffix, links, more)


def _link(row: Any) -> SafeString:
    words = Truncator(str(row)).chars(120)
    try:
        return format_html('<a href="{}">{}</a>', reverse(f"admin:relations_{row._meta.model_name}_change", args=[row.pk]), words)
    except NoReverseMatch:
        return format_html("{}", words)
