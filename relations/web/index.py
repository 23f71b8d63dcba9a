"""The relationship index: scores of several relationships, one with what moved it, and the records behind a month."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from relations.charts.figure import to_json
from relations.charts.index import lines_figure, one_figure
from relations.domain.index.score import Month, Options, month_iso, month_number
from relations.reference import impact
from relations.reference.impact import FIRST_YEAR, LONGEST_HALF_LIFE
from relations.reference.parties import DYADS
from relations.selectors.index import Line, index_lines, weight_lines
from relations.selectors.index_records import records_behind
from relations.selectors.timeline import lane_name
from relations.templatetags.dates import long_date
from relations.templatetags.joins import clauses, remarked
from relations.templatetags.names import dyad_title
from relations.web import index_words as words
from relations.web.paging import FilterErrors
from relations.web.timeline import read_width

HALF_LIVES: Final = (12, 24, 60, 120)
"""Months on offer; the address may name any other."""
FEW: Final = 12
"""Months that the table opens with."""
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: relationships (none: all), years, options, the one shown alone, and its month."""

    dyads: tuple[str, ...]
    first: int
    last: int
    options: Options
    one: str
    month: int | None
    bounds: tuple[int, int]
    every_month: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        return self.dyads or DYADS


# ---- Reading the address ------------------------------------------------------------------------------------------------


def read(params: QueryDict, today: dt.date) -> tuple[Asked, FilterErrors]:
    """What the address asks for; what makes no sense is ignored and noted."""
    errors = FilterErrors()
    dyads = errors.choice("dyad", params.getlist("dyad"), DYADS)
    chosen = tuple(code for code in DYADS if code in dyads)
    bounds = (FIRST_YEAR, today.year)
    first, last = errors.years(("from", "to"), (params.get("from"), params.get("to")), bounds)
    one = errors.choice("one", params.getlist("one")[:1], chosen or DYADS)
    options = Options(
        _half_life(params.get("half_life", ""), errors), bool(errors.choice("official", params.getlist("official")[:1], ["1"]))
    )
    return Asked(
        () if len(chosen) == len(DYADS) else chosen,
        first or bounds[0],
        last or bounds[1],
        options,
        one[0] if one else (chosen or DYADS)[0],
        _month(params.get("month", ""), today, errors),
        bounds,
        params.get("months") == ALL,
    ), errors


def _half_life(text: str, errors: FilterErrors) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LONGEST_HALF_LIFE:
        return int(text)
    errors.add("half_life", _("A half-life is a number of months from 1 to %(most)d; ignored.") % {"most": LONGEST_HALF_LIFE})
    return None


def _month(text: str, today: dt.date, errors: FilterErrors) -> int | None:
    if not text:
        return None
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text) and int(text[:4]):
        found = month_number(dt.date(int(text[:4]), int(text[5:]), 1))
        if 0 <= found <= month_number(today):
            return found
    errors.add("month", _("There is no month “%(month)s” in the index; the latest with a record is shown.") % {"month": text[:20]})
    return None


def query_of(asked: Asked, **changes: Any) -> str:
    """The shortest query string that gives this view again; `changes` wins, None takes a value away."""
    params = QueryDict(mutable=True)
    params.setlist("dyad", list(asked.dyads))
    if asked.first > asked.bounds[0]:
        params["from"] = str(asked.first)
    if asked.last < asked.bounds[1]:
        params["to"] = str(asked.last)
    if asked.options.half_life:
        params["half_life"] = str(asked.options.half_life)
    if asked.options.official:
        params["official"] = "1"
    if asked.one != asked.shown[0]:
        params["one"] = asked.one
    if asked.month is not None:
        params["month"] = month_iso(asked.month)
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return params.urlencode()


# ---- Pages ---------------------------------------------------------------------------------------------------------------


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def index(request: HttpRequest) -> HttpResponse:
    """The page; for htmx what filters change in it, the one relationship, or the records of a month alone."""
    today = timezone.localdate()
    asked, errors = read(request.GET, today)
    htmx: Any = getattr(request, "htmx", None)
    target = htmx.target if htmx and not htmx.history_restore_request else ""
    if target == "index-month":
        (line,) = index_lines([asked.one], asked.options, today)
        return render(request, "index/_month.html", month_context(line, asked) | {"asked": asked, "errors": errors})
    lines = index_lines(asked.shown, asked.options, today)
    shown = next(line for line in lines if line.dyad == asked.one)
    context = body_context(asked, lines) | one_context(shown, asked) | month_context(shown, asked) | {"errors": errors, "today": today}
    if target in ("index", "index-one"):
        response = render(request, "index/_body.html" if target == "index" else "index/_one.html", context)
        query = query_of(asked)
        response["HX-Push-Url"] = reverse("web:index") + (f"?{query}" if query else "")
        return response
    context |= {"weights": _weights(), "rules": impact, "cite_url": request.build_absolute_uri(), "citation": _citation(asked, today)}
    return render(request, "index/index.html", context)


def _weights() -> list[dict[str, Any]]:
    """The table of weights in words."""
    return [
        {
            "code": row.code,
            "impact": row.impact,
            "weight": words.number(row.impact.weight, 2),
            "changed": row.changed,
            "shipped_weight": words.number(row.shipped.weight, 2),
        }
        for row in weight_lines()
    ]


def _citation(asked: Asked, today: dt.date) -> str:
    """The view as a note has it, but for its address."""
    said = remarked([*(dyad_title(code) for code in asked.dyads), f"{asked.first}–{asked.last}", *options_said(asked.options)])
    return _("Tianshan, Relationship index (%(view)s), as computed on %(date)s:") % {"view": said, "date": long_date(today)}


def body_context(asked: Asked, lines: list[Line]) -> dict[str, Any]:
    """The choices, the figure of all that are chosen, and where they stand."""
    query = query_of(asked, month=None)
    half_lives = sorted({*HALF_LIVES, *([asked.options.half_life] if asked.options.half_life else [])})
    return {
        "asked": asked,
        "query": query,
        "title": words.headline(lines),
        "dyads": [(code, lane_name(code), code in asked.shown) for code in DYADS],
        "half_lives": [(months, _months(months), months == asked.options.half_life) for months in half_lives],
        "stands": [_stand(line, asked) for line in lines],
        "years": _years(lines, asked),
        "nothing": [lane_name(line.dyad) for line in lines if line.begins is None],
        "records": sum(line.records for line in lines),
        "options_said": clauses(options_said(asked.options)),
        "now": words.month_words(lines[0].now.number),
    }


def _months(count: int) -> str:
    if count % 12:
        return ngettext("%(n)d month", "%(n)d months", count) % {"n": count}
    return ngettext("%(n)d year", "%(n)d years", count // 12) % {"n": count // 12}


def options_said(options: Options) -> list[str]:
    """The options that are on, in words."""
    said = []
    if options.half_life:
        said.append(_("half-life of %(months)s without follow-up") % {"months": _months(options.half_life)})
    if options.official:
        said.append(_("acts of governments only"))
    return said


def _stand(line: Line, asked: Asked) -> words.Stand:
    low, high = line.limits(-1)
    return words.Stand(
        line.dyad, f"?{query_of(asked, one=line.dyad, month=None)}", words.number(line.now.score), words.band_word(line.now.score),
        words.number(low), words.number(high), _since(line, 12), _since(line, 120), line.records, line.begins is None,
    )  # fmt: skip


def _since(line: Line, months: int) -> str:
    """The change over so many months; empty where the line is not that old."""
    earlier = line.now.number - months
    return words.signed(line.now.score - line.months[earlier].score, 1) if line.begins is not None and earlier >= line.begins else ""


def _years(lines: list[Line], asked: Asked) -> list[tuple[int, list[str]]]:
    """The scores at the end of each year (of the present one: now), the newest first."""
    rows = []
    for year in range(asked.last, asked.first - 1, -1):
        number = min((year - FIRST_YEAR) * 12 + 11, lines[0].now.number)
        rows.append(
            (year, [words.number(line.months[number].score) if line.begins is not None and number >= line.begins else "" for line in lines])
        )
    return rows


def one_context(line: Line, asked: Asked) -> dict[str, Any]:
    """One relationship with its band and the months that moved it."""
    months = words.moved(line, asked.first, asked.last)[::-1]
    shown = months if asked.every_month else months[:FEW]
    return {
        "line": line,
        "one_title": words.one_headline(line),
        "one_query": query_of(asked, one=line.dyad, month=None),
        "figure_query": query_of(asked, one=line.dyad),
        "file_query": query_of(replace(asked, dyads=(line.dyad,), one=line.dyad), month=None),
        "tabs": [(code, f"?{query_of(asked, one=code, month=None)}", code == line.dyad) for code in asked.shown],
        "month_rows": [_month_row(line, month, asked) for month in shown],
        "months_total": len(months),
        "all_months": f"?{query_of(asked, one=line.dyad, months=ALL)}#one-table" if len(shown) < len(months) else "",
        "pair": dyad_title(line.dyad),
    }


def _month_row(line: Line, month: Month, asked: Asked) -> dict[str, Any]:
    low, high = line.limits(month.number)
    return {
        "words": words.month_words(month.number),
        "url": _month_url(month.number, asked),
        "up": words.signed(month.up) if month.up else "",
        "down": words.signed(month.down) if month.down else "",
        "score": words.number(month.score, 2),
        "low": words.number(low),
        "high": words.number(high),
        "band": words.band_word(month.score),
        "records": len(month.effects),
    }


def _month_url(number: int, asked: Asked) -> str:
    return f"?{query_of(asked, one=asked.one, month=month_iso(number))}"


def chosen_month(line: Line, asked: Asked) -> int | None:
    """The month whose records are shown: the one asked for, else the latest with a record in the years shown; None without any."""
    moved = words.moved(line, asked.first, asked.last)
    return asked.month if asked.month is not None else moved[-1].number if moved else None


def month_context(line: Line, asked: Asked) -> dict[str, Any]:
    """The records behind a month: the one that is asked for, else the latest with a record in the years shown."""
    number = chosen_month(line, asked)
    if number is None:
        return {"month": None, "line": line}
    month = line.months[number]
    earlier = [one.number for one in line.months[:number] if one.effects]
    later = [one.number for one in line.months[number + 1 :] if one.effects]
    return {
        "line": line,
        "month": month,
        "month_words": words.month_words(number),
        "before_words": words.standing_words(Month(0, 0, month.before)),
        "score_words": words.standing_words(month),
        "faded": words.signed(month.faded) if round(month.faded, 4) else "",
        "behind": [
            (record, words.signed(record.effect.impact), words.number(record.effect.factor, 3), words.signed(record.effect.effect, 3))
            for record in records_behind(month.effects)
        ],
        "earlier": (words.month_words(earlier[-1]), _month_url(earlier[-1], asked)) if earlier else None,
        "later": (words.month_words(later[0]), _month_url(later[0], asked)) if later else None,
    }


# ---- Figures ---------------------------------------------------------------------------------------------------------------


@require_safe
def lines_json(request: HttpRequest) -> HttpResponse:
    """The figure of all that are chosen, for a width of `w` pixels."""
    today = timezone.localdate()
    asked, _errors = read(request.GET, today)
    curves = [words.curve(line, asked.first, asked.last) for line in index_lines(asked.shown, asked.options, today)]
    view = words.view(read_width(request.GET.get("w")), asked.first, asked.last, month_number(today))
    return HttpResponse(to_json(lines_figure(curves, view)), content_type="application/json")


@require_safe
def one_json(request: HttpRequest) -> HttpResponse:
    """The figure of one relationship, for a width of `w` pixels."""
    today = timezone.localdate()
    asked, _errors = read(request.GET, today)
    (line,) = index_lines([asked.one], asked.options, today)
    years = asked.first, asked.last
    view = words.view(read_width(request.GET.get("w")), *years, line.now.number)
    number = chosen_month(line, asked)
    chosen = words.place(number) if number is not None else None
    built = one_figure(words.curve(line, *years), *words.limits(line, *years), words.contributions(line, *years), view, chosen)
    return HttpResponse(to_json(built), content_type="application/json")


urlpatterns = [
    path("index/", index, name="index"),
    path("index/lines.json", lines_json, name="index_lines"),
    path("index/one.json", one_json, name="index_one"),
]
