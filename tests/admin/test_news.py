"""What the machine read of articles, as the desk tells it."""

from __future__ import annotations

import pytest
from django.test import Client

from relations.domain.articles import TRIES, Trouble
from relations.domain.failures import Failure
from relations.ingest.article_words import in_words
from tests.admin.desk import url
from tests.factories import ArticleTextFactory
from tests.test_docs import INGESTION, rows

pytestmark = pytest.mark.django_db


def test_why_an_article_was_not_read_is_told_in_words(desk: Client) -> None:
    ArticleTextFactory(state="failed", error="robots", item__title="Closed")
    ArticleTextFactory(state="waiting", error="server_error", detail="The server answered 500 Internal Server Error.", item__title="Later")
    html = desk.get(url("articletext", "changelist")).content.decode()
    assert "The site asks programs not to read this page (robots.txt)" in html
    assert "The server has an error: The server answered 500 Internal Server Error." in html
    assert "Failed for good" in html and "Failed, to be tried again" in html


def test_a_text_is_read_and_never_changed_by_hand(desk: Client) -> None:
    text = ArticleTextFactory(text="Both <b>sides</b> agreed.")
    page = desk.get(url("articletext", "change", text.pk))
    assert page.status_code == 200 and "Both &lt;b&gt;sides&lt;/b&gt; agreed." in page.content.decode()
    assert desk.post(url("articletext", "change", text.pk), {"text": "x"}).status_code == 403
    assert desk.get(url("articletext", "add")).status_code == 403


@pytest.mark.parametrize("kind", [*Failure, *Trouble])
def test_every_kind_of_failure_has_its_words(kind: str) -> None:
    assert in_words(kind) not in ("", kind)


def test_the_kinds_of_articles_are_described_with_their_words_and_tries() -> None:
    described = rows(INGESTION, "Articles")
    assert described == {kind.value: [in_words(kind), str(TRIES[kind])] for kind in Trouble}
