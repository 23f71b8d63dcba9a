"""When an article is tried again, and how much of it is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain import articles
from relations.domain.articles import Trouble, is_article, kept, next_try, tidy
from relations.domain.failures import Failure

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def test_what_passes_by_itself_is_tried_four_times_with_growing_waits() -> None:
    waits = [next_try(Failure.TIMEOUT, tries, NOW, NOW) for tries in (1, 2, 3, 4)]
    assert waits == [NOW + HOUR, NOW + 4 * HOUR, NOW + 16 * HOUR, None]


@pytest.mark.parametrize("kind", [Trouble.ROBOTS, Trouble.LOGIN_PAGE, Trouble.NOT_A_PAGE, Failure.GONE, Failure.TOO_LARGE])
def test_what_nobody_expects_to_change_is_tried_once(kind: str) -> None:
    assert next_try(kind, 1, NOW, NOW) is None


@pytest.mark.parametrize("kind", [Trouble.NO_ARTICLE, Failure.NOT_FOUND, Failure.DENIED])
def test_a_page_that_may_not_stand_yet_is_tried_twice(kind: str) -> None:
    assert next_try(kind, 1, NOW, NOW) == NOW + HOUR
    assert next_try(kind, 2, NOW, NOW) is None


@pytest.mark.parametrize("kind", [*Failure, *Trouble])
def test_every_kind_is_given_up_some_time(kind: str) -> None:
    assert next_try(kind, articles.MOST_TRIES, NOW, NOW) is None


def test_what_is_no_news_any_more_is_given_up() -> None:
    assert next_try(Failure.TIMEOUT, 1, NOW, NOW - 7 * DAY + HOUR) == NOW + HOUR
    assert next_try(Failure.TIMEOUT, 1, NOW, NOW - 7 * DAY) is None


def test_an_excerpt_is_one_line_of_six_hundred_characters_at_most() -> None:
    text = "\n".join(["Rail and road."] * 100)
    excerpt = kept(text, whole=False)
    assert 500 < len(excerpt) <= 600 and excerpt.startswith("Rail and road. Rail") and excerpt.endswith("…")
    assert kept("Rail\nand road.", whole=False) == "Rail and road."


def test_an_official_text_is_kept_with_its_paragraphs() -> None:
    assert kept("Article 1\nArticle 2", whole=True) == "Article 1\nArticle 2"
    assert len(kept("x" * 300_000, whole=True)) == 200_000


def test_a_text_is_tidied_line_by_line() -> None:
    assert tidy("  Rail \u200b and\u00a0road\x00 \n\n \r\n Two  ") == "Rail and road\nTwo"


def test_short_chinese_texts_are_articles_where_a_latin_one_of_that_length_is_not() -> None:
    assert is_article("中国和哈萨克斯坦" * 7)
    assert not is_article("China and Kazakhstan met in Astana on Monday, officials said.")
