"""Mechanisms: the standing channels between the governments, and their sessions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .base import Dyad, Record, RecordQuerySet
from .choices import MechanismKind, MechanismStatus, SessionFormat, State, Verification
from .fields import CodesField, PartialDateField, has, in_choices, partial_date_check
from .person import Person
from .source import Citation, Source, cited_once


class MechanismQuerySet(RecordQuerySet):
    date_field = "established"

    def top(self) -> MechanismQuerySet:
        """Mechanisms without a parent."""
        return self.filter(parent__isnull=True)

    def with_party(self, state: str) -> MechanismQuerySet:
        return self.filter(has("parties", state))


class Mechanism(Record):
    """A standing channel: summit, committee, dialogue … `title` exists in four languages."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    dyad = models.ForeignKey(Dyad, models.PROTECT, related_name="mechanisms", verbose_name=_("dyad"))
    kind = models.CharField(_("kind"), max_length=30, choices=MechanismKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"))
    parties = CodesField(_("parties"), codes=State.choices)
    title = models.CharField(_("title"), max_length=300, null=True)
    established = PartialDateField(_("established"), null=True, blank=True, db_index=True)
    basis = models.CharField(_("founding document"), max_length=300, null=True, blank=True)
    co_chairs = models.CharField(_("co-chairs"), max_length=400, null=True, blank=True)
    periodicity_months = models.PositiveSmallIntegerField(_("declared rhythm in months"), null=True, blank=True)
    status = models.CharField(
        pgettext_lazy("of a mechanism", "status"), max_length=10, choices=MechanismStatus, default=MechanismStatus.ACTIVE
    )
    summary = models.TextField(_("summary"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0, help_text=_("Its place in the list of its relationship."))
    sources = models.ManyToManyField(Source, through="MechanismCitation", related_name="mechanisms", verbose_name=_("sources"))

    objects = MechanismQuerySet.as_manager()

    class Meta:
        ordering = ["dyad__position", "position", "pk"]
        verbose_name = _("mechanism")
        verbose_name_plural = _("mechanisms")
        constraints = [
            partial_date_check("established", "mechanism_established_form", null=True),
            models.CheckConstraint(condition=Q(parties__regex=r"^ ([A-Z]{2} ){2,}$"), name="mechanism_has_two_parties"),
            in_choices("kind", MechanismKind, "mechanism_kind_known"),
            in_choices("status", MechanismStatus, "mechanism_status_known"),
            in_choices("verification", Verification, "mechanism_verification_known"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="mechanism_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(periodicity_months__isnull=True) | Q(periodicity_months__gte=1), name="mechanism_rhythm_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title or self.slug)

    def get_absolute_url(self) -> str:
        return reverse("web:mechanism", args=[self.slug])

    def clean(self) -> None:
        """The words for what the database's trigger holds: no mechanism is its own ancestor."""
        seen = {self.pk}
        above = self.parent
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("A mechanism cannot be part of itself.")})
            seen.add(above.pk)
            above = above.parent


class MechanismCitation(Citation):
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("mechanism")]


class SessionQuerySet(RecordQuerySet):
    dyad_path = "mechanism__dyad"


class Session(Record):
    """One meeting of a mechanism."""

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="sessions", verbose_name=_("mechanism"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    date = PartialDateField(_("date"), db_index=True)
    place = models.CharField(_("place"), max_length=120, null=True, blank=True)
    format = models.CharField(pgettext_lazy("of a session", "format"), max_length=10, choices=SessionFormat, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    sources = models.ManyToManyField(Source, through="SessionCitation", related_name="sessions", verbose_name=_("sources"))
    history = HistoricalRecords()

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint("mechanism", "date", Coalesce("number", 0), name="session_once"),
            models.UniqueConstraint(fields=["mechanism", "number"], condition=Q(number__isnull=False), name="session_number_once"),
            partial_date_check("date", "session_date_form"),
            in_choices("format", SessionFormat, "session_format_known", empty=True),
            in_choices("verification", Verification, "session_verification_known"),
        ]

    def __str__(self) -> str:
        return f"{self.mechanism}, {self.date}"


class SessionCitation(Citation):
    session = models.ForeignKey(Session, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("session")]


class Chair(models.Model):
    """Somebody who chaired a session for a side. `person` is set where the name is that of a known person."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="chairs", verbose_name=_("session"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    side = models.CharField(_("side"), max_length=2, choices=State)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="chaired", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=120)
    office = models.CharField(_("office"), max_length=200)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("chair")
        verbose_name_plural = _("chairs")
        constraints = [
            models.UniqueConstraint(fields=["session", "side", "name"], name="chair_once"),
            in_choices("side", State, "chair_side_known"),
        ]

    def __str__(self) -> str:
        return self.name
