"""One record of the timeline with everything that is known of it, its sources, and its neighbours in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from relations.models import Declaration, Event, Session, Source, Status, Visit, choices
from relations.selectors.timeline import Row, all_rows, listed_title


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the record: what it is, its words, and the page it leads to (`url_name` and `arg`), if any.

    `language` is that of the words where it may not be the reader's.
    """

    label: Any
    value: str
    url_name: str = ""
    arg: str = ""
    record: tuple[str, int] | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record. `earlier` and `later` are its neighbours in time within the same relationship."""

    row: Row
    summary: str
    note: str
    facts: Sequence[Fact]
    sources: Sequence[Source]
    earlier: Row | None
    later: Row | None
    slug: str = ""


def find_record(model: str, pk: int, today: dt.date) -> RecordPage | None:
    """The record, or None where there is no such one or it is a draft. Eight queries at most."""
    read = _READERS.get(model)
    found: Any = read(pk) if read else None
    if found is None:
        return None
    dyad = found.mechanism.dyad_id if isinstance(found, Session) else found.dyad_id
    # A record that is dated ahead of today stands on no timeline yet, but has its page.
    rows = all_rows(max(today, dt.date(int(found.date[:4]), 12, 31)), dyad)
    index = next(index for index, row in enumerate(rows) if row.model == model and row.pk == pk)
    return RecordPage(
        row=rows[index],
        summary=found.outcome if isinstance(found, Session) else found.context if isinstance(found, Visit) else found.summary,
        note=found.note,
        facts=[fact for fact in _facts(found) if fact.value],
        sources=found.cited_sources,
        earlier=rows[index + 1] if index + 1 < len(rows) else None,
        later=rows[index - 1] if index else None,
        slug=found.slug if isinstance(found, Declaration) else "",
    )


def _status(pk: int) -> Status | None:
    return Status.objects.filter(pk=pk).select_related("document").with_sources().first()


def _declaration(pk: int) -> Declaration | None:
    return Declaration.objects.published().filter(pk=pk).prefetch_related("statuses").with_sources().first()


def _session(pk: int) -> Session | None:
    return Session.objects.filter(pk=pk).select_related("mechanism").prefetch_related("chairs__person").with_sources().first()


def _visit(pk: int) -> Visit | None:
    return Visit.objects.filter(pk=pk).select_related("visitor", "declaration").with_sources().first()


def _event(pk: int) -> Event | None:
    return Event.objects.filter(pk=pk).with_sources().first()


_READERS: Final[dict[str, Callable[[int], Any]]] = {
    "status": _status,
    "declaration": _declaration,
    "session": _session,
    "visit": _visit,
    "event": _event,
}
MODELS: Final = tuple(_READERS)
"""The kinds of record that have a page."""


def _facts(found: Any) -> list[Fact]:
    """The lines that only this kind of record has."""
    if isinstance(found, Status):
        return [Fact(_("Set by"), *_document(found.document))]
    if isinstance(found, Declaration):
        level, occasion = Fact(_("Level"), str(found.get_level_display())), Fact(_("Occasion"), found.occasion, language="en")
        named = [(str(status.title or status.get_level_display()), status.pk) for status in found.statuses.all()]
        return [level, occasion, *(Fact(_("Status it set"), name, record=("status", pk)) for name, pk in named)]
    if isinstance(found, Session):
        sided = pgettext("a chair and the side", "%(name)s (%(side)s)")
        chairs = _list(sided % {"name": chair.person or chair.name, "side": chair.get_side_display()} for chair in found.chairs.all())
        return [
            Fact(_("Mechanism"), str(found.mechanism), "web:mechanism", found.mechanism.slug),
            Fact(_("Chairs"), chairs),
            Fact(_("Format"), found.get_format_display() if found.format else ""),
        ]
    if isinstance(found, Visit):
        visitor = pgettext("title of a visit", "%(who)s, %(office)s") % {"who": found.visitor, "office": found.office}
        return [
            Fact(_("Visitor"), visitor),
            Fact(_("Host"), str(found.get_host_display())),
            Fact(_("Document"), *_document(found.declaration)),
        ]
    parties = _list(str(choices.State(code).label) for code in found.parties)
    return [Fact(_("Concerns"), parties if len(found.parties) > 2 else "")]


def _list(parts: Iterable[str]) -> str:
    return pgettext("between the items of a list", ", ").join(parts)


def _document(document: Declaration | None) -> tuple[str, str, str]:
    """Title and page of a document; nothing for a draft, which nobody shall see."""
    if document is None or document.state != choices.PublicationState.PUBLISHED:
        return "", "", ""
    return listed_title(str(document.title or document.slug)), "web:declaration", document.slug
