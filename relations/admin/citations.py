"""The sources of a record, in the order in which it cites them: the same rows within every kind of record."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .base import TableRows


class CitationRows(TableRows):
    """A source a row: found by its address, publisher or title, or added in a window of its own."""

    verbose_name = _("source")
    verbose_name_plural = _("sources")
    fields = ("source", "position")
    autocomplete_fields = ("source",)
    fetch = ("source",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj is not None else 2


def citations(citation: type[Model]) -> type[CitationRows]:
    """The rows for one kind of record, given its model of citations."""
    return type(f"{citation.__name__}Rows", (CitationRows,), {"model": citation})
