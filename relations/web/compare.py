"""Declarations side by side, two relationships over the same years, or one relationship in two periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from relations.charts.contrast import Share, contrast_figure
from relations.domain.comparison import MOST, Comparison, Contrast, comparison, contrast, in_years, years_in_common
from relations.domain.positions import BROAD, Stated
from relations.reference.parties import DYADS, partner_of
from relations.selectors.positions import DocumentLine, documents_with_provisions, provisions_in, provisions_of
from relations.templatetags import joins
from relations.templatetags.dates import short_date
from relations.templatetags.names import code_name, dyad_title
from relations.web.csv_file import csv_file
from relations.web.declarations import without_empty
from relations.web.paging import FilterErrors

WAYS: Final = ("documents", "relationships", "periods")
COLUMNS: Final = ("line", "topic", "side", "date", "declaration", "number", "only_here", "text")
FIRST_YEAR: Final = 1992
Years = tuple[int, int]


@dataclass
class Page:
    """What is compared, and what has to be said about the choice; `said` are plain sentences."""

    by: str
    said: list[str] = field(default_factory=list)
    errors: FilterErrors = field(default_factory=FilterErrors)
    chosen: list[DocumentLine] = field(default_factory=list)
    columns: list[tuple[DocumentLine, int]] = field(default_factory=list)
    compared: Comparison | None = None
    dyads: list[str] = field(default_factory=list)
    periods: tuple[Years, Years] = ((FIRST_YEAR, FIRST_YEAR), (FIRST_YEAR, FIRST_YEAR))
    names: tuple[str, str] = ("", "")
    contrasted: Contrast | None = None
    suggestions: list[tuple[str, DocumentLine]] = field(default_factory=list)
    examples: list[DocumentLine] = field(default_factory=list)
    """Where nothing is chosen yet: of each relationship the latest document that has one before it."""


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`?d=SLUG&d=SLUG`, `?by=relationships&dyad=CN-KZ&dyad=CN-UZ&from=2013&to=2026`, `?by=periods&dyad=CN-KZ&from=…&to=…&from2=…&to2=…`."""
    request.GET = without_empty(request.GET)  # type: ignore[assignment]
    today = timezone.localdate()
    choices = documents_with_provisions()
    if request.GET.get("with") == "before":
        return redirect(_with_the_one_before(request.GET.get("d", ""), choices))
    page = read(request, today.year, choices)
    context: dict[str, Any] = {
        "page": page,
        "choices": _groups(choices, page),
        "dyads": DYADS,
        "ways": [(way, label) for way, label in zip(WAYS, _way_words(), strict=True)],
        "figure": _figure(page) if page.contrasted and page.contrasted.rows else None,
        "headline": headline(page),
        "most": MOST,
        "several": ("",),  # “all” are all parties, whichever these are
        "csv_url": f"{reverse('web:compare_csv')}?{request.GET.urlencode()}",
        "address": request.build_absolute_uri(),
        "today": today,
    }
    return render(request, "compare/compare.html", context)


def _way_words() -> tuple[str, str, str]:
    return gettext("Declarations"), gettext("Two relationships"), gettext("One relationship in two periods")


def compare_csv(request: HttpRequest) -> HttpResponse:
    """What the page compares, as CSV: a provision or a topic a line."""
    page = read(request, timezone.localdate().year, documents_with_provisions())
    if page.by == "documents":
        return csv_file(
            "tianshan-declarations-compared", ("line", "topic", "side", "date", "declaration", "number", "only_here", "text"), _lines(page)
        )
    heads = ("topic", "set", "documents", "of", "share_percent", "by_side", "first", "last")
    rows = []
    for row in page.contrasted.rows if page.contrasted else ():
        for name, taken in zip(page.names, (row.left, row.right), strict=True):
            sides = " ".join(f"{side}={n}" for side, n in taken.sides) if taken else ""
            rows.append(
                (row.topic, name, taken.documents, taken.of, f"{taken.share:.1f}", sides, taken.first, taken.last)
                if taken else (row.topic, name, 0, "", "0.0", "", "", "")
            )  # fmt: skip
    return csv_file("tianshan-topics-compared", heads, rows)


def _lines(page: Page) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    number = 0
    for block in page.compared.blocks if page.compared else ():
        for line in block.lines:
            number += 1
            rows += [_line(number, block.topic, cell.provision, "") for cell in line.cells if cell]
        for column in block.only:
            for wording in column:
                number += 1
                rows.append(_line(number, block.topic, wording.provision, "yes"))
    return rows


def _line(number: int, topic: str, one: Stated, only: str) -> tuple[object, ...]:
    return number, topic, one.side, one.date, one.document, one.number, only, one.text


# ---- Reading the address -----------------------------------------------------------------------------------------------------


def read(request: HttpRequest, year: int, choices: Sequence[DocumentLine]) -> Page:
    """What the address asks to compare. Whatever makes no sense is said in `Page.said` or beside its field; nothing raises."""
    errors = FilterErrors()
    asked = errors.choice("by", [request.GET.get("by", "")], WAYS)
    page = Page(asked[0] if asked else _inferred(request), errors=errors)
    if page.by == "documents":
        _read_documents(request, page, choices)
    elif page.by == "relationships":
        _read_relationships(request, page, year)
    else:
        _read_periods(request, page, year)
    return page


def _inferred(request: HttpRequest) -> str:
    if "d" not in request.GET and "dyad" in request.GET:
        return "relationships" if len(request.GET.getlist("dyad")) > 1 else "periods"
    return "documents"


def _read_documents(request: HttpRequest, page: Page, choices: Sequence[DocumentLine]) -> None:
    known = {line.slug: line for line in choices}
    asked = request.GET.getlist("d")
    if len(set(asked)) < len(asked):
        page.said.append(gettext("The same declaration was named twice; it stands here once."))
    unknown = [slug for slug in dict.fromkeys(asked) if slug not in known]
    if unknown:
        told = joins.listed(slug[:60] for slug in unknown[:3])
        page.said.append(gettext("Not known here, or without provisions entered, and left out: %(names)s.") % {"names": told})
    found = [known[slug] for slug in dict.fromkeys(asked) if slug in known]
    if len(found) > MOST:
        page.said.append(gettext("There is room for %(n)d declarations; the others are left out.") % {"n": MOST})
        found = found[:MOST]
    page.chosen = sorted(found, key=lambda line: (line.date, line.slug))
    if len(page.chosen) == 1:
        page.said.append(gettext("One declaration alone cannot be compared. Choose a second one."))
        page.suggestions = _around(page.chosen[0], choices)
    if not page.chosen:
        page.examples = [own[-1] for dyad in DYADS if len(own := _of_dyad(dyad, choices)) > 1]
        return
    stated = sorted(provisions_in([line.slug for line in page.chosen]), key=lambda one: one.order)
    columns = [[one for one in stated if one.document == line.slug] for line in page.chosen]
    page.columns = [(line, len(column)) for line, column in zip(page.chosen, columns, strict=True)]
    if len(page.chosen) > 1:
        page.compared = comparison(columns)
        if not page.compared.alike:
            page.said.append(gettext("No provision of one has a counterpart in another; what each says stands in its own column."))


def _with_the_one_before(slug: str, choices: Sequence[DocumentLine]) -> str:
    """The address that compares a document with the one before it; with itself alone where there is none."""
    line = next((one for one in choices if one.slug == slug), None)
    before = [one.slug for one in _own(line, choices) if (one.date, one.slug) < (line.date, line.slug)] if line else []
    return f"{reverse('web:compare')}?{urlencode({'d': [*before[-1:], slug]}, doseq=True)}"


def _of_dyad(dyad: str, choices: Sequence[DocumentLine]) -> list[DocumentLine]:
    return sorted((one for one in choices if one.dyad == dyad), key=lambda one: (one.date, one.slug))


def _own(line: DocumentLine, choices: Sequence[DocumentLine]) -> list[DocumentLine]:
    """The documents of its relationship in the order of date, where it is a broad one the broad ones alone."""
    own = _of_dyad(line.dyad, choices)
    sizes = Counter(one.document for one in provisions_of([line.dyad]))
    return [one for one in own if sizes[one.slug] >= BROAD] if sizes[line.slug] >= BROAD else own


def _around(line: DocumentLine, choices: Sequence[DocumentLine]) -> list[tuple[str, DocumentLine]]:
    """The document before and the one after it in its relationship."""
    own = _own(line, choices)
    place = own.index(line)
    before = [(gettext("With the one before"), own[place - 1])] if place else []
    after = [(gettext("With the one after"), own[place + 1])] if place + 1 < len(own) else []
    return before + after


def _read_relationships(request: HttpRequest, page: Page, year: int) -> None:
    asked = request.GET.getlist("dyad")
    page.dyads = page.errors.choice("dyad", asked, DYADS)
    years = _years(request, page, ("from", "to"), year)
    page.periods = (years, years)
    if len(page.dyads) > 2:
        page.said.append(gettext("Two relationships have room; the others are left out."))
        page.dyads = page.dyads[:2]
    if len(page.dyads) < 2:
        if len(asked) > 1 and len(set(asked)) == 1:
            page.said.append(gettext("The same relationship was named twice. Choose another one, or compare it in two periods."))
        elif page.dyads:
            page.said.append(gettext("One relationship alone cannot be compared. Choose a second one."))
        return
    stated = in_years(provisions_of(page.dyads), *years)
    left, right = ([one for one in stated if one.dyad == dyad] for dyad in page.dyads)
    page.names = (dyad_title(page.dyads[0]), dyad_title(page.dyads[1]))
    _contrast(page, left, right)


def _read_periods(request: HttpRequest, page: Page, year: int) -> None:
    page.dyads = page.errors.choice("dyad", request.GET.getlist("dyad")[:1], DYADS)
    middle = (FIRST_YEAR + year) // 2
    first = _years(request, page, ("from", "to"), year, (FIRST_YEAR, middle))
    second = _years(request, page, ("from2", "to2"), year, (middle + 1, year))
    page.periods = (first, second)
    if not page.dyads:
        return
    page.names = (_span(first), _span(second))
    if first == second:
        page.said.append(gettext("Both periods are the same, so there is no difference between them. Choose other years for one of them."))
        return
    if shared := years_in_common(first, second):
        page.said.append(gettext("The periods overlap: documents of %(years)s count in both.") % {"years": _span(shared)})
    stated = provisions_of(page.dyads)
    _contrast(page, in_years(stated, *first), in_years(stated, *second))


def _years(request: HttpRequest, page: Page, names: tuple[str, str], year: int, default: Years | None = None) -> Years:
    first, last = page.errors.years(names, (request.GET.get(names[0]), request.GET.get(names[1])), (FIRST_YEAR, year))
    whole = default or (FIRST_YEAR, year)
    given = (whole[0] if first is None else first, whole[1] if last is None else last)
    # One year of its own may lie beyond the other's default: then the period is that year.
    return (min(given), max(given)) if first is None or last is None else given


def _contrast(page: Page, left: Sequence[Stated], right: Sequence[Stated]) -> None:
    page.contrasted = contrast(left, right)
    for name, count in zip(page.names, page.contrasted.documents, strict=True):
        if not count:
            page.said.append(gettext("%(name)s: no document with provisions is entered for these years.") % {"name": name})


def _span(years: Years) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"


# ---- Showing it --------------------------------------------------------------------------------------------------------------


def _groups(choices: Sequence[DocumentLine], page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """The documents that can be added, by relationship: slug and words."""
    taken = {line.slug for line in page.chosen}
    found: dict[str, list[tuple[str, str]]] = {dyad: [] for dyad in DYADS}
    for line in choices:
        if line.slug not in taken:
            found[line.dyad].append((line.slug, f"{short_date(line.date)} · {line.title}"))
    return [(dyad_title(dyad), rows) for dyad, rows in found.items() if rows]


def _figure(page: Page) -> Any:
    assert page.contrasted is not None
    some = [bool(count) for count in page.contrasted.documents]
    rows = [
        Share(code_name("topic", row.topic), (row.left.share if row.left else 0.0) if some[0] else None,
              (row.right.share if row.right else 0.0) if some[1] else None)
        for row in page.contrasted.rows
    ]  # fmt: skip
    sides = (partner_of(page.dyads[0]), partner_of(page.dyads[-1]))
    return contrast_figure(rows, page.names, sides)


def headline(page: Page) -> str:
    """What the figure says: the topic on which the two differ most."""
    if page.contrasted is None or not page.contrasted.rows or not all(page.contrasted.documents):
        return gettext("Topics by share of documents")
    row = max(page.contrasted.rows, key=lambda row: abs(row.gap))
    if abs(row.gap) < 1:
        return gettext("Both take up the same topics in the same share of their documents")
    name = page.names[row.gap > 0]
    words = (
        gettext("The widest difference: %(topic)s, taken up more often in %(name)s")
        if page.by == "periods"
        else gettext("The widest difference: %(topic)s, taken up more often by %(name)s")
    )
    return words % {"topic": code_name("topic", row.topic), "name": name}


urlpatterns = [
    path("compare/", compare, name="compare"),
    path("compare.csv", require_safe(compare_csv), name="compare_csv"),
]
