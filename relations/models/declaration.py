"""Declarations: the documents that the parties adopt together, down to the single provision and the side that states it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from relations.reference.parties import sides_open_to

from .base import Dyad, Record, RecordQuerySet
from .choices import DeclarationKind, DeclarationLevel, PublicationState, Side, State, Topic, Verification
from .fields import CodesField, PartialDateField, has, in_choices, partial_date_check
from .person import Person
from .source import Citation, Source, cited_once


class DeclarationQuerySet(RecordQuerySet):
    def published(self) -> DeclarationQuerySet:
        """Documents that the dashboard shows: never a draft."""
        return self.filter(state=PublicationState.PUBLISHED)

    def with_party(self, state: str) -> DeclarationQuerySet:
        """Documents that a state is a party to, those of many parties included."""
        return self.filter(has("parties", state))


class Declaration(Record):
    """A document that the parties adopted together. `title` exists in four languages."""

    slug = models.SlugField(
        _("slug"), max_length=120, unique=True, help_text=_("Parties and date, then a few words: cn-kz-2022-09-14-joint-statement.")
    )
    dyad = models.ForeignKey(Dyad, models.PROTECT, related_name="declarations", verbose_name=_("dyad"))
    kind = models.CharField(_("kind"), max_length=20, choices=DeclarationKind, default=DeclarationKind.JOINT_STATEMENT)
    date = PartialDateField(_("date"), db_index=True)
    place = models.CharField(_("place"), max_length=120, null=True, blank=True)
    parties = CodesField(_("parties"), codes=State.choices)
    level = models.CharField(_("level"), max_length=20, choices=DeclarationLevel, default=DeclarationLevel.HEAD_OF_STATE)
    title = models.CharField(_("title"), max_length=500, null=True)
    occasion = models.CharField(_("occasion"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    initiatives = models.ManyToManyField("relations.Initiative", blank=True, related_name="declarations", verbose_name=_("initiatives"))
    state = models.CharField(
        _("state"), max_length=10, choices=PublicationState, default=PublicationState.DRAFT, db_index=True,
        help_text=_("A draft never shows on the dashboard."),
    )  # fmt: skip
    sources = models.ManyToManyField(Source, through="DeclarationCitation", related_name="declarations", verbose_name=_("sources"))

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [
            partial_date_check("date", "declaration_date_form"),
            models.CheckConstraint(condition=Q(parties__regex=r"^ ([A-Z]{2} ){2,}$"), name="declaration_has_two_parties"),
            in_choices("kind", DeclarationKind, "declaration_kind_known"),
            in_choices("level", DeclarationLevel, "declaration_level_known"),
            in_choices("state", PublicationState, "declaration_state_known"),
            in_choices("verification", Verification, "declaration_verification_known"),
        ]
        indexes = [models.Index(fields=["dyad", "-date"], name="declaration_by_dyad_and_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.title or self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("web:declaration", args=[self.slug])

    @property
    def open_sides(self) -> tuple[str, ...]:
        """The sides that may state one of its provisions."""
        return sides_open_to(self.parties)


class DeclarationCitation(Citation):
    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("declaration")]


class DeclarationText(models.Model):
    """The document in one language: its text where it may be kept, else the address where it can be read."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="texts", verbose_name=_("declaration"))
    language = models.CharField(_("language"), max_length=2)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="texts", verbose_name=_("source"))
    text = models.TextField(_("text"), blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["language"]
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [models.UniqueConstraint(fields=["declaration", "language"], name="declaration_text_once_a_language")]

    def __str__(self) -> str:
        return self.language


class Signatory(models.Model):
    """Somebody who signed for a side. `person` is set where the name is that of a known person."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="signatories", verbose_name=_("declaration"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    side = models.CharField(_("side"), max_length=2, choices=State)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="signatures", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=120)
    office = models.CharField(_("office"), max_length=200)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [
            models.UniqueConstraint(fields=["declaration", "side", "name"], name="signatory_once"),
            in_choices("side", State, "signatory_side_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def published(self) -> ProvisionQuerySet:
        return self.filter(declaration__state=PublicationState.PUBLISHED)

    def on_topic(self, topic: str) -> ProvisionQuerySet:
        return self.filter(has("topics", topic))

    def stated_by(self, side: str) -> ProvisionQuerySet:
        return self.filter(side=side)


class Provision(models.Model):
    """One position or commitment of a document, and the side that states it.

    Its verification is empty where it is that of the declaration; it has sources of its own only where they are others
    than those of the declaration as a whole. `start` and `end` count characters of `source_text`.
    """

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="provisions", verbose_name=_("declaration"))
    position = models.PositiveSmallIntegerField(_("number"), help_text=_("Its place in the order of the text, from 1."))
    side = models.CharField(_("side"), max_length=4, choices=Side)
    topics = CodesField(_("topics"), codes=Topic.choices, help_text=_("One to three."))
    mechanisms = models.ManyToManyField("relations.Mechanism", blank=True, related_name="provisions", verbose_name=_("mechanisms it names"))
    text = models.TextField(_("text"))
    verification = models.CharField(
        _("verification"), max_length=8, choices=Verification, blank=True, help_text=_("Leave empty where it is that of the declaration.")
    )
    source_text = models.ForeignKey(
        DeclarationText, models.SET_NULL, null=True, blank=True, related_name="provisions", verbose_name=_("text it stands in")
    )
    start = models.PositiveIntegerField(_("from character"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to character"), null=True, blank=True)
    sources = models.ManyToManyField(Source, through="ProvisionCitation", related_name="provisions", verbose_name=_("sources of its own"))
    history = HistoricalRecords()

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = [
            models.UniqueConstraint(fields=["declaration", "position"], name="provision_number_once"),
            in_choices("side", Side, "provision_side_known"),
            in_choices("verification", Verification, "provision_verification_known", empty=True),
            models.CheckConstraint(condition=Q(topics__regex=r"^ ([a-z_]+ ){1,3}$"), name="provision_one_to_three_topics"),
            models.CheckConstraint(condition=Q(position__gte=1), name="provision_number_from_one"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(start__isnull=False, end__gt=F("start")),
                name="provision_span_has_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text[:60]}"

    def clean(self) -> None:
        """The words for what the database's trigger holds: the side is one of the declaration's parties."""
        parties = self.declaration.parties if self.declaration_id else ()
        if parties and self.side not in sides_open_to(parties):
            raise ValidationError({"side": _("%(side)s is not among the parties of this declaration.") % {"side": self.get_side_display()}})


class ProvisionCitation(Citation):
    provision = models.ForeignKey(Provision, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("provision")]


class Initiative(Record):
    """A named policy that declarations invoke. `title` exists in four languages."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200, null=True)
    proposed = PartialDateField(_("proposed"), null=True, blank=True)
    proposer = models.CharField(_("proposer"), max_length=2, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    sources = models.ManyToManyField(Source, through="InitiativeCitation", related_name="initiatives", verbose_name=_("sources"))

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            partial_date_check("proposed", "initiative_proposed_form", null=True),
            in_choices("proposer", State, "initiative_proposer_known", empty=True),
            in_choices("verification", Verification, "initiative_verification_known"),
        ]

    def __str__(self) -> str:
        return str(self.title or self.code)


class InitiativeCitation(Citation):
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [cited_once("initiative")]


class Reference(models.Model):
    """A document that a declaration invokes: another declaration here, a document known by code, or a plain name."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="references", verbose_name=_("declaration"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    target = models.ForeignKey(
        Declaration, models.PROTECT, null=True, blank=True, related_name="invoked_by", verbose_name=_("earlier declaration")
    )
    document = models.CharField(
        _("document"), max_length=40, blank=True, help_text=_("UNGA_2758, UN_CHARTER, FIVE_PRINCIPLES, SCO_CHARTER …")
    )
    name = models.CharField(_("other name"), max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.CheckConstraint(
                name="reference_names_one_document",
                condition=Q(target__isnull=False, document="", name="")
                | (Q(target__isnull=True, name="") & ~Q(document=""))
                | (Q(target__isnull=True, document="") & ~Q(name="")),
            ),
            models.CheckConstraint(condition=~Q(target=F("declaration")), name="reference_not_to_itself"),
        ]

    def __str__(self) -> str:
        return str(self.target) if self.target_id else self.document or self.name
