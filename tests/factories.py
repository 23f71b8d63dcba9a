"""Small valid records for tests: one factory a model, each with what the database demands and nothing more.

Titles are in English; a test that needs another language says so (`title_fr="…"`). Dyad rows are made by a migration,
so factories name them by code. Lists such as sources are given as they are cited: `EventFactory(sources=[a, b])`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from relations import models


def _cite(record: Any, create: bool, extracted: list[models.Source] | None, **_: Any) -> None:
    """Cite the given sources in their order."""
    if create and extracted:
        for position, source in enumerate(extracted):
            record.citations.create(source=source, position=position)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    url = factory.Sequence(lambda n: f"https://example.org/page/{n}")
    publisher = "Example Daily"
    title = factory.Sequence(lambda n: f"Report {n}")
    language = "en"
    published = "2022-09-15"


class _CitingFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True

    sources = factory.PostGeneration(_cite)


class PersonFactory(_CitingFactory):
    class Meta:
        model = models.Person

    slug = factory.Sequence(lambda n: f"person-{n}")
    side = "KZ"
    name_en = factory.Sequence(lambda n: f"Person {n}")


class TermFactory(DjangoModelFactory):
    class Meta:
        model = models.Term

    person = factory.SubFactory(PersonFactory)
    position = factory.Sequence(lambda n: n)
    office = "President"
    start = "2019-03-20"


class InitiativeFactory(_CitingFactory):
    class Meta:
        model = models.Initiative

    code = factory.Sequence(lambda n: f"INITIATIVE_{n}")
    title_en = factory.Sequence(lambda n: f"Initiative {n}")
    position = factory.Sequence(lambda n: n + 1)
    proposer = "CN"


class StatusFactory(_CitingFactory):
    class Meta:
        model = models.Status

    dyad_id = "CN-KZ"
    date = "1992-01-03"
    level = "diplomatic_relations"
    title_en = "Diplomatic relations"


class DeclarationFactory(_CitingFactory):
    """A published joint statement; `state="draft"` for a draft, `initiatives=[…]` for what it invokes."""

    class Meta:
        model = models.Declaration

    slug = factory.Sequence(lambda n: f"cn-kz-2022-09-14-statement-{n}")
    dyad_id = "CN-KZ"
    kind = "joint_statement"
    date = "2022-09-14"
    place = "Astana"
    parties = ("CN", "KZ")
    level = "head_of_state"
    title_en = factory.Sequence(lambda n: f"Joint statement {n}")
    state = "published"

    @factory.post_generation
    def initiatives(record: Any, create: bool, extracted: list[models.Initiative] | None, **_: Any) -> None:
        if create and extracted:
            record.initiatives.set(extracted)


class DeclarationTextFactory(DjangoModelFactory):
    class Meta:
        model = models.DeclarationText

    declaration = factory.SubFactory(DeclarationFactory)
    language = "en"
    text = "The two sides agreed."


class SignatoryFactory(DjangoModelFactory):
    class Meta:
        model = models.Signatory

    declaration = factory.SubFactory(DeclarationFactory)
    position = factory.Sequence(lambda n: n)
    side = "CN"
    name = factory.Sequence(lambda n: f"Signatory {n}")
    office = "President"


class ProvisionFactory(_CitingFactory):
    """A provision; `mechanisms=[…]` for those it names. Numbers run on over all declarations: give them where they matter."""

    class Meta:
        model = models.Provision

    declaration = factory.SubFactory(DeclarationFactory)
    position = factory.Sequence(lambda n: n + 1)
    side = "both"
    topics = ("trade",)
    text = factory.Sequence(lambda n: f"They agree on point {n}.")

    @factory.post_generation
    def mechanisms(record: Any, create: bool, extracted: list[models.Mechanism] | None, **_: Any) -> None:
        if create and extracted:
            record.mechanisms.set(extracted)


class ReferenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Reference

    declaration = factory.SubFactory(DeclarationFactory)
    position = factory.Sequence(lambda n: n)
    document = "UNGA_2758"


class MechanismFactory(_CitingFactory):
    class Meta:
        model = models.Mechanism

    slug = factory.Sequence(lambda n: f"cn-kz-mechanism-{n}")
    dyad_id = "CN-KZ"
    kind = "committee"
    parties = ("CN", "KZ")
    title_en = factory.Sequence(lambda n: f"Committee {n}")
    established = "2004-05-17"
    position = factory.Sequence(lambda n: n + 1)


class SessionFactory(_CitingFactory):
    class Meta:
        model = models.Session

    mechanism = factory.SubFactory(MechanismFactory)
    date = factory.Sequence(lambda n: f"{2005 + n % 15}-11-{n % 28 + 1:02d}")
    place = "Beijing"


class ChairFactory(DjangoModelFactory):
    class Meta:
        model = models.Chair

    session = factory.SubFactory(SessionFactory)
    position = factory.Sequence(lambda n: n)
    side = "CN"
    name = factory.Sequence(lambda n: f"Chair {n}")
    office = "Vice-Premier"


class VisitFactory(_CitingFactory):
    class Meta:
        model = models.Visit

    dyad_id = "CN-KZ"
    date_start = "2022-09-14"
    visitor = factory.SubFactory(PersonFactory, side="CN")
    office = "President"
    kind = "state"
    host = "KZ"
    place = "Astana"


class EventFactory(_CitingFactory):
    class Meta:
        model = models.Event

    dyad_id = "CN-KZ"
    date = "2009-12-14"
    parties = ("CN", "KZ")
    kind = "energy"
    title_en = factory.Sequence(lambda n: f"Event {n}")


class AnniversaryFactory(_CitingFactory):
    class Meta:
        model = models.Anniversary

    dyad_id = "CN-KZ"
    month_day = "01-03"
    origin = "1992-01-03"
    title_en = factory.Sequence(lambda n: f"Anniversary {n}")


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = models.Indicator

    code = factory.Sequence(lambda n: f"indicator_{n}")
    position = factory.Sequence(lambda n: n + 1)
    title_en = factory.Sequence(lambda n: f"Indicator {n}")
    unit = "USD billion"


class ObservationFactory(_CitingFactory):
    class Meta:
        model = models.Observation

    indicator = factory.SubFactory(IndicatorFactory)
    dyad_id = "CN-KZ"
    year = 2022
    period = factory.LazyAttribute(lambda o: str(o.year))
    value = 31.2
    reporter = "China Customs (GACC)"


class OutletFactory(DjangoModelFactory):
    class Meta:
        model = models.Outlet

    slug = factory.Sequence(lambda n: f"outlet-{n}")
    name = factory.Sequence(lambda n: f"Outlet {n}")
    country = "KZ"
    languages = ("en", "ru")
    kind = "newspaper"


class FeedFactory(DjangoModelFactory):
    class Meta:
        model = models.Feed

    outlet = factory.SubFactory(OutletFactory)
    url = factory.Sequence(lambda n: f"https://example.org/feed/{n}.xml")
    language = "en"
    confidence = "checked"
    enabled = True


class FetchAttemptFactory(DjangoModelFactory):
    class Meta:
        model = models.FetchAttempt

    feed = factory.SubFactory(FeedFactory)
    started = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
    finished = dt.datetime(2026, 1, 5, 9, 0, 2, tzinfo=dt.UTC)
    outcome = "stored"


class StoryFactory(DjangoModelFactory):
    class Meta:
        model = models.Story

    headline = factory.Sequence(lambda n: f"Story {n}")
    language = "en"
    first_seen = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)


class NewsItemFactory(DjangoModelFactory):
    """An item; `dyads=["CN-KZ"]` links it."""

    class Meta:
        model = models.NewsItem
        skip_postgeneration_save = True

    outlet = factory.SubFactory(OutletFactory)
    key = factory.Sequence(lambda n: f"key-{n}")
    url = factory.Sequence(lambda n: f"https://example.org/news/{n}")
    title = factory.Sequence(lambda n: f"News {n}")
    language = "en"
    first_seen = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
    sort_time = factory.SelfAttribute("first_seen")
    digest = factory.Sequence(lambda n: f"digest-{n}")

    @factory.post_generation
    def dyads(record: Any, create: bool, extracted: list[str] | None, **_: Any) -> None:
        if create and extracted:
            record.dyads.set(extracted)


class ArticleTextFactory(DjangoModelFactory):
    class Meta:
        model = models.ArticleText

    item = factory.SubFactory(NewsItemFactory)
    state = "read"
    text = "Both sides agreed on a second track."
    tried = dt.datetime(2026, 1, 5, 10, 0, tzinfo=dt.UTC)


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = models.Candidate

    story = factory.SubFactory(StoryFactory)
    created = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)


REPORT = """China and Kazakhstan issue a joint statement

ASTANA – The Chinese side supports the path of Kazakhstan. The two sides will build a railway."""
"""A short article; `drafted` has its two provisions at their places."""


def drafted(**changes: Any) -> dict[str, Any]:
    """What a reader makes of REPORT, in the form of `as_json`, with other values where they are given."""
    spans = {text: (REPORT.index(text), REPORT.index(text) + len(text)) for text in ("joint statement", "ASTANA", "Chinese", "Kazakhstan")}
    evidence = {text: [{"start": start, "end": end, "rule": "named"}] for text, (start, end) in spans.items()}
    said = (
        ("The Chinese side supports the path of Kazakhstan.", "CN", ["development_path"]),
        ("The two sides will build a railway.", "both", ["transport"]),
    )
    provisions = [
        {
            "text": text,
            "start": (at := REPORT.index(text)),
            "end": at + len(text),
            "side": side,
            "topics": topics,
            "rule": "r",
            "evidence": [],
        }
        for text, side, topics in said
    ]
    return {
        "language": "en",
        "relevant": True,
        "kind": "joint_statement",
        "date": "2022-09-14",
        "place": "Astana",
        "parties": ["CN", "KZ"],
        "occasion": {"kind": "anniversary", "years": 30},
        "mechanisms": [],
        "initiatives": [],
        "references": [],
        "provisions": provisions,
        "evidence": {"kind": evidence["joint statement"], "place": evidence["ASTANA"], "parties": {"CN": evidence["Chinese"]}},
        "warnings": [],
        **changes,
    }


class DraftedCandidateFactory(CandidateFactory):
    """A candidate with its item and story, as the reader leaves it: REPORT, read in the news of an agency."""

    item = factory.SubFactory(
        NewsItemFactory,
        title="China and Kazakhstan issue a joint statement",
        summary=REPORT.partition("\n\n")[2],
        published=dt.datetime(2022, 9, 14, 12, 0, tzinfo=dt.UTC),
        story=factory.SubFactory(StoryFactory),
        unread=False,
    )
    story = factory.SelfAttribute("item.story")
    dyad = "CN-KZ"
    text = REPORT
    draft = factory.LazyFunction(drafted)


class ItemReadingFactory(DjangoModelFactory):
    """That an item was read, and has to do with the relationships."""

    class Meta:
        model = models.ItemReading

    item = factory.SubFactory(NewsItemFactory, unread=False)
    reader = "0123456789abcdef"
    language = "en"
    relevant = True
    score = 0.9
    read_at = dt.datetime(2026, 1, 5, 9, 1, tzinfo=dt.UTC)


class NewsLinkFactory(DjangoModelFactory):
    """A link that the machine has read: to a relationship, unless kind, code and record say otherwise."""

    class Meta:
        model = models.NewsLink

    item = factory.SubFactory(NewsItemFactory, unread=False)
    kind = "dyad"
    code = "CN-KZ"


class NewsVolumeFactory(DjangoModelFactory):
    class Meta:
        model = models.NewsVolume

    month = "2026-01"
    dyad = "CN-KZ"
    language = "en"
    items = 1


class ReadingCountFactory(DjangoModelFactory):
    class Meta:
        model = models.ReadingCount

    month = "2026-01"
    language = "en"
    read = 1


class RuleFactory(DjangoModelFactory):
    """A rule for all feeds that blocks a word."""

    class Meta:
        model = models.Rule

    action = "block"
    words = factory.Sequence(lambda n: f"word{n}")


class IndexWeightFactory(DjangoModelFactory):
    """One of the weights that the migrations wrote."""

    class Meta:
        model = models.IndexWeight
        django_get_or_create = ("code",)

    code = factory.Iterator(models.IndexWeight._meta.get_field("code").choices, getter=lambda choice: choice[0])
    weight = "0.10"
