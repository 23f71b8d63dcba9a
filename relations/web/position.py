"""One topic in one relationship: every wording in the order of date, what changed between them, and where they stand."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from relations.charts.figure import Figure
from relations.charts.position import Lane, position_figure
from relations.domain.positions import SILENT, Role, State
from relations.models.choices import Topic
from relations.reference.parties import CHINA, DYADS, dyad_of, partner_of
from relations.selectors.positions import CorePage, PositionPage, VoiceView, read_core, read_position
from relations.templatetags import joins
from relations.templatetags.dates import long_date, short_date
from relations.templatetags.names import side_alone, side_title
from relations.web.csv_file import csv_file

FIRST_YEAR: Final = 1992
STEPS: Final = 25
"""Documents of one side that the page opens with, the newest of them."""
MOST: Final = 200
COLUMNS: Final = ("date", "dyad", "topic", "side", "declaration", "number", "text", "change", "verification", "sources", "url")


@require_safe
def position(request: HttpRequest, topic: str, code: str) -> HttpResponse:
    """The history of a topic in a relationship; 404 for an unknown topic or relationship."""
    page = _read(topic, code)
    shown = MOST if request.GET.get("all") == "1" else STEPS
    today = timezone.localdate()
    context: dict[str, Any] = {
        "page": page,
        "code": code,
        "lede": lede(page),
        "voices": [(voice, voice_title(voice), voice.steps[-shown:], len(voice.steps)) for voice in page.voices],
        "hidden": any(len(voice.steps) > shown for voice in page.voices),
        "figure": _figure(page, today.year) if page.cell else None,
        "elsewhere": [(dyad, page.row.cells[dyad]) for dyad in DYADS if page.row and dyad in page.row.cells and dyad != page.dyad],
        "csv_url": reverse("web:position_csv", args=[topic, code]),
        "address": request.build_absolute_uri(request.path),
        "today": today,
    }
    return render(request, "positions/position.html", context)


def position_csv(request: HttpRequest, topic: str, code: str) -> HttpResponse:
    """Every wording of the history with what changed, its document and its sources."""
    page = _read(topic, code)
    urls = {number: source.url for number, source in enumerate(page.sources.all, start=1)}
    rows = []
    for view, wording in page.wordings:
        one = wording.provision
        numbers = page.sources.of_provision.get((one.document, one.number)) or view.sources
        rows.append(
            (one.date, one.dyad, page.topic, one.side, view.document.title, one.number, one.text, wording.kind.value,
             view.document.verification, " ".join(urls[number] for number in numbers), request.build_absolute_uri(view.document.url))
        )  # fmt: skip
    return csv_file(f"tianshan-{page.topic}-{page.dyad.lower()}", COLUMNS, rows)


def _read(topic: str, code: str) -> PositionPage:
    try:
        dyad = dyad_of(code)
    except KeyError as error:
        raise Http404(code) from error
    if topic not in Topic.values or code != code.lower():
        raise Http404(topic)
    return read_position(topic, dyad)


def lede(page: PositionPage) -> str:
    """The answer first: how often, first and last, and whether it is still taken up."""
    cell = page.cell
    if cell is None:
        return gettext("No document of this relationship takes the topic up, as far as provisions are entered here.")
    words = ngettext(
        "%(n)d document takes it up, on %(last)s.",
        "%(n)d documents take it up, the first on %(first)s, the last on %(last)s.",
        cell.documents,
    )
    vague = ngettext(
        "%(n)d document takes it up: %(last)s.",
        "%(n)d documents take it up, from %(first)s to %(last)s.",
        cell.documents,
    )
    exact = len(cell.first) == len(cell.last) == len("2022-09-14")
    told = [(words if exact else vague) % {"n": cell.documents, "first": long_date(cell.first), "last": long_date(cell.last)}]
    if cell.state in (State.GONE, State.ONCE):
        told.append(
            ngettext("The %(n)d broad document since leaves it out.", "The %(n)d broad documents since leave it out.", cell.since)
            % {"n": cell.since}
        )
    return joins.sentences(told)


def voice_title(voice: VoiceView) -> str:
    """Who speaks: `Kazakhstan alone`, `Both sides`, `Both sides, All parties`."""
    sides = voice.voice.sides
    return joins.listed(side_alone(side, ("",)) if voice.voice.role is not Role.TOGETHER else side_title(side, ("",)) for side in sides)


def _figure(page: PositionPage, year: int) -> Figure:
    lanes = []
    for view in page.voices:
        marks = tuple(
            (line.step.date, len(line.step.wordings), joins.remarked([short_date(line.step.date), line.document.title]))
            for line in view.steps
        )
        role = view.voice.role
        side = CHINA if role is Role.CHINA else view.voice.sides[0] if role is Role.PARTNER else partner_of(page.dyad)
        lanes.append(Lane(voice_title(view), role, side, marks))
    return position_figure(lanes, (FIRST_YEAR, year))


@require_safe
def core_interests(request: HttpRequest) -> HttpResponse:
    """Who supports whom on what: what each side states alone on the core topics, in its latest words."""
    page = read_core()
    context = {
        "relationships": [(dyad, _facing(page, dyad)) for dyad in DYADS],
        "page": page,
        "silent": SILENT,
        "address": request.build_absolute_uri(request.path),
        "today": timezone.localdate(),
    }
    return render(request, "positions/core.html", context)


def _facing(page: CorePage, dyad: str) -> list[tuple[str, str, list[Any]]]:
    """The sides of a relationship that state anything alone, China first: side, its title, its statements with their documents."""
    found: dict[str, list[Any]] = {CHINA: [], partner_of(dyad): []}
    for support in page.supports:
        if support.dyad == dyad:
            document = page.documents[support.latest[0].document]
            found.setdefault(support.side, []).append((support, document, page.sources.of_document.get(document.slug, ())))
    return [(side, side_alone(side), rows) for side, rows in found.items()]


def core_csv(request: HttpRequest) -> HttpResponse:
    """The latest words of each side on the core topics."""
    page = read_core()
    rows = [
        (one.dyad, one.topic, one.side, support.date, len(one.documents), one.first, page.documents[support.document].title, support.number,
         support.text, request.build_absolute_uri(page.documents[support.document].url))
        for one in page.supports for support in one.latest
    ]  # fmt: skip
    return csv_file(
        "tianshan-core-interests", ("dyad", "topic", "side", "date", "documents", "first", "declaration", "number", "text", "url"), rows
    )


urlpatterns = [
    path("positions/core-interests/", core_interests, name="core_interests"),
    path("positions/core-interests.csv", require_safe(core_csv), name="core_interests_csv"),
    path("positions/<slug:topic>/<slug:code>/", position, name="position"),
    path("positions/<slug:topic>/<slug:code>.csv", require_safe(position_csv), name="position_csv"),
]
