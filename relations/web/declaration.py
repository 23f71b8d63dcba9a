"""One declaration: who says what in it, by side and topic or in the order of the text."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from relations.domain.typography import fine
from relations.models import Declaration
from relations.selectors.declaration import DeclarationPage, read_declaration
from relations.selectors.linked_news import of_declaration
from relations.templatetags.dates import long_date
from relations.templatetags.foreign import english, latin
from relations.templatetags.joins import in_html, remark, sentences
from relations.templatetags.names import dyad_title

ORDERS: Final = ("side", "text")
MAY_SEE_DRAFTS: Final = "relations.change_declaration"


@require_safe
def declaration(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a declaration; 404 where there is none. A draft is none, but for editors who ask for its preview."""
    preview = request.GET.get("preview") == "1" and request.user.has_perm(MAY_SEE_DRAFTS)
    try:
        page = read_declaration(slug, get_language() or "en", drafts=preview)
    except Declaration.DoesNotExist as error:
        raise Http404(slug) from error
    order = request.GET.get("order", ORDERS[0])
    context = {
        "page": page,
        "record": page.record,
        "order": order if order in ORDERS else ORDERS[0],
        "citation": citation(page, request.build_absolute_uri(request.path), timezone.localdate()),
        "draft": page.record.state == "draft",
        "in_the_news": of_declaration(page.record.pk),
    }
    return render(request, "declarations/declaration.html", context)


def citation(page: DeclarationPage, url: str, today: dt.date) -> SafeString:
    """The document in one line, to be put into a note."""
    record = page.record
    where = format_html_join(remark(), "{}", ((part,) for part in (english(fine(record.place or "")), long_date(record.date)) if part))
    words = gettext("%(parties)s, “%(title)s”, %(where)s.")
    cited = [in_html(words, parties=dyad_title(record.dyad_id), title=fine(page.title), where=where)]
    first = next((source for source in page.sources if not source.source.is_copy), None)
    if first:
        cited.append(in_html(gettext("%(publisher)s, %(url)s."), publisher=latin(fine(first.name)), url=first.source.url))
    cited.append(in_html(gettext("Tianshan, %(url)s, read on %(date)s."), url=url, date=long_date(today)))
    return sentences(cited)


urlpatterns = [path("declarations/<slug:slug>/", declaration, name="declaration")]
