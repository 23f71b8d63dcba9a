"""The one Django application of the project."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    name = "relations"
    verbose_name = _("Relations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from relations import checks  # noqa: F401  (its checks register themselves)
        from relations.models import triggers  # models are ready only now

        pre_migrate.connect(triggers.remove, sender=self, dispatch_uid="relations.triggers")
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="relations.triggers")
