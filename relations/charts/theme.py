"""The visual language of every figure: colours as tokens, type, lines.

A figure never holds a colour. It names a custom property of the style sheet (`--kz-edge`), and static/js/charts.js puts
in what the page has for it: so light and dark are one figure, and the palette stands in one place, static/css/tokens.css.
A token may carry an opacity after a slash, a second one for the dark scheme after another: `--kz-fill/.1/.2`.
"""

from __future__ import annotations

from typing import Final

from relations.reference.parties import partner_of

INK: Final = "--ink"
INK_2: Final = "--ink-2"
INK_3: Final = "--ink-3"
PAPER: Final = "--paper"
SANS: Final = "--sans"
SERIF: Final = "--serif"
CLEAR: Final = "rgba(0,0,0,0)"

SIZE: Final = 13
"""Everything in a figure is set in 13 px but the names of lanes."""
NAME_SIZE: Final = 16
BOLD: Final = 700
"""Set through the font: `<b>` in a text makes plotly.js write a style attribute, which the content policy refuses."""


def key(side_or_dyad: str) -> str:
    """The part of a token's name that a side or a dyad has: `CN-KZ` and `KZ` → `kz`."""
    return partner_of(side_or_dyad).lower()


def fill(side_or_dyad: str) -> str:
    """The area colour of a side: `--kz-fill`; ink for China."""
    return f"--{key(side_or_dyad)}-fill"


def edge(side_or_dyad: str) -> str:
    """The line colour of a side, which stands out from paper with at least 4.5 : 1."""
    return f"--{key(side_or_dyad)}-edge"


def faded(token: str, light: float, dark: float | None = None) -> str:
    """The token at an opacity between 0 and 1, with another for the dark scheme where one is given."""
    parts = [token, f"{light:.3g}", *([f"{dark:.3g}"] if dark is not None else [])]
    return "/".join(part.replace("0.", ".", 1) if part.startswith("0.") else part for part in parts)


def is_token(value: object) -> bool:
    """Whether a value of a figure is to be read from the style sheet."""
    return isinstance(value, str) and value.startswith("--")
