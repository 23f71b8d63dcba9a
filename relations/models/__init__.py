"""The records of the product: schema, constraints, and querysets with named questions."""

from .base import Dyad, Record, RecordQuerySet
from .chronicle import Anniversary, AnniversaryCitation, Event, EventCitation, Visit, VisitCitation
from .dataset import DatasetEntry
from .declaration import (
    Declaration,
    DeclarationCitation,
    DeclarationText,
    Initiative,
    InitiativeCitation,
    Provision,
    ProvisionCitation,
    Reference,
    Signatory,
)
from .indicator import Indicator, Observation, ObservationCitation
from .mechanism import Chair, Mechanism, MechanismCitation, Session, SessionCitation
from .news import Candidate, Feed, FetchAttempt, NewsItem, Outlet, Story
from .person import Person, PersonCitation, Term
from .source import Citation, Source
from .status import Status, StatusCitation

__all__ = [
    "Anniversary",
    "AnniversaryCitation",
    "Candidate",
    "Chair",
    "Citation",
    "DatasetEntry",
    "Declaration",
    "DeclarationCitation",
    "DeclarationText",
    "Dyad",
    "Event",
    "EventCitation",
    "Feed",
    "FetchAttempt",
    "Indicator",
    "Initiative",
    "InitiativeCitation",
    "Mechanism",
    "MechanismCitation",
    "NewsItem",
    "Observation",
    "ObservationCitation",
    "Outlet",
    "Person",
    "PersonCitation",
    "Provision",
    "ProvisionCitation",
    "Record",
    "RecordQuerySet",
    "Reference",
    "Session",
    "SessionCitation",
    "Signatory",
    "Source",
    "Status",
    "StatusCitation",
    "Story",
    "Term",
    "Visit",
    "VisitCitation",
]
