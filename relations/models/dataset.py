"""What was loaded from the dataset files, so that a load never overwrites what an editor has changed since."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatasetEntry(models.Model):
    """One record as it was last loaded: its key in the files and a fingerprint of its content then."""

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("key"), max_length=400)
    object_id = models.BigIntegerField(_("row"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    position = models.PositiveIntegerField(
        _("position"), null=True, help_text=_("Its place in its list, where the list has an order of its own.")
    )

    class Meta:
        verbose_name = _("dataset entry")
        verbose_name_plural = _("dataset entries")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="dataset_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
