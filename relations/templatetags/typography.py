"""Marks of print in titles and provisions: `{{ title|fine }}`."""

from django import template

from relations.domain.typography import fine as _fine

register = template.Library()


@register.filter(is_safe=True)
def fine(text: object) -> str:
    """The text, or markup, with printed apostrophes; a digit and its Cyrillic ending stay together."""
    return _fine(str(text or ""))
