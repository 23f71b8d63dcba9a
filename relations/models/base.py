"""What records share: how they are verified, what they say of themselves, and the questions every list asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .choices import DyadCode, Verification


def next_year(year: int | str) -> str:
    """The year after this one, as four figures: the end of a range of dates kept as text."""
    return f"{int(year) + 1:04d}"


class RecordQuerySet(models.QuerySet[Any]):
    """Questions that all dated records of a dyad answer. `date_field` names the column that dates the record."""

    date_field = "date"
    dyad_path = "dyad"

    def for_dyad(self, dyad: str | models.Expression) -> Self:
        """Records of one relationship, by its code (`CN-KZ`) or an expression that stands for it."""
        return self.filter(**{self.dyad_path: dyad})

    def for_dyads(self, dyads: Sequence[str] | models.Expression) -> Self:
        """Records of several relationships, given as codes or as an expression that stands for them."""
        return self.filter(**{f"{self.dyad_path}__in": dyads})

    def between(self, first: int | None = None, last: int | None = None) -> Self:
        """Records dated in the years from `first` to `last`, both included; None leaves that end open."""
        rows = self
        if first is not None:
            rows = rows.filter(**{f"{self.date_field}__gte": f"{first:04d}"})
        if last is not None:
            rows = rows.filter(**{f"{self.date_field}__lt": next_year(last)})
        return rows

    def verified(self) -> Self:
        """Records that have a source: everything but those marked as coming from memory."""
        return self.exclude(verification=Verification.MEMORY)

    def newest_first(self) -> Self:
        """In the order of time, the newest first and a stable order within a day."""
        return self.order_by(f"-{self.date_field}", "-pk")

    def with_sources(self) -> Self:
        """Fetch the sources in the order in which each record cites them, in one query more."""
        return self.prefetch_related("citations__source")


class Dyad(models.Model):
    """A bilateral relationship of China, or the six-party format."""

    code = models.CharField(_("code"), max_length=5, primary_key=True, choices=DyadCode)
    partner = models.CharField(_("partner"), max_length=2)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("dyad")
        verbose_name_plural = _("dyads")

    def __str__(self) -> str:
        return str(DyadCode(self.code).label)


class Record(models.Model):
    """A fact with its sources (through the model's own citations), how well it is verified, and an honest note."""

    verification = models.CharField(_("verification"), max_length=8, choices=Verification, default=Verification.SINGLE, db_index=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Conflicts among sources, what is inferred: worth showing."))

    class Meta:
        abstract = True

    @property
    def cited_sources(self) -> list[Any]:
        """The sources in the order in which the record cites them (prefetch with `with_sources`)."""
        return [citation.source for citation in self.citations.all()]  # type: ignore[attr-defined]
