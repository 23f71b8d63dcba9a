"""Stored links and those of a new reading → what to write. What an editor has decided stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from relations.domain.linking.found import Found

READ: Final = "read"
CONFIRMED: Final = "confirmed"
REJECTED: Final = "rejected"


@dataclass(frozen=True, slots=True)
class Stored:
    """A link as it is stored."""

    pk: int
    kind: str
    code: str
    state: str
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Changes:
    """Links to insert, stored ones whose evidence changes, and stored ones that go."""

    added: list[Found] = field(default_factory=list)
    renewed: list[tuple[Stored, Found]] = field(default_factory=list)
    gone: list[Stored] = field(default_factory=list)


def changes(stored: Iterable[Stored], found: Iterable[Found], *, adds_only: bool = False) -> Changes:
    """Compare the links of an item with what a reading finds.

    A confirmed link stays though it is not found, a rejected one stays rejected and untouched. With `adds_only` (less was read than
    before: the summary of an article that was read whole) nothing goes, and the evidence that is there stays.
    """
    known = {(one.kind, one.code): one for one in stored}
    result = Changes()
    seen = set()
    for link in found:
        seen.add((link.kind, link.code))
        one = known.get((link.kind, link.code))
        if one is None:
            result.added.append(link)
        elif one.state != REJECTED and one.evidence != link.evidence and link.evidence and not (adds_only and one.evidence):
            result.renewed.append((one, link))
    if not adds_only:
        result.gone = [one for key, one in known.items() if key not in seen and one.state == READ]
    return result
