"""Widgets: a short list of codes, and autocomplete fields that do not ask the database for what is already known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

SELECTED = mark_safe(" selected")


class CodesSelect(forms.SelectMultiple):
    """A compact choice of a few codes, with search where there is script; the chosen ones keep their order."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Iterable[Any] = (), *, most: int | None = None) -> None:
        limit = {"data-most": str(most), "data-most-message": _("Not more than %(most)s.") % {"most": most}} if most else {}
        super().__init__({"class": "codes-select", "size": "4", **limit, **(attrs or {})}, choices)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The chosen options first, in their order: a browser sends them in the order of the page.

        Written out here, since a template for each of the options would take most of the time of a long form.
        """
        chosen = [str(code) for code in self.format_value(value)]
        place = {code: number for number, code in enumerate(chosen)}
        options = sorted(self.choices, key=lambda option: place.get(str(option[0]), len(place)))
        rows = format_html_join(
            "\n", '<option value="{}"{}>{}</option>', ((code, SELECTED if str(code) in place else "", word) for code, word in options)
        )
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {"name": name, "multiple": True, **(attrs or {})})), rows
        )

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
            return super().optgroups(name, value, attr)  # type: ignore[misc]
        options = [] if self.is_required or self.allow_multiple_selected else [self.create_option(name, "", "", False, 0)]  # type: ignore[attr-defined]
        options += [self.create_option(name, key, known[key], True, place) for place, key in enumerate(chosen)]  # type: ignore[attr-defined]
        return [(None, options, 0)]


class KnownSelect(_Known, AutocompleteSelect):  # type: ignore[misc]
    """One row of another table."""


class KnownSelectMultiple(_Known, AutocompleteSelectMultiple):  # type: ignore[misc]
    """Several rows of another table."""
