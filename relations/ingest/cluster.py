"""New items → the stories that they tell. A batch costs the same few queries, however many items are stored.

The decision is `domain.stories`; here are the rows. `place` gives each new item its story before it is stored, `file` puts
stored items into the index by which later ones find them, `prune` takes those out that nobody may join any more.
"""

from __future__ import annotations

import datetime as dt
import functools
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, models

from relations.domain import facts, stories
from relations.domain.gist import Gist
from relations.domain.stories import Placed, Sketch, Telling
from relations.ingest.bulk import insert, listed, named_list, numbers, whole
from relations.ingest.fresh import Fresh
from relations.models import Fingerprint, FingerprintBand, Person, Story
from relations.selectors.statement import Statement, columns
from relations.services import stories as services

_NAMES_LAST: Final = 600
"""Seconds for which the names of people are kept."""
_PRUNED_AT_ONCE: Final = 5000


@dataclass(frozen=True, slots=True)
class Filing:
    """What is to be filed of a batch of items once they have ids, item by item and value by value."""

    tellings: Sequence[Telling]
    placed: Placed


def place(items: Sequence[Fresh], gists: Sequence[Gist], now: dt.datetime) -> Filing:
    """Give every new item its story, a stored or a new one; merge stories that turn out to be one.

    `gists` are those of the items. Inside the caller's transaction, which holds a lock until its end
    (SQLite lets one write at a time in any case).
    """
    tellings = [_telling(item, gist) for item, gist in zip(items, gists, strict=True)]
    services.alone()
    placed = stories.place(tellings, _known(tellings))
    made = _made([items[number] for number in _founders(placed)], now)
    for item, (stored, new) in zip(items, placed.stories, strict=True):
        item.story_id = stored if stored is not None else made[new]
    services.merge(placed.merged)
    return Filing(tellings, placed)


def file(items: Sequence[Fresh], filing: Filing, now: dt.datetime) -> None:
    """Put the items of a filing, stored by now, into the index."""
    day = now.toordinal()
    filed = filing.placed.filed
    wanted = dict.fromkeys([number for _value, number in filed])
    insert(
        Fingerprint,
        ("item", "signature", "facts", "day"),
        ((items[n].pk, filing.tellings[n].sketch.signature, _written(filing.tellings[n]), day) for n in wanted),
    )
    # In the order of the index, whose pages are then each looked up once.
    insert(FingerprintBand, ("value", "item", "day"), [(value, items[number].pk, day) for value, number in sorted(filed)])


def prune(now: dt.datetime) -> int:
    """Take out of the index what nobody may join any more; the number of items taken out."""
    last = (now - stories.KEPT).toordinal()
    while _pruned(FingerprintBand, last):
        pass
    taken = 0
    while some := _pruned(Fingerprint, last):
        taken += some
    return taken


def _pruned(model: type[models.Model], last: int) -> int:
    """Rows stand in the order of their days, nearly: the oldest ones are looked at until one stays."""
    rows = list(model._default_manager.order_by("pk").values_list("pk", "day")[:_PRUNED_AT_ONCE])
    old = [pk for pk, day in rows if day < last]
    if old:
        model._default_manager.filter(pk__in=listed(old)).delete()
    return len(old)


# ---- What is compared ----------------------------------------------------------------------------------------------------


def _telling(item: Fresh, gist: Gist) -> Telling:
    named: frozenset[str] = frozenset()
    if gist.dyads:  # what else a text names matters only between texts about a relationship
        text = f"{item.title}\n{item.summary}"
        named = stories.facts_with_figures(gazetteer().facts(text), facts.numbers(text))
    return Telling(item.outlet_id, item.language, item.sort_time, item.title, gist.sketch, frozenset(gist.dyads), named)


def gazetteer() -> facts.Gazetteer:
    """The names by which facts are found; those of people as they were some minutes ago at most."""
    return _gazetteer_of(int(time.monotonic() // _NAMES_LAST))


@functools.lru_cache(maxsize=1)
def _gazetteer_of(_period: int) -> facts.Gazetteer:
    people = Person.objects.values_list("slug", "aliases", "name_en", "name_fr", "name_ru", "name_zh_hans")
    return facts.Gazetteer({slug: [*filter(None, names), *_flat(aliases)] for slug, aliases, *names in people})


def _flat(aliases: Mapping[str, Sequence[str]]) -> list[str]:
    return [name for names in (aliases or {}).values() for name in names]


def _written(item: Telling) -> str:
    """What a telling names, as it is kept: relationships, facts, figures."""
    return "|".join([" ".join(sorted(part)) if part else "" for part in (item.dyads, item.facts, item.sketch.numbers)])


def _known(tellings: Sequence[Telling]) -> dict[int, list[Telling]]:
    """The stored items that may tell the same, by the values under which they are filed. Two queries."""
    values = {value for telling in tellings for value in telling.sought}
    if not values:
        return {}
    rows = _filed(values)
    if not rows:
        return {}
    found = _read({item for _value, item in rows})
    known: defaultdict[int, list[Telling]] = defaultdict(list)
    for value, item in rows:
        if item in found:
            known[value].append(found[item])
    return known


def _filed(values: Collection[int]) -> list[tuple[int, int]]:
    """The values, of those that are looked for, under which items are filed, each with its item, in the order of their filing."""
    if connection.vendor != "postgresql":
        return _FILED.rows(values=whole(values))
    # A join of a thousand values makes PostgreSQL read the whole table, however many items it knows: it takes a look at a page
    # for four times as dear as one in a row. So value by value.
    table = connection.ops.quote_name(FingerprintBand._meta.db_table)
    one = f"SELECT id, item_id FROM {table} WHERE value = sought.value OFFSET 0"
    text = f"SELECT sought.value, found.item_id FROM unnest(%s::bigint[]) AS sought (value), LATERAL ({one}) AS found ORDER BY found.id"
    with connection.cursor() as cursor:
        cursor.execute(text, [whole(sorted(values))])
        return list(cursor.fetchall())


_FILED: Final = Statement(
    lambda: columns(FingerprintBand.objects.filter(value__in=named_list("values")).order_by("pk"), "value", "item_id")
)
_TOLD: Final = Statement(
    lambda: columns(
        Fingerprint.objects.filter(item_id__in=named_list("items"), item__story__isnull=False).order_by(),
        *("item_id", "signature", "facts"),
        *(f"item__{name}" for name in ("outlet_id", "language", "sort_time", "title", "story_id", "story__edited")),
    )
)


def _read(ids: Collection[int]) -> dict[int, Telling]:
    found: dict[int, Telling] = {}
    for pk, signature, written, outlet, language, moment, title, story, edited in _TOLD.rows(items=whole(ids)):
        dyads, named, numbers = (frozenset(part.split()) for part in written.split("|"))
        sketch = Sketch(bytes(signature), (), numbers)
        found[pk] = Telling(outlet, language, moment, title, sketch, dyads, named, story, edited)
    return found


# ---- Rows ----------------------------------------------------------------------------------------------------------------


def _founders(placed: Placed) -> list[int]:
    """The first item of each new story, by its place in the batch."""
    first: dict[int, int] = {}
    for number, (stored, new) in enumerate(placed.stories):
        if stored is None:
            first.setdefault(new, number)
    return [first[new] for new in range(placed.new)]


def _made(founders: Sequence[Fresh], now: dt.datetime) -> Sequence[int]:
    if not founders:
        return ()
    made = numbers(Story, len(founders))
    rows = ((pk, item.title, item.language, now, False) for pk, item in zip(made, founders, strict=True))
    insert(Story, ("id", "headline", "language", "first_seen", "edited"), rows)
    return made
