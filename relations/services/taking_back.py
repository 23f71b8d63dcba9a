"""An acceptance is undone: the declaration that it made goes, and the candidate waits again. One transaction.

Only as long as the declaration is what the acceptance made of it: a draft in whose history, and in that of its rows, nothing has
been written since, and to which no other record leads.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from relations.models import (
    Candidate,
    Declaration,
    DeclarationCitation,
    DeclarationText,
    Provision,
    ProvisionCitation,
    Reference,
    Signatory,
    Source,
)
from relations.models.choices import CandidateState, PublicationState
from relations.services import candidates, news_counts

MADE: Final = "made"
"""The key of a draft's JSON under which stands what its acceptance made."""


def noted(declaration: Declaration, source: Source | None) -> dict[str, Any]:
    """What an acceptance has made, to be kept with the draft; the source only where it is new."""
    return {"declaration": declaration.pk, "source": source.pk if source else None, "entries": _entries(declaration)}


def may_take_back(candidate: Candidate) -> bool:
    """Whether the acceptance of a candidate can be undone. A dozen small queries, none for what is not accepted."""
    return _made(candidate) is not None


@transaction.atomic
def take_back(pk: int, version: int, user: Any) -> Candidate:
    """Undo an acceptance: the declaration goes with its provisions, and with its source where nothing else cites it.

    Raises candidates.NotPossible where the declaration is more than the acceptance made of it, Stale, or Gone.
    """
    candidate = candidates.seen(pk, version, state=None)
    declaration = _made(candidate, locked=True)
    if declaration is None:
        raise candidates.NotPossible(_("Only an acceptance whose declaration is still the draft that it made can be taken back."))
    note = candidate.draft[MADE]
    draft = {key: value for key, value in candidate.draft.items() if key != MADE}
    values = {"state": CandidateState.PENDING, "draft": draft, "declaration": None, "decided_by": None, "decided": None}
    waiting = candidates.step(candidate, user, candidates.REOPENED, **values)
    declaration._history_user = user  # type: ignore[attr-defined]
    declaration.delete()
    _forget_source(note.get("source"), user)
    item = candidate.article
    if item is not None:
        news_counts.recount([news_counts.month_of(item.sort_time)])
    return waiting


def _made(candidate: Candidate, *, locked: bool = False) -> Declaration | None:
    """The declaration that an acceptance made, where nothing has become of it since; else None."""
    note = candidate.draft.get(MADE) if isinstance(candidate.draft, dict) else None
    pk = candidate.declaration_id
    if candidate.state != CandidateState.ACCEPTED or pk is None or not isinstance(note, dict) or note.get("declaration") != pk:
        return None
    rows = Declaration.objects.select_for_update() if locked else Declaration.objects
    declaration = rows.filter(pk=pk, state=PublicationState.DRAFT).first()
    if declaration is None or _entries(declaration) != note.get("entries"):
        return None
    led_to = (declaration.invoked_by, declaration.visits, declaration.statuses, declaration.candidates.exclude(pk=candidate.pk))
    return None if any(records.exists() for records in led_to) else declaration


def _entries(declaration: Declaration) -> int:
    """How many entries the histories of a declaration and of its rows have: one more with every change."""
    own = declaration.history.count()  # type: ignore[attr-defined]
    rows = (Provision, Reference, Signatory, DeclarationText, DeclarationCitation)
    provisions = list(declaration.provisions.values_list("pk", flat=True))
    cited = ProvisionCitation.history.filter(provision_id__in=provisions).count()
    return int(own + cited + sum(model.history.filter(declaration_id=declaration.pk).count() for model in rows))


def _forget_source(pk: int | None, user: Any) -> None:
    source = Source.objects.filter(pk=pk).first() if pk is not None else None
    if source is None or source.history.count() > 1:
        return
    source._history_user = user  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            source.delete()
    except ProtectedError:
        return  # something else cites it by now
