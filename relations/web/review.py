"""The editors' desk: what the machine drafted from the news, corrected and decided here. For editors alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relations.domain.review import Draft, changed, form_of
from relations.models import Candidate
from relations.models.choices import CandidateState, DyadCode
from relations.selectors import review as selector
from relations.selectors.review import AGES, NO_DYAD, Filters
from relations.services import acceptance, candidates, taking_back
from relations.services.acceptance import Accepted, Incomplete
from relations.services.candidates import Gone, NotPossible, Stale
from relations.web import review_form
from relations.web.paging import FilterErrors, paginate

MAY_DECIDE: Final = "relations.change_candidate"
PER_PAGE: Final = 25
_LARGEST: Final = 2**63 - 1
_COMPLETE: Final = re.compile(r"complete-([0-9]{1,18})")


@require_safe
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """The candidates that wait: `?dyad=CN-KZ&age=older&state=rejected&page=2`."""
    if (refused := _refused(request)) is not None:
        return refused
    now, errors = timezone.now(), FilterErrors()
    filters = read_filters(request, errors)
    found = selector.queue(filters, now)
    page = paginate(found.rows, request.GET.get("page"), per_page=PER_PAGE, total=found.total)
    context = {
        "found": found,
        "page": page,
        "lines": selector.lines(page.rows, request.user, now),
        "filters": filters,
        "errors": errors,
        "kept": _kept(request),
        "now": now,
        "today": timezone.localdate(),
    }
    return render(request, "review/review.html", context)


def read_filters(request: HttpRequest, errors: FilterErrors) -> Filters:
    """What the address asks for; values that make no sense are noted and ignored."""
    dyads = errors.choice("dyad", request.GET.getlist("dyad"), (*DyadCode.values, NO_DYAD))
    ages = errors.choice("age", request.GET.getlist("age"), AGES)
    states = errors.choice("state", request.GET.getlist("state"), CandidateState.values)
    return Filters(tuple(dyads), tuple(ages), states[0] if states else CandidateState.PENDING)


# ---- One candidate ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """The article beside its draft; sent, what the button says (`do`) of the version that the editor saw (`version`)."""
    if (refused := _refused(request)) is not None:
        return refused
    if pk > _LARGEST:
        raise Http404
    if request.method == "POST":
        return _decide(request, pk)
    found = selector.find(pk)
    if found is None:
        return render(request, "review/gone.html", {"kept": _kept(request)}, status=404)
    return _page(request, found)


@require_POST
@never_cache
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """The page says that it is open, and learns who else has the candidate open."""
    if (refused := _refused(request)) is not None:
        return refused
    try:
        other = candidates.mark_open(min(pk, _LARGEST), request.user, timezone.now())
    except Gone as error:
        raise Http404 from error
    return render(request, "review/_presence.html", {"presence": other})


@dataclass(frozen=True)
class _Typed:
    """What is shown of an attempt that was not carried out: the draft as typed, if it was sent along, and what was wrong."""

    draft: Draft | None
    flaws: dict[str, str]
    stale: Stale | None = None
    error: str = ""


def _decide(request: HttpRequest, pk: int) -> HttpResponse:
    asked, _dash, _target = request.POST.get("do", "save").partition("-")
    action = _ACTIONS.get(asked)
    if action is None:
        raise Http404
    draft = review_form.read_draft(request.POST)
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    typed = draft if "provisions" in request.POST else None  # the form of a rejection has only its reason, where no script adds the rest
    try:
        return action(request, pk, number, draft)
    except Gone:
        return render(request, "review/gone.html", {"kept": _kept(request)}, status=404)
    except Incomplete as error:
        return _again(request, pk, _Typed(typed, review_form.flaw_words(error.flaws)), 422)
    except NotPossible as error:
        return _again(request, pk, _Typed(typed, {}, error=str(error)), 422)
    except Stale as error:
        return _again(request, pk, _Typed(typed, {}, stale=error), 409)


def _again(request: HttpRequest, pk: int, typed: _Typed, status: int) -> HttpResponse:
    found = selector.find(pk)
    if found is None:
        return render(request, "review/gone.html", {"kept": _kept(request)}, status=404)
    return _page(request, found, typed, status)


def _page(request: HttpRequest, found: Candidate, typed: _Typed | None = None, status: int = 200) -> HttpResponse:
    now, pending = timezone.now(), found.state == CandidateState.PENDING
    stored = form_of(found.draft)
    attempt = typed.draft if typed and typed.draft else stored
    # What is decided is shown as it was decided; what somebody had typed meanwhile is told above it.
    desk = selector.desk(found, attempt if pending else None)
    filters = read_filters(request, FilterErrors())
    before, after = selector.neighbours(found.pk, found.created, Filters(filters.dyads, filters.ages), now)
    stale = typed.stale if typed else None
    others = changed(stored, attempt) if stale else ()
    context = {
        "desk": desk,
        "candidate": found,
        "draft": desk.draft,
        "pending": pending,
        "rows": _rows(desk, typed.flaws if typed else {}),
        "choices": review_form.choices(desk.draft),
        "errors": typed.flaws if typed else {},
        "error": typed.error if typed else "",
        "stale": stale,
        "differs": [(review_form.FIELDS[name], review_form.value_words(name, stored if pending else attempt)) for name in others],
        "told": [] if pending else review_form.told(desk),
        "fields": review_form.FIELDS,
        "undoable": taking_back.may_take_back(found),
        "presence": candidates.presence(found, request.user, now),
        "before": before,
        "after": after,
        "second": review_form.second(request.POST),
        "parted": review_form.moved(request.POST),
        "sent": request.POST if typed else {},
        "kept": _kept(request),
        "now": now,
    }
    return render(request, "review/candidate.html", context, status=status)


def _rows(desk: selector.Desk, flaws: dict[str, str]) -> list[dict[str, Any]]:
    """The provisions as the form shows them, each with what is wrong in it, what it repeats, and whether the kept text has its words."""
    length = len(desk.candidate.text)
    return [
        {
            "place": place,
            "number": place + 1,
            "one": one,
            "marked": one.end is not None and one.end <= length,
            "topics": (*one.topics, "", "", "")[: max(3, len(one.topics))],
            "errors": {name: words for name in ("text", "side", "topics") if (words := flaws.get(f"provisions-{place}-{name}", ""))},
            "lines": review_form.lines(one.text),
            "repeat": desk.repeats.get(place),
        }
        for place, one in enumerate(desk.draft.provisions)
    ]


# ---- What an editor decides ---------------------------------------------------------------------------------------------------


def _save(request: HttpRequest, pk: int, version: int, draft: Draft) -> HttpResponse:
    candidates.save(pk, version, draft, request.user, timezone.now())
    messages.success(request, _("The draft is kept. It still waits for a decision."))
    return HttpResponseRedirect(_address(request, pk))


def _accept(request: HttpRequest, pk: int, version: int, draft: Draft) -> HttpResponse:
    onward = _onward(request, pk)
    target = _COMPLETE.fullmatch(request.POST.get("do", ""))
    done = acceptance.accept(pk, version, draft, request.user, timezone.now(), int(target[1]) if target else None)
    again = format_html('<a href="{}">{}</a>', reverse("web:candidate", args=[pk]), _("Look at it again"))
    # A declaration that says nothing is rarely what was meant.
    tell = messages.warning if done.made and not done.provisions else messages.success
    tell(request, format_html("{} {}", _told(done), again))
    return HttpResponseRedirect(onward)


def _told(done: Accepted) -> str:
    added = ngettext("%(n)s provision", "%(n)s provisions", done.provisions) % {"n": done.provisions}
    if done.made and not done.provisions:
        words = _("Accepted: a declaration in draft, but without any provision.")
    elif done.made:
        words = _("Accepted: a declaration in draft with %(provisions)s.") % {"provisions": added}
    else:
        words = _("Accepted: %(provisions)s added to the declaration.") % {"provisions": added}
    if done.repeated:
        more = ngettext("%(n)s stood there already.", "%(n)s stood there already.", done.repeated)
        words = f"{words} {more % {'n': done.repeated}}"
    address = reverse("admin:relations_declaration_change", args=[done.declaration.pk])
    return format_html('{} <a href="{}">{}</a>', words, address, _("Open it to publish it") if done.made else _("Open it"))


def _reject(request: HttpRequest, pk: int, version: int, draft: Draft) -> HttpResponse:
    onward = _onward(request, pk)
    candidates.reject(pk, version, request.POST.get("reason", ""), request.user, timezone.now())
    link = format_html('<a href="{}">{}</a>', reverse("web:candidate", args=[pk]), _("Look at it again"))
    messages.success(request, format_html("{} {}", _("Rejected; the reason is kept."), link))
    return HttpResponseRedirect(onward)


def _split(request: HttpRequest, pk: int, version: int, draft: Draft) -> HttpResponse:
    kind, parties = review_form.second(request.POST)
    moved = review_form.moved(request.POST)
    _first, second = candidates.split(pk, version, draft, moved, request.user, kind=kind, parties=parties)
    link = format_html('<a href="{}">{}</a>', reverse("web:candidate", args=[second.pk]), _("The second one"))
    messages.success(request, format_html("{} {}", _("Two drafts now; this is the first."), link))
    return HttpResponseRedirect(_address(request, pk))


def _reopen(request: HttpRequest, pk: int, version: int, draft: Draft) -> HttpResponse:
    candidates.reopen(pk, version, request.user)
    messages.success(request, _("Taken up again: it waits for a decision."))
    return HttpResponseRedirect(_address(request, pk))


def _take_back(request: HttpRequest, pk: int, version: int, draft: Draft) -> HttpResponse:
    taking_back.take_back(pk, version, request.user)
    messages.success(request, _("Taken back: the declaration in draft is gone, and this waits for a decision again."))
    return HttpResponseRedirect(_address(request, pk))


_ACTIONS: Final[dict[str, Callable[[HttpRequest, int, int, Draft], HttpResponse]]] = {
    "save": _save,
    "accept": _accept,
    "complete": _accept,  # `complete-12`: with the declaration
    "reject": _reject,
    "split": _split,
    "reopen": _reopen,
    "undo": _take_back,
}


# ---- Addresses and rights -------------------------------------------------------------------------------------------------------


def _refused(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("web:review"))
    if not request.user.has_perm(MAY_DECIDE):
        raise PermissionDenied
    return None


def _kept(request: HttpRequest) -> str:
    """The filters of the queue, which stay while an editor goes from one candidate to the next."""
    kept = request.GET.copy()
    for name in [name for name in kept if name not in ("dyad", "age")]:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""


def _address(request: HttpRequest, pk: int) -> str:
    return reverse("web:candidate", args=[pk]) + _kept(request)


def _onward(request: HttpRequest, pk: int) -> str:
    """Where to go once a candidate is decided: to the next one of the queue, or to the queue where none is left."""
    found = Candidate.objects.filter(pk=pk).values_list("created", flat=True).first()
    if found is None:
        return reverse("web:review")
    filters = read_filters(request, FilterErrors())
    before, after = selector.neighbours(pk, found, Filters(filters.dyads, filters.ages), timezone.now())
    following = after or before
    return _address(request, following) if following else reverse("web:review")


urlpatterns = [
    path("review/", queue, name="review"),
    path("review/<int:pk>/", candidate, name="candidate"),
    path("review/<int:pk>/open/", opened, name="candidate_open"),
]
