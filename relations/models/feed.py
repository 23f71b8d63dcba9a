"""Where the news comes from: outlets, their feeds and the state of each, every attempt to fetch one, the hosts behind them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .choices import FeedConfidence, FeedFormat, FetchOutcome, FullText, OutletKind
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
    full_text = models.CharField(
        _("full text"),
        max_length=7,
        choices=FullText,
        default=FullText.OFF,
        help_text=_("Whether the pages of its articles are fetched beside its feeds: only where the outlet allows it."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        constraints = [
            in_choices("kind", OutletKind, "outlet_kind_known"),
            in_choices("full_text", FullText, "outlet_full_text_known"),
        ]

    def __str__(self) -> str:
        return self.name


class FeedQuerySet(models.QuerySet["Feed"]):
    def enabled(self) -> FeedQuerySet:
        return self.filter(enabled=True)

    def working(self) -> FeedQuerySet:
        """Feeds that are fetched on their own: enabled and not paused."""
        return self.filter(enabled=True, paused=False)

    def due(self, now: dt.datetime) -> FeedQuerySet:
        """Feeds to fetch at `now`, the longest waiting first; one that was never scheduled has waited longest."""
        due = Q(next_check__isnull=True) | Q(next_check__lte=now)
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.working().filter(due, free).order_by(F("next_check").asc(nulls_first=True), "pk")

    def in_progress(self, now: dt.datetime) -> FeedQuerySet:
        """Feeds that a worker has right now."""
        return self.filter(leased_until__gt=now)

    def failing(self) -> FeedQuerySet:
        """Working feeds whose last attempts failed."""
        return self.working().filter(failing_since__isnull=False)

    def needing_human(self) -> FeedQuerySet:
        """Working feeds that will not mend by themselves, or whose new address awaits an editor; the longest waiting first."""
        wanted = Q(needs_human_since__isnull=False) | Q(proposed_since__isnull=False)
        return self.working().filter(wanted).order_by(models.functions.Coalesce("needs_human_since", "proposed_since"), "pk")

    def silent(self, now: dt.datetime, days: int = 30) -> FeedQuerySet:
        """Working feeds that answer well and have told nothing new for so many days."""
        quiet = Q(last_news__isnull=True) | Q(last_news__lt=now - dt.timedelta(days=days))
        return self.working().filter(quiet, last_success__isnull=False, failing_since__isnull=True)


class Feed(models.Model):
    """The address of a feed of an outlet, when it is to be fetched next, and how it has fared.

    The columns from `next_check` on belong to the machine (relations/ingest/record.py) and to services/feeds.py.
    """

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="feeds", verbose_name=_("outlet"))
    url = models.CharField(_("address"), max_length=1000, unique=True)
    language = models.CharField(_("language"), max_length=2)
    format = models.CharField(pgettext_lazy("of a feed", "format"), max_length=4, choices=FeedFormat, default=FeedFormat.RSS)
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("Where the address was found."))
    confidence = models.CharField(_("confidence"), max_length=10, choices=FeedConfidence, default=FeedConfidence.UNVERIFIED)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    enabled = models.BooleanField(_("enabled"), default=False, help_text=_("Only enabled feeds are fetched."))
    paused = models.BooleanField(_("paused"), default=False, help_text=_("Not fetched until an editor resumes it."))
    interval = models.DurationField(_("interval"), default=dt.timedelta(hours=1))

    # When: the schedule, and who has the feed now. Two columns, so that neither is ever mistaken for the other.
    next_check = models.DateTimeField(_("next check"), null=True, blank=True, db_index=True)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, editable=False)
    told_interval = models.DurationField(_("interval that the feed asks for"), null=True, blank=True, editable=False)

    # What the next request says.
    etag = models.CharField(_("ETag"), max_length=300, blank=True, editable=False)
    last_modified = models.CharField(_("Last-Modified"), max_length=100, blank=True, editable=False)
    parser_version = models.PositiveSmallIntegerField(_("parser version"), default=0, editable=False)

    # How it has fared.
    last_success = models.DateTimeField(_("last success"), null=True, blank=True, editable=False)
    last_news = models.DateTimeField(
        _("last news"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When it last told something new, or the date of its newest entry."),
    )
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=40, blank=True, editable=False, help_text=_("The kind of error, a code."))
    last_detail = models.CharField(_("detail of the last error"), max_length=500, blank=True, editable=False)
    repeated = models.PositiveSmallIntegerField(_("failures of this kind in a row"), default=0, editable=False)
    needs_human = models.CharField(
        _("needs a human"), max_length=40, blank=True, editable=False, help_text=_("The kind of error that will not mend by itself.")
    )
    needs_human_since = models.DateTimeField(_("needs a human since"), null=True, blank=True, editable=False)

    # Where it says that it has moved to.
    moved_to = models.CharField(_("moved to"), max_length=1000, blank=True, editable=False)
    moved_days = models.PositiveSmallIntegerField(_("days on which the new address was seen"), default=0, editable=False)
    moved_day = models.DateField(_("last day on which the new address was seen"), null=True, blank=True, editable=False)
    proposed_url = models.CharField(_("proposed address"), max_length=1000, blank=True, editable=False)
    proposed_since = models.DateTimeField(_("proposed since"), null=True, blank=True, editable=False)
    rejected_url = models.CharField(_("rejected address"), max_length=1000, blank=True, editable=False)

    history = HistoricalRecords(
        excluded_fields=[
            *("next_check", "leased_until", "told_interval", "etag", "last_modified", "parser_version", "last_success", "last_news"),
            *("failures", "failing_since", "last_error", "last_detail", "repeated", "needs_human", "needs_human_since"),
            *("moved_to", "moved_days", "moved_day", "proposed_url", "proposed_since", "rejected_url"),
        ]
    )

    objects = FeedQuerySet.as_manager()

    _stored_url: str | None = None

    HEALTHY = {
        "failures": 0,
        "failing_since": None,
        "last_error": "",
        "last_detail": "",
        "repeated": 0,
        "needs_human": "",
        "needs_human_since": None,
    }
    """What a feed that answers says of its failures: none."""

    OF_THE_ADDRESS = {
        "etag": "",
        "last_modified": "",
        "parser_version": 0,
        "told_interval": None,
        **HEALTHY,
        "moved_to": "",
        "moved_days": 0,
        "moved_day": None,
        "proposed_url": "",
        "proposed_since": None,
        "rejected_url": "",
    }
    """What is known of an address and says nothing of another: the columns and their values for a new one."""

    class Meta:
        ordering = ["outlet__name", "position", "pk"]
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        constraints = [
            in_choices("confidence", FeedConfidence, "feed_confidence_known"),
            in_choices("format", FeedFormat, "feed_format_known"),
        ]
        indexes = [models.Index(fields=["next_check"], condition=Q(enabled=True, paused=False), name="feed_due")]

    def __str__(self) -> str:
        return self.url

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a changed address forgets what was known of the old one, so that no validator of it is sent to the new one."""
        columns = kwargs.get("update_fields")
        changed = self._stored_url not in (None, self.url) and (columns is None or "url" in columns)
        if changed:
            for name, value in self.OF_THE_ADDRESS.items():
                setattr(self, name, value)
            if columns is not None:
                kwargs["update_fields"] = {*columns, *self.OF_THE_ADDRESS}
        super().save(*args, **kwargs)
        self._stored_url = self.url

    @property
    def of_the_web(self) -> bool:
        """It can be fetched; a file that was taken in by hand cannot."""
        return self.url.startswith(("http://", "https://"))

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Feed:
        feed = super().from_db(*args, **kwargs)
        feed._stored_url = feed.__dict__.get("url")
        return feed


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
    blocked = models.PositiveIntegerField(_("blocked"), default=0, help_text=_("New entries that a rule hides: stored, not shown."))

    class Meta:
        ordering = ["-started", "-pk"]
        verbose_name = _("fetch attempt")
        verbose_name_plural = _("fetch attempts")
        constraints = [in_choices("outcome", FetchOutcome, "attempt_outcome_known")]
        indexes = [models.Index(fields=["feed", "-started"], name="attempt_by_feed")]

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M} {self.outcome}"


class Host(models.Model):
    """A registrable host that feeds are fetched from: whether it is being asked, and how long it asked to be left alone."""

    name = models.CharField(_("name"), max_length=255, primary_key=True)
    busy_until = models.DateTimeField(
        _("busy until"), null=True, blank=True, help_text=_("Until then no other request is sent: one is under way, or was just now.")
    )
    wait_until = models.DateTimeField(_("asked to wait until"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = pgettext_lazy("of the network", "host")
        verbose_name_plural = _("hosts")

    def __str__(self) -> str:
        return self.name
