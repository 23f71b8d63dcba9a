"""The reader of an installation: its class by the setting, its knowledge from the records."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from relations.domain.extraction import Article, LexiconReader
from relations.services.reading import article_reader, digest, knowledge
from tests.factories import MechanismFactory

pytestmark = pytest.mark.django_db


def test_the_records_are_known_by_three_queries(dataset: object, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):
        known = knowledge()
    assert any(one.slug and one.kind == "committee" and one.parties == {"CN", "KZ"} for one in known.mechanisms)
    tokayev = next(one for one in known.people if one.slug == "kassym-jomart-tokayev")
    assert {"Kassym-Jomart Tokayev"} <= set(tokayev.names)
    assert tokayev.side == "KZ"
    assert tokayev.terms


def test_the_shipped_reader_names_the_records(dataset: object) -> None:
    text = "China and Kazakhstan\n\nKassym-Jomart Tokayev and Xi Jinping signed a joint statement of China and Kazakhstan."
    people = article_reader().read(Article.of(text)).people
    assert {one.slug for one in people} == {"kassym-jomart-tokayev", "xi-jinping"}


def test_another_class_may_take_its_place(settings: object) -> None:
    settings.ARTICLE_READER = "tests.services.test_reading.Silent"
    assert isinstance(article_reader(), Silent)


@pytest.mark.parametrize("name", ["relations.nowhere.Reader", "relations.domain.extraction.Article", "nonsense"])
def test_a_class_that_cannot_read_is_refused_by_name(settings: object, name: str) -> None:
    settings.ARTICLE_READER = name
    with pytest.raises(ImproperlyConfigured, match=name):
        article_reader()


class Silent(LexiconReader):
    """A reader of one's own."""


def test_the_digest_tells_which_reader_and_which_records_something_was_read_with(settings: object) -> None:
    before = digest(knowledge(), ["a document"])
    assert len(before) == 16 and before == digest(knowledge(), ["a document"])
    assert before != digest(knowledge(), ["another document"])
    settings.ARTICLE_READER = "tests.services.test_reading.Silent"
    other_reader = digest(knowledge(), ["a document"])
    MechanismFactory()
    assert len({before, other_reader, digest(knowledge(), ["a document"])}) == 3
