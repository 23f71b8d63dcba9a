"""Why the page of an article could not be read, in words for people."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relations.domain.articles import Trouble
from relations.ingest import words

WORDS: Final[dict[str, str | Promise]] = {
    Trouble.NO_ARTICLE: _("No article in the page"),
    Trouble.NOT_A_PAGE: _("Not a web page"),
    Trouble.LOGIN_PAGE: _("A login page instead of the article"),
    Trouble.ROBOTS: _("The site asks programs not to read this page (robots.txt)"),
}


def in_words(code: str, detail: str = "") -> str:
    """The sentence for the code of an article's failure, with the detail where that adds something."""
    if code in WORDS:
        return str(WORDS[code])
    return words.in_words(code, detail)
