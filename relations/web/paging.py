"""One page of a list, and words for filter values that make no sense.

    rows = paginate(queryset, request.GET.get("page"), per_page=25)          # in a view
    {% include "components/_paging.html" with page=page %}                    # in a template

Bad values never raise: they are ignored, and said beside the filter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext

from relations.templatetags.joins import listed

MAX_PER_PAGE: Final = 200
GAP: Final = None
"""Stands in `Page.numbers` where numbers are left out."""


@dataclass(frozen=True)
class Page:
    """A page of a list: its rows, where it stands among all (numbers count from 1), and what was wrong with the asked number."""

    rows: Sequence[Any]
    number: int
    pages: int
    total: int
    per_page: int
    error: str = ""

    @property
    def first(self) -> int:
        """The number of the first row shown, 0 where there is none."""
        return (self.number - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.number * self.per_page, self.total)

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to show, GAP where some are left out: 1 … 3 4 5 … 8."""
        near = {1, self.pages, self.number - 1, self.number, self.number + 1}
        # The first and the last page have a neighbour more, so that the row keeps its length.
        near |= {2, 3} if self.number == 1 else set()
        near |= {self.pages - 1, self.pages - 2} if self.number == self.pages else set()
        shown: list[int | None] = []
        before = 0
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if number == before + 2:
                shown.append(number - 1)  # a gap of one page is no shorter than its number
            elif number > before + 2:
                shown.append(GAP)
            shown.append(number)
            before = number
        return shown

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def paginate(rows: QuerySet[Any] | Sequence[Any], asked: str | int | None, *, per_page: int = 25, total: int | None = None) -> Page:
    """The asked page (from 1) of a queryset (two queries, one if `total` is known) or a sequence.

    A number that is none or beyond the last page gives the first or the last page, and `error` says so.
    """
    per_page = max(1, min(per_page, MAX_PER_PAGE))
    if total is None:
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    pages = max(1, -(-total // per_page))
    number, error = _number(asked, pages)
    start = (number - 1) * per_page
    return Page(list(rows[start : start + per_page]), number, pages, total, per_page, error)


def _number(asked: str | int | None, pages: int) -> tuple[int, str]:
    if asked is None or asked == "":
        return 1, ""
    text = str(asked)
    if not (text.isascii() and text.isdigit()) or int(text[:9]) < 1:
        return 1, gettext("There is no page “%(page)s”; this is the first.") % {"page": text[:20]}
    number = int(text[:9])
    if number > pages:
        return pages, gettext("There is no page %(page)s; this is the last.") % {"page": number}
    return number, ""


@dataclass
class FilterErrors:
    """Filter values that were ignored, and why, by the name of their field. A template shows them beside the field."""

    messages: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, message: str) -> None:
        """Note that a value of this field was ignored; the first message of a field stays."""
        self.messages.setdefault(name, message)

    def choice(self, name: str, values: Sequence[str], allowed: Sequence[str]) -> list[str]:
        """The values that are allowed, each once, in their order; the others are noted."""
        known = list(dict.fromkeys(value for value in values if value in allowed))
        unknown = [value for value in values if value and value not in allowed]
        if unknown:
            self.add(name, gettext("Not known, ignored: %(values)s") % {"values": listed(value[:30] for value in unknown[:3])})
        return known

    def year(self, name: str, value: str | None, first: int, last: int) -> int | None:
        """A year between `first` and `last`, or None; another value is noted."""
        text = (value or "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            self.add(name, gettext("“%(value)s” is not a year") % {"value": text[:20]})
        elif int(text) < first:
            self.add(name, gettext("%(value)s is before the first year, %(year)d") % {"value": text, "year": first})
        elif int(text) > last:
            self.add(name, gettext("%(value)s is after the last year, %(year)d") % {"value": text, "year": last})
        else:
            return int(text)
        return None

    def years(
        self, names: tuple[str, str], values: tuple[str | None, str | None], bounds: tuple[int, int]
    ) -> tuple[int | None, int | None]:
        """Two years, the first not after the second; a pair the wrong way round is noted and ignored."""
        first, last = (self.year(name, value, *bounds) for name, value in zip(names, values, strict=True))
        if first is not None and last is not None and first > last:
            self.add(names[1], gettext("%(last)d is before %(first)d") % {"last": last, "first": first})
            return None, None
        return first, last

    def __bool__(self) -> bool:
        return bool(self.messages)

    def __getitem__(self, name: str) -> str:
        """For templates: `{{ errors.year_to }}`; empty where the field is fine."""
        return self.messages.get(name, "")
