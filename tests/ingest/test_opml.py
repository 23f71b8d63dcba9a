"""Lists of feeds as bytes, of any charset and of any intent."""

from __future__ import annotations

import codecs
import ipaddress
from typing import Any

import pytest

from relations.domain.opml import LARGEST, Flaw, OpmlError, Refusal
from relations.ingest.opml import FLAWS, REFUSALS, flaw_in_words, import_opml, refusal_in_words
from relations.models import Feed
from tests.ingest.feed_server import FEEDS

pytestmark = pytest.mark.django_db
LIST = '<opml version="2.0"><body><outline text="Вестник 公报" language="ru" xmlUrl="https://v.example/rss"/></body></opml>'


@pytest.mark.parametrize(
    "body",
    [
        LIST.encode(),
        codecs.BOM_UTF8 + f'<?xml version="1.0" encoding="utf-8"?>{LIST}'.encode(),
        f'<?xml version="1.0" encoding="UTF-16"?>{LIST}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="UTF-16"?>{LIST}'.encode("utf-16-be"),
        f'<?xml version="1.0" encoding="GB18030"?>{LIST}'.encode("gb18030"),
        f'\n <?xml version="1.0" encoding="windows-1252"?>{LIST}'.encode(),
    ],
    ids=["plain", "bom", "utf-16", "utf-16 unmarked", "gb18030", "wrong label"],
)
def test_the_charset_does_not_matter(body: bytes) -> None:
    assert [line.title for line in import_opml(body, "a.opml").added] == ["Вестник 公报"]


def test_windows_1251_as_older_programs_write_it() -> None:
    body = '<?xml version="1.0" encoding="windows-1251"?>' + LIST.replace(" 公报", "")
    assert import_opml(body.encode("cp1251"), "a.opml").added[0].title == "Вестник"


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b" \n\0 ", Flaw.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, Flaw.NOT_XML),
        (b"PK\x03\x04" + b"\0" * 400, Flaw.NOT_XML),
        ((FEEDS / "agency_en.rss.xml").read_bytes(), Flaw.NOT_OPML),
        ((FEEDS / "login_page.html").read_bytes(), Flaw.NOT_OPML),
        ((FEEDS / "billion_laughs.xml").read_bytes(), Flaw.ENTITIES),
        ((FEEDS / "external_entity.xml").read_bytes(), Flaw.ENTITIES),
        (b"<opml>" + b" " * LARGEST, Flaw.TOO_LARGE),
    ],
    ids=["empty", "blank", "picture", "archive", "a feed", "a page", "laughs", "external", "large"],
)
def test_what_is_no_list_is_refused_and_nothing_is_written(body: bytes, flaw: Flaw) -> None:
    with pytest.raises(OpmlError) as caught:
        import_opml(body, "a.opml")
    assert caught.value.flaw is flaw
    assert flaw_in_words(caught.value).startswith(str(FLAWS[flaw]))
    assert not Feed.objects.exists()


def test_a_file_that_breaks_off_writes_nothing_of_what_came_before() -> None:
    with pytest.raises(OpmlError):
        import_opml(LIST.replace("</opml>", "").encode(), "a.opml")
    assert not Feed.objects.exists()


def test_only_the_name_of_the_file_is_kept_not_where_it_lay() -> None:
    import_opml(LIST.encode(), "/somewhere/private/my list.opml")
    assert "Proposed by the list my list.opml" in Feed.objects.get().note


def test_every_reason_has_its_words() -> None:
    assert set(FLAWS) == set(Flaw)
    assert set(REFUSALS) == set(Refusal)
    assert refusal_in_words(Refusal.NOT_WEB) == "not an address of the web"


def test_an_address_that_could_never_be_fetched_is_named_and_not_proposed(settings: Any) -> None:
    body = '<opml><body><outline text="A" xmlUrl="http://127.0.0.1/x"/><outline text="B" xmlUrl="https://b.example/rss"/></body></opml>'
    settings.INGEST_ALLOW_NETS = ()
    told = import_opml(body.encode(), "a.opml")
    assert [(line.title, line.refusal) for line in told.refused] == [("A", Refusal.CLOSED)]
    assert "private network" in refusal_in_words(Refusal.CLOSED)
    assert [feed.url for feed in Feed.objects.all()] == ["https://b.example/rss"]
    settings.INGEST_ALLOW_NETS = (ipaddress.ip_network("127.0.0.0/8"),)
    assert [line.title for line in import_opml(body.encode(), "a.opml").added] == ["A"]
