"""The news: the items stored, and the stories they tell."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .base import Dyad
from .choices import DateFlag
from .feed import Feed, Outlet
from .fields import in_choices


class Story(models.Model):
    """The same event as told by several outlets, or by one so far: every item belongs to a story.

    A story that was joined to another one keeps its row, without items, so that its address leads on.
    """

    headline = models.CharField(_("headline"), max_length=500, help_text=_("Of the item that was stored first."))
    language = models.CharField(_("language"), max_length=8, blank=True)
    first_seen = models.DateTimeField(_("first seen"))
    edited = models.BooleanField(
        _("edited"), default=False, help_text=_("An editor has split or joined it: the machine no longer joins it to another story.")
    )
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, db_index=False, related_name="merged", verbose_name=_("joined to")
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="story_merged")]

    def __str__(self) -> str:
        return self.headline


class NewsItemQuerySet(models.QuerySet["NewsItem"]):
    def shown(self) -> NewsItemQuerySet:
        """Items that no rule hides."""
        return self.filter(hidden=False)

    def for_dyad(self, dyad: str) -> NewsItemQuerySet:
        return self.filter(dyads=dyad)

    def newest_first(self) -> NewsItemQuerySet:
        return self.order_by("-sort_time", "-pk")


class NewsItem(models.Model):
    """One entry of a feed, stored once. Its texts are plain text; `summary_html` alone is markup, of the few tags that nh3 lets through."""

    # Three indexes less to write for every item: each of these columns leads an index of the Meta below.
    outlet = models.ForeignKey(Outlet, models.CASCADE, db_index=False, related_name="items", verbose_name=_("outlet"))
    feed = models.ForeignKey(Feed, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("feed"))
    story = models.ForeignKey(Story, models.SET_NULL, null=True, blank=True, db_index=False, related_name="items", verbose_name=_("story"))
    key = models.CharField(_("key"), max_length=64, help_text=_("A digest of what identifies the entry within its outlet."))
    url = models.CharField(_("address"), max_length=2000, blank=True)
    title = models.CharField(_("title"), max_length=500)
    summary = models.TextField(_("summary"), blank=True)
    summary_html = models.TextField(_("summary with markup"), blank=True, help_text=_("Empty where the plain text says the same."))
    author = models.CharField(_("author"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    published = models.DateTimeField(pgettext_lazy("of a news item", "published"), null=True, blank=True)
    date_told = models.CharField(_("date as told"), max_length=80, blank=True, help_text=_("Where it could not be read as a date."))
    date_flag = models.CharField(_("date in doubt"), max_length=10, choices=DateFlag, blank=True)
    first_seen = models.DateTimeField(_("first seen"))
    sort_time = models.DateTimeField(_("sorted by"), help_text=_("The published time where it is possible, else when it was first seen."))
    digest = models.CharField(_("digest"), max_length=64, help_text=_("Of the content, to tell a changed entry from an unchanged one."))
    revision = models.PositiveIntegerField(_("revision"), default=0)
    dyads = models.ManyToManyField(Dyad, blank=True, related_name="news", verbose_name=_("dyads"))
    hidden = models.BooleanField(_("hidden"), default=False, help_text=_("A rule blocks it: stored, not shown."))
    hidden_by = models.ForeignKey(
        "Rule", models.SET_NULL, null=True, blank=True, db_index=False, related_name="hides", verbose_name=_("hidden by")
    )

    unread = models.BooleanField(
        _("unread"), default=True, db_default=True, help_text=_("The machine has still to read it, or to read it again.")
    )

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_time", "-pk"]
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        constraints = [
            models.UniqueConstraint(fields=["outlet", "key"], name="news_item_once_an_outlet"),
            in_choices("date_flag", DateFlag, "news_item_date_flag_known", empty=True),
        ]
        indexes = [
            models.Index(fields=["-sort_time", "-id"], name="news_newest_first"),
            models.Index(fields=["story", "sort_time", "id"], name="news_of_story"),
            models.Index(fields=["hidden_by"], condition=Q(hidden_by__isnull=False), name="news_hidden_by"),
            models.Index(fields=["-id"], condition=Q(unread=True), name="news_unread"),
        ]

    def __str__(self) -> str:
        return self.title
