"""Records as lines of what is new, in words: shared by the overview and the country pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from relations.domain.typography import fine
from relations.selectors.latest import LatestRecord
from relations.templatetags.foreign import english
from relations.templatetags.joins import in_html
from relations.templatetags.names import code_name


@dataclass(frozen=True)
class NewLine:
    """What components/_news_item.html shows of one record."""

    when: str
    title: str
    language: str
    url: str
    summary: str
    dyads: list[str]
    kind: str
    kind_dyad: str
    word: str
    names: list[str]
    verification: str


def new_line(record: LatestRecord, *, show_dyad: bool = True) -> NewLine:
    """One record in words; `show_dyad` names its relationship where those of several stand together."""
    return NewLine(
        when=record.date,
        title=_title(record),
        language=record.language,
        url=_address(record),
        summary=fine(first_sentence(record.summary)),
        dyads=[record.dyad] if show_dyad else [],
        kind=record.mark,
        kind_dyad="" if record.mark == "friction" else record.dyad,
        word=code_name(record.group, record.code),
        names=[fine(name) for name in record.publishers],
        verification=record.verification,
    )


def new_lines(records: Iterable[LatestRecord], *, show_dyad: bool = True) -> list[NewLine]:
    """The lines of a list, in the order of the records."""
    return [new_line(record, show_dyad=show_dyad) for record in records]


def _title(record: LatestRecord) -> str:
    if record.kind != "visit":
        return fine(record.title)
    values = {"who": fine(record.title), "office": english(fine(record.office)), "place": english(fine(record.place))}
    if not record.place:
        # Translators: a visitor and the office, as in “Xi Jinping, President”.
        return in_html(pgettext("title of a visit", "%(who)s, %(office)s"), **values)
    # Translators: a visitor, the office and the place visited, as in “Xi Jinping, President, in Astana”.
    return in_html(pgettext("title of a visit", "%(who)s, %(office)s, in %(place)s"), **values)


def _address(record: LatestRecord) -> str:
    if record.kind == "declaration":
        return reverse("web:declaration", args=[record.slug])
    if record.kind == "mechanism":
        return reverse("web:mechanism", args=[record.slug])
    if record.kind == "anniversary":  # a day has no page of its own
        return reverse("web:calendar")
    return reverse("web:record", args=[record.kind, record.pk])


def first_sentence(text: str, most: int = 240) -> str:
    """The first sentence of a summary, or its beginning where that is longer than `most` characters."""
    for end in (". ", "。"):
        head, found, _rest = text.partition(end)
        if found and len(head) > 40:
            return head + end.strip()
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
