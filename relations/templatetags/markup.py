"""The little HTML that is shown of what others wrote."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from relations.domain import markup

register = template.Library()


@register.filter
def clean_html(kept: str) -> SafeString:
    """Stored HTML, sanitised once more on its way into the page."""
    return mark_safe(markup.shown(kept))
