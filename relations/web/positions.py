"""Topics by relationship: how often each is taken up, how recently, by which side; what is no longer taken up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from relations.charts.position import Spot, matrix_figure
from relations.domain.collation import sort_key
from relations.domain.positions import Cell, Matrix, Role, Row, State
from relations.reference.parties import DYADS, partner_of
from relations.selectors.positions import read_matrix
from relations.templatetags import dates, joins
from relations.templatetags.names import code_name, dyad_short, dyad_title
from relations.web.csv_file import csv_file
from relations.web.declarations import side_words, with_address, without_empty
from relations.web.paging import FilterErrors

SORTS: Final = ("often", "recent", "name")
ALL: Final = "all"
GONE_SHOWN: Final = 10
COLUMNS: Final = ("topic", "dyad", "documents", "provisions", "by_side", "first", "last", "state", "broad_documents_since")


@dataclass(frozen=True)
class Line:
    """A topic of the matrix with its cell for each relationship in the order of the columns, None where it has none."""

    row: Row
    cells: tuple[tuple[str, Cell | None], ...]


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    role: Role | None
    first: int | None
    last: int | None
    sort: str

    @property
    def filtered(self) -> bool:
        return bool(self.role or self.first or self.last)


@require_safe
@vary_on_headers("HX-Request")
def positions(request: HttpRequest) -> HttpResponse:
    """The matrix; `?side=partner&from=2013&to=2026&sort=recent`."""
    params = without_empty(request.GET)
    if params.get("sort") == SORTS[0]:
        del params["sort"]  # the form sends it; the address need not
    request.GET = params  # type: ignore[assignment]
    asked, found, errors, bounds = _read(request)
    fragment = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    gone = found.gone
    shown = lines(found, asked.sort)
    context: dict[str, Any] = {
        "found": found,
        "lines": shown,
        "picture": picture(shown),
        "dyads": DYADS,
        "asked": asked,
        "errors": errors,
        "bounds": bounds,
        "today": timezone.localdate(),
        "sides": [(role.value, side_words(role.value)) for role in Role],
        "gone": gone if request.GET.get("gone") == ALL else gone[:GONE_SHOWN],
        "gone_total": len(gone),
        "lede": lede(found),
        "headline": headline(found),
        "query_string": request.GET.urlencode(),
        "address": request.build_absolute_uri(),
    }
    response = render(request, "positions/_results.html" if fragment else "positions/positions.html", context)
    return with_address(request, response) if fragment else response


def positions_csv(request: HttpRequest) -> HttpResponse:
    """The cells of the matrix as CSV, the filters of the address included."""
    asked, found, _errors, _bounds = _read(request)
    rows = (
        (row.topic, dyad, cell.documents, cell.provisions, " ".join(f"{side}={n}" for side, n in cell.sides), cell.first, cell.last,
         cell.state.value, cell.since)
        for row in ordered(found.rows, asked.sort) for dyad, cell in sorted(row.cells.items(), key=lambda pair: DYADS.index(pair[0]))
    )  # fmt: skip
    return csv_file("tianshan-positions", COLUMNS, rows)


def _read(request: HttpRequest) -> tuple[Asked, Matrix, FilterErrors, tuple[int, int]]:
    errors = FilterErrors()
    _everything, bounds = read_matrix()
    role = errors.choice("side", [request.GET.get("side", "")], [role.value for role in Role])
    sort = errors.choice("sort", [request.GET.get("sort", SORTS[0])], SORTS)
    first, last = errors.years(("from", "to"), (request.GET.get("from"), request.GET.get("to")), bounds)
    asked = Asked(Role(role[0]) if role else None, first, last, sort[0] if sort else SORTS[0])
    found = read_matrix(first, last, asked.role)[0] if asked.filtered else _everything
    return asked, found, errors, bounds


def ordered(rows: Sequence[Row], sort: str) -> list[Row]:
    """The rows by how often (as they come), how recently, or by name in the language of the page."""
    if sort == "recent":
        return sorted(rows, key=lambda row: row.last, reverse=True)
    if sort == "name":
        language = get_language() or "en"
        return sorted(rows, key=lambda row: sort_key(code_name("topic", row.topic), language))
    return list(rows)


def lines(found: Matrix, sort: str) -> list[Line]:
    """The rows in the asked order with a cell for every relationship."""
    return [Line(row, tuple((dyad, row.cells.get(dyad)) for dyad in DYADS)) for row in ordered(found.rows, sort)]


def picture(shown: Sequence[Line]) -> dict[str, Any]:
    """The matrix as a figure that can be saved."""
    spots = [
        Spot(row, column, partner_of(dyad), cell.documents, cell.state is State.GONE, spoken(cell))
        for row, line in enumerate(shown)
        for column, (dyad, cell) in enumerate(line.cells)
        if cell
    ]
    return matrix_figure([code_name("topic", line.row.topic) for line in shown], [dyad_short(code) for code in DYADS], spots)


def spoken(cell: Cell) -> str:
    """What hovering over a topic of a relationship says."""
    counted = ngettext("%(n)d document", "%(n)d documents", cell.documents) % {"n": cell.documents}
    topic = joins.remarked([code_name("topic", cell.topic), dyad_title(cell.dyad)])
    return f"{topic}{joins.colon()}{joins.remarked([counted, dates.short_date(cell.last)])}"


def lede(found: Matrix) -> str:
    """The answer first: how much there is, and how much of it is no longer taken up."""
    documents = sum(found.documents.values())
    values = {"documents": documents, "n": found.provisions, "topics": len(found.rows)}
    told = [
        ngettext(
            "%(n)d provision of %(documents)d documents takes up %(topics)d topics.",
            "%(n)d provisions of %(documents)d documents take up %(topics)d topics.",
            found.provisions,
        )
        % values
    ]
    if gone := len(found.gone):
        told.append(
            ngettext(
                "In %(n)d case a relationship had taken a topic up and no longer does.",
                "In %(n)d cases a relationship had taken a topic up and no longer does.",
                gone,
            )
            % {"n": gone}
        )
    return joins.sentences(told)


def headline(found: Matrix) -> str:
    """What the matrix says: the topics that most documents take up, and those that all relationships do."""
    if not found.rows:
        return gettext("Topics by relationship")
    everywhere = [row.topic for row in found.rows if len(row.cells) == len(DYADS)]
    first = code_name("topic", found.rows[0].topic)
    if len(everywhere) > 1:
        return ngettext(
            "%(topic)s comes up most often; %(n)d topic is taken up in all six relationships",
            "%(topic)s comes up most often; %(n)d topics are taken up in all six relationships",
            len(everywhere),
        ) % {"topic": first, "n": len(everywhere)}
    return gettext("%(topic)s comes up most often") % {"topic": first}


urlpatterns = [
    path("positions/", positions, name="positions"),
    path("positions.csv", require_safe(positions_csv), name="positions_csv"),
]
