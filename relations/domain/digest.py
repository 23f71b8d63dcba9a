"""The daily letter about feeds: what belongs in it, and whether it is to be written at all. Pure; `now` is an argument."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from relations.domain.feed_health import Outage, State, Vitals

LASTING: Final = 3
"""A feed that failed so often in a row fails for good, as far as a letter goes: one failure of an hour is nobody's business."""


class Trouble(enum.StrEnum):
    """Why a feed stands in the letter."""

    NEEDS_HUMAN = "needs_human"
    MOVED = "moved"
    FAILING = "failing"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class Case:
    """A trouble of a feed; `feed` is None for what concerns all of them. `code` is the failure, or the proposed address."""

    trouble: Trouble
    feed: int | None = None
    code: str = ""

    @property
    def key(self) -> str:
        """By what it is known again. Feeds fail in turns for several reasons: another one makes no new trouble."""
        code = "" if self.trouble is Trouble.FAILING else self.code
        return f"{self.trouble}:{self.feed or ''}:{code}"


@dataclass(frozen=True, slots=True)
class Patient:
    """What is known of a feed, as far as the letter goes."""

    feed: int
    vitals: Vitals
    state: State
    failures: int = 0
    proposed_url: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The cases by what is new in them; `waiting` are older ones that still need somebody."""

    new: Sequence[Case]
    waiting: Sequence[Case]

    @property
    def worth_sending(self) -> bool:
        """Something new needs somebody. What merely fails is tried again by itself, and is told when there is a letter anyhow."""
        return any(case.trouble is not Trouble.FAILING for case in self.new)

    def of(self, trouble: Trouble) -> list[Case]:
        """The new cases of one kind."""
        return [case for case in self.new if case.trouble is trouble]


def cases_of(patients: Iterable[Patient], outage: Outage | None) -> list[Case]:
    """Every trouble there is now. What an outage covers is one trouble together."""
    found = [Case(Trouble.CUT_OFF)] if outage else []
    for patient in patients:
        vitals = patient.vitals
        if not vitals.working:
            continue
        if vitals.proposed:
            found.append(Case(Trouble.MOVED, patient.feed, patient.proposed_url))
        if outage and outage.covers(vitals):
            continue
        if vitals.needs_human:
            found.append(Case(Trouble.NEEDS_HUMAN, patient.feed, vitals.needs_human))
        elif vitals.failing_since and patient.failures >= LASTING:
            found.append(Case(Trouble.FAILING, patient.feed, vitals.error))
    return found


def letter(cases: Sequence[Case], told: Collection[str]) -> Letter:
    """What to write, given the keys of what was told before and still holds."""
    new = [case for case in cases if case.key not in told]
    waiting = [case for case in cases if case.key in told and case.trouble in {Trouble.NEEDS_HUMAN, Trouble.MOVED}]
    return Letter(new, waiting)


def still_told(cases: Iterable[Case], told: Collection[str]) -> list[str]:
    """The keys of what was told and still holds: what has passed is new when it comes back."""
    return [case.key for case in cases if case.key in told]


def is_time(now: dt.datetime, hour: int) -> bool:
    """Whether the letter of the day may be written: from this hour (UTC) on."""
    return now.astimezone(dt.UTC).hour >= hour
