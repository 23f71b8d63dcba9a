"""The links of news items as rows: written from a reading, confirmed, rejected and taken back by editors.

A link to a dyad stands twice: as a row with its evidence, and in `NewsItem.dyads`, by which lists filter. Both change together here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from relations.domain.linking.changes import Changes, Stored, changes
from relations.domain.linking.found import DECLARATION, DYAD, MECHANISM, PERSON, Found
from relations.models import NewsItem, NewsLink
from relations.models.choices import LinkKind, LinkState
from relations.services import news_counts

_DYADS = NewsItem.dyads.through
_RECORD: Final = {MECHANISM: "mechanism_id", PERSON: "person_id", DECLARATION: "declaration_id"}
"""Kinds whose code is the short name of a record, and the column of the record."""
_AT_ONCE: Final = 100

Records = Mapping[str, Mapping[str, int]]
"""Of each such kind the keys of the records by their short names."""


# ---- What editors do --------------------------------------------------------------------------------------------------------


def decide(link_pk: int, state: str, user: Any) -> NewsLink:
    """Confirm a link (`confirmed`), reject it (`rejected`), or take either back (`read`); the dyads and the counts follow.

    A rejected link is not read again, a confirmed one stays whatever is read. Raises NewsLink.DoesNotExist, and ValueError
    for a state that is none.
    """
    wanted = LinkState(state)
    with transaction.atomic():
        link = NewsLink.objects.select_for_update(of=("self",)).select_related("item").get(pk=link_pk)
        if link.state != wanted:
            undone = wanted == LinkState.READ
            link.state = wanted
            link.decided_by, link.decided = (None, None) if undone else (user, timezone.now())
            link.save(update_fields=["state", "decided_by", "decided"])
            if link.kind == LinkKind.DYAD:
                _set_dyad(link.item_id, link.code, stands=wanted != LinkState.REJECTED)
            news_counts.recount({news_counts.month_of(link.item.sort_time)})
    return link


@transaction.atomic
def dyads_by_hand(item: NewsItem, before: Collection[str], after: Collection[str], user: Any) -> None:
    """Note that an editor has chosen the dyads of an item: those added are confirmed, those taken away rejected."""
    now = timezone.now()
    for codes, state in ((set(after) - set(before), LinkState.CONFIRMED), (set(before) - set(after), LinkState.REJECTED)):
        for code in codes:
            NewsLink.objects.update_or_create(
                item=item, kind=LinkKind.DYAD, code=code, defaults={"state": state, "decided_by": user, "decided": now}
            )
    if set(before) != set(after):
        news_counts.recount({news_counts.month_of(item.sort_time)})


def _set_dyad(item: int, code: str, *, stands: bool) -> None:
    if stands:
        _DYADS.objects.bulk_create([_DYADS(newsitem_id=item, dyad_id=code)], ignore_conflicts=True)
    else:
        _DYADS.objects.filter(newsitem_id=item, dyad_id=code).delete()


# ---- What readings do -------------------------------------------------------------------------------------------------------


def write(found: Mapping[int, Sequence[Found]], records: Records, adds_only: Collection[int] = ()) -> None:
    """Bring the links of items in line with what their readings found, in the caller's transaction.

    Of the items `adds_only` less was read than before: their links only grow. The number of queries does not grow with the items
    beyond one for each hundred rows.
    """
    stored = _stored(found)
    result = {item: changes(stored.get(item, ()), links, adds_only=item in adds_only) for item, links in found.items()}
    added = [
        NewsLink(item_id=item, kind=one.kind, code=one.code, evidence=one.evidence, **_record(one, records))
        for item, change in result.items()
        for one in change.added
        if one.kind not in _RECORD or one.code in records.get(one.kind, {})
    ]
    NewsLink.objects.bulk_create(added, batch_size=_AT_ONCE, ignore_conflicts=True)
    renewed = [NewsLink(pk=old.pk, evidence=new.evidence) for change in result.values() for old, new in change.renewed]
    if renewed:
        NewsLink.objects.bulk_update(renewed, ["evidence"], batch_size=_AT_ONCE)
    gone = [one.pk for change in result.values() for one in change.gone]
    if gone:
        # Where an editor confirms meanwhile it stays.
        NewsLink.objects.filter(pk__in=gone, state=LinkState.READ).delete()
    _write_dyads(result, stored, found)


def _stored(items: Collection[int]) -> dict[int, list[Stored]]:
    rows = NewsLink.objects.filter(item__in=list(items)).order_by("pk")
    stored: defaultdict[int, list[Stored]] = defaultdict(list)
    for item, *values in rows.values_list("item_id", "pk", "kind", "code", "state", "evidence"):
        stored[item].append(Stored(*values))
    return stored


def _record(one: Found, records: Records) -> dict[str, int]:
    return {_RECORD[one.kind]: records[one.kind][one.code]} if one.kind in _RECORD else {}


def _write_dyads(result: Mapping[int, Changes], stored: Mapping[int, Sequence[Stored]], found: Mapping[int, Sequence[Found]]) -> None:
    standing: list[tuple[int, str]] = []
    gone: list[tuple[int, str]] = []
    for item, links in found.items():
        rejected = {one.code for one in stored.get(item, ()) if one.kind == DYAD and one.state == LinkState.REJECTED}
        standing += [(item, one.code) for one in links if one.kind == DYAD and one.code not in rejected]
        gone += [(item, code) for code in rejected]
        gone += [(item, one.code) for one in result[item].gone if one.kind == DYAD]
    rows = [_DYADS(newsitem_id=item, dyad_id=code) for item, code in standing]
    _DYADS.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)
    if gone:
        _DYADS.objects.filter(_any(gone)).delete()


def _any(pairs: Iterable[tuple[int, str]]) -> Q:
    by_code: defaultdict[str, list[int]] = defaultdict(list)
    for item, code in pairs:
        by_code[code].append(item)
    condition = Q(pk__in=[])
    for code, items in by_code.items():
        condition |= Q(dyad_id=code, newsitem_id__in=items)
    return condition
