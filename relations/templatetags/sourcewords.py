"""The word of a kind of record beside its title, for lists in which kinds are mixed."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS: Final = {
    "status": _("Status"),
    "declaration": _("Declaration"),
    "mechanism": _("Mechanism"),
    "session": _("Session"),
    "visit": _("Visit"),
    "event": _("Event"),
    "anniversary": _("Anniversary"),
    "provision": _("Provision"),
    "person": _("Person"),
    "value": _("Value"),
    "initiative": _("Initiative"),
}


@register.filter
def record_kind(code: str) -> str:
    """`status` → `Status`; an unknown kind is shown as it is."""
    return str(KINDS.get(code, code))
