"""Rules on what records hold: sources, parties, titles, figures."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final
from urllib.parse import urlsplit

from relations.reference.parties import CHINA, PARTNERS

from .finding import Dataset, Finding, Severity, error, note, warning
from .shape import DYAD_OF_FILE, TITLE_LANGUAGES
from .validate import Place

JUMP: Final = 6
"""A value that is so many times that of the year before, or the reverse, wants a look."""


def without_source(data: Dataset) -> Iterator[Finding]:
    """A record that claims to be verified has sources, several where it claims several reports."""
    for place, record in _cited(data):
        level, count = record["verification"], len(record["sources"])
        if level != "memory" and not count:
            yield error(place, f"marked “{level}” without a source")
        elif level == "multiple" and count < 2:
            yield warning(place, "marked “multiple” with one source")
        elif level == "memory" and count:
            yield warning(place, f"marked “memory” with {count} sources")


def unverified(data: Dataset) -> Iterator[Finding]:
    """How many records have no source yet: known, and shown as such on every page."""
    counts = Counter(place.name for place, record in _cited(data) if record["verification"] == "memory")
    provisions = sum(provision["verification"] == "memory" for _, record in data.each("declarations") for provision in record["provisions"])
    for name, number in (*counts.items(), *([("provisions", provisions)] if provisions else [])):
        yield Finding(Severity.NOTE, "", f"{name}: {number} without a source yet, shown as unverified")


def _cited(data: Dataset) -> Iterator[tuple[Place, dict[str, Any]]]:
    return ((place, place.record) for place in data.places if "sources" in place.record)


def not_an_address(data: Dataset) -> Iterator[Finding]:
    """A source, a feed and a home page have an address that a browser can open."""
    seen: set[str] = set()
    for place in data.places:
        sources = [place.record] if place.name == "sources" else place.record.get("sources", ())
        feeds = place.record.get("feeds", ())
        homepage = [place.record["homepage"]] if place.record.get("homepage") else []
        for url in [*(source["url"] for source in sources), *(feed["url"] for feed in feeds), *homepage]:
            if url not in seen and not is_address(url):
                yield error(place, f"not an address: {url}")
            seen.add(url)


def is_address(url: str) -> bool:
    """Whether a text is an http or https address with a host of its own: `http://localhost` and `https://a` are not."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = re.fullmatch(r"([^\s.@/]+\.)+[^\s.@/\d][^\s.@/]+", host) or re.fullmatch(r"\d+(\.\d+){3}", host)
    return parts.scheme in ("http", "https") and bool(named) and not re.search(r"\s", url)


def nameless_source(data: Dataset) -> Iterator[Finding]:
    """Sources of which only the address is known."""
    seen = {}
    for place, record in _cited(data):
        seen.update({source["url"]: place for source in record["sources"] if not (source["publisher"] and source["title"])})
    for url, place in seen.items():
        yield warning(place, f"a source without publisher or title: {url}")
    bare = sum(not (record["publisher"] and record["title"]) for _, record in data.each("sources"))
    if bare:
        yield Finding(Severity.NOTE, "", f"sources.json: {bare} addresses of which neither publisher nor title is known")


def holder_of_a_third_side(data: Dataset) -> Iterator[Finding]:
    """Those who sign and chair do so for a party."""
    for place, record in data.each("declarations", "sessions"):
        parties = record.get("parties") or data.mechanisms[record["mechanism"]]["parties"]
        for holder in record.get("signatories") or record.get("chairs") or ():
            if holder["side"] not in parties:
                yield error(place, f"{holder['name']} stands for {holder['side']}, which is not a party ({', '.join(parties)})")


def parties_of_another_file(data: Dataset) -> Iterator[Finding]:
    """What is bilateral stands in the file of the pair, what concerns several partners in c5."""
    for place, record in data.each("declarations", "mechanisms", "events"):
        partners = set(record["parties"]) & set(PARTNERS)
        fits = len(partners) > 1 if place.file == "c5" else partners == {place.file.upper()}
        if CHINA not in record["parties"] or not fits:
            parties = ", ".join(record["parties"])
            yield warning(place, f"its parties, {parties}, belong in another file than that of {DYAD_OF_FILE[place.file]}")
    for place, visit in data.each("visits"):
        if place.file != "c5" and {visit["visitor_side"], visit["host"]} != {CHINA, place.file.upper()}:
            yield warning(place, f"a visit from {visit['visitor_side']} to {visit['host']} in the file of {DYAD_OF_FILE[place.file]}")


def part_wider_than_the_whole(data: Dataset) -> Iterator[Finding]:
    """A part of a mechanism has no party that the whole has not."""
    for place, record in data.each("mechanisms"):
        parent = data.mechanisms.get(record["parent"] or "")
        if parent and not set(record["parties"]) <= set(parent["parties"]):
            yield warning(place, f"has parties that {parent['slug']}, which it is part of, has not")


def title_missing(data: Dataset) -> Iterator[Finding]:
    """Titles are given in four languages, those of events and anniversaries in one."""
    for place in data.places:
        title = place.record.get("name") if place.name == "people" else place.record.get("title")
        if isinstance(title, dict):
            missing = [language for language in TITLE_LANGUAGES if not title[language]]
            if "en" in missing:
                yield warning(place, "has no English title")
            elif missing and place.name not in ("events", "anniversaries"):
                yield note(place, f"has no title in {', '.join(missing)}")


def year_of_another_period(data: Dataset) -> Iterator[Finding]:
    """The year of a value is that in which its period ends."""
    for place, value in data.each("values"):
        if value["period"].split("/")[-1][:4] != str(value["year"]):
            yield error(place, f"of the year {value['year']}, but its period is {value['period']}")


def figure_below_nothing(data: Dataset) -> Iterator[Finding]:
    """What is counted here is never negative."""
    for place, value in data.each("values"):
        if value["value"] < 0:
            yield warning(place, f"the value {value['value']} is negative")


def figure_that_jumps(data: Dataset) -> Iterator[Finding]:
    """Values of one series, a year apart, that differ by more than JUMP times: a slip of units, or news."""
    series: dict[tuple[str, ...], list[tuple[Place, dict[str, Any]]]] = defaultdict(list)
    for place, value in data.each("values"):
        if re.fullmatch(r"\d{4}", value["period"]):
            series[value["indicator"], value["dyad"], value["reporter"], value["scope"]].append((place, value))
    for values in series.values():
        for (_, one), (place, other) in pairwise(sorted(values, key=lambda item: item[1]["year"])):
            low, high = sorted((one["value"], other["value"]))
            if other["year"] - one["year"] == 1 and low > 0 and high / low > JUMP:
                yield warning(place, f"{other['value']} in {other['year']} after {one['value']} in {one['year']}")
