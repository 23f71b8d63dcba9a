"""How wide a text will be, before any browser has drawn it.

The server cannot know which face of the stack a reader has. The table holds, in hundredths of the type size, the wider
of two common faces (Roboto and Arial's metrics), rounded up; a face that runs wider still, such as Noto Sans, is met by
`SLACK`. Too wide a guess costs a label here and there; too narrow a one would lay a label over another.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

SIZE: Final = 13
"""Type size of everything in the figure but the names of the lanes, in pixels."""
SLACK: Final = 1.04
BOLD: Final = 1.08
UNKNOWN: Final = 75

_WIDTHS: Final = {
    22: "'’j", 25: "il|", 28: " !,.:;I[]îï·", 34: "t-`r{}", 36: "()f\"“”", 42: "/\\г", 46: "*^т", 51: "kvxyzзух", 53: "scсç",
    55: "кчьяэ", 56: "?JL_aehnuГаеёéèêàùûôâëü«»", 57: "$0123456789bdgpqр", 58: "oбвийнопîó", 60: "+<=>лц", 62: "ЗдъFTZҰ#Т",
    65: "УК", 67: "БЬ–&ABEKPSVXYАВЕРХЁÉÈ", 70: "~ЧЛ", 73: "CDHNRUНСЯИЙПЭЦÇ", 76: "mwмжДф", 79: "GOQОФыӨ", 83: "Ъшщю", 89: "M%МЫ",
    95: "WШœЖЩ", 101: "—…@Ю",
}  # fmt: skip
_WIDTH_OF: Final = {char: width for width, chars in _WIDTHS.items() for char in chars} | {"m": 88}


@lru_cache(maxsize=4096)
def width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """The width of one line of `text` in pixels at `size`, on the safe side."""
    hundredths = sum(_WIDTH_OF.get(char) or _guess(char) for char in text)
    return hundredths / 100 * size * SLACK * (BOLD if bold else 1)


def _guess(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 100 if unicodedata.east_asian_width(char) in "WF" else UNKNOWN


def wrap(text: str, limit: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Break `text` into lines of at most `limit` pixels: at spaces, between Chinese characters, else after a hyphen.

    A word that is longer than a line stays whole.
    """
    lines: list[str] = []
    for piece in _pieces(text):
        if lines and width(lines[-1] + piece.rstrip(), size, bold=bold) <= limit:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip() if lines else piece)
    return [line.rstrip() for line in lines] or [""]


def _pieces(text: str) -> list[str]:
    """Where a line may break: after a space or a hyphen, and after each wide character."""
    pieces: list[str] = []
    rest = ""
    for char in text:
        rest += char
        if char in " -" or unicodedata.east_asian_width(char) in "WF":
            pieces.append(rest)
            rest = ""
    return [*pieces, rest] if rest else pieces
