"""Text that is not in the language of the page, and says so: for its letters, its marks of quotation and a screen reader's voice.

Titles and names are kept in four languages; summaries, notes, provisions, places and offices in English alone.
"""

from __future__ import annotations

import re
from typing import Final

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

_CHINESE: Final = re.compile("[\u2e80-\u9fff]")


@register.filter
def html_lang(code: str) -> str:
    """The value of a lang attribute: `zh-hans` → `zh-Hans`."""
    head, _, script = code.partition("-")
    return f"{head}-{script.capitalize()}" if script else head


def is_of_the_page(code: str) -> bool:
    """Whether a language (`en`, `zh`, `zh-hans`) is that of the page; one that is not known counts as such."""
    return not code or code.partition("-")[0] == (get_language() or "en").partition("-")[0]


@register.simple_tag
def lang(code: str = "en") -> SafeString:
    """` lang="en"` inside a tag whose text is in this language; nothing where that is the language of the page."""
    return SafeString("") if is_of_the_page(code) else format_html(' lang="{}"', html_lang(code))


@register.filter
def english(text: str | None) -> SafeString:
    """English words within a line of the page's own: `{{ place|english }}`; nothing for none."""
    if not text:
        return SafeString("")
    return conditional_escape(text) if is_of_the_page("en") else format_html('<span lang="en">{}</span>', text)


@register.filter
def latin(text: str | None) -> SafeString:
    """A name of whatever language, such as that of a publisher: within Chinese text its apostrophe would be as wide as a character."""
    if text and is_of_the_page("zh") and not _CHINESE.search(text):
        return format_html('<span lang="und-Latn">{}</span>', text)
    return conditional_escape(text or "")
