"""In which language a title is shown: the reader's, which needs no word, or English for want of a translation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from relations.reference.languages import field_suffix


def title_language(record: Any) -> str:
    """`en` where the title of this record has no translation into the reader's language; empty where it is in that language."""
    return "" if getattr(record, f"title_{field_suffix(get_language() or 'en')}", None) else "en"


def language_of(shown: str, english: str) -> str:
    """The same of a title that was read with its English form beside it."""
    return "en" if shown == english else ""
