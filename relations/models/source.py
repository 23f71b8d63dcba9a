"""Sources, and the citations by which records stand on them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .fields import PartialDateField, partial_date_check

COPY_MARK = "(copy)"


def host_of(url: str) -> str:
    """The host of an address; empty where it has none."""
    return urlsplit(url).hostname or ""


class SourceQuerySet(models.QuerySet["Source"]):
    def linkable(self) -> SourceQuerySet:
        """Sources whose address may be a link: not a copy of someone else's page."""
        return self.exclude(publisher__endswith=COPY_MARK)


class Source(models.Model):
    """A page that supports a fact. One row an address; the title may be empty where only the address is known."""

    url = models.CharField(_("address"), max_length=1000, unique=True, validators=[URLValidator(schemes=["http", "https"])])
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_("End with “(copy)” for a copy of someone else’s page: it is shown but not linked."),
    )
    title = models.CharField(
        _("title"), max_length=500, blank=True, help_text=_("As published; in square brackets where it is a description.")
    )
    language = models.CharField(_("language"), max_length=2, blank=True, help_text=_("Two letters: en, ru, zh …"))
    published = PartialDateField(_("published"), null=True, blank=True)
    history = HistoricalRecords()

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["publisher", "title"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            partial_date_check("published", "source_published_form", null=True),
            models.CheckConstraint(condition=Q(url__startswith="http://") | Q(url__startswith="https://"), name="source_url_is_http"),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.publisher or self.host, self.title, self.published or "") if part)

    @property
    def is_copy(self) -> bool:
        """Whether the address is a copy of someone else's page, to be shown but not linked."""
        return self.publisher.endswith(COPY_MARK)

    @property
    def host(self) -> str:
        """The host of the address, for a source whose publisher is not known."""
        return host_of(self.url)


class Citation(models.Model):
    """One source of one record, with its place in the record's list. Each kind of record has its own table."""

    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="+")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.source)


def cited_once(record: str) -> models.UniqueConstraint:
    """A record cites a source once."""
    return models.UniqueConstraint(fields=[record, "source"], name=f"{record}_cites_source_once")
