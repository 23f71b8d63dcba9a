"""Texts whose every letter has a place in one table of 256: nearly all that is written in Latin or in Cyrillic letters.

Such a text is folded, and its words are set apart, by one look into a table for each of its letters, in C. What has other letters
goes the general way (`folding.fold`), which is slower and finds the same.
"""

from __future__ import annotations

import codecs
import re
from typing import Any, Final, NamedTuple

from relations.domain.extraction.folding import LETTERS, fold

_ASCII: Final = "".join(map(chr, range(128)))
_TYPOGRAPHIC: Final = "’‘ʼʻ′‐‑‒–—―−─“”„‹›\u202f\u3000\u2009\u2002\u2003…€•™œŒğşı"
_LATIN: Final = _ASCII + _TYPOGRAPHIC + "".join(map(chr, range(0xA0, 0x100)))
_RUSSIAN: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_NEIGHBOURS: Final = "әғқңөұүһіӣӯҷҳўїєґ"
_CYRILLIC: Final = (
    _ASCII + _RUSSIAN + _RUSSIAN.upper() + _NEIGHBOURS + _NEIGHBOURS.upper() + "’‘“”„«»‹›–—−―‑\u00a0\u202f№…°€§·•™±×"
)  # fmt: skip
_WORD: Final = re.compile(r"\w")
_STRANGE: Final = 0
_BLANK: Final = 32


class Narrow(NamedTuple):
    """A folded text, and one byte for each of its letters with a blank for all else, one more before it and one behind."""

    folded: str
    spaced: bytes


class Alphabet:
    """Which letters the bytes stand for, what they are folded to, and which of them are letters of words."""

    def __init__(self, letters: str) -> None:
        letters = letters.ljust(256, "\ufffe")  # what stands for no letter at all
        self._codes: Any = codecs.charmap_build(letters)
        self._folded = "".join(map(fold, letters))
        self._spaced = bytes(map(self._apart, self._folded))

    def _apart(self, letter: str) -> int:
        if letter in LETTERS:
            return codecs.charmap_encode(letter, "strict", self._codes)[0][0]
        return _STRANGE if _WORD.match(letter) else _BLANK

    def narrow(self, text: str) -> Narrow | None:
        """The text folded and set apart, None where it has a letter that is not in the table or is none of the lexicon's words."""
        try:
            encoded = self._encoded(text)
        except UnicodeEncodeError:
            return None
        spaced = encoded.translate(self._spaced)
        if _STRANGE in spaced:
            return None
        return Narrow(codecs.charmap_decode(encoded, "strict", self._folded)[0], b" %b " % spaced)

    def spaced(self, words: str) -> bytes:
        """Folded words of the lexicon, set apart."""
        return self._encoded(words).translate(self._spaced)

    def _encoded(self, text: str) -> bytes:
        encoded: bytes = text.encode() if text.isascii() else codecs.charmap_encode(text, "strict", self._codes)[0]
        return encoded


ALPHABETS: Final = {"latin": Alphabet(_LATIN), "cyrillic": Alphabet(_CYRILLIC)}
"""By the names of scripts."""


def narrow(text: str, script: str) -> Narrow | None:
    """A text of a script by the table of its alphabet; None where that does not do, or there is none."""
    alphabet = ALPHABETS.get(script)
    return alphabet.narrow(text) if alphabet else None
