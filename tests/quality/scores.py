"""How much of what labels say was found: the figures of `make quality`.

Single values count as right or wrong; lists by F1 over all articles; provisions by recall and precision, where a provision is
found when its span overlaps the labelled words by 60 % of the shorter of the two; sides and topics on the found ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

SINGLE: Final = ("language", "relevant", "kind", "date", "occasion")
LISTS: Final = ("parties", "mechanisms", "initiatives", "references")
OVERLAP: Final = 0.6

Record = dict[str, Any]


@dataclass
class Score:
    """Counts over articles; `misses` tells each one in words, with the rule that read it where there is one."""

    articles: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Every figure by name, between 0 and 1."""
        out = {key: self.hit[key] / max(1, self.articles) for key in SINGLE} | {key: self._f1(key) for key in LISTS}
        out["provisions_recall"] = self.true["provisions"] / max(1, self.true["provisions"] + self.missed["provisions"])
        out["provisions_precision"] = self.true["provisions"] / max(1, self.true["provisions"] + self.extra["provisions"])
        out["side"] = self.hit["side"] / max(1, self.true["provisions"])
        out["topics"] = self._f1("topics")
        return out

    def _f1(self, key: str) -> float:
        both = 2 * self.true[key] + self.extra[key] + self.missed[key]
        return 2 * self.true[key] / both if both else 1.0

    def add(self, name: str, text: str, gold: Record, draft: Record) -> None:
        """Count one article."""
        self.articles += 1
        for key in SINGLE:
            wanted, got = _single(key, gold), _single(key, draft)
            if wanted == got:
                self.hit[key] += 1
            else:
                self.misses.append(f"{name} {key}: wanted {wanted!r}, got {got!r} {_rules(draft, key)}")
        for key in LISTS:
            self._list(name, key, gold, draft)
        self._provisions(name, text, gold.get("provisions") or [], draft.get("provisions") or [])

    def _list(self, name: str, key: str, gold: Record, draft: Record) -> None:
        wanted, got = set(gold.get(key) or []), set(draft.get(key) or [])
        self._sets(key, wanted, got)
        if wanted != got:
            self.misses.append(f"{name} {key}: missing {sorted(wanted - got)}, extra {sorted(got - wanted)}")

    def _sets(self, key: str, wanted: set[str], got: set[str]) -> None:
        self.true[key] += len(wanted & got)
        self.extra[key] += len(got - wanted)
        self.missed[key] += len(wanted - got)

    def _provisions(self, name: str, text: str, wanted: list[Record], got: list[Record]) -> None:
        pairs = matched(wanted, got, text)
        self.true["provisions"] += len(pairs)
        self.extra["provisions"] += len(got) - len(pairs)
        self.missed["provisions"] += len(wanted) - len(pairs)
        found, used = [id(one) for one, _ in pairs], [id(one) for _, one in pairs]
        self.misses += [f"{name} provision not found: {one['cue']!r}" for one in wanted if id(one) not in found]
        self.misses += [f"{name} no provision [{one['rule']}]: {one['text']!r}" for one in got if id(one) not in used]
        for one, other in pairs:
            self.hit["side"] += one["side"] == other["side"]
            if one["side"] != other["side"]:
                self.misses.append(f"{name} side of {one['cue']!r}: wanted {one['side']}, got {other['side']} {_side_rule(other)}")
            self._sets("topics", set(one["topics"]), set(other["topics"]))
            if not set(one["topics"]) & set(other["topics"]):
                self.misses.append(f"{name} topics of {one['cue']!r}: wanted {sorted(one['topics'])}, got {sorted(other['topics'])}")


def matched(wanted: list[Record], got: list[Record], text: str) -> list[tuple[Record, Record]]:
    """Each labelled provision with the shortest unused drafted one that covers its words or lies inside them."""
    pairs: list[tuple[Record, Record]] = []
    used: set[int] = set()
    for one in wanted:
        at = text.find(one["cue"])
        end = at + len(one["cue"])
        fitting = [
            (other["end"] - other["start"], number)
            for number, other in enumerate(got)
            if number not in used
            and min(end, other["end"]) - max(at, other["start"]) >= OVERLAP * min(end - at, max(1, other["end"] - other["start"]))
        ]
        if fitting:
            number = min(fitting)[1]
            used.add(number)
            pairs.append((one, got[number]))
    return pairs


def _single(key: str, record: Record) -> Any:
    value = record.get(key)
    if key == "occasion":
        value = value or {}
        return value.get("years") if value.get("kind") == "anniversary" else value.get("kind")
    return value


def _rules(draft: Record, key: str) -> str:
    found = draft.get("evidence", {}).get(key) or []
    return f"[{found[0]['rule']}]" if found and isinstance(found, list) else "[no rule]"


def _side_rule(provision: Record) -> str:
    return next((f"[{one['rule']}]" for one in provision.get("evidence", []) if one["rule"].startswith("side")), "[no side named]")
