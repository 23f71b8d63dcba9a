"""The status of a relationship: the rungs that the governments declare."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.reference.ladder import AIMS, LADDER, rung

from .base import Dyad, Record, RecordQuerySet
from .choices import Level, Verification
from .fields import PartialDateField, in_choices, partial_date_check
from .source import Citation, Source, cited_once


class StatusQuerySet(RecordQuerySet):
    def rungs(self) -> StatusQuerySet:
        """Statuses on the ladder."""
        return self.filter(level__in=LADDER)

    def aims(self) -> StatusQuerySet:
        """Aims declared beside the ladder."""
        return self.filter(level__in=AIMS)


class Status(Record):
    """One rung (or aim) that the two governments declared, with its date and the document that set it."""

    dyad = models.ForeignKey(Dyad, models.PROTECT, related_name="statuses", verbose_name=_("dyad"))
    date = PartialDateField(_("date"), db_index=True)
    level = models.CharField(pgettext_lazy("rung or aim", "level"), max_length=50, choices=Level)
    title = models.CharField(_("title"), max_length=300, null=True)
    document = models.ForeignKey(
        "relations.Declaration", models.SET_NULL, null=True, blank=True, related_name="statuses", verbose_name=_("document that set it")
    )
    summary = models.TextField(_("summary"), blank=True)
    sources = models.ManyToManyField(Source, through="StatusCitation", related_name="statuses", verbose_name=_("sources"))

    objects = StatusQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        constraints = [
            models.UniqueConstraint(fields=["dyad", "level"], name="status_level_once_a_dyad"),
            partial_date_check("date", "status_date_form"),
            in_choices("level", Level, "status_level_known"),
            in_choices("verification", Verification, "status_verification_known"),
        ]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.date} {self.title or self.get_level_display()}"

    @property
    def rung(self) -> int | None:
        """The height on the stairs, 0 to 6; None for an aim."""
        return rung(self.level)

    @property
    def is_aim(self) -> bool:
        return self.level in AIMS


class StatusCitation(Citation):
    status = models.ForeignKey(Status, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("status")]
