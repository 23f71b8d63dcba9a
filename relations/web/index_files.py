"""The relationship index as files: the scores of every month, the records behind them with their effects, the weights."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from relations.domain.index.score import band_of, month_iso
from relations.reference.parties import partner_of
from relations.selectors.index import index_lines, weight_lines
from relations.selectors.index_records import records_behind
from relations.templatetags.names import code_name
from relations.web.index import Asked, read
from relations.web.index_words import moved

SCORES: Final = ("relationship", "month", "score", "band", "low", "high", "added", "taken_away", "faded", "records")
RECORDS: Final = (
    "relationship", "counts_in", "date", "title", "kind", "kind_code", "verification", "impact", "score_before", "factor", "effect", "page",
)  # fmt: skip
WEIGHTS: Final = ("kind_code", "kind", "impact", "lasts", "act_of_governments", "impact_as_shipped")


def _answer(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV file. It begins with a byte order mark: Excel needs it to read names."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows(rows)
    return response


def _name(what: str, asked: Asked) -> str:
    """A name that says what is in the file: `tianshan-index-scores-kz-uz-half-life-24-official`."""
    parts = [f"tianshan-index-{what}", *(partner_of(code).lower() for code in asked.dyads)]
    if asked.options.half_life:
        parts.append(f"half-life-{asked.options.half_life}")
    if asked.options.official:
        parts.append("official")
    if (asked.first, asked.last) != asked.bounds:
        parts.append(f"{asked.first}-{asked.last}")
    return "-".join(parts)


@require_safe
def scores_csv(request: HttpRequest) -> HttpResponse:
    """Every month of the relationships and years chosen, from the first record of each."""
    today = timezone.localdate()
    asked, _errors = read(request.GET, today)
    rows = [
        [
            line.dyad, month_iso(month.number), round(month.score, 4), band_of(month.score),
            *(round(limit, 4) for limit in line.limits(month.number)),
            round(month.up, 4), round(month.down, 4), round(month.faded, 4), len(month.effects),
        ]
        for line in index_lines(asked.shown, asked.options, today)
        for month in line.months
        if line.begins is not None and month.number >= line.begins and asked.first <= int(month_iso(month.number)[:4]) <= asked.last
    ]  # fmt: skip
    return _answer(_name("scores", asked), SCORES, rows)


@require_safe
def records_csv(request: HttpRequest) -> HttpResponse:
    """Every record that counts for the relationships and years chosen, with its effect."""
    today = timezone.localdate()
    asked, _errors = read(request.GET, today)
    root = request.build_absolute_uri(reverse("web:record", args=["visit", 0]).removesuffix("visit/0/"))
    rows = []
    for line in index_lines(asked.shown, asked.options, today):
        months = moved(line, asked.first, asked.last)
        before = {one.item.key: month.before for month in months for one in month.effects}
        for record in records_behind([one for month in months for one in month.effects], sources=False):
            effect = record.effect
            rows.append(
                [
                    line.dyad, month_iso(effect.item.month), record.date.iso, _inert(record.title),
                    code_name("index_kind", effect.item.kind), effect.item.kind, record.verification, effect.impact,
                    round(before[effect.item.key], 4), round(effect.factor, 4), round(effect.effect, 4),
                    f"{root}{record.model}/{record.pk}/",
                ]
            )  # fmt: skip
    return _answer(_name("records", asked), RECORDS, rows)


@require_safe
def weights_csv(_request: HttpRequest) -> HttpResponse:
    """The table of weights as it stands, beside what is shipped."""
    rows = [
        [
            row.code,
            code_name("index_kind", row.code),
            row.impact.weight,
            int(row.impact.lasting),
            int(row.impact.official),
            row.shipped.weight,
        ]
        for row in weight_lines()
    ]
    return _answer("tianshan-index-weights", WEIGHTS, rows)


def _inert(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


urlpatterns = [
    path("index/scores.csv", scores_csv, name="index_scores_csv"),
    path("index/records.csv", records_csv, name="index_records_csv"),
    path("index/weights.csv", weights_csv, name="index_weights_csv"),
]
