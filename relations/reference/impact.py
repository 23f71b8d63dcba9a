"""What the relationship index counts with: the impact of each kind of record, the bands of the score, the odds of reports.

The impacts are the house's own judgement on the scale of the method (Yan Xuetong and Zhou Fangyin, Tsinghua), where the
score runs from −9 to 9. They seed the table that editors change in the admin; docs/method.md names every one of them.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Impact(NamedTuple):
    """How far a record of a kind moves the score from 0, whether its effect lasts, whether it is an act of governments."""

    weight: float
    lasting: bool = False
    official: bool = True


IMPACTS: Final[dict[str, Impact]] = {
    "status_relations": Impact(0.6, lasting=True),
    "status_raised": Impact(0.8, lasting=True),
    "status_aim": Impact(0.4, lasting=True),
    "treaty": Impact(0.6, lasting=True),
    "agreement": Impact(0.1, lasting=True),
    "declaration_leaders": Impact(0.3),
    "declaration_other": Impact(0.1),
    "visit_state": Impact(0.3),
    "visit_leader": Impact(0.2),
    "visit_aside": Impact(0.1),
    "visit_other": Impact(0.05),
    "session_leaders": Impact(0.15),
    "session_ministers": Impact(0.1),
    "session_other": Impact(0.05),
    "event_border": Impact(0.3, lasting=True),
    "event_easing": Impact(0.2, lasting=True),
    "event_works": Impact(0.1, lasting=True, official=False),
    "event_economy": Impact(0.05, official=False),
    "event_security": Impact(0.1),
    "event_society": Impact(0.05, official=False),
    "friction_protest": Impact(-0.1, official=False),
    "friction_crisis": Impact(-0.4),
    "friction_security": Impact(-0.2, official=False),
    "friction_closure": Impact(-0.3),
    "friction_sanction": Impact(-0.8),
    "friction_other": Impact(-0.1, official=False),
}
"""Kind of record → its impact, in the order in which tables show them."""

FURTHEST: Final = 9
"""The score runs from −9 to 9: N of the formula."""

BANDS: Final = (
    ("confrontation", -9),
    ("tension", -6),
    ("discord", -3),
    ("ordinary", 0),
    ("good", 3),
    ("friendly", 6),
)
"""Each band and where it begins; it ends below the next, the last at 9."""

FIRST_YEAR: Final = 1992
"""The series begins with January of this year."""

SPREAD: Final = 0.5
"""In a resample the impact of each kind lies evenly between so much less and so much more of what the table says."""

DOUBT: Final = {"single": 0.25}
"""Verification → how often a resample leaves such a record out. Records without a source are no part of the index."""

LEFT_OUT: Final = "memory"

RESAMPLES: Final = 2000
SHARE: Final = 0.9
"""So much of the resamples lies inside the band of uncertainty, as much of the rest above it as below."""
SEED: Final = 1992

FOLLOW_UP_MONTHS: Final = 24
"""With a half-life: an effect stays whole for so long after the last record of its thread, then it fades."""
LONGEST_HALF_LIFE: Final = 600
"""Months: what the address may ask for."""
