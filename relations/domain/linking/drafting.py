"""When the reading of an item becomes a candidate: one an item, one a story, and never over an editor's work."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PENDING: Final = "pending"
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


class Action(enum.Enum):
    """What becomes of a reading."""

    NOTHING = "nothing"
    CREATE = "create"
    COMPLETE = "complete"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read of an item. `document`: it is relevant, names a document, and no rule hides it; `whole`: the whole article was read."""

    item: int
    text: str
    document: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """A candidate as it is stored. `touched`: an editor has opened it; `whole`: its item's whole article was read."""

    pk: int
    item: int | None
    state: str
    touched: bool
    text: str
    whole: bool

    @property
    def open(self) -> bool:
        """Nobody has decided on it or begun to."""
        return self.state == PENDING and not self.touched


def action(draft: Draft, of_story: Sequence[Drafted]) -> tuple[Action, Drafted | None]:
    """What to do with a reading, given the candidates of its item and of its story.

    The candidate of the item itself is renewed, or withdrawn where nothing is left of the document, unless less was read than before.
    A longer report of the same story completes the story's candidate. What an editor has opened or decided stays as it is.
    """
    own = next((one for one in of_story if one.item == draft.item), None)
    if own is not None:
        if not own.open or (own.whole and not draft.whole):
            return Action.NOTHING, None
        return (Action.COMPLETE if draft.document else Action.WITHDRAW), own
    if not draft.document:
        return Action.NOTHING, None
    if not of_story:
        return Action.CREATE, None
    # A story that was joined of two may have several: nothing is added to what an editor is at.
    if all(one.open for one in of_story):
        longest = max(of_story, key=lambda one: weight(one.text))
        if weight(draft.text) > weight(longest.text):
            return Action.COMPLETE, longest
    return Action.NOTHING, None


def weight(text: str) -> int:
    """The length of a text in characters of an alphabet: a Chinese character says what three of them do."""
    return len(text) + 2 * len(_HAN.findall(text))
