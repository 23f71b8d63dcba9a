"""The weights of the relationship index: one row for each kind of impact, changed by editors, with a history."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from relations.reference.impact import FURTHEST, IMPACTS

from .choices import IndexKind
from .fields import in_choices


class IndexWeight(models.Model):
    """How far a record of a kind moves the score of a relationship from 0. Migrations write a row for every kind."""

    code = models.CharField(_("kind"), max_length=30, unique=True, choices=IndexKind)
    weight = models.DecimalField(
        _("impact"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(-FURTHEST), MaxValueValidator(FURTHEST)],
        help_text=_("How far such a record moves the score from 0, between −9 and 9. 0: it counts for nothing."),
    )
    lasting = models.BooleanField(_("lasts"), default=False, help_text=_("Its effect does not fade where a half-life is chosen."))
    official = models.BooleanField(_("act of governments"), default=True, help_text=_("It counts where only acts of governments do."))
    note = models.TextField(_("note"), blank=True, help_text=_("Why the weight is what it is."))
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("weight of the index")
        verbose_name_plural = _("weights of the index")
        constraints = [
            in_choices("code", IndexKind, "index_weight_code_known"),
            models.CheckConstraint(condition=Q(weight__gte=-FURTHEST, weight__lte=FURTHEST), name="index_weight_within_scale"),
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())

    @property
    def shipped(self) -> float | None:
        """The impact that the project ships for the kind; None for a kind that it no longer knows."""
        found = IMPACTS.get(self.code)
        return None if found is None else found.weight
