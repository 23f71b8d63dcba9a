"""What a reader may ask of the list of declarations, read from an address. Bad values are ignored, and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext

from relations.models.choices import DeclarationKind, DeclarationLevel, Topic
from relations.reference.parties import FIVE, PARTNERS

COUNTRIES: Final = tuple(code.lower() for code in (*PARTNERS, FIVE))
"""`kz` means documents that Kazakhstan is a party to, the regional ones among them; `c5` those of the six-party format."""

SIDES: Final = ("china", "partner", "together")
"""Who states a provision: China alone, the other side alone (one partner or the five), all together."""

SORTS: Final = ("-date", "date", "-provisions", "provisions", "title", "-title")
LONGEST_TEXT: Final = 100


@dataclass(frozen=True)
class Filters:
    """Values of one list combine by “or”, the lists by “and”. `topic` and `side` are meant of the same provision."""

    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    initiative: str = ""
    topic: str = ""
    side: str = ""
    cites: str = ""
    text: str = ""
    sort: str = SORTS[0]

    @property
    def words(self) -> tuple[str, ...]:
        """What has to stand somewhere in the document, each by itself."""
        return tuple(self.text.split())

    @property
    def looks_into_provisions(self) -> bool:
        """Whether the reader is after certain provisions, so that a row shows those found."""
        return bool(self.topic or self.side or self.text)


@dataclass
class Problems:
    """Values that were ignored, and why, by the name of the field in the address."""

    messages: dict[str, str] = field(default_factory=dict)

    def unknown(self, name: str, values: Sequence[str]) -> None:
        if values:
            shown = ", ".join(value[:30] for value in values[:3])
            self.messages.setdefault(name, gettext("Not known, ignored: %(values)s") % {"values": shown})


@dataclass(frozen=True)
class Bounds:
    """What can be asked for: the years of the documents, codes of initiatives, codes or slugs of documents that others cite."""

    first: int
    last: int
    initiatives: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


def read_filters(params: Mapping[str, Sequence[str]], bounds: Bounds) -> tuple[Filters, dict[str, str]]:
    """The filters of an address (`dict(request.GET.lists())`), and what was wrong with it by field; never raises."""
    problems = Problems()
    reader = _Reader(params, problems)
    first, last = reader.years(bounds)
    text = reader.one("q").replace("\x00", "").strip()
    if len(text) > LONGEST_TEXT:
        problems.messages["q"] = gettext("Cut to the first %(n)d characters") % {"n": LONGEST_TEXT}
    filters = Filters(
        countries=reader.choices("country", COUNTRIES, lower=True),
        kinds=reader.choices("kind", DeclarationKind.values),
        levels=reader.choices("level", DeclarationLevel.values),
        first=first,
        last=last,
        initiative=reader.choice("initiative", bounds.initiatives),
        topic=reader.choice("topic", Topic.values),
        side=reader.choice("side", SIDES),
        cites=reader.choice("cites", bounds.cited),
        text=text[:LONGEST_TEXT].strip(),
        sort=reader.choice("sort", SORTS) or SORTS[0],
    )
    return filters, problems.messages


class _Reader:
    def __init__(self, params: Mapping[str, Sequence[str]], problems: Problems) -> None:
        self._params = params
        self._problems = problems

    def one(self, name: str) -> str:
        values = self._params.get(name) or ("",)
        return values[-1].strip()

    def choices(self, name: str, allowed: Sequence[str], *, lower: bool = False) -> tuple[str, ...]:
        asked = [value.strip() for value in self._params.get(name, ()) if value.strip()]
        values = [value.lower() for value in asked] if lower else asked
        self._problems.unknown(name, [value for value in values if value not in allowed])
        return tuple(dict.fromkeys(value for value in values if value in allowed))

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        value = self.one(name)
        if not value or value in allowed:
            return value
        self._problems.unknown(name, [value])
        return ""

    def years(self, bounds: Bounds) -> tuple[int | None, int | None]:
        first, last = self._year("from", bounds), self._year("to", bounds)
        if first is not None and last is not None and first > last:
            self._problems.messages["to"] = gettext("%(last)d is before %(first)d") % {"last": last, "first": first}
            return None, None
        return first, last

    def _year(self, name: str, bounds: Bounds) -> int | None:
        value = self.one(name)
        if not value:
            return None
        messages = self._problems.messages
        if not (value.isascii() and value.isdigit() and len(value) == 4):
            messages[name] = gettext("“%(value)s” is not a year") % {"value": value[:20]}
        elif int(value) < bounds.first:
            messages[name] = gettext("%(value)s is before the first year, %(year)d") % {"value": value, "year": bounds.first}
        elif int(value) > bounds.last:
            messages[name] = gettext("%(value)s is after the last year, %(year)d") % {"value": value, "year": bounds.last}
        else:
            return int(value)
        return None
