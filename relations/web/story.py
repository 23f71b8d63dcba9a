"""One story: who tells it, in the order of time, and what editors correct about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from relations.models import NewsLink
from relations.models.choices import LinkState
from relations.selectors.linked_news import LinkGroup, StoryLink, story_links
from relations.selectors.stories import StoryPage, hidden_reports, story_page
from relations.services import stories
from relations.services import story_links as decisions
from relations.templatetags import joins, names

MAY_CORRECT: Final = "relations.change_story"
_LARGEST: Final = 2**63 - 1
_KEY: Final = re.compile(r"[0-9]{1,18}")
_NUMBER: Final = re.compile(r"(?:.*/news/stories/)?(\d{1,18})/?\s*", re.S)


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """The reports of a story; the address of a story that was joined to another one leads there. 404 where nothing is shown.

    Who may see the rules is told where it is they that leave nothing to show.
    """
    corrects, sees_rules = request.user.has_perm(MAY_CORRECT), request.user.has_perm("relations.view_rule")
    found = story_page(pk, for_editor=corrects) if pk <= _LARGEST else None
    if isinstance(found, int):
        return redirect("web:story", found)
    if found is None and sees_rules and pk <= _LARGEST and (hidden := hidden_reports(pk)):
        return render(request, "news/hidden.html", {"hidden": hidden}, status=404)
    if found is None:
        raise Http404(_("There is no such story."))
    links = story_links(found.pk, for_editor=corrects, everything=request.GET.get("links") == "all")
    linked = {link.code for group in links for link in group.links if group.kind == "dyad"}
    context = {
        "found": found,
        "links": links,
        "named": [dyad for dyad in found.dyads if dyad.code not in linked],
        "told": told(found),
        "corrects": corrects,
        "today": timezone.localdate(),
        "may_see_hidden": sees_rules,
    }
    return render(request, "news/story.html", context)


def told(found: StoryPage) -> str:
    """Who tells a story, in a sentence: “3 reports, by 2 outlets, in English and Russian.”"""
    outlets = ngettext("%(n)s outlet", "%(n)s outlets", len(found.outlets)) % {"n": len(found.outlets)}
    if not found.languages:
        words = ngettext("%(n)s report by %(outlets)s.", "%(n)s reports by %(outlets)s.", found.total)
        return words % {"n": found.total, "outlets": outlets}
    # Translators: %(languages)s is “in English and Russian” as you translate it.
    words = ngettext("%(n)s report, by %(outlets)s, %(languages)s.", "%(n)s reports, by %(outlets)s, %(languages)s.", found.total)
    return words % {"n": found.total, "outlets": outlets, "languages": _in_languages(found.languages)}


def _in_languages(codes: Sequence[str]) -> str:
    """“in English and Russian”."""
    *others, last = (names.language_spoken(code) for code in codes)
    told = pgettext("languages", "%(others)s and %(last)s") % {"others": joins.listed(others), "last": last} if others else last
    return npgettext("languages", "in %(languages)s", "in %(languages)s", len(codes)) % {"languages": told}


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one report (`item`) a story of its own."""
    if (refused := _refused(request, pk)) is not None:
        return refused
    try:
        made = stories.split(_number(request.POST.get("item", "")), request.user)
    except stories.NotPossible as error:
        messages.error(request, str(error))
        return redirect("web:story", pk)
    messages.success(request, _("The report is a story of its own now, and stays one."))
    return redirect("web:story", made.pk)


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Make this story and another one (`other`, a number or an address) one."""
    if (refused := _refused(request, pk)) is not None:
        return refused
    try:
        kept = stories.join(pk, _number(request.POST.get("other", "")), request.user)
    except stories.NotPossible as error:
        messages.error(request, str(error))
        return redirect("web:story", pk)
    messages.success(request, _("Both are one story now, and stay one."))
    return redirect("web:story", kept.pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, reject or take back (`state`) a link (`link`) of the story: for htmx its row as it then is, else back to the page."""
    if (refused := _refused(request, pk)) is not None:
        return refused
    number, state = request.POST.get("link", ""), request.POST.get("state", "")
    if not _KEY.fullmatch(number) or state not in LinkState:
        return HttpResponseBadRequest(_("A link and what to make of it are missing."), content_type="text/plain; charset=utf-8")
    try:
        decisions.decide(pk, int(number), state, request.user)
    except NewsLink.DoesNotExist as error:
        raise Http404(_("There is no such link: the report may have been read again.")) from error
    groups = story_links(pk, for_editor=True, everything=True)
    row = _row(groups, int(number))
    if request.htmx and row is not None:  # type: ignore[attr-defined]
        found = story_page(pk, for_editor=True) if any(row in group.links for group in groups if group.kind == "dyad") else None
        return render(request, "news/_decided.html", {"link": row, "story": pk, "corrects": True, "found": found})
    return redirect(reverse("web:story", args=[pk]) + (f"#link-{row.pk}" if row else ""))


def _row(groups: Sequence[LinkGroup], number: int) -> StoryLink | None:
    return next((link for group in groups for link in group.links if link.pk == number), None)


def _refused(request: HttpRequest, pk: int) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("web:story", args=[pk]))
    if not request.user.has_perm(MAY_CORRECT):
        raise PermissionDenied
    return None


def _number(text: str) -> int:
    """The number in what an editor gave: a number, or the address of a story."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise stories.NotPossible(_("Give the number of a story or its address."))
    return int(match.group(1))


urlpatterns = [
    path("news/stories/<int:pk>/", story, name="story"),
    path("news/stories/<int:pk>/split/", split, name="story_split"),
    path("news/stories/<int:pk>/join/", join, name="story_join"),
    path("news/stories/<int:pk>/links/", decide, name="story_link"),
]
