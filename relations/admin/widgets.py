"""Widgets: a short list of codes, and autocomplete fields that do not ask the database for what is already known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.utils.translation import gettext_lazy as _


class CodesSelect(forms.SelectMultiple):
    """A compact choice of a few codes, with search where there is script; the chosen ones keep their order."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Iterable[Any] = (), *, most: int | None = None) -> None:
        limit = {"data-most": str(most), "data-most-message": _("Not more than %(most)s.") % {"most": most}} if most else {}
        super().__init__({"class": "codes-select", "size": "4", **limit, **(attrs or {})}, choices)

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        """The chosen options first, in their order: a browser sends them in the order of the page."""
        groups = super().optgroups(name, value, attrs)
        place = {str(code): number for number, code in enumerate(value)}
        return sorted(groups, key=lambda group: place.get(str(group[1][0]["value"]), len(place)))

    @property
    def media(self) -> forms.Media:
        """The select box that the admin ships for its autocomplete fields, started by our script."""
        return AutocompleteSelect(None, None, attrs={}).media  # type: ignore[arg-type]


class _Known:
    """Labels of chosen rows that were fetched along with the record, so that a row of a form costs no query."""

    known: dict[str, str]
    is_required: bool
    allow_multiple_selected: bool

    def optgroups(self, name: str, value: list[Any], attr: dict[str, Any] | None = None) -> list[Any]:
        known = getattr(self, "known", {})
        chosen = [str(key) for key in value if key not in (None, "")]
        if any(key not in known for key in chosen):
            return super().optgroups(name, value, attr)  # type: ignore[misc,no-any-return]
        options = [] if self.is_required or self.allow_multiple_selected else [self.create_option(name, "", "", False, 0)]  # type: ignore[attr-defined]
        options += [self.create_option(name, key, known[key], True, place) for place, key in enumerate(chosen)]  # type: ignore[attr-defined]
        return [(None, options, 0)]


class KnownSelect(_Known, AutocompleteSelect):  # type: ignore[misc]
    """One row of another table."""


class KnownSelectMultiple(_Known, AutocompleteSelectMultiple):  # type: ignore[misc]
    """Several rows of another table."""
