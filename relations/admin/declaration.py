"""Declarations: one page on which a document with its signatories, provisions and sources is entered from top to bottom."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from simple_history.manager import SIMPLE_HISTORY_REVERSE_ATTR_NAME

from relations.models import Declaration, DeclarationCitation, DeclarationText, Provision, Reference, Signatory
from relations.models.choices import PublicationState
from relations.services import editing

from .base import StackedRows, TableRows, TranslatedRecordAdmin
from .citations import citations
from .declaration_forms import DeclarationForm, ProvisionForm, ProvisionRows, ReferenceForm, SignatoryForm, TextForm
from .drafting import DraftsFromText, rows_of


class SignatoryRows(TableRows):
    model = Signatory
    form = SignatoryForm
    fields = ("side", "person", "name", "office", "position")
    autocomplete_fields = ("person",)
    fetch = ("person",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return max(2, len(rows_of(request, "signatories"))) if obj is None else 0


class ProvisionInline(StackedRows):
    model = Provision
    form = ProvisionForm
    formset = ProvisionRows
    fieldsets = [(None, {"fields": (("position", "side", "topics"), "text", ("mechanisms", "verification"))})]
    autocomplete_fields = ("mechanisms",)
    fetch_many = ("mechanisms",)
    show_change_link = True
    classes = ("provisions",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return max(3, len(rows_of(request, "provisions"))) if obj is None else 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.base_fields["position"].help_text = ""
        if obj is None:
            formset.proposed_parties = _proposed_parties(request)
        return formset


class ReferenceRows(TableRows):
    model = Reference
    form = ReferenceForm
    fk_name = "declaration"
    fields = ("target", "document", "name", "position")
    autocomplete_fields = ("target",)
    fetch = ("target",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 + len(rows_of(request, "references")) if obj is None else 0


class TextRows(StackedRows):
    model = DeclarationText
    form = TextForm
    fieldsets = [(None, {"fields": (("language", "source"), "text")})]
    autocomplete_fields = ("source",)
    fetch = ("source",)
    extra = 0
    text_rows = 8
    classes = ("collapse",)


@admin.register(Declaration)
class DeclarationAdmin(DraftsFromText, TranslatedRecordAdmin):  # type: ignore[misc]
    form = DeclarationForm
    change_form_template = "admin/relations/declaration/change_form.html"
    list_display = ("title_and_state", "date", "dyad_code", "kind", "level", "verification")
    list_display_links = ("title_and_state",)
    list_filter = ("state", "dyad", "kind", "level", "verification", "initiatives")
    search_fields = ("title_en", "title_fr", "title_zh_hans", "title_ru", "slug", "date", "place", "occasion", "provisions__text")
    search_help_text = _("Title, date, place, occasion or the words of a provision")
    ordering = ("-date", "-pk")
    actions = ("publish_selected", "withdraw_selected")
    fieldsets = [
        (None, {"fields": ("dyad", ("date", "place"), "parties", ("kind", "level"))}),
        (_("Title"), {"fields": ("title",), "classes": ("titles",)}),
        (_("What it is about"), {"fields": ("occasion", "summary", "initiatives")}),
        (_("Verification"), {"fields": ("verification", "note", "slug")}),
    ]
    inlines = (SignatoryRows, ProvisionInline, citations(DeclarationCitation), ReferenceRows, TextRows)

    # ---- The list --------------------------------------------------------------------------------------------------

    @admin.display(description=_("declaration"), ordering="title_en")
    def title_and_state(self, obj: Declaration) -> str:
        """The title; a draft is marked, in words, before it."""
        title = obj.title or obj.slug
        if obj.state == PublicationState.DRAFT:
            return format_html('<span class="draft-mark">{}</span> {}', PublicationState.DRAFT.label, title)
        return str(title)

    @admin.action(description=_("Publish the selected declarations"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, declarations: QuerySet[Declaration]) -> None:
        count = editing.publish(declarations, request.user)
        words = ngettext("%(count)s draft is published.", "%(count)s drafts are published.", count) % {"count": count}
        self.message_user(request, words, messages.SUCCESS if count else messages.INFO)

    @admin.action(description=_("Take the selected declarations back to draft"), permissions=["change"])
    def withdraw_selected(self, request: HttpRequest, declarations: QuerySet[Declaration]) -> None:
        count = editing.withdraw(declarations, request.user)
        words = ngettext("%(count)s declaration is a draft again.", "%(count)s declarations are drafts again.", count) % {"count": count}
        self.message_user(request, words, messages.SUCCESS if count else messages.INFO)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A document that readers see is first taken back to draft."""
        if obj is not None and obj.state == PublicationState.PUBLISHED:
            return False
        return super().has_delete_permission(request, obj)

    # ---- The form --------------------------------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "initiatives":
            kwargs["widget"] = CheckboxSelectMultiple(attrs={"class": "columns"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None and isinstance(inline, SignatoryRows):
            parties = _proposed_parties(request)
            proposed = [{"side": party} for party in parties] if len(parties) == 2 else []
            kwargs["initial"] = rows_of(request, "signatories") or proposed
        if obj.pk is None and isinstance(inline, (ProvisionInline, ReferenceRows)):
            kwargs["initial"] = rows_of(request, "provisions" if isinstance(inline, ProvisionInline) else "references")
        return kwargs

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        obj = super().save_form(request, form, change)
        if hasattr(obj, SIMPLE_HISTORY_REVERSE_ATTR_NAME):  # an earlier text comes back, not an earlier state
            obj.state = Declaration.objects.filter(pk=obj.pk).values_list("state", flat=True).first() or PublicationState.DRAFT
        elif "_publish" in request.POST:
            obj.state = PublicationState.PUBLISHED
        elif "_draft" in request.POST:
            obj.state = PublicationState.DRAFT
        return obj

    def is_changed(self, obj: Any, form: Any) -> bool:
        return super().is_changed(obj, form) or obj.state != Declaration.objects.values_list("state", flat=True).get(pk=obj.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and "parties" in form.changed_data:
            editing.make_room_for_parties(obj, obj.parties)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.state == PublicationState.PUBLISHED and not form.instance.provisions.exists():
            self.message_user(request, gettext("The declaration has no provisions yet."), messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        self._say_published(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self._say_published(request, obj)
        return super().response_change(request, obj)

    def _say_published(self, request: HttpRequest, obj: Declaration) -> None:
        if "_publish" in request.POST:
            words, link = gettext("Published: it now shows on the dashboard."), gettext("See the page")
            self.message_user(request, format_html('{} <a href="{}">{}</a>', words, obj.get_absolute_url(), link), messages.SUCCESS)

    def page_url(self, obj: Any) -> str | None:
        return reverse("web:declaration", args=[obj.slug]) if obj.state == PublicationState.PUBLISHED else None


def _proposed_parties(request: HttpRequest) -> tuple[str, ...]:
    """The parties of the relationship that the address of an empty form names."""
    dyad = request.GET.get("dyad", "")
    return editing.parties_of(dyad) if dyad.startswith("CN-") and len(dyad) == 5 else ()
