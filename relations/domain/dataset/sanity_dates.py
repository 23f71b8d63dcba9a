"""Rules on dates: within a record, between two records on the same matter, and against the life of a mechanism."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from relations.domain.partial_date import PartialDate
from relations.reference.ladder import LADDER, rung

from .canonical import line_of
from .finding import Dataset, Finding, before, day, error, note, warning
from .validate import Place

FOUNDING_DAYS: Final = 7
"""A mechanism is often founded by the document that its first meeting adopts: that meeting may begin so many days before."""

VISIT_DAYS: Final = 7
"""How long a visit may last whose end is not known."""

NEAR_DAYS: Final = 3
"""A visit and a meeting of the same person so close to each other are taken for the same occasion."""

DATE_OF: Final = {
    "statuses": "date", "declarations": "date", "sessions": "date", "events": "date", "visits": "date_start",
}  # fmt: skip


def session_outside_life(data: Dataset) -> Iterator[Finding]:
    """A session before its mechanism was founded, or still to come though the mechanism has ended."""
    for place, session in data.each("sessions"):
        mechanism = data.mechanisms[session["mechanism"]]
        founded, held = mechanism["established"], session["date"]
        if founded and before(held, founded):
            apart = (PartialDate.parse(founded).first - PartialDate.parse(held).last).days
            message = f"held {held}, before the mechanism was founded, {founded}"
            if apart <= FOUNDING_DAYS:
                yield note(place, f"{message}: within {FOUNDING_DAYS} days, taken for the founding session")
            elif session["number"] is None and "preced" in session["note"].lower():
                yield note(place, f"{message}; its note says that it preceded the mechanism")
            else:
                yield error(place, message)
        if mechanism["status"] == "ended" and PartialDate.parse(held).first > data.today:
            yield error(place, f"dated {held}, though the mechanism has ended")


def session_numbers(data: Dataset) -> Iterator[Finding]:
    """Numbered sessions of a mechanism follow each other in time."""
    of_mechanism: dict[str, list[tuple[Place, dict[str, Any]]]] = defaultdict(list)
    for place, session in data.each("sessions"):
        if session["number"] is not None:
            of_mechanism[session["mechanism"]].append((place, session))
    for sessions in of_mechanism.values():
        for (_, one), (place, other) in pairwise(sorted(sessions, key=lambda item: item[1]["number"])):
            if before(other["date"], one["date"]):
                yield error(place, f"number {other['number']} is dated {other['date']}, before number {one['number']} of {one['date']}")


def status_down_the_ladder(data: Dataset) -> Iterator[Finding]:
    """The statuses of a relationship climb, or stay where they are."""
    for _, statuses in data.by_file("statuses"):
        rungs = [item for item in statuses if item[1]["level"] in LADDER]
        rungs.sort(key=lambda item: (item[1]["date"], rung(item[1]["level"])))
        for (_, one), (place, other) in pairwise(rungs):
            if (rung(other["level"]) or 0) < (rung(one["level"]) or 0):
                yield error(place, f"{other['level']} of {other['date']} lies below {one['level']} of {one['date']}")


def status_and_document(data: Dataset) -> Iterator[Finding]:
    """A status has the date of the document that set it."""
    for place, status in data.each("statuses"):
        document = data.declarations.get(status["document"] or "")
        if document and _differ(status["date"], document["date"]):
            yield error(place, f"dated {status['date']}, but the document that set it {document['date']} ({document['slug']})")


def slug_and_date(data: Dataset) -> Iterator[Finding]:
    """The slug of a declaration carries its date."""
    for place, record in data.each("declarations"):
        if f"-{record['date']}-" not in f"-{record['slug']}-":
            yield warning(place, f"dated {record['date']}, which its slug does not carry")


def anniversary_and_origin(data: Dataset) -> Iterator[Finding]:
    """An anniversary falls on the day of its origin, unless its words tell the day of the origin."""
    for place, record in data.each("anniversaries"):
        origin = day(record["origin"])
        if origin and f"{origin:%m-%d}" != record["month_day"]:
            told = f"{origin.day} {origin:%B %Y}" in f"{record['title']} {record['note']}"
            message = f"falls on {record['month_day']}, but its origin is {record['origin']}"
            yield note(place, f"{message}, as its words tell") if told else error(place, message)


def visit_and_declaration(data: Dataset) -> Iterator[Finding]:
    """A declaration adopted on a visit has a day of the visit."""
    for place, visit in data.each("visits"):
        document = data.declarations.get(visit["declaration"] or "")
        if document:
            yield from _within(place, visit, document["date"], f"its declaration {document['slug']}")


def visit_and_meeting(data: Dataset) -> Iterator[Finding]:
    """Meetings that a visitor chaired, and documents that a visitor signed, while near, lie within the visit."""
    meetings: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for place, record in data.each("sessions", "declarations"):
        if record.get("format") != "online" and day(record["date"]):
            for holder in record.get("chairs") or record.get("signatories") or ():
                meetings[place.file, holder["side"], holder["name"]].append((record["date"], record.get("slug") or record["mechanism"]))
    for place, visit in data.each("visits"):
        for date, name in meetings[place.file, visit["visitor_side"], visit["visitor"]]:
            if name != visit["declaration"] and _days_outside(visit, date, known_end=True) <= NEAR_DAYS:
                yield from _within(place, visit, date, f"{name}, which the visitor chaired or signed")


def _within(place: Place, visit: dict[str, Any], date: str, what: str) -> Iterator[Finding]:
    if not day(visit["date_start"]) or not day(date) or _days_outside(visit, date, known_end=True) == 0:
        return
    span = " to ".join(filter(None, (visit["date_start"], visit["date_end"])))
    message = f"the visit is dated {span}, but {what} {date}"
    if visit["date_end"] is None and _days_outside(visit, date, known_end=False) == 0:
        yield note(place, f"{message}: the end of the visit is not known")
    else:
        yield error(place, message)


def _days_outside(visit: dict[str, Any], date: str, *, known_end: bool) -> int:
    """How many days a day lies outside a visit; an end that is not known is the first day, or VISIT_DAYS later."""
    first = PartialDate.parse(visit["date_start"]).first
    last = PartialDate.parse(visit["date_end"] or visit["date_start"]).last
    other = PartialDate.parse(date).first
    if visit["date_end"] is None and not known_end:
        last += dt.timedelta(days=VISIT_DAYS)
    return max(0, (first - other).days, (other - last).days)


def overlapping_visits(data: Dataset) -> Iterator[Finding]:
    """Nobody is on two visits at once."""
    of_person: dict[tuple[str, str], list[tuple[Place, dict[str, Any]]]] = defaultdict(list)
    for place, visit in data.each("visits"):
        if day(visit["date_start"]):
            of_person[visit["visitor_side"], visit["visitor"]].append((place, visit))
    for visits in of_person.values():
        for (_, one), (place, other) in pairwise(sorted(visits, key=lambda item: item[1]["date_start"])):
            if other["date_start"] < (one["date_end"] or one["date_start"]):
                yield error(place, f"begins {other['date_start']}, during the visit of {one['date_start']} to {one['date_end']}")


def reference_to_later_document(data: Dataset) -> Iterator[Finding]:
    """A document refers to what was there before it."""
    for place, record in data.each("declarations"):
        for name in record["references"]:
            other = data.declarations.get(name)
            if other and before(record["date"], other["date"]):
                yield error(place, f"of {record['date']}, refers to {name} of {other['date']}")


def dated_in_the_future(data: Dataset) -> Iterator[Finding]:
    """What is still to come is no fact yet."""
    for place, record in data.each(*DATE_OF):
        if PartialDate.parse(record[DATE_OF[place.name]]).first > data.today:
            yield warning(place, f"dated {record[DATE_OF[place.name]]}, which is still to come")


def sources_older_than_the_fact(data: Dataset) -> Iterator[Finding]:
    """Where every source appeared before the day, they announce the fact and do not report it."""
    for place, record in data.each(*DATE_OF):
        date, published = record[DATE_OF[place.name]], [source["published"] for source in record["sources"]]
        if published and all(text and before(text, date) for text in published):
            yield warning(place, f"dated {date}, but its sources appeared before: the last on {max(published)}")


def part_older_than_the_whole(data: Dataset) -> Iterator[Finding]:
    """A sub-committee older than its committee is possible, and worth knowing."""
    for place, record in data.each("mechanisms"):
        parent = data.mechanisms.get(record["parent"] or "")
        if parent and record["established"] and parent["established"] and before(record["established"], parent["established"]):
            yield note(place, f"founded {record['established']}, before what it is part of ({parent['slug']}, {parent['established']})")


def office_at_the_time(data: Dataset) -> Iterator[Finding]:
    """A visitor holds the office at the time of the visit, as far as the terms are known."""
    terms = {(person["side"], line_of(person["name"])): person["offices"] for _, person in data.each("people")}
    for place, visit in data.each("visits"):
        held = [term for term in terms.get((visit["visitor_side"], visit["visitor"]), ()) if _same_office(term["office"], visit["office"])]
        if held and not any(_covers(term, visit["date_start"]) for term in held):
            yield warning(place, f"{visit['visitor']} is not known to have been {visit['office']} on {visit['date_start']}")


def _same_office(one: str, other: str) -> bool:
    return bool(set(one.split(" and ")) & set(other.split(" and ")))


def _covers(term: dict[str, Any], date: str) -> bool:
    return not (term["from"] and before(date, term["from"])) and not (term["to"] and before(term["to"], date))


def _differ(one: str, other: str) -> bool:
    """Whether two dates cannot be the same day."""
    return before(one, other) or before(other, one)
