"""The records behind a score: what each is, and what it did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import pgettext

from relations.domain.index.score import Effect
from relations.domain.partial_date import PartialDate
from relations.domain.typography import fine
from relations.models import Declaration, Event, Session, Status, Visit, choices
from relations.selectors.cited import first_publishers
from relations.selectors.statement import Named, Statement, columns, in_language
from relations.selectors.timeline import listed_title
from relations.selectors.titles import language_of


@dataclass(frozen=True, slots=True)
class RecordEffect:
    """A record behind a month: `effect` has its kind of impact, its impact, the share of it that counted, and their product.

    `language` is that of the title where it is not the reader's; `publishers` are those that it cites first.
    """

    model: str
    pk: int
    date: PartialDate
    title: str
    language: str
    effect: Effect
    publishers: tuple[str, ...] = ()

    @property
    def verification(self) -> str:
        return self.effect.item.verification

    @property
    def vague(self) -> bool:
        """Whether it counts in this month only because no finer date is known."""
        return self.date.month is None


def _text(value: str) -> Any:
    return Value(value, output_field=CharField())


def _rows() -> Sequence[QuerySet[Any]]:
    """What titles are made of, of the records with these keys."""
    english = Coalesce("title_en", Value(""))
    none = _text("")
    return [
        columns(
            Status.objects.filter(pk__in=Named("status")).order_by(), _text("status"), "pk", "date", in_language("title"), english, "level"
        ),
        columns(
            Declaration.objects.published().filter(pk__in=Named("declaration")).order_by(),
            _text("declaration"), "pk", "date", in_language("title"), english, none,
        ),
        columns(
            Visit.objects.filter(pk__in=Named("visit")).order_by(),
            _text("visit"), "pk", "date_start", in_language("visitor__name"), Coalesce("place", Value("")), "host",
        ),
        columns(
            Session.objects.filter(pk__in=Named("session")).order_by(),
            _text("session"), "pk", "date", in_language("mechanism__title"), Coalesce("mechanism__title_en", Value("")),
            Cast("number", CharField()),
        ),
        columns(
            Event.objects.filter(pk__in=Named("event")).order_by(), _text("event"), "pk", "date", in_language("title"), english, none
        ),
    ]  # fmt: skip


_RECORDS: Final = Statement(_rows)


def records_behind(effects: Iterable[Effect], *, sources: bool = True) -> list[RecordEffect]:
    """The records of these effects, in the order of the effects. Two queries, one without their publishers, none for no effect."""
    by_key = {one.item.key: one for one in effects}
    if not by_key:
        return []
    named: dict[str, list[int]] = {model: [] for model in ("status", "declaration", "visit", "session", "event")}
    for key in by_key:
        model, _dash, pk = key.partition("-")
        named[model].append(int(pk))
    rows = {f"{row[0]}-{row[1]}": row for row in _RECORDS.rows(**named)}
    publishers = first_publishers([(model, pk) for model, pks in named.items() for pk in pks]) if sources else {}
    return [_record(rows[key], effect, publishers) for key, effect in by_key.items() if key in rows]


def _record(row: tuple[Any, ...], effect: Effect, publishers: dict[tuple[str, int], tuple[str, ...]]) -> RecordEffect:
    model, pk, date, title, second, third = row
    language = "" if model == "visit" else language_of(title, second) if title else "en"
    return RecordEffect(
        model, pk, PartialDate.parse(date), _title(model, title, second, third or ""), language, effect, publishers.get((model, pk), ())
    )


def _title(model: str, title: str, second: str, third: str) -> str:
    """As the timeline has it: a visit by visitor and place, a session by mechanism and number."""
    if model == "visit":
        place = second or str(choices.State(third).label)
        return fine(pgettext("title of a visit", "%(visitor)s in %(place)s") % {"visitor": title, "place": place})
    if model == "status" and not title:
        return str(choices.Level(third).label)
    listed = listed_title(title)
    if model == "session" and third:
        return pgettext("session of a mechanism", "%(title)s, no. %(number)s") % {"title": listed, "number": third}
    return listed
