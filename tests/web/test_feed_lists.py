"""Lists of feeds by the browser: out for everybody, in for editors."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from relations.domain.opml import LARGEST, read
from relations.models import Feed
from relations.web.feed_lists import LINES_SHOWN
from tests.admin.desk import account, at_desk
from tests.factories import FeedFactory
from tests.web.test_ingestion import words

pytestmark = pytest.mark.django_db
LIST = """<opml version="2.0"><body>
<outline text="Kabar" xmlUrl="https://kabar.example/rss"/>
<outline text="Known" xmlUrl="https://known.example/rss"/>
<outline text="A &lt;b&gt;page&lt;/b&gt;" type="link" url="https://page.example/"/>
</body></opml>"""


@pytest.fixture
def desk() -> Client:
    return at_desk(account("ana", "Editor"))


def send(client: Client, content: bytes | str, name: str = "list.opml") -> tuple[int, str]:
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    answer = client.post("/ingestion/import/", {"file": file})
    return answer.status_code, answer.content.decode()


def test_everybody_may_take_the_feeds_along(client: Client) -> None:
    FeedFactory(url="https://kabar.example/rss")
    answer = client.get("/ingestion/feeds.opml")
    assert answer["Content-Type"] == "text/x-opml; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="tianshan-feeds.opml"'
    assert [outline.address for outline in read(answer.content.decode())] == ["https://kabar.example/rss"]
    assert client.post("/ingestion/feeds.opml").status_code == 405


def test_strangers_and_viewers_import_nothing(client: Client) -> None:
    for method in (client.get, client.post):
        answer = method("/ingestion/import/")
        assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/ingestion/import/")
    viewer = at_desk(account("vera", "Viewer"))
    assert viewer.get("/ingestion/import/").status_code == 403
    assert send(viewer, LIST)[0] == 403
    assert not Feed.objects.exists()


def test_an_editor_sends_a_list_and_sees_what_became_of_it(desk: Client) -> None:
    FeedFactory(url="https://known.example/rss")
    status, html = send(desk, LIST)
    page = words(html)
    assert status == 200
    assert "1 feed is proposed. 1 was known already, 1 is refused." in page
    assert "Kabar kabar.example/rss" in page
    assert "A &lt;b&gt;page&lt;/b&gt; leads to a page or another list" in page
    feed = Feed.objects.get(url="https://kabar.example/rss")
    assert not feed.enabled and "list.opml" in feed.note
    assert feed.history.get().history_user.username == "ana"  # type: ignore[attr-defined]


def test_the_same_list_once_more_adds_nothing(desk: Client) -> None:
    send(desk, LIST)
    assert "0 feeds are proposed. 2 were known already, 1 is refused." in words(send(desk, LIST)[1])
    assert Feed.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"<html></html>", "The file is no list of feeds in OPML."),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "The file has a document type or entities of its own, which are not read."),
        (b"<opml>" + b" " * LARGEST, "The file is larger than 1 MiB."),
        (b"<opml><body>", "The file is not well-formed XML. (no element found: line 1, column 12)"),
    ],
    ids=["empty", "page", "entities", "large", "cut off"],
)
def test_what_is_wrong_with_a_file_is_said_in_words(desk: Client, content: bytes, said: str) -> None:
    status, html = send(desk, content)
    assert status == 422
    assert f"Nothing was imported {said}" in words(html)


def test_a_form_without_a_file_says_so(desk: Client) -> None:
    answer = desk.post("/ingestion/import/")
    assert answer.status_code == 422 and "no file was chosen" in answer.content.decode()


def test_a_form_without_its_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account("ana", "Editor"))
    assert send(strict, LIST)[0] == 403
    assert not Feed.objects.exists()


def test_a_long_list_is_told_in_part(desk: Client) -> None:
    many = "".join(f'<outline text="Feed {n}" xmlUrl="https://kabar.example/{n}"/>' for n in range(LINES_SHOWN + 5))
    _status, html = send(desk, f"<opml><body>{many}</body></opml>")
    assert html.count("<li>Feed ") == LINES_SHOWN
    assert f"{LINES_SHOWN + 5} feeds are proposed." in words(html) and f"The first {LINES_SHOWN} of each are listed." in words(html)
