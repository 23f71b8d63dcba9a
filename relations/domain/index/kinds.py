"""Which line of the table of impacts a record belongs to, and which thread of like records follows it up."""

from __future__ import annotations

from typing import Final

from relations.reference.ladder import AIMS

FIRST_RUNGS: Final = ("recognition", "diplomatic_relations")
LEADERS: Final = ("head_of_state", "head_of_government")
TREATIES: Final = ("treaty",)
AGREEMENTS: Final = ("agreement", "memorandum", "plan")
LEADERS_SESSIONS: Final = ("summit", "head_of_state_diplomacy", "prime_ministers")
MINISTERS_SESSIONS: Final = (
    "committee",
    "foreign_ministers",
    "strategic_dialogue",
    "ministerial",
    "parliamentary",
    "party_dialogue",
)
EVENTS: Final = {
    "border_agreement": "event_border",
    "visa": "event_easing",
    "energy": "event_works",
    "transport": "event_works",
    "trade": "event_economy",
    "investment": "event_economy",
    "loan": "event_economy",
    "security": "event_security",
}
"""Kind of event → kind of impact where it strained nothing; the others are `event_society`."""
FRICTIONS: Final = {
    "protest": "friction_protest",
    "crisis": "friction_crisis",
    "security": "friction_security",
    "sanction": "friction_sanction",
    "trade": "friction_closure",
    "energy": "friction_closure",
    "transport": "friction_closure",
    "visa": "friction_closure",
}
"""Kind of event → kind of impact where an editor marked it as a friction; the others are `friction_other`."""


def of_status(level: str) -> str:
    """Recognition and diplomatic relations, a status raised after them, an aim beside the ladder."""
    if level in AIMS:
        return "status_aim"
    return "status_relations" if level in FIRST_RUNGS else "status_raised"


def of_document(kind: str, level: str) -> str:
    """A treaty; an agreement, memorandum or plan; a declaration, statement or communiqué of leaders, or of others."""
    if kind in TREATIES:
        return "treaty"
    if kind in AGREEMENTS:
        return "agreement"
    return "declaration_leaders" if level in LEADERS else "declaration_other"


def of_visit(kind: str, leader: bool) -> str:
    """A leader's state visit, another visit for the relationship, a visit for something else; a visit of anybody else."""
    if not leader:
        return "visit_other"
    if kind == "state":
        return "visit_state"
    return "visit_leader" if kind in ("official", "working") else "visit_aside"


def of_session(mechanism_kind: str) -> str:
    """By who meets in the mechanism: leaders, ministers, others."""
    if mechanism_kind in LEADERS_SESSIONS:
        return "session_leaders"
    return "session_ministers" if mechanism_kind in MINISTERS_SESSIONS else "session_other"


def of_event(kind: str, friction: bool) -> str:
    """By the kind of event; an editor's mark, not the kind, says whether it strained the relationship."""
    return FRICTIONS.get(kind, "friction_other") if friction else EVENTS.get(kind, "event_society")
