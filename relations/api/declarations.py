"""The list of declarations as CSV and JSON, and one declaration as JSON: what the pages show, the filters of the address included."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relations.models import Declaration, Source
from relations.selectors.declaration import DeclarationPage, DocumentLink, ProvisionView, read_declaration
from relations.selectors.declaration_filters import read_filters
from relations.selectors.declarations import Document, Found, find, read_catalogue

LIMIT: Final = 5000
"""Documents of one answer; `total` says how many there are."""

COLUMNS: Final = (
    "date", "title", "dyad", "parties", "kind", "level", "place", "occasion", "provisions", "by_side", "topics", "initiatives", "cites",
    "verification", "url",
)  # fmt: skip


def _found(request: HttpRequest) -> tuple[Found, dict[str, str]]:
    params = dict(request.GET.lists())
    catalogue = read_catalogue(get_language() or "en", texts="q" in params)
    filters, problems = read_filters(params, catalogue.bounds)
    return find(catalogue, filters), problems


def _row(document: Document, request: HttpRequest) -> dict[str, Any]:
    return {
        "date": document.date,
        "title": document.title,
        "dyad": document.dyad,
        "parties": list(document.parties),
        "kind": document.kind,
        "level": document.level,
        "place": document.place or None,
        "occasion": document.occasion,
        "provisions": len(document.provisions),
        "by_side": dict(document.counts),
        "topics": sorted({topic for provision in document.provisions for topic in provision.topics}),
        "initiatives": sorted(document.initiatives),
        "cites": sorted(document.cites),
        "verification": document.verification,
        "url": request.build_absolute_uri(document.url),
    }


@require_safe
def declarations_json(request: HttpRequest) -> HttpResponse:
    """The documents that pass the filters of the address, in its order; `ignored` says which filters made no sense."""
    found, problems = _found(request)
    rows = [_row(row.document, request) for row in found.rows[:LIMIT]]
    return _json({"total": found.total, "ignored": problems, "declarations": rows})


@require_safe
def declarations_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as CSV; several codes in one cell are separated by spaces, sides are written as `both=17 CN=2`."""
    found, _problems = _found(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="declarations.csv"'
    response.write("\ufeff")  # without it a spreadsheet reads the file in its own old encoding
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in found.rows[:LIMIT]:
        writer.writerow(_cell(value) for value in _row(row.document, request).values())
    return response


def _cell(value: Any) -> str:
    """One cell. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, dict):
        return " ".join(f"{key}={count}" for key, count in value.items())
    if isinstance(value, list):
        return " ".join(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


# ---- One declaration ---------------------------------------------------------------------------------------------------------


@require_safe
def declaration_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One published declaration with its provisions and sources; 404 where there is none."""
    try:
        page = read_declaration(slug, get_language() or "en")
    except Declaration.DoesNotExist as error:
        raise Http404(slug) from error
    return _json(_page(page, request))


def _page(page: DeclarationPage, request: HttpRequest) -> dict[str, Any]:
    record = page.record
    return {
        "slug": record.slug,
        "url": request.build_absolute_uri(record.get_absolute_url()),
        "date": record.date,
        "place": record.place,
        "dyad": record.dyad_id,
        "parties": list(record.parties),
        "kind": record.kind,
        "level": record.level,
        "titles": {page.title_language: page.title, **dict(page.other_titles)},
        "occasion": record.occasion,
        "summary": record.summary,
        "signatories": [{"side": row.side, "name": row.name, "office": row.office} for row in page.signatories],
        "initiatives": [initiative.code for initiative in page.initiatives],
        "invokes": [{"title": item.title, "document": item.cites or None} for item in page.invokes],
        "cited_by": [_link(document, request) for document in page.cited_by],
        "earlier": _link(page.earlier, request) if page.earlier else None,
        "later": _link(page.later, request) if page.later else None,
        "provisions": [_provision(provision) for provision in page.provisions],
        "verification": record.verification,
        "note": record.note,
        "sources": [{"number": row.number, **_source(row.source), "provisions": list(row.of)} for row in page.sources],
    }


def _provision(provision: ProvisionView) -> dict[str, Any]:
    return {
        "number": provision.number,
        "side": provision.side,
        "topics": list(provision.topics),
        "text": provision.text,
        "mechanisms": [mechanism.title for mechanism in provision.mechanisms],
        "verification": provision.verification or None,
        "sources": [source.number for source in provision.sources],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "url": source.url,
        "publisher": source.publisher,
        "title": source.title,
        "language": source.language or None,
        "published": source.published,
    }


def _link(document: DocumentLink, request: HttpRequest) -> dict[str, str]:
    return {"date": document.date, "title": document.title, "url": request.build_absolute_uri(document.url)}


def _json(content: dict[str, Any]) -> JsonResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


urlpatterns: Iterable[Any] = [
    path("declarations.json", declarations_json, name="declarations_json"),
    path("declarations.csv", declarations_csv, name="declarations_csv"),
    path("declarations/<slug:slug>.json", declaration_json, name="declaration_json"),
]
