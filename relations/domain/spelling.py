"""How words are compared, whatever their language: the rules of the lexicon's `meta.matching`.

English, French and Russian at word boundaries and without regard to case (abbreviations of up to four capitals excepted),
Chinese anywhere; apostrophes, dashes and quotes in one form.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ABBREVIATION: Final = 4
# Spellings that mean the same: apostrophes, dashes, quotes.
_SAME: Final = {
    variant: plain
    for plain, variants in {"'": "’‘ʼʻ`´", "-": "‐‑‒–—―－−─", '"': "“”„«»‹›", " ": "\u00a0\u202f"}.items()
    for variant in variants
}
_VARIANTS: Final = re.compile(f"[{''.join(_SAME)}]")


def tidy(text: str) -> str:
    """The text in the form in which it is compared: composed characters, one kind of apostrophe, dash, quote and space."""
    return _VARIANTS.sub(lambda match: _SAME[match.group()], unicodedata.normalize("NFC", text))


def lower(text: str) -> str:
    """Small letters, letter by letter: the places in both texts stay the same."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_letter(character: str) -> bool:
    """Part of a word: a Chinese character is none, so that `访问Kazakhstan` names the country."""
    return (character.isalnum() or character == "_") and not "\u2e80" <= character <= "\u9fff"


def is_chinese(name: str) -> bool:
    """Whether a name is matched anywhere in a text rather than at word boundaries."""
    return any("\u4e00" <= c <= "\u9fff" for c in name)


def exact(name: str) -> str:
    """The spelling that is matched letter by letter: that of an abbreviation; empty for everything else."""
    letters = [c for c in name if c.isalpha()]
    return name if name.isupper() and len(letters) <= _ABBREVIATION and not is_chinese(name) else ""
