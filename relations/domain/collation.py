"""The order of words in a list, as readers of a language look them up."""

from __future__ import annotations

import unicodedata
from typing import Final

_BREVE: Final = "\u0306"
"""й is a letter of its own in Russian, and not an и with a mark."""
_QUOTES: Final = "«»“”„‘’\"'() "


def sort_key(text: str, language: str = "en") -> tuple[str, str]:
    """What to sort a text by: É stands among E, ё among е, capitals among small letters, opening quotes count for nothing.

    Chinese is sorted by its sounds as far as the national code table orders characters by them: the 3,755 of its first level,
    which are those of everyday words; the others follow.
    """
    plain = text.lstrip(_QUOTES).casefold()
    if language.startswith("zh"):
        return plain.encode("gb18030", "replace").decode("latin-1"), text
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if letter == _BREVE or not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare), text
