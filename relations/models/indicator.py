"""Indicators: trade, gas, students … always one reporter a series."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import Dyad, Record, RecordQuerySet
from .choices import Qualifier, Verification
from .fields import in_choices
from .source import Citation, Source, cited_once

DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


class Indicator(models.Model):
    """What is counted, and in which unit. `title` exists in four languages."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200, null=True)
    unit = models.CharField(_("unit"), max_length=60)
    definition = models.TextField(_("definition"), blank=True)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return str(self.title or self.code)


class ObservationQuerySet(RecordQuerySet):
    date_field = "period"

    def in_series_order(self) -> ObservationQuerySet:
        """One series after the other, each in the order of time: a series is indicator, dyad, reporter and scope."""
        return self.order_by("indicator__position", "dyad__position", "reporter", "scope", "year", "period")


class Observation(Record):
    """One value of a series, as one reporter published it; values of different reporters are never merged."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator"))
    dyad = models.ForeignKey(Dyad, models.PROTECT, related_name="observations", verbose_name=_("dyad"))
    year = models.PositiveSmallIntegerField(_("year"))
    period = models.CharField(
        _("period"),
        max_length=21,
        validators=[RegexValidator(rf"^{DATE}(/{DATE})?$")],
        help_text=_("2022, 2022-06-30, or a span as 2022-01/2022-06."),
    )
    value = models.FloatField(_("value"))
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    reporter = models.CharField(_("reporter"), max_length=120, help_text=_("Who produced the number."))
    scope = models.CharField(_("scope"), max_length=120, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    sources = models.ManyToManyField(Source, through="ObservationCitation", related_name="observations", verbose_name=_("sources"))
    history = HistoricalRecords()

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "dyad", "reporter", "scope", "period"], name="observation_once_a_series"),
            models.CheckConstraint(condition=models.Q(period__regex=rf"^{DATE}(/{DATE})?$"), name="observation_period_form"),
            models.CheckConstraint(condition=models.Q(year__gte=1900, year__lte=2200), name="observation_year_possible"),
            in_choices("qualifier", Qualifier, "observation_qualifier_known"),
            in_choices("verification", Verification, "observation_verification_known"),
        ]
        indexes = [models.Index(fields=["dyad", "indicator", "year"], name="observation_by_dyad")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.dyad_id} {self.period} {self.value}"


class ObservationCitation(Citation):
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("observation")]
