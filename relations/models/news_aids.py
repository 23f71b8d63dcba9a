"""What stands beside the news: rules, articles' texts, what stories are found by, and what is left of retired items."""

from __future__ import annotations

from django.db import models
from django.db.models import Expression, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .choices import ArticleState, RuleAction
from .feed import Feed, Outlet
from .fields import CodesField, in_choices
from .marks import introduced, listed
from .news import NewsItem


def phrases_of(words: str) -> tuple[str, ...]:
    """The words of a rule, one or several a phrase, from a phrase a line."""
    return tuple(line.strip() for line in words.splitlines() if line.strip())


class RuleQuerySet(models.QuerySet["Rule"]):
    def enabled(self) -> RuleQuerySet:
        return self.filter(enabled=True)

    def for_feed(self, feed: int | Expression) -> RuleQuerySet:
        """The rules that a feed's items meet: those of all feeds and its own."""
        return self.filter(Q(feed__isnull=True) | Q(feed=feed))


class Rule(models.Model):
    """What is kept or blocked of the news, everywhere or of one feed.

    An item matches where it fulfils every condition that is given: it holds one of the words, names one of the entities,
    is in one of the languages.
    """

    feed = models.ForeignKey(
        Feed, models.CASCADE, null=True, blank=True, related_name="rules", verbose_name=_("feed"), help_text=_("Empty: all feeds.")
    )
    action = models.CharField(_("action"), max_length=5, choices=RuleAction)
    words = models.TextField(
        _("words"), blank=True, help_text=_("A word or phrase a line, of title or summary; whole words, except in Chinese.")
    )
    entities = CodesField(_("entities"), blank=True, max_length=1000)
    languages = CodesField(_("languages"), blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("What the rule is for."))
    enabled = models.BooleanField(pgettext_lazy("of a rule", "enabled"), default=True)
    history = HistoricalRecords()

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["feed__url", "action", "pk"]
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints = [
            in_choices("action", RuleAction, "rule_action_known"),
            models.CheckConstraint(condition=~Q(words="") | ~Q(entities="") | ~Q(languages=""), name="rule_has_a_condition"),
        ]

    def __str__(self) -> str:
        return introduced(self.get_action_display(), listed([*self.phrases, *self.entities, *self.languages]))[:200]

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words, one or several a phrase."""
        return phrases_of(self.words)


class ArticleText(models.Model):
    """What the page of an item says, read for an outlet that allows it: an excerpt, or the whole of an official text."""

    item = models.OneToOneField(NewsItem, models.CASCADE, primary_key=True, related_name="article", verbose_name=_("item"))
    state = models.CharField(_("state"), max_length=7, choices=ArticleState)
    text = models.TextField(_("text"), blank=True)
    whole = models.BooleanField(_("whole text"), default=False)
    length = models.PositiveIntegerField(_("characters of the article"), default=0)
    tries = models.PositiveSmallIntegerField(_("tries"), default=1)
    tried = models.DateTimeField(_("last try"))
    next_try = models.DateTimeField(_("next try"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=40, blank=True, help_text=_("The kind of error, a code."))
    detail = models.CharField(_("detail"), max_length=500, blank=True)

    class Meta:
        ordering = ["-tried"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [in_choices("state", ArticleState, "article_state_known")]
        indexes = [models.Index(fields=["next_try"], condition=Q(next_try__isnull=False), name="article_due")]

    def __str__(self) -> str:
        return str(self.item)


class FeedText(models.Model):
    """The article of an item as its feed carries it whole, markup and all: kept until the machine has read it."""

    item = models.OneToOneField(NewsItem, models.CASCADE, primary_key=True, related_name="feed_text", verbose_name=_("item"))
    text = models.TextField(_("text"))

    def __str__(self) -> str:
        return str(self.item_id)


class Tombstone(models.Model):
    """An item that was stored once and is no more: an entry with its key is not taken in again."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, db_index=False, related_name="tombstones", verbose_name=_("outlet"))
    key = models.CharField(_("key"), max_length=64)

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        constraints = [models.UniqueConstraint(fields=["outlet", "key"], name="tombstone_once_an_outlet")]

    def __str__(self) -> str:
        return self.key


class Fingerprint(models.Model):
    """By what an item is compared with others, for as long as others may still tell the same (`domain.stories`)."""

    item = models.OneToOneField(NewsItem, models.CASCADE, primary_key=True, related_name="fingerprint")
    signature = models.BinaryField()
    facts = models.TextField(blank=True)
    day = models.IntegerField()

    def __str__(self) -> str:
        return str(self.item_id)


class FingerprintBand(models.Model):
    """The index of the fingerprints: items that share a value are compared. Written in bulk and pruned by day, so nothing cascades."""

    value = models.BigIntegerField(db_index=True)
    item = models.ForeignKey(NewsItem, models.DO_NOTHING, db_index=False, db_constraint=False, related_name="+")
    day = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.value:x}"
