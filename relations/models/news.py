"""The news: outlets and their feeds, every attempt to fetch one, the items stored, the stories they tell."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .base import Dyad
from .choices import CandidateState, FeedConfidence, FeedFormat, FetchOutcome, OutletKind
from .declaration import Declaration
from .fields import CodesField, in_choices


class Outlet(models.Model):
    """Somebody who publishes news."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(pgettext_lazy("of an outlet", "name"), max_length=160)
    country = models.CharField(
        _("country"), max_length=3, help_text=_("Where it is based: ISO 3166 alpha-2, INT for international organisations.")
    )
    languages = CodesField(_("languages"))
    kind = models.CharField(_("kind"), max_length=20, choices=OutletKind)
    homepage = models.CharField(_("home page"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        constraints = [in_choices("kind", OutletKind, "outlet_kind_known")]

    def __str__(self) -> str:
        return self.name


class FeedQuerySet(models.QuerySet["Feed"]):
    def enabled(self) -> FeedQuerySet:
        return self.filter(enabled=True)

    def due(self, now: dt.datetime) -> FeedQuerySet:
        """Feeds to fetch at `now`, the longest waiting first; one that was never scheduled has waited longest."""
        due = Q(next_check__isnull=True) | Q(next_check__lte=now)
        return self.filter(due, enabled=True).order_by(F("next_check").asc(nulls_first=True), "pk")


class Feed(models.Model):
    """The address of a feed of an outlet, and when it is to be fetched next."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="feeds", verbose_name=_("outlet"))
    url = models.CharField(_("address"), max_length=1000, unique=True)
    language = models.CharField(_("language"), max_length=2)
    format = models.CharField(pgettext_lazy("of a feed", "format"), max_length=4, choices=FeedFormat, default=FeedFormat.RSS)
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("Where the address was found."))
    confidence = models.CharField(_("confidence"), max_length=10, choices=FeedConfidence, default=FeedConfidence.UNVERIFIED)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    enabled = models.BooleanField(_("enabled"), default=False, help_text=_("Only enabled feeds are fetched."))
    interval = models.DurationField(_("interval"), default=dt.timedelta(hours=1))
    next_check = models.DateTimeField(_("next check"), null=True, blank=True, db_index=True)
    etag = models.CharField(_("ETag"), max_length=300, blank=True, editable=False)
    last_modified = models.CharField(_("Last-Modified"), max_length=100, blank=True, editable=False)
    last_success = models.DateTimeField(_("last success"), null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    history = HistoricalRecords(excluded_fields=["next_check", "etag", "last_modified", "last_success", "failures"])

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["outlet__name", "position", "pk"]
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        constraints = [
            in_choices("confidence", FeedConfidence, "feed_confidence_known"),
            in_choices("format", FeedFormat, "feed_format_known"),
        ]
        indexes = [models.Index(fields=["next_check"], condition=Q(enabled=True), name="feed_due")]

    def __str__(self) -> str:
        return self.url


class FetchAttempt(models.Model):
    """One attempt to fetch a feed: what came of it, and why not where it failed."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="attempts", verbose_name=_("feed"))
    started = models.DateTimeField(_("started"))
    finished = models.DateTimeField(_("finished"))
    outcome = models.CharField(pgettext_lazy("of a fetch", "outcome"), max_length=15, choices=FetchOutcome)
    error = models.CharField(_("error"), max_length=40, blank=True, help_text=_("The kind of error, a code."))
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    entries = models.PositiveIntegerField(_("entries"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)

    class Meta:
        ordering = ["-started", "-pk"]
        verbose_name = _("fetch attempt")
        verbose_name_plural = _("fetch attempts")
        constraints = [in_choices("outcome", FetchOutcome, "attempt_outcome_known")]
        indexes = [models.Index(fields=["feed", "-started"], name="attempt_by_feed")]

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M} {self.outcome}"


class Story(models.Model):
    """The same event as told by several outlets."""

    headline = models.CharField(_("headline"), max_length=500)
    language = models.CharField(_("language"), max_length=8, blank=True)
    first_seen = models.DateTimeField(_("first seen"), db_index=True)

    class Meta:
        ordering = ["-first_seen", "-pk"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return self.headline


class NewsItemQuerySet(models.QuerySet["NewsItem"]):
    def for_dyad(self, dyad: str) -> NewsItemQuerySet:
        return self.filter(dyads=dyad)

    def newest_first(self) -> NewsItemQuerySet:
        return self.order_by("-sort_time", "-pk")


class NewsItem(models.Model):
    """One entry of a feed, stored once; its texts are plain text, never markup."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="items", verbose_name=_("outlet"))
    feed = models.ForeignKey(Feed, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("feed"))
    story = models.ForeignKey(Story, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("story"))
    key = models.CharField(_("key"), max_length=64, help_text=_("A digest of what identifies the entry within its outlet."))
    url = models.CharField(_("address"), max_length=2000, blank=True)
    title = models.CharField(_("title"), max_length=500)
    summary = models.TextField(_("summary"), blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    published = models.DateTimeField(pgettext_lazy("of a news item", "published"), null=True, blank=True)
    first_seen = models.DateTimeField(_("first seen"))
    sort_time = models.DateTimeField(
        _("sorted by"), db_index=True, help_text=_("The published time where it is possible, else when it was first seen.")
    )
    digest = models.CharField(_("digest"), max_length=64, help_text=_("Of the content, to tell a changed entry from an unchanged one."))
    revision = models.PositiveIntegerField(_("revision"), default=0)
    dyads = models.ManyToManyField(Dyad, blank=True, related_name="news", verbose_name=_("dyads"))

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_time", "-pk"]
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        constraints = [models.UniqueConstraint(fields=["outlet", "key"], name="news_item_once_an_outlet")]
        indexes = [models.Index(fields=["-sort_time", "-id"], name="news_newest_first")]

    def __str__(self) -> str:
        return self.title


class Candidate(models.Model):
    """What the machine read in a story, awaiting an editor."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="candidates", verbose_name=_("story"))
    state = models.CharField(
        pgettext_lazy("of a candidate", "state"), max_length=10, choices=CandidateState, default=CandidateState.PENDING, db_index=True
    )
    draft = models.JSONField(_("draft"), default=dict)
    declaration = models.ForeignKey(
        Declaration, models.SET_NULL, null=True, blank=True, related_name="candidates", verbose_name=_("declaration")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created = models.DateTimeField(_("created"))
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["created", "pk"]
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [in_choices("state", CandidateState, "candidate_state_known")]

    def __str__(self) -> str:
        return f"{self.story} ({self.state})"
