"""The admin site: who may enter, and the records in groups rather than in one alphabetical list.

It stands outside `relations.admin`, whose import registers the models with it: importing one from the other would make two sites.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

GROUPS: Final = (
    ("documents", _("Documents"), ("Declaration", "Provision", "Initiative")),
    ("chronicle", _("Chronicle"), ("Status", "Visit", "Event", "Anniversary")),
    ("mechanisms", _("Mechanisms"), ("Mechanism", "Session")),
    ("people", _("People and sources"), ("Person", "Source")),
    ("figures", _("Figures"), ("Indicator", "Observation", "IndexWeight")),
    (
        "news",
        _("News"),
        ("NewsItem", "Story", "Candidate", "ItemReading", "NewsLink", "Outlet", "Feed", "FetchAttempt", "Rule", "ArticleText"),
    ),
    ("accounts", _("Accounts"), ("User", "Group")),
)
"""Label, title and models of each group, in the order of the work."""


class EditingSite(AdminSite):
    site_header = "Tianshan"
    site_title = "Tianshan"
    index_title = _("Editing")
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff with at least one right to change something: a viewer has no business here, even when marked as staff."""
        user = request.user
        if not (super().has_permission(request) and user.is_active):
            return False
        return any(".change_" in right for right in user.get_all_permissions())

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The models that the user may see, in `GROUPS`; with a label the plain list of that application."""
        if app_label:
            return super().get_app_list(request, app_label)
        visible = {model["object_name"]: model for app in self._build_app_dict(request).values() for model in app["models"]}
        index = reverse("admin:index")
        groups: list[Any] = []
        for label, title, names in GROUPS:
            models = [visible[name] for name in names if name in visible]
            if models:
                anchor = f"{label}-{models[0]['object_name'].lower()}"  # the id that the list gives to the first row
                groups.append(
                    {"name": title, "app_label": label, "app_url": f"{index}#{anchor}", "has_module_perms": True, "models": models}
                )
        return groups
