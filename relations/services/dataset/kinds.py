"""The kinds of record that the files hold, in the order in which they can be loaded: what a record names comes before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone

from relations import models
from relations.domain.dataset.canonical import key_of, line_of

from .columns import Blank, Codes, Column, Derived, Invoked, Number, Plain, Ref, Titles, Unknown


@dataclass(frozen=True)
class Link:
    """A many-to-many relation without data of its own: a list of keys. Written by key, or in the order of `order`."""

    key: str
    field: str
    kind: str


@dataclass(frozen=True)
class Node:
    """A table and the form of its records."""

    model: type[Model]
    columns: tuple[Column, ...]
    derived: tuple[Derived, ...] = ()
    children: tuple[Child, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Child(Node):
    """Rows that belong to a record and stand in a list of it: `key` names the list, `parent` the foreign key.

    `identity` names the columns by which a row is known again when the list changes.
    """

    key: str = ""
    parent: str = ""
    identity: tuple[str, ...] = ()
    first: int = 0


@dataclass(frozen=True)
class Kind(Node):
    """A kind of record with a natural key: `parts` are the keys of the content that make it.

    `named_by` is the column that names the record for others, if others name it. `ordered_in` names the record whose
    list gives it a place of its own (`position`), () for one list of all; None where the order follows from the content.
    `also_known_by` are other columns that the database keeps unique. `on_create` gives columns of new rows that the
    files do not own.
    """

    name: str = ""
    parts: tuple[str, ...] = ()
    named_by: str = ""
    ordered_in: tuple[str, ...] | None = None
    also_known_by: tuple[str, ...] = ()
    on_create: Callable[[dict[str, Any]], dict[str, Any]] = field(default=lambda content: {})

    def key(self, content: dict[str, Any]) -> str:
        """The natural key of a record."""
        return key_of(*(line_of(content[part]) if part == "title" else content[part] for part in self.parts))


def _citations(model: type[Model], parent: str, key: str = "sources") -> Child:
    return Child(model, (Ref("", "source_id", "sources"),), key=key, parent=parent, identity=("source_id",))


def _person(content: Any, rows: Any) -> int | None:
    found: int | None = rows.person(content["side"], content["name"])
    return found


def _holders(model: type[Model], key: str, parent: str) -> Child:
    columns = (Plain("side"), Plain("name"), Plain("office"))
    return Child(model, columns, derived=(Derived("person_id", _person),), key=key, parent=parent, identity=("side", "name"))


def _first_check(content: dict[str, Any]) -> dict[str, Any]:
    """A new feed is fetched at once where its address is known to have answered, else not until an editor says so."""
    return {"enabled": content["confidence"] == "checked", "next_check": timezone.now()}


_DYAD: Final = Plain("dyad", "dyad_id")
_RECORD: Final = (Plain("verification"), Plain("note"))

KINDS: Final = (
    Kind(
        models.Source,
        (Plain("url"), Plain("publisher"), Plain("title"), Plain("language"), Plain("published")),
        name="sources", parts=("url",), named_by="url",
    ),
    Kind(
        models.Initiative,
        (Plain("code"), Titles("title"), Plain("proposed"), Plain("proposer"), Plain("summary"), *_RECORD),
        children=(_citations(models.InitiativeCitation, "initiative"),),
        name="initiatives", parts=("code",), named_by="code", ordered_in=(),
    ),
    Kind(
        models.Person,
        (Plain("slug"), Plain("side"), Titles("name"), Plain("aliases"), *_RECORD),
        children=(
            Child(
                models.Term, (Plain("office"), Plain("from", "start"), Plain("to", "end")),
                key="offices", parent="person", identity=("office", "start"),
            ),
            _citations(models.PersonCitation, "person"),
        ),
        name="people", parts=("slug",), named_by="slug", also_known_by=("side", "name_en"),
    ),
    Kind(
        models.Mechanism,
        (
            _DYAD, Plain("slug"), Plain("kind"), Ref("parent", "parent_id", "mechanisms"), Codes("parties"), Titles("title"),
            Plain("established"), Unknown("basis"), Unknown("co_chairs"), Plain("periodicity_months"), Plain("status"), Plain("summary"),
            *_RECORD,
        ),
        children=(_citations(models.MechanismCitation, "mechanism"),),
        name="mechanisms", parts=("slug",), named_by="slug", ordered_in=("dyad",),
    ),
    Kind(
        models.Declaration,
        (
            _DYAD, Plain("slug"), Plain("kind"), Plain("date"), Unknown("place"), Codes("parties"), Plain("level"), Titles("title"),
            Plain("occasion"), Plain("summary"), Plain("state"), *_RECORD,
        ),
        children=(
            _holders(models.Signatory, "signatories", "declaration"),
            Child(models.Reference, (Invoked(),), key="references", parent="declaration", identity=("target_id", "document", "name")),
            Child(
                models.Provision, (Plain("side"), Codes("topics"), Plain("text"), Blank("verification")),
                children=(_citations(models.ProvisionCitation, "provision", "source_urls"),),
                links=(Link("mechanisms", "mechanisms", "mechanisms"),),
                key="provisions", parent="declaration", identity=("side", "text"), first=1,
            ),
            _citations(models.DeclarationCitation, "declaration"),
        ),
        links=(Link("initiatives", "initiatives", "initiatives"),),
        name="declarations", parts=("slug",), named_by="slug",
    ),
    Kind(
        models.Status,
        (_DYAD, Plain("date"), Plain("level"), Titles("title"), Ref("document", "document_id", "declarations"), Plain("summary"), *_RECORD),
        children=(_citations(models.StatusCitation, "status"),),
        name="statuses", parts=("dyad", "level"),
    ),
    Kind(
        models.Session,
        (
            Ref("mechanism", "mechanism_id", "mechanisms"), Plain("number"), Plain("date"), Unknown("place"), Blank("format"),
            Plain("outcome"), *_RECORD,
        ),
        children=(_holders(models.Chair, "chairs", "session"), _citations(models.SessionCitation, "session")),
        name="sessions", parts=("mechanism", "date", "number"), also_known_by=("mechanism_id", "number"),
    ),
    Kind(
        models.Visit,
        (
            _DYAD, Plain("date_start"), Plain("date_end"), Ref("visitor", "visitor_id", "people"), Plain("office"), Plain("kind"),
            Plain("host"), Unknown("place"), Plain("context"), Ref("declaration", "declaration_id", "declarations"), *_RECORD,
        ),
        children=(_citations(models.VisitCitation, "visit"),),
        name="visits", parts=("visitor", "host", "date_start"),
    ),
    Kind(
        models.Event,
        (
            _DYAD, Plain("date"), Codes("parties"), Plain("kind"), Plain("friction"), Titles("title"), Blank("label"), Plain("summary"),
            *_RECORD,
        ),
        children=(_citations(models.EventCitation, "event"),),
        name="events", parts=("dyad", "date", "title"),
    ),
    Kind(
        models.Anniversary,
        (_DYAD, Plain("month_day"), Plain("origin"), Titles("title"), *_RECORD),
        children=(_citations(models.AnniversaryCitation, "anniversary"),),
        name="anniversaries", parts=("dyad", "month_day", "title"),
    ),
    Kind(
        models.Indicator,
        (Plain("code"), Titles("title"), Plain("unit"), Plain("definition")),
        name="indicators", parts=("code",), named_by="code", ordered_in=(),
    ),
    Kind(
        models.Observation,
        (
            Ref("indicator", "indicator_id", "indicators"), _DYAD, Plain("year"), Plain("period"), Number("value"), Plain("qualifier"),
            Plain("reporter"), Plain("scope"), *_RECORD,
        ),
        children=(_citations(models.ObservationCitation, "observation"),),
        name="values", parts=("indicator", "dyad", "reporter", "scope", "period"), ordered_in=(),
    ),
    Kind(
        models.Outlet,
        (Plain("slug"), Plain("name"), Plain("country"), Codes("languages"), Plain("kind"), Plain("homepage"), Plain("note")),
        name="outlets", parts=("slug",), named_by="slug", ordered_in=(),
    ),
    Kind(
        models.Feed,
        (
            Ref("outlet", "outlet_id", "outlets"), Plain("url"), Plain("language"), Plain("format"), Plain("evidence"),
            Plain("confidence"), Plain("note"),
        ),
        name="feeds", parts=("url",), named_by="url", ordered_in=("outlet",), on_create=_first_check,
    ),
)  # fmt: skip

BY_NAME: Final = {kind.name: kind for kind in KINDS}
