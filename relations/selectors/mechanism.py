"""One mechanism: what it is, when it met, what it is part of, and what the declarations say of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language

from relations.domain.backtest import Score, Trial, score, trials_of
from relations.domain.cadence import Cadence, Interval
from relations.domain.partial_date import PartialDate
from relations.models import Mechanism, Provision, Session
from relations.reference.languages import LANGUAGES, field_suffix
from relations.selectors.cadences import MechanismLine, past_of, read_family
from relations.selectors.mechanisms import HealthRow, health_row

SESSIONS_SHOWN: Final = 40
PROVISIONS_SHOWN: Final = 25


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session with all that is known of it. `gap_before` is the silence that ended with it, where it is long."""

    pk: int
    date: PartialDate
    number: int | None
    place: str
    format: str
    chairs: tuple[Any, ...]
    outcome: str
    verification: str
    sources: tuple[Any, ...]
    note: str
    url: str
    ahead: bool
    gap_before: Interval | None


@dataclass(frozen=True, slots=True)
class ProvisionLine:
    """A provision that names the mechanism; its verification is its own or that of its declaration."""

    number: int
    side: str
    topics: tuple[str, ...]
    text: str
    verification: str
    url: str


@dataclass(frozen=True, slots=True)
class DeclarationProvisions:
    """The provisions of one declaration that name the mechanism."""

    title: str
    date: PartialDate
    dyad: str
    parties: tuple[str, ...]
    url: str
    provisions: tuple[ProvisionLine, ...]


@dataclass(frozen=True, slots=True)
class MechanismPage:
    """All that the page of a mechanism shows.

    `titles` are those in the other languages (code, title); `sessions` the newest first, `sessions_total` of them in all;
    `declarations` the newest first, with `provisions_total` provisions that name the mechanism. `last` is the last session
    held; `trials`, the newest first, what the forecast would have said at each session and `score` what they add up to.
    """

    mechanism: Mechanism
    row: HealthRow
    titles: tuple[tuple[str, str], ...]
    parent: Mechanism | None
    children: tuple[HealthRow, ...]
    sessions: tuple[SessionRow, ...]
    sessions_total: int
    declarations: tuple[DeclarationProvisions, ...]
    provisions_total: int
    provisions_shown: int
    sources: tuple[Any, ...]
    last: SessionRow | None
    trials: tuple[Trial, ...]
    score: Score

    @property
    def cadence(self) -> Cadence:
        return self.row.cadence


def mechanism_page(slug: str, today: dt.date, *, everything: bool = False) -> MechanismPage | None:
    """The page of a mechanism as of `today`; None where there is none of this slug.

    Long lists are cut (SESSIONS_SHOWN, PROVISIONS_SHOWN) unless `everything` is asked for. Thirteen queries at most.
    """
    mechanism = Mechanism.objects.select_related("parent").with_sources().filter(slug=slug).first()
    if mechanism is None:
        return None
    sessions = list(mechanism.sessions.with_sources().prefetch_related("chairs__person").order_by("date", "number", "pk"))
    family = read_family(today, MechanismLine.of(mechanism))
    read = family.own
    rows = _session_rows(sessions, read.cadence, today)
    trials = trials_of(past_of(read.mechanism, read.sessions, today), family.experience)[::-1]
    provisions = _provisions(mechanism)
    shown = provisions if everything else provisions[:PROVISIONS_SHOWN]
    parent = mechanism.parent
    return MechanismPage(
        mechanism=mechanism,
        row=health_row(read, parent.slug if parent else ""),
        titles=_other_titles(mechanism),
        parent=parent,
        children=tuple(health_row(child, slug) for child in family.parts),
        sessions=tuple(rows if everything else rows[:SESSIONS_SHOWN]),
        sessions_total=len(rows),
        declarations=_by_declaration(shown),
        provisions_total=len(provisions),
        provisions_shown=len(shown),
        sources=tuple(mechanism.cited_sources),
        last=next((row for row in rows if not row.ahead), None),
        trials=tuple(trials if everything else trials[:SESSIONS_SHOWN]),
        score=score(trials),
    )


def _session_rows(sessions: list[Session], found: Cadence, today: dt.date) -> list[SessionRow]:
    """The newest first."""
    gaps = {(gap.end.date, gap.end.number): gap for gap in found.gaps}
    rows = [
        SessionRow(
            pk=session.pk,
            date=PartialDate.parse(session.date),
            number=session.number,
            place=session.place or "",
            format=session.format,
            chairs=tuple(session.chairs.all()),
            outcome=session.outcome,
            verification=session.verification,
            sources=tuple(session.cited_sources),
            note=session.note,
            url=reverse("web:record", args=["session", session.pk]),
            ahead=PartialDate.parse(session.date).first > today,
            gap_before=gaps.get((PartialDate.parse(session.date), session.number)),
        )
        for session in sessions
    ]
    return rows[::-1]


def _provisions(mechanism: Mechanism) -> list[Provision]:
    """Published provisions that name the mechanism, of the newest declaration first, in the order of the text."""
    rows = Provision.objects.published().filter(mechanisms=mechanism).select_related("declaration")
    return list(rows.order_by("-declaration__date", "-declaration__pk", "position"))


def _by_declaration(provisions: list[Provision]) -> tuple[DeclarationProvisions, ...]:
    found = []
    for _pk, members in groupby(provisions, key=lambda provision: provision.declaration_id):
        rows = list(members)
        declaration = rows[0].declaration
        url = declaration.get_absolute_url()
        lines = tuple(
            ProvisionLine(
                row.position, row.side, row.topics, row.text, row.verification or declaration.verification, f"{url}#p{row.position}"
            )
            for row in rows
        )
        date = PartialDate.parse(declaration.date)
        found.append(DeclarationProvisions(str(declaration.title), date, declaration.dyad_id, tuple(declaration.parties), url, lines))
    return tuple(found)


def _other_titles(mechanism: Mechanism) -> tuple[tuple[str, str], ...]:
    """The titles in the languages that the page is not in, as far as there are any."""
    here = get_language() or "en"
    titles = ((code, getattr(mechanism, f"title_{field_suffix(code)}")) for code in LANGUAGES if code != here)
    return tuple((code, title) for code, title in titles if title and title != mechanism.title)
