"""A small valid dataset, a record or two of each kind, made anew for each test that asks for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from relations.domain.dataset.canonical import text_of
from relations.domain.dataset.shape import FILES

Tree = dict[str, dict[str, list[dict[str, Any]]]]


def source(number: int, **more: Any) -> dict[str, Any]:
    return {
        "url": f"https://example.org/{number}", "publisher": "Example Daily", "title": f"Report {number}", "language": "en",
        "published": "2022-09-15", **more,
    }  # fmt: skip


def titles(english: str) -> dict[str, str | None]:
    return {"en": english, "zh": f"{english} (zh)", "fr": f"{english} (fr)", "ru": None}


def cited(*sources: dict[str, Any], verification: str = "official", note: str = "") -> dict[str, Any]:
    return {"verification": verification, "sources": list(sources), "note": note}


def provision(text: str, side: str = "both", **more: Any) -> dict[str, Any]:
    return {"side": side, "topics": ["trade"], "mechanisms": [], "text": text, "verification": None, "source_urls": [], **more}


def declaration(slug: str, date: str, **more: Any) -> dict[str, Any]:
    return {
        "slug": slug, "kind": "joint_statement", "date": date, "place": "Astana", "parties": ["CN", "KZ"], "level": "head_of_state",
        "title": titles("Joint statement"), "occasion": "", "signatories": [], "initiatives": [], "references": [], "provisions": [],
        "summary": "", **cited(source(1)), **more,
    }  # fmt: skip


def mechanism(slug: str, **more: Any) -> dict[str, Any]:
    return {
        "slug": slug, "kind": "committee", "parent": None, "parties": ["CN", "KZ"], "title": titles("Committee"),
        "established": "2004-05-17", "basis": None,
        "co_chairs": None, "periodicity_months": None, "status": "active", "summary": "", **cited(source(1)), **more,
    }  # fmt: skip


def session(date: str, **more: Any) -> dict[str, Any]:
    return {
        "mechanism": "cn-kz-committee", "number": None, "date": date, "place": None, "format": None, "chairs": [], "outcome": "",
        **cited(source(1)), **more,
    }  # fmt: skip


def visit(date: str, **more: Any) -> dict[str, Any]:
    return {
        "date_start": date, "date_end": None, "visitor_side": "CN", "visitor": "Xi Jinping", "office": "President", "kind": "state",
        "host": "KZ", "place": "Astana", "context": "", "declaration": None, **cited(source(1)), **more,
    }  # fmt: skip


def event(date: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "date": date, "dyad": "CN-KZ", "parties": ["CN", "KZ"], "kind": "energy", "friction": False, "title": title, "label": None,
        "summary": "", **cited(source(1)), **more,
    }  # fmt: skip


def status(date: str, level: str, **more: Any) -> dict[str, Any]:
    return {
        "dyad": "CN-KZ", "date": date, "level": level, "title": titles(level), "document": None, "summary": "", **cited(source(1)), **more,
    }  # fmt: skip


def person(slug: str, side: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "slug": slug, "side": side, "name": titles(name), "aliases": {},
        "offices": [{"office": "President", "from": "2013-03", "to": None}], **cited(source(2)), **more,
    }  # fmt: skip


def value(year: int, **more: Any) -> dict[str, Any]:
    return {
        "indicator": "trade", "dyad": "CN-KZ", "year": year, "period": str(year), "value": 31.2, "qualifier": "exact",
        "reporter": "China Customs", "scope": "", **cited(source(3)), **more,
    }  # fmt: skip


def feed(number: int, **more: Any) -> dict[str, Any]:
    return {
        "url": f"https://example.org/feed/{number}", "language": "en", "format": "rss", "evidence": "public feed lists",
        "confidence": "checked", "note": "", **more,
    }  # fmt: skip


def outlet(slug: str, *feeds: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "slug": slug, "name": slug.title(), "country": "KZ", "languages": ["en", "ru"], "kind": "newspaper", "homepage": "",
        "feeds": list(feeds), "note": "", **more,
    }  # fmt: skip


def small_tree() -> Tree:
    """Valid files in the canonical form and order."""
    tree: Tree = {file: {name: [] for name in lists} for file, lists in FILES.items()}
    kz = tree["kz"]
    kz["statuses"] = [
        status("1992-01-03", "diplomatic_relations"),
        status("2005-07-04", "strategic_partnership", document="cn-kz-2005-07-04-strategic-partnership"),
    ]
    kz["declarations"] = [
        declaration("cn-kz-2005-07-04-strategic-partnership", "2005-07-04"),
        declaration(
            "cn-kz-2022-09-14-joint-statement", "2022-09-14",
            occasion="State visit",
            signatories=[
                {"side": "CN", "name": "Xi Jinping", "office": "President"}, {"side": "KZ", "name": "Somebody", "office": "President"},
            ],
            initiatives=["BRI", "GDI"],
            references=["cn-kz-2005-07-04-strategic-partnership", "UNGA_2758", "A treaty of friendship"],
            provisions=[
                provision("They will trade more.", mechanisms=["cn-kz-committee", "cn-kz-subcommittee"]),
                provision("Kazakhstan reaffirms the one-China principle.", "KZ", topics=["taiwan", "sovereignty"]),
                provision("They build a road.", verification="memory", source_urls=["https://example.org/1", "https://example.org/bare"]),
            ],
            **cited(source(4), source(1), verification="multiple"),
        ),
    ]  # fmt: skip
    kz["mechanisms"] = [mechanism("cn-kz-committee"), mechanism("cn-kz-subcommittee", parent="cn-kz-committee", kind="subcommittee")]
    kz["sessions"] = [
        session("2005", chairs=[{"side": "CN", "name": "Wu Yi", "office": "Vice-Premier"}]),
        session("2006-11-17", number=2, place="Beijing", format="in_person"),
    ]
    kz["visits"] = [visit("2022-09-14", date_end="2022-09-15", declaration="cn-kz-2022-09-14-joint-statement")]
    kz["events"] = [event("2009-12", "Pipeline opened", label="Pipeline"), event("2010-06-12", "A protest", friction=True, kind="protest")]
    kz["anniversaries"] = [
        {"dyad": "CN-KZ", "month_day": "12-16", "origin": "1991-12-16", "title": "Independence Day", **cited(verification="memory")}
    ]
    tree["people"]["people"] = [person("xi-jinping", "CN", "Xi Jinping", aliases={"en": ["Xi"], "zh": ["習近平"]})]
    tree["initiatives"]["initiatives"] = [
        {"code": code, "title": titles(code), "proposed": "2013", "proposer": "CN", "summary": "", **cited(source(5))}
        for code in ("BRI", "GDI")
    ]
    tree["indicators"]["indicators"] = [{"code": "trade", "title": titles("Trade"), "unit": "USD billion", "definition": ""}]
    tree["indicators"]["values"] = [value(2021, value=25), value(2022)]
    tree["feeds"]["outlets"] = [outlet("astana-times", feed(1), feed(2, confidence="listed")), outlet("old-paper")]
    tree["sources"]["sources"] = [{"url": "https://example.org/bare", "publisher": "", "title": "", "language": "", "published": None}]
    return tree


def write(directory: Path, tree: Tree) -> Path:
    """Write files as they are written for good."""
    directory.mkdir(parents=True, exist_ok=True)
    for file, lists in tree.items():
        (directory / f"{file}.json").write_text(text_of(lists), "utf-8")
    return directory


def read(directory: Path) -> Tree:
    return {file: json.loads((directory / f"{file}.json").read_text("utf-8")) for file in FILES}
