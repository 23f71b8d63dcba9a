"""All feeds as a list for other readers of feeds, and lists of others as proposals."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from relations.domain.opml import LARGEST, Flaw, OpmlError
from relations.ingest.opml import flaw_in_words, import_opml, refusal_in_words
from relations.services.opml import Imported, export

MAY_ADD: Final = "relations.add_feed"
LINES_SHOWN: Final = 100


@require_safe
@never_cache
def feeds_opml(request: HttpRequest) -> HttpResponse:
    """Every feed under its outlet, as a file in OPML."""
    headers = {"Content-Disposition": 'attachment; filename="tianshan-feeds.opml"'}
    return HttpResponse(export(timezone.now()), content_type="text/x-opml; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def import_feeds(request: HttpRequest) -> HttpResponse:
    """The form for a file, and what came of one. Sending a file twice adds nothing the second time."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not request.user.has_perm(MAY_ADD):
        raise PermissionDenied
    context: dict[str, Any] = {"most_lines": LINES_SHOWN}
    if request.method == "POST":
        try:
            context |= _told(_import(request))
        except OpmlError as error:
            context["error"] = flaw_in_words(error)
    return render(request, "ingestion/import.html", context, status=422 if "error" in context else 200)


def _import(request: HttpRequest) -> Imported:
    file = request.FILES.get("file")
    if file is None:
        raise OpmlError(Flaw.EMPTY, _("no file was chosen"))
    if file.size is not None and file.size > LARGEST:
        raise OpmlError(Flaw.TOO_LARGE)
    return import_opml(file.read(LARGEST + 1), file.name or "", request.user)


def _told(told: Imported) -> dict[str, Any]:
    """What the page shows of it: a bounded number of lines of each."""
    refused = [(line.title, refusal_in_words(line.refusal)) for line in told.refused[:LINES_SHOWN] if line.refusal]
    return {"told": told, "added": told.added[:LINES_SHOWN], "known": told.known[:LINES_SHOWN], "refused": refused}


urlpatterns = [
    path("ingestion/feeds.opml", feeds_opml, name="feeds_opml"),
    path("ingestion/import/", import_feeds, name="import_feeds"),
]
