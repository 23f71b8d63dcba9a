"""The form of a draft: what an editor sent, the choices it offers, and the words for what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from relations.domain.collation import sort_key
from relations.domain.review import Draft, Flaw, Statement
from relations.models.choices import DeclarationKind, DeclarationLevel, Side, State, Topic
from relations.reference.parties import PARTNERS, STATES
from relations.selectors.review import Desk
from relations.templatetags import dates, joins, names

MOST_PROVISIONS: Final = 400
_LINE, _MOST_LINES = 56, 14
_PLACE: Final = re.compile(r"(\d{1,4})(?::(\d{1,6}):(\d{1,6}))?")
_CODE: Final = re.compile(r"[\w-]{1,80}")

FLAWS: Final[Mapping[Flaw, Any]] = {
    Flaw.NO_KIND: _("Choose the kind of document."),
    Flaw.NO_DATE: _("Give the date: 2022-09-14, 2022-09 or 2022."),
    Flaw.NOT_A_DATE: _("This is not a date: write 2022-09-14, 2022-09 or 2022."),
    Flaw.FUTURE: _("This date has not come yet."),
    Flaw.NO_PARTIES: _("Tick at least one of the five beside China."),
    Flaw.NO_CHINA: _("China has to be one of the parties."),
    Flaw.TOO_LONG: _("This is too long."),
    Flaw.NO_TEXT: _("Give the words, or drop the provision."),
    Flaw.NO_SIDE: _("Choose who states it."),
    Flaw.OTHER_SIDE: _("This side is not among the parties."),
    Flaw.NO_TOPIC: _("Choose a topic."),
    Flaw.MANY_TOPICS: _("Three topics at most."),
    Flaw.TWICE: _("The same topic stands twice."),
}

FIELDS: Final[Mapping[str, Any]] = {
    "kind": _("Kind"),
    "level": _("Level"),
    "title": _("Title"),
    "date": _("Date"),
    "place": _("Place"),
    "parties": _("Parties"),
    "occasion": _("Occasion"),
    "mechanisms": _("Mechanisms"),
    "initiatives": _("Initiatives"),
    "references": _("References"),
    "provisions": _("Provisions"),
}


def read_draft(sent: QueryDict) -> Draft:
    """What the form says. Codes that no list has count as not chosen; a new provision without words as not there."""
    provisions = [_provision(sent, f"p{place}-") for place in range(min(_number(sent.get("provisions", "")), MOST_PROVISIONS))]
    return Draft(
        kind=_known(sent.get("kind", ""), DeclarationKind.values),
        level=_known(sent.get("level", ""), DeclarationLevel.values),
        title=_line(sent.get("title", "")),
        date=_line(sent.get("date", "")),
        place=_line(sent.get("place", "")),
        parties=tuple(code for code in STATES if code in sent.getlist("party")),
        occasion=_line(sent.get("occasion", "")),
        mechanisms=_codes(sent.getlist("mechanism")),
        initiatives=_codes(sent.getlist("initiative")),
        references=_codes(sent.getlist("reference")),
        provisions=tuple(one for one in provisions if one.text or one.origin is not None),
    )


def moved(sent: QueryDict) -> list[int]:
    """The places of the provisions that go to the second document, among those that `read_draft` gives."""
    places = range(min(_number(sent.get("provisions", "")), MOST_PROVISIONS))
    there = [place for place in places if sent.get(f"p{place}-text", "").strip() or sent.get(f"p{place}-from")]
    return [at for at, place in enumerate(there) if sent.get(f"p{place}-part")]


def second(sent: QueryDict) -> tuple[str, tuple[str, ...]]:
    """Kind and parties of the second document; empty where they are those of the first."""
    kind = _known(sent.get("second-kind", ""), DeclarationKind.values)
    return kind, tuple(code for code in STATES if code in sent.getlist("second-party"))


def _provision(sent: QueryDict, at: str) -> Statement:
    place = _PLACE.fullmatch(sent.get(f"{at}from", ""))
    origin, start, end = place.groups() if place else (None, None, None)
    topics = [topic for topic in sent.getlist(f"{at}topic") if topic in Topic.values]
    return Statement(
        text=sent.get(f"{at}text", "").replace("\r\n", "\n").replace("\x00", "").strip(),
        side=_known(sent.get(f"{at}side", ""), Side.values),
        topics=tuple(topics),
        dropped=bool(sent.get(f"{at}drop")),
        origin=int(origin) if origin is not None else None,
        start=int(start) if start is not None else None,
        end=int(end) if end is not None else None,
        mechanism=mechanism if _CODE.fullmatch(mechanism := sent.get(f"{at}mechanism", "")) else "",
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _known(value: str, allowed: Iterable[str]) -> str:
    return value if value in allowed else ""


def _codes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if _CODE.fullmatch(value)))


# ---- Choices and words ------------------------------------------------------------------------------------------------------


def choices(draft: Draft) -> dict[str, Any]:
    """The lists of the form with their words. Sides: those of the parties, then all others; topics by the alphabet."""
    language = get_language() or "en"
    states = [*(code for code in STATES if code == "CN" or code in PARTNERS), *(c for c in STATES if c != "CN" and c not in PARTNERS)]
    return {
        "kinds": DeclarationKind.choices,
        "levels": DeclarationLevel.choices,
        "states": [(code, State(code).label) for code in states],
        "sides": [(code, names.side_title(code, draft.parties)) for code in Side.values],
        "topics": sorted(((code, str(label)) for code, label in Topic.choices), key=lambda one: sort_key(one[1], language)),
    }


def lines(text: str) -> int:
    """How many lines a field for these words needs, from 2 on: for browsers that do not fit a field to what stands in it."""
    width = sum(2 if character > "\u2e7f" else 1 for character in text)
    return min(max(2, -(-width // _LINE) + text.count("\n")), _MOST_LINES)


def flaw_words(found: Mapping[str, Flaw]) -> dict[str, str]:
    """What is missing, in words, by field."""
    return {field: str(FLAWS[flaw]) for field, flaw in found.items()}


def told(desk: Desk) -> list[tuple[Any, str]]:
    """The fields of a draft that is only read, but its provisions: label and value of each that has one."""
    mechanisms = (one.title or names.code_name("mechanism_kind", one.code) for one in desk.mechanisms if one.chosen)
    named = {
        "date": dates.long_date(desk.draft.date) or desk.draft.date,
        "mechanisms": joins.listed(mechanisms),
        "initiatives": joins.listed(one.title for one in desk.initiatives if one.chosen),
        "references": joins.listed(one.title for one in desk.references if one.chosen),
    }
    values = ((name, named[name] if name in named else value_words(name, desk.draft)) for name in FIELDS if name != "provisions")
    return [(FIELDS[name], value) for name, value in values if value]


def value_words(name: str, draft: Draft) -> str:
    """The value of a field in words, to be shown beside what another editor has typed."""
    value = getattr(draft, name)
    if name == "kind":
        return names.code_name("declaration_kind", value)
    if name == "level":
        return names.code_name("declaration_level", value)
    if name == "parties":
        return ", ".join(names.state_name(code) for code in value)
    if name == "provisions":
        return gettext("%(n)s, of which %(kept)s are kept") % {"n": len(value), "kept": len(draft.kept)}
    return ", ".join(value) if isinstance(value, tuple) else str(value)
