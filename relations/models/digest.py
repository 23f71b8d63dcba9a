"""The daily letter about feeds: what was told when, so that only what is new is told again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedDigest(models.Model):
    """The letter of one day. `sent` is empty while it is being sent; `told` are the troubles that stand in it and still hold."""

    day = models.DateField(_("day"), unique=True)
    begun = models.DateTimeField(_("begun"))
    sent = models.DateTimeField(_("sent"), null=True, blank=True)
    told = models.JSONField(_("told"), default=list)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("digest of feeds")
        verbose_name_plural = _("digests of feeds")

    def __str__(self) -> str:
        return f"{self.day}"
