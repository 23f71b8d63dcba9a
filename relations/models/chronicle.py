"""What happened and what is remembered: visits, events and anniversaries."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import Dyad, Record, RecordQuerySet
from .choices import EventKind, State, Verification, VisitKind
from .declaration import Declaration
from .fields import CodesField, MonthDayField, PartialDateField, in_choices, partial_date_check
from .person import Person
from .source import Citation, Source, cited_once

TOP_OFFICES = ("President", "Premier", "Prime Minister", "Chairman of the Cabinet of Ministers")


class VisitQuerySet(RecordQuerySet):
    date_field = "date_start"

    def by_leaders(self) -> VisitQuerySet:
        """Visits of heads of state or government, whatever other office they hold beside it."""
        condition = Q(pk__in=())
        for office in TOP_OFFICES:
            condition |= Q(office=office) | Q(office__startswith=f"{office} and ") | Q(office__endswith=f" and {office}")
        return self.filter(condition)


class Visit(Record):
    """A leader or minister of one side in the other's country."""

    dyad = models.ForeignKey(Dyad, models.PROTECT, related_name="visits", verbose_name=_("dyad"))
    date_start = PartialDateField(_("from"), db_index=True)
    date_end = PartialDateField(_("to"), null=True, blank=True, help_text=_("Empty where only one day is known."))
    visitor = models.ForeignKey(Person, models.PROTECT, related_name="visits", verbose_name=_("visitor"))
    office = models.CharField(_("office"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=VisitKind)
    host = models.CharField(_("host"), max_length=2, choices=State)
    place = models.CharField(_("place"), max_length=120, null=True, blank=True)
    context = models.CharField(_("context"), max_length=300, blank=True)
    declaration = models.ForeignKey(
        Declaration, models.SET_NULL, null=True, blank=True, related_name="visits", verbose_name=_("declaration")
    )
    sources = models.ManyToManyField(Source, through="VisitCitation", related_name="visits", verbose_name=_("sources"))
    history = HistoricalRecords()

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["date_start", "pk"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["visitor", "host", "date_start"], name="visit_once"),
            partial_date_check("date_start", "visit_start_form"),
            partial_date_check("date_end", "visit_end_form", null=True),
            models.CheckConstraint(condition=Q(date_end__isnull=True) | Q(date_end__gt=F("date_start")), name="visit_ends_after_it_starts"),
            in_choices("kind", VisitKind, "visit_kind_known"),
            in_choices("host", State, "visit_host_known"),
            in_choices("verification", Verification, "visit_verification_known"),
        ]

    def __str__(self) -> str:
        return f"{self.date_start} {self.visitor} → {self.host}"

    @property
    def date(self) -> str:
        """The first day: what dates the record among others."""
        return self.date_start


class VisitCitation(Citation):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("visit")]


class EventQuerySet(RecordQuerySet):
    def frictions(self) -> EventQuerySet:
        """Events that strained the relationship, by an editor's mark."""
        return self.filter(friction=True)

    def landmarks(self) -> EventQuerySet:
        """Events that did not."""
        return self.filter(friction=False)

    def turning_points(self) -> EventQuerySet:
        """Events that an editor gave a label for charts."""
        return self.exclude(label="")


class Event(Record):
    """Something that happened between the parties: a landmark, or a friction where it strained the relationship."""

    dyad = models.ForeignKey(Dyad, models.PROTECT, related_name="events", verbose_name=_("dyad"))
    date = PartialDateField(_("date"), db_index=True)
    parties = CodesField(_("parties"), codes=State.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    friction = models.BooleanField(
        _("friction"), default=False, help_text=_("It strained the relationship: an editor’s mark, not the kind.")
    )
    title = models.CharField(_("title"), max_length=200, null=True)
    label = models.CharField(
        _("label"), max_length=40, blank=True, help_text=_("A few words for a chart, where the event is a turning point.")
    )
    summary = models.TextField(_("summary"), blank=True)
    sources = models.ManyToManyField(Source, through="EventCitation", related_name="events", verbose_name=_("sources"))

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["dyad", "date", "title_en"], name="event_once"),
            partial_date_check("date", "event_date_form"),
            models.CheckConstraint(condition=Q(parties__regex=r"^ ([A-Z]{2} ){2,}$"), name="event_has_two_parties"),
            in_choices("kind", EventKind, "event_kind_known"),
            in_choices("verification", Verification, "event_verification_known"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.title}"


class EventCitation(Citation):
    event = models.ForeignKey(Event, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("event")]


class AnniversaryQuerySet(RecordQuerySet):
    date_field = "origin"


class Anniversary(Record):
    """A day that is remembered every year and does not follow from another record by arithmetic."""

    dyad = models.ForeignKey(Dyad, models.PROTECT, related_name="anniversaries", verbose_name=_("dyad"))
    month_day = MonthDayField(_("day of the year"))
    origin = PartialDateField(_("origin"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, null=True)
    sources = models.ManyToManyField(Source, through="AnniversaryCitation", related_name="anniversaries", verbose_name=_("sources"))

    objects = AnniversaryQuerySet.as_manager()

    class Meta:
        ordering = ["month_day", "pk"]
        verbose_name = _("anniversary")
        verbose_name_plural = _("anniversaries")
        constraints = [
            models.UniqueConstraint(fields=["dyad", "month_day", "title_en"], name="anniversary_once"),
            models.CheckConstraint(
                condition=Q(month_day__regex=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"), name="anniversary_day_form"
            ),
            partial_date_check("origin", "anniversary_origin_form", null=True),
            in_choices("verification", Verification, "anniversary_verification_known"),
        ]

    def __str__(self) -> str:
        return f"{self.month_day} {self.title}"


class AnniversaryCitation(Citation):
    anniversary = models.ForeignKey(Anniversary, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("anniversary")]
