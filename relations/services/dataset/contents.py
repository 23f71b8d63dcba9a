"""Records as the files write them, and the flat contents by which they are compared and stored.

A content names other records by key and its sources by address, and says which relationship it belongs to: everything
about one record and nothing about another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relations.domain.dataset.canonical import key_of, line_of, plain_number
from relations.domain.dataset.shape import DYAD_OF_FILE, FILES, TITLE_LANGUAGES

from .kinds import BY_NAME

Tree = Mapping[str, Mapping[str, list[dict[str, Any]]]]
"""By file, by list: the records as they are written."""

Content = dict[str, Any]


def contents_of(tree: Tree) -> dict[str, dict[str, Content]]:
    """By kind, by key: the contents of valid files, in their order."""
    found: dict[str, dict[str, Content]] = {name: {} for name in BY_NAME}
    people = {(person["side"], line_of(person["name"])): person["slug"] for person in tree["people"]["people"]}

    def add(kind: str, content: Content) -> None:
        found[kind][BY_NAME[kind].key(content)] = content

    for file, lists in FILES.items():
        for name in lists:
            for record in tree[file][name]:
                for source in record.get("sources", ()):
                    add("sources", dict(source))
                if name == "outlets":
                    add(name, {key: value for key, value in record.items() if key != "feeds"})
                    for feed in record["feeds"]:
                        add("feeds", {"outlet": record["slug"], **feed})
                else:
                    add(name, _content(name, record, DYAD_OF_FILE.get(file), people))
    return found


def _content(kind: str, record: Mapping[str, Any], dyad: str | None, people: Mapping[tuple[str, str], str]) -> Content:
    content = dict(record)
    if "sources" in content:
        content["sources"] = [key_of(source["url"]) for source in content["sources"]]
    if dyad is not None and kind != "sessions":
        content["dyad"] = dyad
    if kind == "visits":
        content["visitor"] = people[content.pop("visitor_side"), content["visitor"]]
    elif kind == "declarations":
        content.setdefault("state", "published")
        content["initiatives"] = sorted(content["initiatives"])  # a set: its order is not part of the record
        content["provisions"] = [
            {
                **provision,
                "mechanisms": sorted(provision["mechanisms"]),
                "source_urls": [key_of(url) for url in provision["source_urls"]],
            }
            for provision in content["provisions"]
        ]
    elif kind == "values":
        content["value"] = plain_number(content["value"])
    elif kind in ("events", "anniversaries") and isinstance(content["title"], str):
        content["title"] = {language: content["title"] if language == "en" else None for language in TITLE_LANGUAGES}
    return content
