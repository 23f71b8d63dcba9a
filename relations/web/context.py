"""What every page knows: the sections of the site, where the reader is, the languages, and up to when the facts go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language_info, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from relations.selectors import frame as selector
from relations.selectors import review

_MAIN: Final = (
    ("overview", _("Overview")),
    ("countries", _("Countries")),
    ("declarations", _("Declarations")),
    ("mechanisms", _("Mechanisms")),
)
_REST: Final = (
    ("timeline", _("Timeline")),
    ("index", pgettext_lazy("section of the site", "Index")),
    ("positions", _("Positions")),
    ("compare", pgettext_lazy("section of the site", "Compare")),
    ("indicators", _("Indicators")),
    ("calendar", _("Calendar")),
    ("visits", _("Visits")),
    ("changes", _("Changes")),
    ("news", _("News")),
    ("ingestion", _("Feeds")),
    ("sources", _("Sources")),
)
# Pages that belong to a section without being its first page.
_WITHIN: Final = {
    "country": "countries",
    "declaration": "declarations",
    "position": "positions",
    "core_interests": "positions",
    "mechanism": "mechanisms",
    "record": "timeline",
    "indicator": "indicators",
    "anniversaries": "calendar",
    "anniversary": "calendar",
    "feed": "ingestion",
    "import_feeds": "ingestion",
    "candidate": "review",
}
_RECORD_SECTIONS: Final = {"declaration": "declarations", "session": "mechanisms"}
_SHORT: Final = {"en": "EN", "fr": "FR", "zh-hans": "中文", "ru": "РУ"}


@dataclass(frozen=True)
class NavItem:
    """A section: `current` is `page` on its first page, `true` on a page within it, else empty (the values of aria-current).
    `count` is how much waits there, where it is a desk."""

    url: str
    label: str
    current: str
    count: int | None = None


@dataclass(frozen=True)
class Language:
    """A language of the interface, named in itself."""

    code: str
    html_code: str
    name: str
    short: str


class Frame:
    """The frame of one request. Each part is made when a template asks for it: a fragment asks for none."""

    def __init__(self, request: HttpRequest) -> None:
        self._user = getattr(request, "user", None)
        match = request.resolver_match
        self.here = (match.url_name or "") if match and match.namespace == "web" else ""
        self._section = _WITHIN.get(self.here, "")
        if self.here == "record" and match:
            self._section = _RECORD_SECTIONS.get(match.kwargs.get("kind", ""), self._section)

    @cached_property
    def main(self) -> list[NavItem]:
        return list(self._items(_MAIN))

    @cached_property
    def rest(self) -> list[NavItem]:
        """The sections that a phone keeps behind “More”."""
        return [*self._items(_REST), *self._desk()]

    @property
    def rest_is_here(self) -> bool:
        return any(item.current for item in self.rest)

    @property
    def languages(self) -> list[Language]:
        return [_language(code) for code, _name in settings.LANGUAGES]

    @cached_property
    def facts_until(self) -> str | None:
        return selector.facts_until(timezone.localdate())

    def _desk(self) -> Iterator[NavItem]:
        """The editors’ desk, with what waits there: for those who decide, at the queries for their rights and one.
        Other accounts cost none: editors are staff."""
        if self._user is not None and self._user.is_staff and self._user.has_perm("relations.change_candidate"):
            current = "page" if self.here == "review" else "true" if self._section == "review" else ""
            yield NavItem(reverse("web:review"), pgettext("the editors’ desk", "Review"), current, review.waiting())

    def _items(self, sections: tuple[tuple[str, Any], ...]) -> Iterator[NavItem]:
        for name, label in sections:
            current = "page" if name == self.here else "true" if name == self._section else ""
            yield NavItem(reverse(f"web:{name}"), str(label), current)


def _language(code: str) -> Language:
    head, _dash, script = code.partition("-")
    html_code = f"{head}-{script.capitalize()}" if script else head
    # “Simplified Chinese” would be more exact than the reader needs: there is one Chinese here.
    name = "中文" if head == "zh" else str(get_language_info(code)["name_local"]).capitalize()
    return Language(code, html_code, name, _SHORT.get(code, head.upper()))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of base.html: `frame`, made only where it is used."""
    return {"frame": SimpleLazyObject(lambda: Frame(request))}
