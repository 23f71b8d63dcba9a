"""“Draft from text”: a pasted text or a file is read, and the form of a new declaration opens with what was read filled in.

The draft waits in the session of the editor under a number in the address of the form; nothing else is stored.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from relations.domain.extraction import Article, as_json
from relations.domain.extraction.raw import NotAnArticle, prepared, text_of
from relations.domain.review import Draft, dyad_of, form_of, proposed_title
from relations.models import Initiative, Mechanism
from relations.services.reading import article_reader
from relations.services.warnings import told

from . import drafted

LARGEST: Final = 2_000_000
"""Bytes of a request that are read; an article has some five thousand."""
_KEPT: Final = 3
_KEY: Final = "drafts_from_text"


class PastedField(forms.CharField):
    """A text as it comes, NUL included: the reader leaves such characters out, or says that it is no text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = []


class TextToDraftForm(forms.Form):
    """A text or a file, and the day of its publication."""

    text = PastedField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Title on the first line, a blank line, then the article. In English, French, Chinese or Russian."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Plain text or HTML, in UTF-8, UTF-16, GB 18030 or Windows-1251."),
    )
    published = forms.DateField(
        label=gettext_lazy("Published"),
        required=False,
        help_text=gettext_lazy("2022-09-14: the day from which “yesterday” and “Tuesday” count. May be left empty."),
    )

    def clean(self) -> dict[str, Any]:
        """The text as it can be read, in `article`, with warnings. Says why where it cannot."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if file is not None and text.strip():
            raise forms.ValidationError(_("Give a text or a file, not both."))
        if file is None and not text.strip():
            raise forms.ValidationError(_("Paste a text or choose a file."))
        try:
            cleaned["article"], cleaned["warnings"] = text_of(file.read(LARGEST + 1)) if file is not None else prepared(text)
        except NotAnArticle as error:
            raise forms.ValidationError(_("This cannot be read. %(why)s") % {"why": told(str(error))}) from error
        return cleaned


class DraftsFromText:
    """What an admin of declarations needs for it: a page, and the values with which the empty form opens."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[Any]:
        pages = [path("draft/", self.admin_site.admin_view(csrf_exempt(self._guarded)), name="relations_declaration_draft")]
        return [*pages, *super().get_urls()]  # type: ignore[misc]

    def _guarded(self, request: HttpRequest) -> HttpResponse:
        """Too large a request is told before anything of it is read: Django itself would answer with an empty refusal."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            form = TextToDraftForm()
            words = _("This is too large: at most %(most)s MB are taken. An article has a few thousand characters.") % {"most": 2}
            return self._draft_page(request, form, words, status=413)
        return csrf_protect(self._draft_view)(request)

    def _draft_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        if request.method != "POST":
            return self._draft_page(request, TextToDraftForm())
        form = TextToDraftForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._draft_page(request, form, status=422)
        text = form.cleaned_data["article"]
        read = as_json(article_reader().read(Article.of(text, form.cleaned_data["published"])))
        read["quotes"] = drafted.quotes(read, text)
        draft = form_of(read)
        self._say(request, draft, [*form.cleaned_data["warnings"], *read["warnings"]])
        return HttpResponseRedirect(f"{reverse('admin:relations_declaration_add')}?draft={_remember(request, read)}")

    def _draft_page(self, request: HttpRequest, form: TextToDraftForm, error: str = "", status: int = 200) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Draft from text"),
            "form": form,
            "error": error,
        }
        return TemplateResponse(request, "admin/relations/declaration/draft.html", context, status=status)

    def _say(self, request: HttpRequest, draft: Draft, warnings: list[str]) -> None:
        if not draft.provisions:
            messages.warning(request, _("No provision was read. Nothing is saved until you save."))
        words = ngettext(
            "Drafted with %(n)s provision. Nothing is saved until you save.",
            "Drafted with %(n)s provisions. Nothing is saved until you save.",
            len(draft.provisions),
        )
        if draft.provisions:
            messages.success(request, words % {"n": len(draft.provisions)})
        if not draft.kind and not draft.provisions:
            messages.warning(request, _("The text does not report a document that the reader knows."))
        for warning in warnings:
            messages.warning(request, _("While reading: %(warning)s") % {"warning": told(warning)})

    def changeform_view(self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None) -> Any:
        """The form, with the words from which it was filled in above it."""
        read = _remembered(request) if object_id is None else None
        context = {**(extra_context or {}), "quotes": drafted.labelled(read.get("quotes")) if read else []}
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]

    # ---- The form that opens -------------------------------------------------------------------------------------------------

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)  # type: ignore[misc]
        read = _remembered(request)
        initial.pop("draft", None)
        if read is None:
            return initial
        draft = form_of(read)
        told = {
            "dyad": dyad_of(draft.parties),
            "kind": draft.kind,
            "level": draft.level,
            "date": draft.date,
            "place": draft.place,
            "parties": list(draft.parties),
            "title_en": draft.title or proposed_title(draft),
            "occasion": draft.occasion,
            "initiatives": list(Initiative.objects.filter(code__in=draft.initiatives).values_list("pk", flat=True)),
        }
        return {**initial, **{name: value for name, value in told.items() if value}}


def rows_of(request: HttpRequest, name: str) -> list[dict[str, Any]]:
    """The rows with which an empty form opens: `signatories`, `provisions` or `references` of the draft that its address names."""
    read = _remembered(request)
    if read is None:
        return []
    if name == "signatories":
        return drafted.signatories(read)
    draft = form_of(read)
    if name == "references":
        return [{"document": code} for code in draft.references]
    told = read.get("evidence", {}).get("mechanisms", {})
    slugs = {kind: row.get("record") for kind, row in told.items() if row.get("record")}
    records = dict(Mechanism.objects.filter(slug__in=slugs.values()).values_list("slug", "pk"))
    places = [(records[slug], span) for kind, slug in slugs.items() if slug in records for span in told[kind]["spans"]]
    return [
        {
            "side": one.side,
            "topics": list(one.topics),
            "text": one.text,
            "mechanisms": list(dict.fromkeys(pk for pk, span in places if _within(one.start, one.end, span))),
        }
        for one in draft.kept
    ]


def _within(start: int | None, end: int | None, span: dict[str, int]) -> bool:
    return start is not None and end is not None and start <= span["start"] and span["end"] <= end


def _remember(request: HttpRequest, read: dict[str, Any]) -> str:
    """Keep a draft in the session, the last few only; the number under which it is found."""
    number = secrets.token_hex(8)
    kept = dict(request.session.get(_KEY) or {})
    request.session[_KEY] = dict([*kept.items(), (number, read)][-_KEPT:])
    return number


def _remembered(request: HttpRequest) -> dict[str, Any] | None:
    """The draft of the address; only for opening the form: what is sent back is the editor's own."""
    number = request.GET.get("draft", "")
    found = (request.session.get(_KEY) or {}).get(number) if number and request.method == "GET" else None
    return found if isinstance(found, dict) else None
