"""What stands between words of a record's name, in the language of the interface. Pages have `templatetags/joins.py` for the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import pgettext


def introduced(word: object, what: object) -> str:
    """A word and what it introduces: `Block: horse racing`."""
    return f"{word}{pgettext('before what it introduces', ': ')}{what}"


def listed(parts: Iterable[object]) -> str:
    """The parts as a list: `trade, energy`."""
    return pgettext("between the items of a list", ", ").join(map(str, parts))
