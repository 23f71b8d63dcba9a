"""What changed between two wordings, and who took a topic up when: marks for the eye, words for the ear.

{% load wording %}
{% marked wording.pieces %}       <del> and <ins>, each said to a screen reader
{% topic_strip cell today %}      a tick a document, China above, the partner below
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from relations.domain.positions import Cell, Role, Tick
from relations.domain.typography import fine
from relations.domain.wording import Change, Piece
from relations.reference.parties import partner_of
from relations.templatetags import dates
from relations.templatetags.foreign import html_lang

register = template.Library()

FIRST_YEAR = 1992
_LATIN = re.compile(r"[^\W\u2e80-\uffef]")
_TICK = 1.8
"""Width of a tick, of a strip of 100."""
_MIDDLE, _HEIGHT = 8, 16


@register.simple_tag
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces in a row: what is gone in <del>, what is new in <ins>, with words around them that only a screen reader gets."""
    shown = []
    voice = html_lang(get_language() or "en")
    row = list(pieces)
    for place, piece in enumerate(row):
        if piece.change is Change.SAME:
            shown.append(format_html("{}", fine(piece.text)))
            continue
        tag, said = ("ins", gettext("added")) if piece.change is Change.NEW else ("del", gettext("left out"))
        inner = piece.text.strip()
        lead, trail = piece.text[: len(piece.text) - len(piece.text.lstrip())], piece.text[len(piece.text.rstrip()) :]
        if piece.change is Change.GONE and not trail and place + 1 < len(row) and _LATIN.match(row[place + 1].text):
            trail = " "  # or the word that is gone would run into the next
        hidden = format_html('<span class="visually-hidden" lang="{}">[{}: </span>', voice, said)
        shown.append(
            format_html(
                '{}<{}>{}{}<span class="visually-hidden">]</span></{}>{}',
                lead,
                SafeString(tag),
                hidden,
                fine(inner),
                SafeString(tag),
                trail,
            )
        )
    return SafeString("".join(shown))


@register.simple_tag
def topic_strip(cell: Cell, today: dt.date) -> SafeString:
    """The documents of a cell on the years since 1992, for the eye: the words stand beside it.

    A tick above is China's, one below the partner's; where all state something together it runs through both.
    """
    span = today.year + 1 - FIRST_YEAR
    paths = {Role.CHINA: "", Role.PARTNER: ""}
    for tick in cell.ticks:
        x = round((100 - _TICK) * _years(tick) / span, 1)
        if tick.roles != {Role.PARTNER}:
            paths[Role.CHINA] += f"M{x:g} 0h{_TICK}v{_MIDDLE}h-{_TICK}z"
        if tick.roles != {Role.CHINA}:
            paths[Role.PARTNER] += f"M{x:g} {_MIDDLE}h{_TICK}v{_HEIGHT - _MIDDLE}h-{_TICK}z"
    return format_html(
        '<svg class="taken" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true" data-side="{}">'
        '<path class="axis" d="M0 8H100"/><path class="cn" d="{}"/><path class="pa" d="{}"/></svg>',
        partner_of(cell.dyad),
        paths[Role.CHINA],
        paths[Role.PARTNER],
    )


def _years(tick: Tick) -> float:
    """Years since the strip begins; a document of earlier days stands at its beginning."""
    known = dates.partial(tick.date)
    if known is None:
        return 0.0
    day = known.middle
    return max(0.0, day.year - FIRST_YEAR + (day.timetuple().tm_yday - 1) / 366)
