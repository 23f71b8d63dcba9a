"""The admin of the project: Django's own, with a site that groups the records and greets by the product's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class EditingConfig(SimpleAdminConfig):
    """Without the discovery of forms at the start of every process: relations/config/urls.py does it for those that show them."""

    default_site = "relations.config.admin_site.EditingSite"

    def ready(self) -> None:
        """Register the checks, which look at all forms whether the process shows them or not."""
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(_all_forms, checks.Tags.admin)


def _all_forms(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    admin.autodiscover()
    return check_admin_app(app_configs, **kwargs)
