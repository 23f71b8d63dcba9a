"""Who published the pages that records of several kinds stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import CharField, QuerySet, Value

from relations.models import Citation, DeclarationCitation, EventCitation, SessionCitation, StatusCitation, VisitCitation
from relations.models.source import host_of
from relations.selectors.statement import Named, Statement, columns

SHOWN: Final = 3
"""So many publishers are named beside a record."""

_CITATIONS: Final[dict[str, type[Citation]]] = {
    "event": EventCitation,
    "visit": VisitCitation,
    "session": SessionCitation,
    "declaration": DeclarationCitation,
    "status": StatusCitation,
}


def _cited(kind: str) -> QuerySet[Any]:
    rows = _CITATIONS[kind]._default_manager.filter(**{f"{kind}__in": Named(kind)}).order_by()
    of_kind = Value(kind, output_field=CharField())
    return columns(rows, of_kind, f"{kind}_id", "position", "pk", "source__publisher", "source__url")


_CITED: Final = Statement(lambda: [_cited(kind) for kind in _CITATIONS])


def first_publishers(records: Sequence[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, ...]]:
    """The publishers that each record cites first (its host where none is known), by kind (event, visit, session, declaration,
    status) and key; a record without sources is left out. One query, none where there is no record.
    """
    if not records:
        return {}
    named: dict[tuple[str, int], dict[str, None]] = {}
    for kind, pk, _position, _citation, publisher, url in sorted(
        _CITED.rows(**{kind: [pk for of, pk in records if of == kind] for kind in _CITATIONS})
    ):
        named.setdefault((kind, pk), {})[publisher or host_of(url)] = None
    return {record: tuple(names)[:SHOWN] for record, names in named.items()}
