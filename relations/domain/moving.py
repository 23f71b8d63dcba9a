"""A feed that redirects for good: when its new address becomes a proposal. Pure.

A server that is misconfigured for an evening must not carry off a feed, and neither must whoever holds it for a day: the
same target has to be seen on several days, with a readable feed behind it, and then an editor decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

DAYS: Final = 3
"""On so many distinct days the same target has to be seen."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is known of a move: the target, on how many days it was seen, the last of them, and the target that was rejected."""

    target: str = ""
    days: int = 0
    day: dt.date | None = None
    rejected: str = ""

    @property
    def is_proposal(self) -> bool:
        """An editor is to be asked."""
        return bool(self.target) and self.days >= DAYS and self.target != self.rejected


def seen(move: Move, target: str, today: dt.date) -> Move:
    """What is known after a fetch that succeeded and was redirected for good to `target`; empty where it was not redirected."""
    if not target:
        return Move(rejected=move.rejected)
    if target != move.target:
        return Move(target, 1, today, move.rejected)
    if move.day == today:
        return move
    return Move(target, min(move.days + 1, DAYS), today, move.rejected)
