"""What the machine reads in the news: that an item was read, what it links to and why, the monthly counts, and the drafts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .choices import CandidateState, DyadCode, LinkKind, LinkState
from .declaration import Declaration
from .fields import in_choices
from .marks import introduced
from .mechanism import Mechanism
from .news import NewsItem, Story
from .person import Person


class ItemReading(models.Model):
    """That an item was read, by which reader, and what it came to. A revised item is read again."""

    item = models.OneToOneField(NewsItem, models.CASCADE, primary_key=True, related_name="reading", verbose_name=_("item"))
    reader = models.CharField(_("reader"), max_length=40, help_text=_("Which rules and records it was read with, as a digest."))
    whole = models.BooleanField(_("whole article"), default=False, help_text=_("Read from the article, not from the summary of the feed."))
    language = models.CharField(_("language"), max_length=8, blank=True)
    relevant = models.BooleanField(_("relevant"))
    score = models.FloatField(_("score"), help_text=_("From 0 to 1: how surely it concerns China and Central Asia."))
    document = models.CharField(_("kind of document"), max_length=40, blank=True)
    read_at = models.DateTimeField(_("read"))

    class Meta:
        ordering = ["-read_at", "-pk"]
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [models.CheckConstraint(condition=Q(score__gte=0) & Q(score__lte=1), name="item_reading_score_range")]

    def __str__(self) -> str:
        return str(self.item)


class NewsLinkQuerySet(models.QuerySet["NewsLink"]):
    def standing(self) -> NewsLinkQuerySet:
        """Links that no editor has rejected."""
        return self.exclude(state=LinkState.REJECTED)


class NewsLink(models.Model):
    """What a news item is about, with the words it was read from. A rejected link stays, so that it does not come back."""

    item = models.ForeignKey(NewsItem, models.CASCADE, db_index=False, related_name="links", verbose_name=_("item"))
    kind = models.CharField(_("kind"), max_length=11, choices=LinkKind)
    code = models.CharField(_("code"), max_length=120, help_text=_("Of the dyad, initiative or document, or the record’s short name."))
    mechanism = models.ForeignKey(
        Mechanism, models.CASCADE, null=True, blank=True, db_index=False, related_name="news_links", verbose_name=_("mechanism")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, db_index=False, related_name="news_links", verbose_name=_("person")
    )
    declaration = models.ForeignKey(
        Declaration, models.CASCADE, null=True, blank=True, db_index=False, related_name="news_links", verbose_name=_("declaration")
    )
    state = models.CharField(pgettext_lazy("of a link", "state"), max_length=9, choices=LinkState, default=LinkState.READ)
    evidence = models.JSONField(_("evidence"), default=list, help_text=_("Spans of the text with the rule that read them."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("decided by")
    )
    decided = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = NewsLinkQuerySet.as_manager()

    class Meta:
        ordering = ["item", "kind", "code"]
        verbose_name = _("link of a news item")
        verbose_name_plural = _("links of news items")
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "code"], name="news_link_once"),
            in_choices("kind", LinkKind, "news_link_kind_known"),
            in_choices("state", LinkState, "news_link_state_known"),
        ]
        indexes = [
            models.Index(fields=["mechanism", "-item"], condition=Q(mechanism__isnull=False), name="news_link_mechanism"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="news_link_person"),
            models.Index(fields=["declaration"], condition=Q(declaration__isnull=False), name="news_link_declaration"),
        ]

    def __str__(self) -> str:
        return introduced(self.get_kind_display(), self.code)


class Candidate(models.Model):
    """What the machine read in a story, awaiting an editor."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="candidates", verbose_name=_("story"))
    item = models.ForeignKey(
        NewsItem, models.SET_NULL, null=True, blank=True, related_name="candidates", verbose_name=_("item"),
        help_text=_("Whose text was read."),
    )  # fmt: skip
    dyad = models.CharField(_("dyad"), max_length=5, choices=DyadCode, blank=True)
    state = models.CharField(
        pgettext_lazy("of a candidate", "state"), max_length=10, choices=CandidateState, default=CandidateState.PENDING, db_index=True
    )
    text = models.TextField(
        _("text"), blank=True, help_text=_("What the draft’s evidence points into; forgotten some time after it is decided.")
    )
    draft = models.JSONField(_("draft"), default=dict)
    version = models.PositiveIntegerField(
        _("version"), default=0, help_text=_("Grows with every change, so that of two editors the second is told.")
    )
    declaration = models.ForeignKey(
        Declaration, models.SET_NULL, null=True, blank=True, related_name="candidates", verbose_name=_("declaration")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created = models.DateTimeField(_("created"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("opened by")
    )
    opened = models.DateTimeField(_("opened"), null=True, blank=True)
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("also opened by")
    )
    joined = models.DateTimeField(_("also opened"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("decided by")
    )
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["text", "opened", "opened_by", "joined", "joined_by"])

    class Meta:
        ordering = ["created", "pk"]
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            in_choices("state", CandidateState, "candidate_state_known"),
            in_choices("dyad", DyadCode, "candidate_dyad_known", empty=True),
            models.UniqueConstraint(fields=["item"], name="candidate_once_an_item", condition=Q(item__isnull=False)),
        ]
        indexes = [models.Index(fields=["dyad", "created"], condition=Q(state="pending"), name="candidate_queue")]

    def __str__(self) -> str:
        return f"{self.story} ({self.state})"

    @property
    def article(self) -> NewsItem | None:
        """The item whose text was read: its own, or that of the candidate from which it was divided (`draft["article"]`)."""
        if self.item is not None:
            return self.item
        told = self.draft.get("article") if isinstance(self.draft, dict) else None
        return NewsItem.objects.select_related("outlet").filter(pk=told).first() if isinstance(told, int) else None


class NewsVolume(models.Model):
    """How many shown items concern a relationship, by month and language: counted as they are read, not when a page asks."""

    month = models.CharField(_("month"), max_length=7)
    dyad = models.CharField(_("dyad"), max_length=5, choices=DyadCode)
    language = models.CharField(_("language"), max_length=8, blank=True)
    items = models.PositiveIntegerField(_("items"))

    class Meta:
        ordering = ["month", "dyad", "language"]
        constraints = [models.UniqueConstraint(fields=["month", "dyad", "language"], name="news_volume_once")]

    def __str__(self) -> str:
        return f"{self.month} {self.dyad} {self.language}: {self.items}"


class ReadingCount(models.Model):
    """What came of the reading of a month's items in one language."""

    month = models.CharField(_("month"), max_length=7)
    language = models.CharField(_("language"), max_length=8, blank=True)
    read = models.PositiveIntegerField(_("read"), default=0)
    relevant = models.PositiveIntegerField(_("relevant"), default=0)
    linked = models.PositiveIntegerField(_("linked"), default=0)
    drafted = models.PositiveIntegerField(_("drafted"), default=0)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)

    class Meta:
        ordering = ["-month", "language"]
        constraints = [models.UniqueConstraint(fields=["month", "language"], name="reading_count_once")]

    def __str__(self) -> str:
        return f"{self.month} {self.language}: {self.read}"
