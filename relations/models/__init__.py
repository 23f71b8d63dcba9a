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
from .digest import FeedDigest
from .feed import Feed, FetchAttempt, Host, Outlet
from .index_weight import IndexWeight
from .indicator import Indicator, Observation, ObservationCitation
from .mechanism import Chair, Mechanism, MechanismCitation, Session, SessionCitation
from .news import NewsItem, Story
from .news_aids import ArticleText, FeedText, Fingerprint, FingerprintBand, Rule, Tombstone
from .person import Person, PersonCitation, Term
from .reading import Candidate, ItemReading, NewsLink, NewsVolume, ReadingCount
from .source import Citation, Source
from .status import Status, StatusCitation

__all__ = [
    "Anniversary",
    "AnniversaryCitation",
    "ArticleText",
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
    "FeedDigest",
    "FeedText",
    "FetchAttempt",
    "Fingerprint",
    "FingerprintBand",
    "Host",
    "IndexWeight",
    "Indicator",
    "Initiative",
    "InitiativeCitation",
    "ItemReading",
    "Mechanism",
    "MechanismCitation",
    "NewsItem",
    "NewsLink",
    "NewsVolume",
    "Observation",
    "ObservationCitation",
    "Outlet",
    "Person",
    "PersonCitation",
    "Provision",
    "ProvisionCitation",
    "ReadingCount",
    "Record",
    "RecordQuerySet",
    "Reference",
    "Rule",
    "Session",
    "SessionCitation",
    "Signatory",
    "Source",
    "Status",
    "StatusCitation",
    "Story",
    "Term",
    "Tombstone",
    "Visit",
    "VisitCitation",
]
