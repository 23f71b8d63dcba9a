"""Words in a text, whatever their case and the form of their letters, alike in every script and on every database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

_ALIKE: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ё": "е", "\u00ad": None, "\u2011": "-"})


def folded(text: str) -> str:
    """The text with the differences gone that a reader does not type: case, width of letters, kind of apostrophe, ё."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)


def has_all(text: str, words: Iterable[str]) -> bool:
    """Whether each of the words stands somewhere in the text; both already folded."""
    return all(word in text for word in words)
