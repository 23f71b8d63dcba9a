"""The page of one mechanism."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from relations.selectors.linked_news import of_mechanism
from relations.selectors.mechanism import mechanism_page


@require_safe
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    """A mechanism by its slug, 404 where there is none; `?all=1` shows lists that are cut otherwise in full."""
    today = timezone.localdate()
    page = mechanism_page(slug, today, everything=request.GET.get("all") == "1")
    if page is None:
        raise Http404(gettext("There is no mechanism of this name."))
    return render(request, "mechanisms/mechanism.html", {"page": page, "today": today, "in_the_news": of_mechanism(page.mechanism.pk)})


urlpatterns = [path("mechanisms/<slug:slug>/", mechanism, name="mechanism")]
