"""The one Django application of the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    name = "relations"
    verbose_name = _("Relations")
    default_auto_field = "django.db.models.BigAutoField"
