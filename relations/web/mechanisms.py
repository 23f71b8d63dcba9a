"""The standing channels as a tree, with the state of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from relations.domain.cadence import State
from relations.reference.parties import DYADS
from relations.selectors.mechanisms import MechanismFilters, MechanismsPage, mechanisms_page
from relations.templatetags import joins
from relations.templatetags.names import dyad_short
from relations.templatetags.rhythm import state_title
from relations.web.paging import FilterErrors


@dataclass(frozen=True)
class Option:
    """One choice of the filter."""

    value: str
    label: str
    count: int
    checked: bool
    dyad: str = ""


@dataclass(frozen=True)
class Chip:
    """A choice that is made, to be taken away."""

    key: str
    value: str
    label: str
    dyad: str = ""


@require_safe
@vary_on_headers("HX-Request")
def mechanisms(request: HttpRequest) -> HttpResponse:
    """All mechanisms, by relationship; `?dyad=CN-KZ&state=due`, each as often as wanted."""
    errors = FilterErrors()
    dyads = errors.choice("dyad", request.GET.getlist("dyad"), DYADS)
    states = errors.choice("state", request.GET.getlist("state"), [str(state) for state in State])
    today = timezone.localdate()
    filters = MechanismFilters(tuple(dyads), tuple(State(state) for state in states))
    page = mechanisms_page(today, filters)
    context: dict[str, Any] = {
        "page": page,
        "today": today,
        "lede": lede(page),
        "errors": errors,
        "dyad_options": [Option(code, dyad_short(code), page.by_dyad.get(code, 0), code in dyads, code) for code in DYADS],
        "state_options": _state_options(page, filters),
        "chips": [Chip("dyad", code, dyad_short(code), code) for code in dyads]
        + [Chip("state", state, state_title(state)) for state in states],
    }
    fragment = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "mechanisms/_list.html" if fragment else "mechanisms/mechanisms.html"
    return render(request, template, context)


def lede(page: MechanismsPage) -> str:
    """The answer first: how many there are, what is overdue or due, what is silent."""
    count = page.states.get
    head = ngettext("%(n)d standing channel between the governments", "%(n)d standing channels between the governments", page.total)
    head %= {"n": page.total}
    parts = [
        (State.OVERDUE, lambda n: ngettext("%(n)d session is overdue", "%(n)d sessions are overdue", n)),
        (State.DUE, lambda n: ngettext("%(n)d is due", "%(n)d are due", n)),
        (State.QUIET, lambda n: ngettext("%(n)d has been quiet for over two years", "%(n)d have been quiet for over two years", n)),
        (State.NO_SESSION, lambda n: ngettext("%(n)d has no documented session", "%(n)d have no documented session", n)),
    ]
    told = [words(n) % {"n": n} for state, words in parts if (n := count(state, 0))]
    return gettext("%(head)s: %(told)s.") % {"head": head, "told": joins.listed(told)} if told else f"{head}{joins.stop()}"


def _state_options(page: MechanismsPage, filters: MechanismFilters) -> list[Option]:
    """The states that occur at all, in the order in which they ask for attention."""
    present = [state for state in State if page.states.get(state) or state in filters.states]
    return [Option(str(state), state_title(state), page.by_state.get(state, 0), state in filters.states) for state in present]


urlpatterns = [path("mechanisms/", mechanisms, name="mechanisms")]
