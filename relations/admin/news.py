"""News: outlets and their feeds are edited; attempts, items and stories are what the machine stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relations.models import Candidate, Feed, FetchAttempt, NewsItem, Outlet, Story

from .base import RecordAdmin, TableRows
from .forms import RecordForm


class OutletForm(RecordForm):
    """Languages are written as two-letter codes: there is no fixed list of them."""

    languages = forms.CharField(label=gettext_lazy("languages"), help_text=gettext_lazy("Two letters each, separated by spaces: en ru zh."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = " ".join(self.initial.get("languages") or ())

    def clean_languages(self) -> list[str]:
        codes = self.cleaned_data["languages"].replace(",", " ").lower().split()
        wrong = [code for code in codes if not (code.isalpha() and code.isascii() and len(code) == 2)]
        if wrong:
            raise ValidationError(_("Not a code of two letters: %(codes)s") % {"codes": ", ".join(wrong)})
        return list(dict.fromkeys(codes))


class FeedRows(TableRows):
    model = Feed
    fields = ("url", "language", "format", "enabled", "interval")
    extra = 0
    show_change_link = True


@admin.register(Outlet)
class OutletAdmin(RecordAdmin):
    form = OutletForm
    list_display = ("name", "country", "kind", "languages_in_codes", "homepage")
    list_filter = ("kind", "country")
    search_fields = ("name", "slug", "homepage", "country")
    ordering = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = [(None, {"fields": ("name", "slug", ("country", "kind"), "languages", "homepage", "note")})]
    inlines = (FeedRows,)

    @admin.display(description=gettext_lazy("languages"))
    def languages_in_codes(self, obj: Outlet) -> str:
        return ", ".join(obj.languages)


@admin.register(Feed)
class FeedAdmin(RecordAdmin):
    list_display = (
        "url_short",
        "outlet",
        "language",
        "format",
        "confidence",
        "enabled",
        "interval",
        "next_check",
        "last_success",
        "failures",
    )
    list_filter = ("enabled", "confidence", "format", "language")
    list_select_related = ("outlet",)
    search_fields = ("url", "outlet__name", "note")
    ordering = ("outlet__name", "position", "pk")
    autocomplete_fields = ("outlet",)
    actions = ("enable", "disable")
    fieldsets = [
        (None, {"fields": ("outlet", "url", ("language", "format"), ("enabled", "interval"))}),
        (gettext_lazy("What is known of it"), {"fields": ("confidence", "evidence", "note")}),
        (gettext_lazy("Fetching"), {"fields": ("next_check", "last_success", "failures")}),
    ]
    readonly_fields = ("next_check", "last_success", "failures")

    @admin.display(description=gettext_lazy("address"), ordering="url")
    def url_short(self, obj: Feed) -> str:
        return Truncator(obj.url).chars(70)

    @admin.action(description=gettext_lazy("Fetch the selected feeds from now on"), permissions=["change"])
    def enable(self, request: HttpRequest, feeds: Any) -> None:
        self._switch(request, feeds, on=True)

    @admin.action(description=gettext_lazy("Stop fetching the selected feeds"), permissions=["change"])
    def disable(self, request: HttpRequest, feeds: Any) -> None:
        self._switch(request, feeds, on=False)

    def _switch(self, request: HttpRequest, feeds: Any, *, on: bool) -> None:
        """One entry in the history for each feed that changes."""
        for feed in feeds.exclude(enabled=on):
            feed.enabled = on
            feed._history_user = request.user
            feed.save(update_fields=["enabled"])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write what the form holds and nothing else: when to fetch next belongs to the job."""
        if change and not self.is_changed(obj, form):
            return
        obj._history_user = request.user
        obj.save(update_fields=[name for name in form.cleaned_data if name != "version"] if change else None)


class StoredOnly:
    """What the machine stored: read, not entered or deleted by hand."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(FetchAttempt)
class FetchAttemptAdmin(StoredOnly, admin.ModelAdmin):
    list_display = ("started", "feed", "outcome", "error", "status", "entries", "new", "updated", "unchanged", "skipped")
    list_filter = ("outcome", "error")
    list_select_related = ("feed",)
    search_fields = ("feed__url", "feed__outlet__name", "error", "detail")
    date_hierarchy = "started"
    ordering = ("-started", "-pk")


@admin.register(NewsItem)
class NewsItemAdmin(StoredOnly, admin.ModelAdmin):
    """An item as it came; the editor decides to which relationships it belongs."""

    list_display = ("title_short", "outlet", "language", "sort_time")
    list_filter = ("dyads", "language", "outlet__kind")
    list_select_related = ("outlet",)
    search_fields = ("title", "summary", "url")
    ordering = ("-sort_time", "-pk")
    date_hierarchy = "sort_time"
    fields = ("title", "dyads", "outlet", "url", "summary", "author", "language", "published", "first_seen", "story", "revision")
    readonly_fields = ("title", "outlet", "url", "summary", "author", "language", "published", "first_seen", "story", "revision")

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def title_short(self, obj: NewsItem) -> str:
        return Truncator(obj.title).chars(120)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("relations.change_newsitem"))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple(attrs={"class": "columns"}))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing of the item itself can be edited, so that a running job is never overwritten."""


@admin.register(Story)
class StoryAdmin(StoredOnly, admin.ModelAdmin):
    list_display = ("headline", "language", "first_seen")
    list_filter = ("language",)
    search_fields = ("headline",)
    date_hierarchy = "first_seen"
    ordering = ("-first_seen", "-pk")


@admin.register(Candidate)
class CandidateAdmin(StoredOnly, admin.ModelAdmin):
    list_display = ("story", "state", "declaration", "created", "decided")
    list_filter = ("state",)
    list_select_related = ("story", "declaration")
    search_fields = ("story__headline", "reason")
    ordering = ("-created", "-pk")
