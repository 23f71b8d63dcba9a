"""The page of one record, which is also what opens beside the timeline."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from relations.selectors.record import MODELS, RecordPage, find_record


def split_key(key: str) -> tuple[str, int] | None:
    """`visit-12` → (`visit`, 12); None for what names no record."""
    model, _, number = key.partition("-")
    return (model, int(number)) if model in MODELS and number.isascii() and number.isdigit() and len(number) < 12 else None


def drawer_context(found: RecordPage) -> dict[str, Any]:
    """What both faces of a record show."""
    year, this_year = found.row.date.year, timezone.localdate().year
    years = f"from={year - 2}" + (f"&to={year + 2}" if year + 2 < this_year else "")
    return {
        "record": found,
        "row": found.row,
        "url": reverse("web:record", args=[found.row.model, found.row.pk]),
        "document_url": reverse("web:declaration", args=[found.slug]) if found.slug else "",
        "timeline_url": f"{reverse('web:timeline')}?level=all&{years}&record={found.row.key}",
    }


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One record: a page of its own, or the drawer's content where htmx asks for that. 404 for an unknown one and for a draft."""
    found = find_record(kind, pk, timezone.localdate()) if pk < 10**12 else None
    if found is None:
        raise Http404(gettext("There is no such record."))
    htmx: Any = getattr(request, "htmx", None)
    template = "record/_drawer.html" if htmx and htmx.target == "drawer" else "record/record.html"
    return render(request, template, drawer_context(found))


urlpatterns = [path("records/<str:kind>/<int:pk>/", record, name="record")]
