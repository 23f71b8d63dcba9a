"""One feed with its past, and what an editor decides about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from relations.models import Feed
from relations.selectors import ingestion as selector
from relations.services import feeds
from relations.services.asked import note
from relations.tasks import hand_out
from relations.templatetags.ingestion import short_address
from relations.templatetags.joins import sentences
from relations.web import asked
from relations.web.ingestion import rights

MAY_ACT: Final = "relations.change_feed"


@require_safe
@never_cache
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """How one feed is doing: state, past, rules, last attempts."""
    now = timezone.now()
    found = selector.feed_page(pk, now, now.date())
    if found is None:
        raise Http404
    context = {
        "found": found,
        "row": found.row,
        "line": found.row.line,
        "live": selector.live(now, asked.of(request)),
        "now": now,
        "today": now.date(),
        "may_see_rules": request.user.has_perm("relations.view_rule"),
        "may_enter": request.user.is_staff and request.user.has_perm(MAY_ACT),
        **rights(request),
    }
    return render(request, "ingestion/feed.html", context)


# ---- What an editor decides ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What came of an action: the words for the editor, and whether the feed is to be fetched at once."""

    words: str
    fetch: bool = False


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button says (`do`: fetch, pause, resume, enable, accept, reject), then go back to where it stood (`next`)."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("web:feed", args=[pk]))
    if not request.user.has_perm(MAY_ACT):
        raise PermissionDenied
    wanted = get_object_or_404(Feed.objects.select_related("outlet"), pk=pk)
    action = _ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise Http404
    try:
        told = action(wanted, request.user)
    except feeds.NotPossible as error:
        messages.error(request, str(error))
    else:
        words = told.words
        if told.fetch:
            note(request.session, [pk], timezone.now())
            words = sentences([words, _whether_fetched(wanted, hand_out(pk))])
        messages.success(request, words)
    return HttpResponseRedirect(_back(request, pk))


def _whether_fetched(feed: Feed, reached: bool) -> str:
    """What becomes of a feed that somebody wants fetched: a worker has been told, or the next minute's look finds it."""
    if reached:
        return _("A worker fetches it next.")
    if feed.enabled and not feed.paused:
        return _("It is due now, and fetched within the next minute.")
    return _("No worker could be told, and by itself it is not fetched while it is paused or not enabled.")


def _back(request: HttpRequest, pk: int) -> str:
    """The page that the button stood on, at the feed's row; the feed's own page where that is unknown."""
    target, own = request.POST.get("next", ""), reverse("web:feed", args=[pk])
    if target != own and url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) and target.startswith("/"):
        return f"{target.partition('#')[0]}#feed-{pk}"
    return own


def _name(feed: Feed) -> dict[str, str]:
    return {"outlet": feed.outlet.name, "address": short_address(feed.url)}


def _fetch(feed: Feed, _user: object) -> Told:
    if not feeds.fetch_now(feed.pk):
        raise feeds.is_a_file()
    return Told(_("Asked for: %(outlet)s, %(address)s.") % _name(feed), fetch=True)


def _pause(feed: Feed, user: object) -> Told:
    words = _("Paused: %(outlet)s, %(address)s.") if feeds.pause(feed, user) else _("It was paused already: %(outlet)s, %(address)s.")
    return Told(words % _name(feed))


def _resume(feed: Feed, user: object) -> Told:
    done = feeds.resume(feed, user)
    words = _("Resumed: %(outlet)s, %(address)s.") if done else _("It was not paused: %(outlet)s, %(address)s.")
    return Told(words % _name(feed), fetch=done)


def _enable(feed: Feed, user: object) -> Told:
    done = feeds.enable(feed, user)
    words = _("Enabled: %(outlet)s, %(address)s.") if done else _("It was enabled already: %(outlet)s, %(address)s.")
    return Told(words % _name(feed), fetch=done)


def _accept(feed: Feed, user: object) -> Told:
    feeds.accept_new_address(feed, user)
    return Told(_("The feed of %(outlet)s has moved to %(address)s.") % _name(feed), fetch=True)


def _reject(feed: Feed, user: object) -> Told:
    feeds.reject_new_address(feed, user)
    return Told(_("The feed of %(outlet)s stays at %(address)s; the other address is not proposed again.") % _name(feed))


_ACTIONS: Final[dict[str, Callable[[Feed, object], Told]]] = {
    "fetch": _fetch,
    "pause": _pause,
    "resume": _resume,
    "enable": _enable,
    "accept": _accept,
    "reject": _reject,
}

urlpatterns = [path("ingestion/<int:pk>/", feed, name="feed"), path("ingestion/<int:pk>/act/", act, name="feed_act")]
