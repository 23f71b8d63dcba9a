"""The article of a candidate with the words marked from which its draft was read, and short words of the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from relations.domain.review import Draft, Segment, Statement
from relations.models.choices import CandidateState
from relations.reference.parties import ALL, BOTH, CHINA, FIVE
from relations.services import warnings
from relations.services.candidates import ACCEPTED, DIVIDED, REJECTED, REOPENED, SAVED
from relations.templatetags import joins, names
from relations.templatetags.marks import side_symbol, svg

register = template.Library()

_SHAPES: Final = {CHINA: "is-cn", BOTH: "is-together", ALL: "is-together", FIVE: "is-five"}
"""How the words of a side are underlined: by shape too, since colour alone tells not everybody."""

_READ: Final = {
    "kind": _("Kind"),
    "date": _("Date"),
    "place": _("Place"),
    "occasion": _("Occasion"),
    "parties": _("Parties"),
    "mechanisms": _("Mechanism"),
    "initiatives": _("Initiative"),
    "references": _("Reference"),
}

_DONE: Final = {
    SAVED: _("saved the draft"),
    ACCEPTED: _("accepted it"),
    REJECTED: _("rejected it"),
    REOPENED: _("took it up again"),
    DIVIDED: _("divided it in two"),
}


@register.filter
def reader_warning(words: str) -> str:
    """A warning of the reader in the language of the interface."""
    return warnings.told(words)


@register.simple_tag
def marked_text(segments: Sequence[Segment], draft: Draft, dyad: str) -> SafeString:
    """The text, each provision's words in `<mark data-p="3">` under the shape and colour of its side, with its number before them."""
    return format_html_join("", "{}", ((_piece(segment, draft, dyad),) for segment in segments))


def _piece(segment: Segment, draft: Draft, dyad: str) -> SafeString:
    text: str | SafeString = segment.text
    if segment.fields:
        words = joins.listed(str(_READ.get(name, name)) for name in segment.fields)
        text = format_html('<span class="read" title="{}">{}</span>', words, text)
    if not segment.provisions:
        return format_html("{}", text)
    number = segment.provisions[0]
    one = draft.provisions[number - 1]
    colour, shape = _look(one, dyad)
    heads = format_html_join("", "{}", ((_head(begun, draft, dyad),) for begun in segment.begins))
    numbers = " ".join(str(number) for number in segment.provisions)
    return format_html('{}<mark class="{}" data-side="{}" data-p="{}">{}</mark>', heads, shape, colour, numbers, text)


def _head(number: int, draft: Draft, dyad: str) -> SafeString:
    """The number before a provision's words: leads to its fields; side and topics stand in it."""
    one = draft.provisions[number - 1]
    symbol, colour = side_symbol(one.side, dyad) if one.side else ("m-both", "")
    topics = joins.listed(names.code_name("topic", topic) for topic in one.topics)
    label = joins.remarked([gettext("Provision %(n)s") % {"n": number}, names.side_title(one.side, draft.parties)])
    return format_html(
        '<a class="at" id="t{}" href="#p{}" data-p="{}" aria-label="{}">{}{}<span class="topics">{}</span></a>',
        number, number, number, joins.remarked([label, topics]), svg(symbol, colour), number, topics,
    )  # fmt: skip


def _look(one: Statement, dyad: str) -> tuple[str, str]:
    colour = side_symbol(one.side, dyad)[1] if one.side and one.side != CHINA else (CHINA if one.side else "")
    return colour, _SHAPES.get(one.side, "is-partner")


@register.filter
def done_words(what: str) -> str:
    """What was done to a candidate: “saved the draft”."""
    return str(_DONE.get(what, _("changed it")))


@register.filter
def field_words(fields: Sequence[str]) -> str:
    """The names of fields as a list."""
    return joins.listed(str(_FIELDS[name]) for name in fields if name in _FIELDS)


_FIELDS: Final = {
    **_READ,
    "level": _("Level"),
    "title": _("Title"),
    "mechanisms": _("Mechanisms"),
    "initiatives": _("Initiatives"),
    "references": _("References"),
    "provisions": _("Provisions"),
}


@register.simple_tag
def waited(created: dt.datetime, now: dt.datetime) -> str:
    """How long a candidate has waited, in the largest unit that fits."""
    span = now - created
    if span.days >= 1:
        return ngettext("%(n)s day", "%(n)s days", span.days) % {"n": span.days}
    hours = max(0, int(span.total_seconds() // 3600))
    if hours:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return gettext("< 1 h")


@register.filter
def age_words(age: str) -> str:
    """The choices of how long a candidate has waited."""
    return {"day": gettext("Less than a day"), "week": gettext("One to seven days"), "older": gettext("Longer than a week")}[age]


@register.filter
def state_words(state: str) -> str:
    """The state of a candidate."""
    return str(CandidateState(state).label)
