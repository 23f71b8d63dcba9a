"""Readings → candidates for the editors' desk, in the caller's transaction. The rules stand in `domain.linking.drafting`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from relations.domain.linking.drafting import Action, Draft, Drafted, action
from relations.models import Candidate
from relations.models.choices import CandidateState
from relations.services import stories

_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Told:
    """What was read of an item of a story: the draft by its rules, its dyad (empty without one) and the reader's JSON."""

    draft: Draft
    story: int
    dyad: str
    content: dict[str, Any]


def write(told: Sequence[Told], now: dt.datetime) -> tuple[int, int]:
    """Make, complete and withdraw candidates as these readings ask for; how many were made and completed.

    Readings of the same story are taken in their order. At most seven queries, and one more for each fifty rows.
    """
    if any(one.draft.document for one in told):
        stories.alone()  # nobody else makes a candidate of the same story meanwhile
    rows, known = _stored(told)
    made: dict[int, Candidate] = {}
    completed: dict[int, Candidate] = {}
    withdrawn: list[int] = []
    for number, one in enumerate(told):
        of_story = known[one.story]
        # Those of its own come along wherever their story has gone.
        own = [each for group in known.values() for each in group if each.item == one.draft.item and each not in of_story]
        what, which = action(one.draft, [*own, *of_story])
        if what is Action.CREATE:
            # Numbers below zero stand for rows that are still to be made.
            known[one.story].append(Drafted(-number - 1, one.draft.item, CandidateState.PENDING, False, one.draft.text, one.draft.whole))
            made[-number - 1] = _filled(Candidate(created=now, story_id=one.story), one)
        elif what is Action.COMPLETE and which is not None:
            row = made.get(which.pk) or rows[which.pk]
            if which.pk in rows:
                row.version += 1
                completed[which.pk] = row
            _filled(row, one)
            group = next(group for group in known.values() if which in group)
            group[group.index(which)] = Drafted(which.pk, one.draft.item, which.state, False, one.draft.text, one.draft.whole)
        elif what is Action.WITHDRAW and which is not None:
            withdrawn.append(which.pk)
            for group in known.values():
                if which in group:
                    group.remove(which)
    _save(made, completed, withdrawn)
    return len(made), len(completed)


def _filled(row: Candidate, one: Told) -> Candidate:
    row.item_id, row.text, row.draft, row.dyad = one.draft.item, one.draft.text, one.content, one.dyad
    return row


def _stored(told: Sequence[Told]) -> tuple[dict[int, Candidate], defaultdict[int, list[Drafted]]]:
    """The candidates of these stories and items, by key and by story, locked."""
    by_hand = Candidate.history.filter(id=OuterRef("pk"), history_user__isnull=False)
    wanted = Q(story__in={one.story for one in told}) | Q(item__in=[one.draft.item for one in told])
    found = Candidate.objects.select_for_update(of=("self",)).filter(wanted).order_by("pk")
    rows: dict[int, Any] = {row.pk: row for row in found.annotate(by_hand=Exists(by_hand)).select_related("item__reading")}
    known: defaultdict[int, list[Drafted]] = defaultdict(list)
    for row in rows.values():
        whole = bool(row.item is not None and getattr(row.item, "reading", None) and row.item.reading.whole)
        touched = row.opened is not None or bool(row.by_hand)
        known[row.story_id].append(Drafted(row.pk, row.item_id, row.state, touched, row.text, whole))
    return rows, known


def _save(made: dict[int, Candidate], completed: dict[int, Candidate], withdrawn: Sequence[int]) -> None:
    if withdrawn:
        Candidate.objects.filter(pk__in=withdrawn).delete()
    if made:
        bulk_create_with_history(list(made.values()), Candidate, batch_size=_AT_ONCE)
    left = [row for pk, row in completed.items() if pk not in withdrawn]
    if left:
        bulk_update_with_history(left, Candidate, ["item", "text", "draft", "dyad", "version"], batch_size=_AT_ONCE)
