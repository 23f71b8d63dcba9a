"""The rules of the files, with the codes that the models know."""

from __future__ import annotations

from typing import Final

from relations.domain.dataset import validate
from relations.models import choices

from .contents import Tree
from .report import DatasetRefused

CODES: Final = {
    "verification": frozenset(choices.Verification.values),
    "state": frozenset(choices.State.values),
    "proposer": frozenset([*choices.State.values, ""]),
    "side": frozenset(choices.Side.values),
    "dyad": frozenset(choices.DyadCode.values),
    "status level": frozenset(choices.Level.values),
    "declaration kind": frozenset(choices.DeclarationKind.values),
    "declaration level": frozenset(choices.DeclarationLevel.values),
    "state of publication": frozenset(choices.PublicationState.values),
    "topic": frozenset(choices.Topic.values),
    "mechanism kind": frozenset(choices.MechanismKind.values),
    "mechanism status": frozenset(choices.MechanismStatus.values),
    "session format": frozenset(choices.SessionFormat.values),
    "visit kind": frozenset(choices.VisitKind.values),
    "event kind": frozenset(choices.EventKind.values),
    "qualifier": frozenset(choices.Qualifier.values),
    "outlet kind": frozenset(choices.OutletKind.values),
    "feed format": frozenset(choices.FeedFormat.values),
    "feed confidence": frozenset(choices.FeedConfidence.values),
}


def refuse_invalid(tree: Tree) -> None:
    """Raise DatasetRefused with everything that keeps the files from being loaded, if anything does."""
    problems = validate.check(tree, CODES)
    if problems:
        raise DatasetRefused([str(problem) for problem in problems])
