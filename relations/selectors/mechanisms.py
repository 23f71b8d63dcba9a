"""The health of the mechanisms, and their tree by relationship."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from relations.domain.cadence import Cadence, State, Window
from relations.domain.partial_date import PartialDate
from relations.reference.parties import DYADS
from relations.selectors.agenda import short_mechanism_title
from relations.selectors.cadences import Held, Read, read_cadences

_ATTENTION = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One mechanism of a health table.

    `title` stands beside the pair, `full_title` alone. `sessions` are the dates of those held, `last` the last of them;
    `child` is true where the row stands under its parent in the same list, `children` how many it has in all.
    """

    pk: int
    slug: str
    dyad: str
    kind: str
    parent: str
    title: str
    full_title: str
    verification: str
    cadence: Cadence
    last: Held | None
    sessions: tuple[PartialDate, ...]
    children: int = 0
    child: bool = False
    depth: int = 0

    @property
    def url(self) -> str:
        return reverse("web:mechanism", args=[self.slug])

    @property
    def state(self) -> State:
        return self.cadence.state

    @property
    def expected(self) -> Window | None:
        """When the next session may be expected; None where no rhythm is known."""
        return self.cadence.expected

    @property
    def due(self) -> PartialDate | None:
        """What the line of sessions draws dashed: the announced session, else the last day of a declared rhythm, else the
        likeliest day."""
        if self.cadence.announced:
            return self.cadence.announced.date
        return PartialDate.of(self.cadence.aim) if self.cadence.aim else None


def health(
    today: dt.date,
    dyad: str | None = None,
    limit: int | None = None,
    *,
    watch: bool = False,
    mechanisms: Sequence[Read] | None = None,
) -> list[HealthRow]:
    """Mechanisms by the attention they ask for: overdue, due, the longest silence, then the rest.

    `dyad` leaves the others out, `limit` shows the first so many. `watch` is the choice of the overview: a child is left
    out unless it is overdue or due, since its silence is mostly that of the sources. Two queries, none where `mechanisms`
    are at hand.
    """
    read = read_cadences(today, dyad) if mechanisms is None else mechanisms
    rows = [row for row in _rows(read) if not watch or not row.parent or row.state in (State.OVERDUE, State.DUE)]
    return sorted(rows, key=attention)[:limit]


def attention(row: HealthRow) -> tuple[int, int, str, str]:
    """Sort key: by state, in it the most overdue, the soonest due, the longest silent first."""
    found = row.cadence
    if row.state in (State.OVERDUE, State.DUE, State.ON_TIME) and found.days_left is not None:
        urgency = found.days_left
    else:
        urgency = -(found.silence_days or 0)
    return (_ATTENTION[row.state], urgency, row.dyad, row.slug)


@dataclass(frozen=True, slots=True)
class Branch:
    """The mechanisms of one relationship: parents in the order of their list, each followed by its children.

    `silent_children` of `children` have no documented session; `more` rows are left out by a limit.
    """

    dyad: str
    rows: tuple[HealthRow, ...]
    total: int
    children: int
    silent_children: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class MechanismFilters:
    """What the page is asked for: relationships and states, empty for all."""

    dyads: tuple[str, ...] = ()
    states: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class MechanismsPage:
    """The tree, one branch a relationship, with how many mechanisms each choice would leave.

    `total` counts all mechanisms, `shown` those the filters leave; counts of a filter hold the other one fixed.
    """

    branches: tuple[Branch, ...]
    total: int
    shown: int
    by_dyad: dict[str, int]
    by_state: dict[State, int]
    states: dict[State, int]


def mechanisms_page(today: dt.date, filters: MechanismFilters | None = None) -> MechanismsPage:
    """Every mechanism that the filters leave, as a tree by relationship. Two queries."""
    filters = filters or MechanismFilters()
    rows = _rows(read_cadences(today))
    of_state = [row for row in rows if not filters.states or row.state in filters.states]
    of_dyad = [row for row in rows if not filters.dyads or row.dyad in filters.dyads]
    left = [row for row in of_state if not filters.dyads or row.dyad in filters.dyads]
    return MechanismsPage(
        branches=tuple(branch for code in DYADS if (branch := _branch(code, left)).rows),
        total=len(rows),
        shown=len(left),
        by_dyad=dict(Counter(row.dyad for row in of_state)),
        by_state=dict(Counter(row.state for row in of_dyad)),
        states=dict(Counter(row.state for row in rows)),
    )


def tree(today: dt.date, dyad: str, limit: int | None = None, *, mechanisms: Sequence[Read] | None = None) -> Branch:
    """The mechanisms of one relationship, each with its children; with a limit those that ask for attention first.

    A child is kept with its parent only where both are among those shown. Two queries, none where `mechanisms` are at hand.
    """
    rows = _rows(read_cadences(today, dyad) if mechanisms is None else mechanisms)
    branch = _branch(dyad, rows)
    if limit is None or len(rows) <= limit:
        return branch
    kept = {row.pk for row in sorted(rows, key=_worth_showing)[:limit]}
    return replace(branch, rows=_nested([row for row in rows if row.pk in kept]))


def _worth_showing(row: HealthRow) -> tuple[bool, tuple[int, int, str, str]]:
    """Those that met at all before those of which no session is documented or that ended."""
    return (row.state in (State.NO_SESSION, State.DORMANT, State.ENDED), attention(row))


def _branch(dyad: str, rows: Sequence[HealthRow]) -> Branch:
    own = [row for row in rows if row.dyad == dyad]
    children = [row for row in own if row.parent]
    silent = sum(1 for row in children if row.state is State.NO_SESSION)
    return Branch(dyad, _nested(own), len(own), len(children), silent)


def _nested(rows: Sequence[HealthRow]) -> tuple[HealthRow, ...]:
    """Parents in their order, each followed by its children; one whose parent is not in the list stands by itself."""
    present = {row.slug for row in rows}
    under: dict[str, list[HealthRow]] = {}
    for row in rows:
        under.setdefault(row.parent if row.parent in present else "", []).append(row)

    def walk(parent: str, depth: int) -> Iterable[HealthRow]:
        for row in under.get(parent, ()):
            yield replace(row, child=depth > 0, depth=depth)
            yield from walk(row.slug, depth + 1)

    return tuple(walk("", 0))


def _rows(mechanisms: Sequence[Read]) -> list[HealthRow]:
    slugs = {read.mechanism.pk: read.mechanism.slug for read in mechanisms}
    children = Counter(read.mechanism.parent for read in mechanisms)
    return [health_row(read, slugs.get(read.mechanism.parent or 0, ""), children[read.mechanism.pk]) for read in mechanisms]


def health_row(read: Read, parent: str = "", children: int = 0) -> HealthRow:
    """The row of one mechanism; `parent` is the slug of the mechanism it is part of."""
    mechanism = read.mechanism
    return HealthRow(
        pk=mechanism.pk,
        slug=mechanism.slug,
        dyad=mechanism.dyad,
        kind=mechanism.kind,
        parent=parent,
        title=short_mechanism_title(mechanism.title, mechanism.dyad),
        full_title=mechanism.title,
        verification=mechanism.verification,
        cadence=read.cadence,
        last=read.last,
        sessions=tuple(session.date for session in read.sessions[: read.cadence.count]),
        children=children,
    )
