"""What stands between words. Every language has marks of its own for a list, a remark, a clause and the end of a sentence,
so that no template and no view writes them itself.

In a template: `{{ date }}{% remark %}{{ place }}`, `{% if not forloop.last %}{% comma %}{% endif %}`, `{{ names|listed }}`,
`{{ lede|sentences }}`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

register = template.Library()


@register.simple_tag
def comma() -> str:
    """Between the items of a list: `trade, energy`."""
    # Translators: between the items of a list, as in “Kazakhstan, Kyrgyzstan”; the space after it belongs to it.
    return pgettext("between the items of a list", ", ")


@register.simple_tag
def remark() -> str:
    """Between a thing and what says more of it: `no. 2, Almaty`."""
    # Translators: between a thing and what says more of it, as in “no. 2, Almaty” or “14 September 2022, Samarkand”.
    return pgettext("before what says more of a thing", ", ")


@register.simple_tag
def semicolon() -> str:
    """Between clauses."""
    return pgettext("between clauses", "; ")


@register.simple_tag
def colon() -> str:
    """Between a word and what it introduces: `Official: a government, its press service`."""
    # Translators: between a word and what it introduces, as in “Official: a government, its press service”.
    return pgettext("before what it introduces", ": ")


@register.simple_tag
def dash() -> str:
    """Between the first and the last day of a span; a line may end after it, not before."""
    # Translators: between the first and the last day, as in “3 Sep 2025 – 5 Sep 2025”.
    return pgettext("between the ends of a span", " – ").replace(" ", "\u00a0", 1)


@register.simple_tag
def stop() -> str:
    """At the end of a sentence that was put together."""
    # Translators: the mark that ends a sentence.
    return pgettext("ends a sentence", ".")


@register.simple_tag
def gap() -> str:
    """Between two sentences: a space, or nothing."""
    # Translators: two sentences that follow each other; leave the space out where your language has none.
    return pgettext("two sentences", "%(first)s %(second)s") % {"first": "", "second": ""}


@register.filter
def listed(parts: Iterable[object]) -> str:
    """The parts that are not empty as a list."""
    return comma().join(str(part) for part in parts if part)


def remarked(parts: Iterable[object]) -> str:
    """The parts that are not empty, each saying more of the one before."""
    return remark().join(str(part) for part in parts if part)


def clauses(parts: Iterable[object]) -> str:
    """The parts that are not empty as clauses of one sentence."""
    return semicolon().join(str(part) for part in parts if part)


@register.filter
def sentences(parts: Iterable[str]) -> SafeString:
    """Whole sentences, one after the other, as HTML."""
    return format_html_join(gap(), "{}", ((part,) for part in parts))


def in_html(text: str, **values: str) -> SafeString:
    """A translated text with places for values, as HTML: the text and every value that is no HTML yet are escaped."""
    return SafeString(conditional_escape(text) % {name: conditional_escape(value) for name, value in values.items()})
