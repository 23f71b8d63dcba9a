"""People who hold the offices: one record a person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import Record
from .choices import State, Verification
from .fields import PartialDateField, in_choices, partial_date_check
from .source import Citation, Source, cited_once


class PersonQuerySet(models.QuerySet["Person"]):
    def of_side(self, side: str) -> PersonQuerySet:
        return self.filter(side=side)

    def named(self, side: str, name: str) -> PersonQuerySet:
        """The person of a side with this English name, as records name people."""
        return self.filter(side=side, name_en=name)


class Person(Record):
    """A head of state or government, a minister, a co-chair. `name` exists in four languages."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    side = models.CharField(_("side"), max_length=2, choices=State)
    name = models.CharField(_("name"), max_length=120, null=True)
    aliases = models.JSONField(
        _("aliases"), default=dict, blank=True, help_text=_('Other spellings by language, for example {"zh": ["李鵬"]}.')
    )
    sources = models.ManyToManyField(Source, through="PersonCitation", related_name="people", verbose_name=_("sources"))

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["side", "name_en"], name="person_once_a_side"),
            in_choices("side", State, "person_side_known"),
            in_choices("verification", Verification, "person_verification_known"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class PersonCitation(Citation):
    person = models.ForeignKey(Person, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("person")]


class Term(models.Model):
    """An office that a person held; the dates of the terms are unsourced throughout and shown as such."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="terms", verbose_name=_("person"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    office = models.CharField(_("office"), max_length=200)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        constraints = [
            partial_date_check("start", "term_start_form", null=True),
            partial_date_check("end", "term_end_form", null=True),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")), name="term_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.office
