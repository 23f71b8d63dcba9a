"""The reader of articles that this installation uses, made with the records that it may name."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from relations import domain, reference
from relations.domain.extraction import ArticleReader, Knowledge, KnownMechanism, KnownPerson
from relations.models import Mechanism, Person
from relations.reference.languages import LANGUAGES, field_suffix


def knowledge() -> Knowledge:
    """Mechanisms and people of the records, in three queries whatever their number."""
    return Knowledge(mechanisms=tuple(_mechanisms()), people=tuple(_people()))


def article_reader(known: Knowledge | None = None) -> ArticleReader:
    """A new reader of the class that ARTICLE_READER names. Keep it for as many articles as there are: making one takes a moment.

    Raises ImproperlyConfigured, with what to put right, for a class that is not there or cannot read.
    """
    name = str(settings.ARTICLE_READER)
    try:
        reader_class = import_string(name)
    except ImportError as error:
        raise ImproperlyConfigured(f"ARTICLE_READER names {name!r}, which cannot be imported: {error}.") from error
    missing = [method for method in ("read", "link") if not callable(getattr(reader_class, method, None))]
    if missing:
        raise ImproperlyConfigured(f"ARTICLE_READER names {name!r}, which has no method {missing[0]}().")
    reader: ArticleReader = reader_class(knowledge() if known is None else known)
    return reader


def digest(known: Knowledge, more: Iterable[object] = ()) -> str:
    """With which rules, words and records is read, as 16 figures: of the class of the reader, the files of its rules and words, the
    known records and whatever `more` the reading depends on. An item that was read with another digest may be read again."""
    told = json.dumps([settings.ARTICLE_READER, _rules(), repr(known), [repr(one) for one in more]])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@functools.cache
def _rules() -> str:
    """A digest of the files of the shipped reader."""
    files = [file for package, names in _FILES for file in sorted(_folder(package).glob(names))]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _folder(package: ModuleType) -> Path:
    return Path(str(package.__file__)).parent


_FILES: Final = (
    (domain, "extraction/*.py"),
    (domain, "language.py"),
    (domain, "naming.py"),
    (reference, "reading/*"),
    (reference, "lexicon.json"),
)


def _mechanisms() -> list[KnownMechanism]:
    titles = [f"title_{field_suffix(language)}" for language in LANGUAGES]
    return [
        KnownMechanism(one.slug, one.kind, frozenset(one.parties), tuple(filter(None, (getattr(one, title) for title in titles))))
        for one in Mechanism.objects.order_by("pk")
    ]


def _people() -> list[KnownPerson]:
    fields = [f"name_{field_suffix(language)}" for language in LANGUAGES]
    people = []
    for person in Person.objects.order_by("pk").prefetch_related("terms"):
        names = {getattr(person, field) for field in fields} | {name for others in person.aliases.values() for name in others}
        terms = tuple((term.office, term.start, term.end) for term in person.terms.all())
        people.append(KnownPerson(person.slug, person.side, tuple(sorted(filter(None, names))), terms))
    return people
