"""News: items and stories, which the machine stored and editors decide on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from relations.ingest.article_words import in_words
from relations.models import ArticleText, Candidate, NewsItem, Story

from .base import StoredOnly


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


@admin.register(ArticleText)
class ArticleTextAdmin(StoredOnly, admin.ModelAdmin):
    """What was read of articles, and why others could not be."""

    list_display = ("title_short", "outlet", "state", "why", "whole", "length", "tries", "tried", "next_try")
    list_filter = ("state", "whole", "error")
    list_select_related = ("item__outlet",)
    search_fields = ("item__title", "item__url", "item__outlet__name", "error", "detail")
    ordering = ("-tried", "-pk")
    fields = ("item", "state", "why", "whole", "length", "text", "tries", "tried", "next_try")

    @admin.display(description=gettext_lazy("title"), ordering="item__title")
    def title_short(self, obj: ArticleText) -> str:
        return Truncator(obj.item.title).chars(90)

    @admin.display(description=gettext_lazy("outlet"), ordering="item__outlet__name")
    def outlet(self, obj: ArticleText) -> str:
        return obj.item.outlet.name

    @admin.display(description=gettext_lazy("why"), ordering="error")
    def why(self, obj: ArticleText) -> str:
        return in_words(obj.error, obj.detail) if obj.error else ""
