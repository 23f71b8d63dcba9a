"""What a reader warns of, in the language of the interface: readers know none, their sentences are English."""

from __future__ import annotations

import re
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop

WARNINGS: Final = (
    gettext_noop("only the first %(read)s of %(all)s characters were read"),
    gettext_noop("control characters were left out"),
    gettext_noop("read as HTML: only its text counts, and offsets count in that text"),
    gettext_noop("the file is not UTF-8; it was read as %(encoding)s"),
    gettext_noop("the language %(language)s is not read; names only"),
    gettext_noop("parts of the text are in other languages (%(languages)s); what they say was not read"),
    gettext_noop("marks that turn the direction of writing were left out"),
)
"""Every warning of `domain.extraction`, with names for what differs."""
REFUSALS: Final = (
    gettext_noop("The article is empty."),
    gettext_noop("The article holds no words."),
    gettext_noop("This is not text: it holds control characters throughout, as a binary file does."),
    gettext_noop("This is not text: it holds NUL bytes, as a binary file does."),
    gettext_noop("This is not text: it fits no encoding of English, French, Chinese or Russian."),
    gettext_noop("The file has %(bytes)s bytes; articles of up to %(most)s bytes are read."),
)
"""What it says of what it cannot read."""
_NAME: Final = re.compile(r"%\\\((\w+)\\\)s|%\((\w+)\)s")
_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})*")


def _expression(words: str) -> re.Pattern[str]:
    return re.compile(_NAME.sub(lambda name: f"(?P<{name[1] or name[2]}>.+)", re.escape(words)))


_EXPRESSIONS: Final = tuple((words, _expression(words)) for words in (*WARNINGS, *REFUSALS))


def told(words: str) -> str:
    """A warning or refusal in the language of the interface, with its numbers in that language's way; of another reader as it is."""
    for known, expression in _EXPRESSIONS:
        if match := expression.fullmatch(words):
            return gettext(known) % {name: _figure(value) for name, value in match.groupdict().items()}
    return words


def _figure(value: str) -> str:
    return str(number_format(int(value.replace(",", "")), use_l10n=True, force_grouping=True)) if _NUMBER.fullmatch(value) else value
