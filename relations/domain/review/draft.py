"""The draft of a declaration as an editor has it before him: read from the reader's JSON, and written back into it.

The JSON keeps what the reader found (rules, evidence); an editor's values stand beside it under the same keys. Pure.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from relations.domain.partial_date import PartialDate
from relations.reference.lexicon import lexicon
from relations.reference.parties import ALL, BOTH, CHINA, FIVE, PARTNERS, SIDES, STATES, sides_open_to

MOST_TOPICS: Final = 3
LONGEST_TITLE: Final = 500
LONGEST_OCCASION: Final = 300
LONGEST_PLACE: Final = 120
_EAST: Final = dt.timedelta(days=1)
_MEETINGS: Final = ("state_visit", "summit")
_OF_LEADERS: Final = ("joint_declaration", "joint_statement")


@dataclass(frozen=True)
class Statement:
    """A provision of the draft. `origin` is its place in the reader's list (from 0), None for one that an editor added.

    `start` and `end` count characters of the article and are None where the words are an editor's. `mechanism` is the short name
    of the record that an editor says it names, besides those that the reader found in its words.
    """

    text: str
    side: str
    topics: tuple[str, ...] = ()
    dropped: bool = False
    origin: int | None = None
    start: int | None = None
    end: int | None = None
    mechanism: str = ""


@dataclass(frozen=True)
class Draft:
    """The fields of the form. Dates are partial ISO text; everything may be empty."""

    kind: str = ""
    level: str = ""
    title: str = ""
    date: str = ""
    place: str = ""
    parties: tuple[str, ...] = ()
    occasion: str = ""
    mechanisms: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    provisions: tuple[Statement, ...] = field(default=())

    @property
    def kept(self) -> tuple[Statement, ...]:
        """The provisions that become part of the document."""
        return tuple(one for one in self.provisions if not one.dropped)


class Flaw(enum.Enum):
    """What keeps a draft from becoming a declaration."""

    NO_KIND = "no_kind"
    NO_DATE = "no_date"
    NOT_A_DATE = "not_a_date"
    FUTURE = "future"
    NO_PARTIES = "no_parties"
    NO_CHINA = "no_china"
    TOO_LONG = "too_long"
    NO_TEXT = "no_text"
    NO_SIDE = "no_side"
    OTHER_SIDE = "other_side"
    NO_TOPIC = "no_topic"
    MANY_TOPICS = "many_topics"
    TWICE = "twice"


# ---- From the JSON and back -------------------------------------------------------------------------------------------------


def form_of(read: Mapping[str, Any]) -> Draft:
    """The fields that a draft in JSON gives: the reader's, or what an editor has made of them. Wrong shapes count as empty."""
    occasion = _mapping(read.get("occasion"))
    kind = _text(read.get("kind"))
    level = _text(read.get("level")) if "level" in read else _level(kind, _text(occasion.get("kind")))
    return Draft(
        kind=kind,
        level=level,
        title=_text(read.get("title")),
        date=_text(read.get("date")),
        place=_text(read.get("place")),
        parties=_in_order(_texts(read.get("parties"))),
        occasion=_text(occasion.get("text")) if "text" in occasion else occasion_words(occasion),
        mechanisms=_texts(read.get("mechanisms")),
        initiatives=_texts(read.get("initiatives")),
        references=_texts(read.get("references")),
        provisions=tuple(_statement(place, one) for place, one in enumerate(_rows(read.get("provisions")))),
    )


def written(read: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    """The JSON with an editor's values in it; rules and evidence stay where they were."""
    rows = _rows(read.get("provisions"))
    return {
        **read,
        "kind": draft.kind or None,
        "level": draft.level,
        "title": draft.title,
        "date": draft.date or None,
        "place": draft.place or None,
        "parties": list(draft.parties),
        "occasion": {**_mapping(read.get("occasion")), "text": draft.occasion},
        "mechanisms": list(draft.mechanisms),
        "initiatives": list(draft.initiatives),
        "references": list(draft.references),
        "provisions": [_row(_row_of(one, rows), one) for one in draft.provisions],
    }


def changed(before: Draft, after: Draft) -> tuple[str, ...]:
    """The names of the fields in which two drafts differ, in the order of the form."""
    return tuple(one.name for one in fields(Draft) if getattr(before, one.name) != getattr(after, one.name))


def _statement(place: int, row: Mapping[str, Any]) -> Statement:
    side = _text(row.get("stated_by")) or _text(row.get("side"))
    start, end = row.get("start"), row.get("end")
    whole = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    return Statement(
        text=_text(row.get("text")),
        side=side if side in SIDES else "",
        topics=_texts(row.get("topics")),
        dropped=bool(row.get("dropped")),
        origin=place,
        start=start if whole else None,
        end=end if whole else None,
        mechanism=_text(row.get("mechanism")),
    )


def _row_of(one: Statement, rows: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The reader's row of a provision: at its old place, or wherever a row of the same words now stands."""
    if one.origin is None:
        return {}
    here = rows[one.origin : one.origin + 1]
    return next((row for row in (*here, *rows) if (row.get("start"), row.get("end")) == (one.start, one.end)), {})


def _row(row: Mapping[str, Any], one: Statement) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if key not in {"stated_by", "dropped", "mechanism"}}
    made = {**kept, "text": one.text, "side": ALL if one.side == FIVE else one.side, "topics": list(one.topics)}
    if one.side == FIVE:
        made["stated_by"] = FIVE
    if one.dropped:
        made["dropped"] = True
    if one.mechanism:
        made["mechanism"] = one.mechanism
    return made


def occasion_words(occasion: Mapping[str, Any]) -> str:
    """The occasion in English, the language in which records are kept: “30th anniversary of diplomatic relations”."""
    years = occasion.get("years")
    kind = _text(occasion.get("kind"))
    if kind == "anniversary":
        return f"{_ordinal(years)} anniversary of diplomatic relations" if isinstance(years, int) else "Anniversary of diplomatic relations"
    return kind.replace("_", " ").capitalize()


def proposed_title(draft: Draft) -> str:
    """A title in English where the editor has given none: “Joint declaration of China and Kazakhstan”. Empty without kind or parties."""
    if not draft.kind or not dyad_of(draft.parties):
        return ""
    words = lexicon()
    known = words["documents"].get(draft.kind)
    kind = known["title"]["en"] if known else draft.kind.replace("_", " ").capitalize()
    names = [words["countries"][code]["en"][0] for code in draft.parties if code in words["countries"]]
    among = "China and the Central Asian states" if set(PARTNERS) <= set(draft.parties) else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{kind} of {among}"


def _ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def _level(kind: str, occasion: str) -> str:
    """Who adopted it, as far as kind and occasion tell: a proposal that the editor sees."""
    return "head_of_state" if occasion in _MEETINGS or (kind in _OF_LEADERS and occasion != "session") else "other"


# ---- Rules ------------------------------------------------------------------------------------------------------------------


def dyad_of(parties: Iterable[str]) -> str:
    """The relationship of a document's parties; empty without China and one of the five."""
    states = set(parties)
    partners = [code for code in PARTNERS if code in states]
    if CHINA not in states or not partners:
        return ""
    return f"{CHINA}-{partners[0]}" if len(states) == 2 else f"{CHINA}-{FIVE}"


def flaws(draft: Draft, today: dt.date | None = None) -> dict[str, Flaw]:
    """What is missing or wrong, by field; a provision's under `provisions-0-side`, its place counted from 0.

    With `today`, a document of a later day is wrong too; a day later it may be already where the document was signed.
    """
    found: dict[str, Flaw] = {}
    if not draft.kind:
        found["kind"] = Flaw.NO_KIND
    if not draft.date:
        found["date"] = Flaw.NO_DATE
    elif (date := _date(draft.date)) is None:
        found["date"] = Flaw.NOT_A_DATE
    elif today is not None and date.first > today + _EAST:
        found["date"] = Flaw.FUTURE
    if CHINA not in draft.parties:
        found["parties"] = Flaw.NO_CHINA
    elif not dyad_of(draft.parties):
        found["parties"] = Flaw.NO_PARTIES
    for name, most in (("title", LONGEST_TITLE), ("occasion", LONGEST_OCCASION), ("place", LONGEST_PLACE)):
        if len(getattr(draft, name)) > most:
            found[name] = Flaw.TOO_LONG
    for place, one in enumerate(draft.provisions):
        if not one.dropped:
            found |= {f"provisions-{place}-{name}": flaw for name, flaw in _flaws_of(one, draft.parties)}
    return found


def _flaws_of(one: Statement, parties: tuple[str, ...]) -> Iterable[tuple[str, Flaw]]:
    if not one.text:
        yield "text", Flaw.NO_TEXT
    if not one.side:
        yield "side", Flaw.NO_SIDE
    elif len(parties) > 1 and one.side not in sides_open_to(parties):
        yield "side", Flaw.OTHER_SIDE
    if not one.topics:
        yield "topics", Flaw.NO_TOPIC
    elif len(one.topics) > MOST_TOPICS:
        yield "topics", Flaw.MANY_TOPICS
    elif len(set(one.topics)) < len(one.topics):
        yield "topics", Flaw.TWICE


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


# ---- One article, two documents ----------------------------------------------------------------------------------------------


def parted(draft: Draft, moved: Iterable[int], kind: str, parties: Iterable[str]) -> tuple[Draft, Draft]:
    """Two drafts of one: the provisions at the places `moved` go to the second, which has a kind and parties of its own.

    Sides that mean everybody follow the number of parties. An empty kind or no parties: those of the first.
    """
    places = set(moved)
    others = _in_order(parties) or draft.parties
    stays = tuple(one for place, one in enumerate(draft.provisions) if place not in places)
    goes = tuple(_within(one, others) for place, one in enumerate(draft.provisions) if place in places)
    second = replace(draft, kind=kind or draft.kind, title="", parties=others, provisions=goes)
    return replace(draft, provisions=stays), second


def _within(one: Statement, parties: tuple[str, ...]) -> Statement:
    """The provision among other parties: what everybody states is stated by everybody there too."""
    if one.side in (BOTH, ALL) and len(parties) > 1:
        return replace(one, side=BOTH if len(parties) == 2 else ALL)
    return one


# ---- Shapes ------------------------------------------------------------------------------------------------------------------


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    chosen = set(codes)
    return tuple(code for code in STATES if code in chosen)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in value if isinstance(one, str) and one)) if isinstance(value, list) else ()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
