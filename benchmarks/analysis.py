"""The analyses: the index with its resamples cold and kept, and every page of analysis on the dataset and on ten times as much.

A page joins by an address in `PAGES`. Ten times the records: each document with its provisions, visit, session and event nine
times more, written straight into the copy with other days; what the database keeps unique is not written twice.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import time
from collections.abc import Callable, Iterable

import django

PAGES = [
    "/index/",
    "/index/?half_life=24&official=1",
    "/index/lines.json?w=1032",
    "/index/one.json?w=1032",
    "/positions/",
    "/positions/?side=partner&from=2010",
    "/positions/relations/kz/",
    "/positions/core-interests/",
    "/visits/",
    "/visits/?dyad=CN-KZ&level=leaders&when=2024",
    "/mechanisms/cn-kz-cooperation-committee/",
    "/changes/",
    "/changes/?since=2000-01-01",
    "/compare/",
    "/compare/?d=cn-kz-2022-09-14-joint-statement-30th-anniversary&d=cn-kz-2024-07-03-joint-statement",
    "/compare/?by=relationships&dyad=CN-KZ&dyad=CN-UZ",
    "/compare/?by=periods&dyad=CN-KZ&from=1992&to=2010&from2=2011&to2=2026",
    "/indicators/",
    "/indicators/?view=share&over=statuses&over=meetings",
    "/indicators.json?w=1032&over=statuses&over=meetings",
    "/indicators/trade_turnover_usd_bn/",
    "/anniversaries/",
    "/anniversaries/?dyad=CN-KZ&kind=treaty",
    "/anniversaries.ics",
]
"""Addresses that are measured. Others add theirs."""
TARGET, TARGET_TEN = 0.100, 0.400
COLD = 0.300
COPIES = 9
EDITS = 30
"""Visits and events that somebody has edited, for what changed."""


def main() -> None:
    """Measure on the copy as it is, then grown to ten times the records."""
    parser = argparse.ArgumentParser(prog="benchmarks.analysis")
    parser.add_argument("--runs", type=int, default=9)
    runs = max(5, parser.parse_args().runs)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")
    django.setup()
    edit(EDITS)
    index("the shipped dataset", runs)
    pages("the shipped dataset", runs, TARGET)
    grow()
    edit(EDITS * (COPIES + 1))
    index("ten times the records", runs)
    pages("ten times the records", runs, TARGET_TEN)


def index(what: str, runs: int) -> None:
    """Six relationships with 2,000 resamples: computed anew, and kept."""
    from benchmarks.table import median, milliseconds, show
    from relations.domain.index.score import Options
    from relations.reference.impact import RESAMPLES
    from relations.reference.parties import DYADS
    from relations.selectors.index import forget, index_lines

    today = dt.date.today()  # noqa: DTZ011
    rows = []
    for name, options in (("no option", Options()), ("half-life of 24 months", Options(half_life=24))):
        cold = [_timed(lambda chosen=options: index_lines(DYADS, chosen, today), forget) for _ in range(runs)]
        kept = [_timed(lambda chosen=options: index_lines(DYADS, chosen, today)) for _ in range(runs)]
        rows.append([name, milliseconds(median(cold)), milliseconds(max(cold)), milliseconds(median(kept))])
    show(
        f"Index of six relationships with {RESAMPLES} resamples on {what}, {runs} runs; cold to stay under {milliseconds(COLD)}",
        ["options", "cold", "slowest cold", "kept"],
        rows,
    )


def pages(what: str, runs: int, target: float) -> None:
    """Server time of the pages of analysis, the first time and after."""
    from django.test import Client

    from benchmarks.table import median, milliseconds, show, size
    from relations.selectors.index import forget

    client = Client(HTTP_HOST="127.0.0.1")
    rows, slow = [], []
    for address in PAGES:
        client.get(address)
        first = _timed(lambda page=address: client.get(page), forget)
        walls = [_timed(lambda page=address: client.get(page)) for _ in range(runs)]
        answer = client.get(address)
        note = "" if answer.status_code == 200 else f" ({answer.status_code})"
        if median(walls) > target:
            slow.append(address)
        rows.append([address + note, milliseconds(median(walls)), milliseconds(max(walls)), milliseconds(first), size(len(answer.content))])
    show(f"Pages of analysis on {what}, median of {runs} runs", ["page", "median", "slowest", "index computed anew", "size"], rows)
    print(
        f"Under {milliseconds(target)}: {len(PAGES) - len(slow)} of {len(PAGES)}.{' Above: ' + ', '.join(slow) if slow else ''}", flush=True
    )


def _timed(call: Callable[[], object], before: Callable[[], None] | None = None) -> float:
    if before:
        before()
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def edit(count: int) -> None:
    """Half as many visits and events each have another place or summary than before, in their history too."""
    from simple_history.utils import bulk_update_with_history

    from relations.models import Event, Visit

    for model, field in ((Visit, "place"), (Event, "summary")):
        rows = list(model.objects.order_by("-pk")[: count // 2])
        for row in rows:
            setattr(row, field, f"{getattr(row, field) or ''} (edited)"[:120])
        bulk_update_with_history(rows, model, [field], batch_size=100)


def grow() -> None:
    """Ten times as many documents, visits, sessions and events, on other days of the same years."""
    from django.db import transaction

    from relations.models import Declaration, Event, Observation, Provision, Session, Visit

    with transaction.atomic():
        for model, field in ((Event, "date"), (Visit, "date_start"), (Session, "date"), (Declaration, "date")):
            model.objects.bulk_create(_copies(model.objects.order_by("pk"), field), batch_size=500, ignore_conflicts=True)
        Observation.objects.bulk_create(_more_reporters(Observation.objects.order_by("pk")), batch_size=500)
        slugs = dict(Declaration.objects.values_list("slug", "pk"))
        provisions = [
            Provision(
                declaration_id=slugs[f"{provision.declaration.slug[:110]}-{number}"],
                position=provision.position,
                side=provision.side,
                topics=provision.topics,
                text=provision.text,
                verification=provision.verification,
            )
            for provision in Provision.objects.select_related("declaration").order_by("pk")
            for number in range(COPIES)
        ]
        Provision.objects.bulk_create(provisions, batch_size=500)


def _more_reporters(rows: Iterable[object]) -> list[object]:
    """Nine more reporters of each value."""
    made = []
    for row in rows:
        values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields if not column.primary_key}  # type: ignore[attr-defined]
        made += [type(row)(**values | {"reporter": f"{values['reporter'][:100]}, no. {number}"}) for number in range(COPIES)]
    return made


def _copies(rows: Iterable[object], field: str) -> list[object]:
    """Nine copies of each row with what the database keeps unique made so."""
    made = []
    for row in rows:
        for number in range(COPIES):
            values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields if not column.primary_key}  # type: ignore[attr-defined]
            date = values[field]
            values[field] = f"{date[:4]}-{1 + (int(date[5:7] or 6) + number) % 12:02d}-{1 + number * 3 + len(made) % 3:02d}"
            if "date_end" in values:
                values["date_end"] = None
            if "number" in values:
                values["number"] = None
            if "slug" in values:
                values["slug"] = f"{values['slug'][:110]}-{number}"
            if "title_en" in values and "slug" not in values:
                values["title_en"] = f"{values['title_en']} {len(made)}"[:200]
            made.append(type(row)(**values))
    return made


if __name__ == "__main__":
    main()
