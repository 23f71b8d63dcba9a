"""What the machine read, in words: what a link is to, where it stands, by which rule it was read."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relations.models.choices import LinkState

register = template.Library()

KINDS: Final = {
    "dyad": _("Relationships"),
    "mechanism": _("Mechanisms"),
    "initiative": _("Initiatives"),
    "reference": _("Documents referred to"),
    "person": _("People"),
    "declaration": _("Declarations"),
}
"""Headings of the links of a story."""

RULES: Final = {
    "party by name": _("A name, an adjective or an inflected form of the country, where parties are named"),
    "six parties": _("China and the five states, or their format, named as parties"),
    "named together": _("China and the partner, or the region, named in the same text"),
    "capital named": _("A capital that stands for its government"),
    "mechanism by name": _("The name of a kind of mechanism; the parties tell which one it is"),
    "initiative by name": _("The name of the initiative, or a form of it"),
    "document by name": _("The name of the document, or a form of it"),
    "person by name": _("The name of a person, who held an office at that date"),
    "document issued": _("A kind of document that is said to be issued"),
    "document named": _("A kind of document that is named"),
    "date": _("A date written in words"),
    "figures": _("A date written in figures"),
    "weekday": _("A day of the week, counted from the day of the report"),
    "relative day": _("A day such as “yesterday”, counted from the day of the report"),
    "day of the month": _("A day of the month of the report"),
    "visit": _("A visit that the report tells of"),
    "anniversary of relations": _("An anniversary of relations"),
    "summit": _("A summit that the report tells of"),
    "session": _("A session that the report tells of"),
}
"""The rules of docs/reading.md whose words a link can rest on."""

_STATES: Final = {
    LinkState.READ: LinkState.READ.label,
    LinkState.CONFIRMED: pgettext_lazy("a link", "Confirmed by an editor"),
    LinkState.REJECTED: pgettext_lazy("a link", "Rejected by an editor"),
}


@register.filter
def link_kind(kind: str) -> str:
    """The heading of links of a kind: “Mechanisms”."""
    return str(KINDS.get(kind, kind))


@register.filter
def rule_words(rule: str) -> str:
    """A rule in words; the name that another reader gave it where it is not of the house."""
    return str(RULES.get(rule, rule))


@register.filter
def link_state(state: str) -> str:
    """Where a link stands: “Read by the machine”, “Confirmed by an editor”."""
    return str(_STATES[LinkState(state)])
