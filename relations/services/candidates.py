"""Candidates as editors work on them: opened, corrected, rejected, divided, taken up again. `acceptance` makes declarations of them.

Whoever changes a candidate says which version he saw. The change is made where that is still the version, in one conditional
update; otherwise nothing is written and `Stale` tells who was faster.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from relations.domain.review import OPEN_FOR, Draft, changed, dyad_of, forgotten_before, form_of, parted, still_open, written
from relations.models import Candidate
from relations.models.choices import CandidateState, FullText

LONGEST_REASON: Final = 300
_AT_ONCE: Final = 500
SAVED, ACCEPTED, REJECTED, REOPENED, DIVIDED = "saved", "accepted", "rejected", "reopened", "divided"
"""The first word of a reason in the history: what was done. The names of fields follow it."""


class NotPossible(Exception):
    """An editor asked for what cannot be done; the message says why, to be shown."""


class Gone(Exception):
    """There is no such candidate (any more)."""


@dataclass(frozen=True)
class Change:
    """What somebody did to a candidate: one of the words above, and the fields it touched."""

    who: str
    when: dt.datetime
    what: str
    fields: tuple[str, ...] = ()


class Stale(Exception):
    """Somebody was faster: `candidate` as it is stored now, and what was done since the version that was seen, the latest first."""

    def __init__(self, candidate: Candidate, changes: list[Change]) -> None:
        super().__init__(f"candidate {candidate.pk} is at version {candidate.version}")
        self.candidate = candidate
        self.changes = changes


@dataclass(frozen=True)
class Presence:
    """Another editor who has the candidate open."""

    who: str
    since: dt.datetime


# ---- Who has it open --------------------------------------------------------------------------------------------------------


def mark_open(pk: int, user: Any, now: dt.datetime) -> Presence | None:
    """Note that an editor has a candidate open, and tell who else has, so that both learn of each other.

    The first mark stays with whoever was first, until he leaves; the second is that of whoever came last.
    Raises Gone for a candidate that is not stored.
    """
    waiting = Candidate.objects.filter(pk=pk, state=CandidateState.PENDING)
    mine = Q(opened_by=user) | Q(opened_by__isnull=True) | Q(opened__lt=now - OPEN_FOR)
    if not waiting.filter(mine).update(opened_by=user, opened=now):
        waiting.update(joined_by=user, joined=now)
    candidate = Candidate.objects.select_related("opened_by", "joined_by").filter(pk=pk).first()
    if candidate is None:
        raise Gone
    return presence(candidate, user, now)


def presence(candidate: Candidate, user: Any, now: dt.datetime) -> Presence | None:
    """Who else has a candidate open, as far as its page has said so lately."""
    marks = ((candidate.opened_by, candidate.opened), (candidate.joined_by, candidate.joined))
    others = (Presence(str(who), since) for who, since in marks if since and who not in (None, user) and still_open(since, now))
    return next(others, None)


# ---- Changes ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def save(pk: int, version: int, draft: Draft, user: Any, now: dt.datetime) -> Candidate:
    """Keep an editor's draft. A draft in which nothing changed is not stored again. Raises Stale, or Gone."""
    candidate = seen(pk, version)
    differing = changed(form_of(candidate.draft), draft)
    if not differing:
        return candidate
    values = {"draft": written(candidate.draft, draft), "dyad": dyad_of(draft.parties), "opened_by": user, "opened": now}
    return step(candidate, user, reason(SAVED, differing), **values)


@transaction.atomic
def reject(pk: int, version: int, why: str, user: Any, now: dt.datetime) -> Candidate:
    """Set a candidate aside with the reason; its text stays for a while. Raises NotPossible without a reason, Stale, or Gone."""
    why = " ".join(why.split())
    if not why:
        raise NotPossible(_("Say why: the reason is kept."))
    if len(why) > LONGEST_REASON:
        raise NotPossible(_("The reason is too long: %(most)s characters at most.") % {"most": LONGEST_REASON})
    candidate = seen(pk, version)
    values = {"state": CandidateState.REJECTED, "reason": why, **decided(user, now)}
    return step(candidate, user, REJECTED, **values)


@transaction.atomic
def reopen(pk: int, version: int, user: Any) -> Candidate:
    """Undo a rejection; a text that is forgotten comes back where the item still tells it.

    Raises NotPossible for what was not rejected, Stale, or Gone.
    """
    candidate = seen(pk, version, state=None)
    if candidate.state != CandidateState.REJECTED:
        raise NotPossible(_("Only what was rejected can be taken up again."))
    values = {"state": CandidateState.PENDING, "reason": "", "decided_by": None, "decided": None, "text": _text_again(candidate)}
    return step(candidate, user, REOPENED, **values)


@transaction.atomic
def split(
    pk: int, version: int, draft: Draft, moved: Iterable[int], user: Any, *, kind: str = "", parties: Iterable[str] = ()
) -> tuple[Candidate, Candidate]:
    """Make two candidates of one whose article reports two documents: the provisions at the places `moved` go to the second.

    Gives both, the second one new, of the same story and article. Raises NotPossible where both would be the same.
    """
    candidate = seen(pk, version)
    stays, goes = parted(draft, moved, kind, parties)
    if not goes.provisions and (goes.kind, goes.parties) == (stays.kind, stays.parties):
        raise NotPossible(_("Tick the provisions that belong to the second document, or give it another kind or other parties."))
    item = candidate.article
    second = Candidate(
        story_id=candidate.story_id,
        dyad=dyad_of(goes.parties),
        text=candidate.text,
        draft={**written(candidate.draft, goes), "article": item.pk if item else None, "divided_from": candidate.pk},
        created=candidate.created,
    )
    second._change_reason = DIVIDED  # type: ignore[attr-defined]
    second._history_user = user  # type: ignore[attr-defined]
    first = step(candidate, user, reason(DIVIDED, ["provisions"]), draft=written(candidate.draft, stays), dyad=dyad_of(stays.parties))
    second.save()
    return first, second


# ---- What every change does ---------------------------------------------------------------------------------------------------


def seen(pk: int, version: int, state: str | None = CandidateState.PENDING) -> Candidate:
    """The candidate, where it is as the editor saw it and still waits. Raises Stale or Gone."""
    candidate = Candidate.objects.select_related("story", "item__outlet", "declaration").filter(pk=pk).first()
    if candidate is None:
        raise Gone
    if candidate.version != version or (state is not None and candidate.state != state):
        raise Stale(candidate, changes_since(candidate, version))
    return candidate


def step(candidate: Candidate, user: Any, why: str, **values: Any) -> Candidate:
    """One step of a candidate: the conditional update, and its entry in the history. Raises Stale where somebody came between."""
    stored = Candidate.objects.filter(pk=candidate.pk, version=candidate.version, state=candidate.state)
    if not stored.update(version=F("version") + 1, **values):
        current = Candidate.objects.select_related("story", "item__outlet", "declaration").filter(pk=candidate.pk).first()
        if current is None:
            raise Gone
        raise Stale(current, changes_since(current, candidate.version))
    current = Candidate.objects.select_related("story", "item__outlet", "declaration").get(pk=candidate.pk)
    by = user if isinstance(user, AbstractBaseUser) else None
    Candidate.history.bulk_history_create([current], update=True, default_user=by, default_change_reason=why)
    return current


def changes_since(candidate: Candidate, version: int) -> list[Change]:
    """What was done to a candidate after a version, the latest first; the last ten."""
    entries = candidate.history.filter(version__gt=version).select_related("history_user").order_by("-version", "-history_id")[:10]
    return [_change(entry) for entry in entries]


def _change(entry: Any) -> Change:
    what, _colon, names = (entry.history_change_reason or "").partition(": ")
    who = entry.history_user.get_username() if entry.history_user else ""
    return Change(who, entry.history_date, what, tuple(names.split(", ")) if names else ())


def reason(what: str, names: Iterable[str]) -> str:
    """What stands in the history, as `_change` reads it."""
    return f"{what}: {', '.join(names)}"[:100]


def forget_texts(now: dt.datetime) -> int:
    """Forget the texts of what was decided long enough ago, but those of official outlets. How many were forgotten."""
    decided = Candidate.objects.exclude(state=CandidateState.PENDING).exclude(text="").filter(decided__lt=forgotten_before(now))
    # Those divided from another have their article by the draft alone, so that the last word is Python's.
    rows = decided.exclude(item__outlet__full_text=FullText.WHOLE).select_related("item__outlet").defer("text").order_by("pk")
    gone = [row.pk for row in rows.iterator(chunk_size=200) if not _official(row)]
    for start in range(0, len(gone), _AT_ONCE):
        Candidate.objects.filter(pk__in=gone[start : start + _AT_ONCE]).exclude(state=CandidateState.PENDING).update(text="")
    return len(gone)


def _official(candidate: Candidate) -> bool:
    item = candidate.article
    return item is not None and item.outlet.full_text == FullText.WHOLE


def _text_again(candidate: Candidate) -> str:
    """The text that the evidence points into, put together again from what is stored of the item; empty where it is another now."""
    item = candidate.article
    if candidate.text or item is None:
        return candidate.text
    article = getattr(item, "article", None)
    bodies = [body for body in (article.text if article else "", item.summary) if body]
    statements = [one for one in form_of(candidate.draft).provisions if one.start is not None]
    for body in bodies:
        text = f"{item.title}\n\n{body}"
        if statements and all(text[one.start : one.end] == one.text for one in statements):
            return text
    return ""


def decided(user: Any, now: dt.datetime) -> dict[str, Any]:
    """The values of a candidate that is decided: by whom and when, and nobody has it open."""
    nobody = dict.fromkeys(("opened_by", "opened", "joined_by", "joined"))
    return {"decided_by": user, "decided": now, **nobody}
