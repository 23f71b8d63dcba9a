"""From an article to the draft of a declaration: what it says about whom, every value with the words it came from.

    reader = LexiconReader(Knowledge(mechanisms=…, people=…))
    reader.read(Article.of(text, published))   # → Reading: the whole draft
    reader.link(Article.of(text))              # → Links: names only, cheap

Pure: no database, no network, no clock; the same text gives the same reading. docs/reading.md explains rules and lexicon.
"""

from relations.domain.extraction.article import (
    Article,
    ArticleReader,
    Evidence,
    Knowledge,
    KnownMechanism,
    KnownPerson,
    Links,
    NamedMechanism,
    NamedPerson,
    Occasion,
    Provision,
    Reading,
    Relevance,
    Value,
)
from relations.domain.extraction.draft import as_json
from relations.domain.extraction.raw import NotAnArticle, prepared, text_of
from relations.domain.extraction.reader import LexiconReader

__all__ = [
    "Article",
    "ArticleReader",
    "Evidence",
    "Knowledge",
    "KnownMechanism",
    "KnownPerson",
    "LexiconReader",
    "Links",
    "NamedMechanism",
    "NamedPerson",
    "NotAnArticle",
    "Occasion",
    "Provision",
    "Reading",
    "Relevance",
    "Value",
    "as_json",
    "prepared",
    "text_of",
]
