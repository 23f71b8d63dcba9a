"""One story: who tells it, in the order of time, and what editors correct about it."""

from __future__ import annotations

import re
from typing import Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from relations.selectors.stories import StoryPage, hidden_reports, story_page
from relations.services import stories
from relations.templatetags import joins, names

MAY_CORRECT: Final = "relations.change_story"
_LARGEST: Final = 2**63 - 1
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
    context = {
        "found": found,
        "told": told(found),
        "corrects": corrects,
        "today": timezone.localdate(),
        "may_see_hidden": sees_rules,
    }
    return render(request, "news/story.html", context)


def told(found: StoryPage) -> str:
    """Who tells a story, in a sentence: “3 reports by 2 outlets: English, Russian.”"""
    outlets = ngettext("%(n)s outlet", "%(n)s outlets", len(found.outlets)) % {"n": len(found.outlets)}
    if not found.languages:
        words = ngettext("%(n)s report by %(outlets)s.", "%(n)s reports by %(outlets)s.", found.total)
        return words % {"n": found.total, "outlets": outlets}
    languages = joins.listed(names.language_name(code) for code in found.languages)
    words = ngettext("%(n)s report by %(outlets)s: %(languages)s.", "%(n)s reports by %(outlets)s: %(languages)s.", found.total)
    return words % {"n": found.total, "outlets": outlets, "languages": languages}


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
]
