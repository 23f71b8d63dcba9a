"""The history of a position: how one side words one topic from document to document, and what changed each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relations.domain.positions import Role, Stated
from relations.domain.wording import Change, Piece, difference, paired


class Kind(StrEnum):
    """What a provision is beside those of the document before: worded the same, reworded, or without a counterpart there."""

    FIRST = "first"
    SAME = "same"
    CHANGED = "changed"
    NEW = "new"


@dataclass(frozen=True)
class Wording:
    """One provision with its words marked against its counterpart; without one, they are a single piece and nothing is marked."""

    provision: Stated
    kind: Kind
    pieces: tuple[Piece, ...]
    before: Stated | None = None


@dataclass(frozen=True)
class Step:
    """What one document says on the topic for this side; `dropped` are provisions of the document before without a counterpart."""

    document: str
    date: str
    wordings: tuple[Wording, ...]
    dropped: tuple[Stated, ...] = ()
    before: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether it says the same as the document before, word for word."""
        return not self.dropped and all(wording.kind is Kind.SAME for wording in self.wordings)


@dataclass(frozen=True)
class Voice:
    """All that one side says on a topic, document by document in the order of date. `sides` are two where both and all speak in it."""

    role: Role
    sides: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def first(self) -> str:
        return self.steps[0].date

    @property
    def last(self) -> str:
        return self.steps[-1].date

    @property
    def provisions(self) -> int:
        return sum(len(step.wordings) for step in self.steps)


ORDER = (Role.PARTNER, Role.CHINA, Role.TOGETHER)
"""Those who speak alone come first: theirs are the positions that belong to one side."""


def history(stated: Iterable[Stated]) -> list[Voice]:
    """The provisions of one topic and one relationship as a history of each side, every document beside the one before it.

    What both or all state is one history; of several partners that speak alone each has its own.
    """
    by_voice: dict[tuple[int, str], dict[tuple[str, str], list[Stated]]] = {}
    for one in sorted(stated, key=lambda one: one.order):
        voice = ORDER.index(one.role), "" if one.role is Role.TOGETHER else one.side
        by_voice.setdefault(voice, {}).setdefault((one.date, one.document), []).append(one)
    voices = []
    for (place, _side), found in sorted(by_voice.items()):
        documents = list(found.values())
        sides = tuple(dict.fromkeys(one.side for members in documents for one in members))
        steps = [_step(members, documents[index - 1] if index else ()) for index, members in enumerate(documents)]
        voices.append(Voice(ORDER[place], sides, tuple(steps)))
    return voices


def _step(members: Sequence[Stated], before: Sequence[Stated]) -> Step:
    pairs = {j: i for i, j in paired([one.text for one in before], [one.text for one in members])}
    wordings = tuple(worded(one, before[pairs[j]] if j in pairs else None, alone=not before) for j, one in enumerate(members))
    dropped = tuple(one for i, one in enumerate(before) if i not in pairs.values())
    return Step(members[0].document, members[0].date, wordings, dropped, before[0].document if before else "")


def worded(provision: Stated, before: Stated | None, *, alone: bool = False) -> Wording:
    """A provision beside its counterpart. `alone`: there is nothing it could have had one in."""
    if before is None:
        return Wording(provision, Kind.FIRST if alone else Kind.NEW, (Piece(Change.SAME, provision.text),))
    pieces = difference(before.text, provision.text)
    same = all(piece.change is Change.SAME for piece in pieces)
    return Wording(provision, Kind.SAME if same else Kind.CHANGED, pieces, before)
