"""Text of a feed → entries: every format, and every way of being broken that the fixtures know."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.domain.failures import Failure, IngestError
from relations.domain.feed_entry import Entry
from relations.ingest import parse as parser
from relations.ingest.document import Document
from relations.ingest.parse import MOST_ENTRIES, parse
from relations.ingest.read import read
from tests.ingest.feed_server import FEEDS


def fixture(name: str) -> Document:
    return read((FEEDS / name).read_bytes(), "", "https://x.example.org/feed")


def failure(name: str) -> Failure:
    with pytest.raises(IngestError) as caught:
        fixture(name)
    return caught.value.kind


def rss(items: str, head: str = "<title>T</title><link>https://e.org/</link>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


@pytest.mark.parametrize(
    ("name", "title", "language", "format", "titles"),
    [
        (
            "agency_en.rss.xml",
            "Steppe News Agency",
            "en-us",
            "rss",
            [
                "China and Kazakhstan agree on a third rail crossing",
                "Central Asian ministers meet their Chinese colleague",
                "Snow closes the pass & two schools",
            ],
        ),
        ("agency_ru_1251.rss.xml", "Вестник Ташкента", "ru", "rss", ["Узбекистан и Китай подписали соглашение", "Погода на неделю"]),
        ("agency_ru_koi8_unlabelled.rss.xml", "Горный вестник", "", "rss", ["Таджикистан и КНР обсудили границу"]),
        (
            "agency_zh_gb18030.rss.xml",
            "丝路新闻",
            "zh-CN",
            "rss",
            ["中国与土库曼斯坦扩大天然气合作", "发展中国家与哈萨克斯坦的粮食贸易"],
        ),
        ("agency_bom_utf16.rss.xml", "Wide News", "en", "rss", ["China opens a consulate in Uzbekistan"]),
        ("journal_fr_latin1.rdf.xml", "Le Journal des Steppes", "fr", "rss", ["La Chine et le Kirghizistan préparent l'été"]),
        ("netscape_doctype.rss.xml", "Old", "en", "rss", ["Uzbekistan looks to China"]),
        ("blog.atom.xml", "Silk Road Notes", "en", "atom", ["Tajikistan & China: a road", "Dated tomorrow, if not later"]),
        (
            "journal.feed.json",
            "JSON Steppe",
            "en",
            "json",
            ["Kyrgyzstan and China", "No title, only a text about Turkmenistan and China."],
        ),
        ("no_items.rss.xml", "Quiet", "", "rss", []),
    ],
)
def test_every_format_and_charset_is_read(name: str, title: str, language: str, format: str, titles: list[str]) -> None:
    document = fixture(name)
    assert (document.title, document.language, document.format) == (title, language, format)
    assert [entry.title for entry in document.entries] == titles


def test_an_entry_keeps_what_matters_and_nothing_dangerous() -> None:
    document = fixture("agency_en.rss.xml")
    first, _second, third = document.entries
    assert first.url == "https://steppe.example.kz/2026/03/rail"
    assert first.summary == "The two governments signed the paper in Astana."
    assert first.author == "A. Reporter"
    assert first.published is not None and first.published.isoformat() == "2026-03-02T05:15:00+00:00"
    assert (third.url, third.summary) == ("", "Roads are to be cleared by noon.")
    assert document.skipped == 0


def test_a_summary_made_of_content_holds_no_scripts_and_links_are_read_from_the_feed() -> None:
    first = fixture("blog.atom.xml").entries[0]
    assert first.summary == "A long text. Second paragraph."
    assert first.url == "https://notes.example.org/2026/road"


def test_the_feeds_own_address_is_found() -> None:
    assert fixture("agency_en.rss.xml").self_link == "https://steppe.example.kz/rss"
    assert fixture("blog.atom.xml").self_link == "https://notes.example.org/atom"
    assert fixture("journal.feed.json").self_link == "https://json.example.org/feed.json"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("not_a_feed.html", Failure.NOT_A_FEED),
        ("login_page.html", Failure.LOGIN_PAGE),
        ("empty.xml", Failure.EMPTY),
        ("billion_laughs.xml", Failure.ENTITIES),
        ("external_entity.xml", Failure.ENTITIES),
    ],
)
def test_what_is_no_feed_is_refused_with_its_reason(name: str, kind: Failure) -> None:
    assert failure(name) is kind


@pytest.mark.parametrize(
    "text", ["plain words", "{", "[]", '{"a": 1}', '{"items": 5, "title": "x"}', "<sitemap><url/></sitemap>", "<a><b></a>"]
)
def test_other_files_are_no_feeds(text: str) -> None:
    with pytest.raises(IngestError) as caught:
        parse(text)
    assert caught.value.kind is Failure.NOT_A_FEED


def test_a_bad_entry_is_skipped_and_counted() -> None:
    assert fixture("journal.feed.json").skipped == 1
    assert fixture("without_guids.rss.xml").skipped == 1


def test_half_a_character_in_json_does_not_cost_the_feed() -> None:
    item = '{"id": "\\ud800", "url": "https://e.org/\\ud800", "title": "a\\u0000\\udfffb", "content_html": "<a href=\'\\ud800\'>x</a>"}'
    text = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "\\ud800", "items": [{item}, {{"id": "2", "title": "Good"}}]}}'
    entries = read(text.encode(), "application/feed+json", "https://e.org/").entries
    assert [entry.url for entry in entries] == ["https://e.org/\ufffd", ""]
    assert entries[1].title == "Good"
    for entry in entries:
        (entry.title + entry.summary + entry.summary_html + entry.author + entry.url).encode()


def test_a_guid_used_twice_loses_no_entry() -> None:
    document = fixture("repeated_guids.rss.xml")
    assert [entry.title for entry in document.entries] == ["First", "Second"]
    assert document.skipped == 1


def test_of_a_feed_that_is_cut_off_the_whole_entries_are_kept() -> None:
    document = fixture("broken_cut_off.rss.xml")
    assert [entry.title for entry in document.entries] == ["Whole entry about China and Tajikistan"]
    assert document.skipped == 1


def test_a_feed_that_is_not_well_formed_is_mended() -> None:
    document = fixture("broken_unescaped.rss.xml")
    assert document.title == "Trade & transport"
    assert [(entry.title, entry.url, entry.summary) for entry in document.entries] == [
        ("Oil & gas China", "https://amp.example.org/1?a=1&b=2", "Tea & sugar")
    ]


def test_named_entities_of_html_become_characters() -> None:
    parsed = parse(rss("<item><title>Caf&eacute; &mdash; &laquo;x&raquo; &unknown; &amp;</title><guid>1</guid></item>"))
    assert parsed.entries[0].title == "Café — «x» &unknown; &"


def test_ampersands_in_cdata_are_left_alone() -> None:
    parsed = parse(rss("<item><title>a & b</title><link><![CDATA[https://e.org/?a=1&b=2]]></link><guid>1</guid></item>"))
    assert parsed.entries[0].link == "https://e.org/?a=1&b=2"
    assert parsed.entries[0].title == "a & b"


def test_a_number_as_guid_is_not_taken_for_a_date() -> None:
    parsed = parse(rss("<item><title>a</title><guid isPermaLink='false'>20260314</guid></item>"))
    assert parsed.entries[0].published == ""


def test_no_more_than_the_limit_is_taken_and_the_rest_is_counted() -> None:
    parsed = parse(rss("".join(f"<item><title>{n}</title><guid>{n}</guid></item>" for n in range(MOST_ENTRIES + 20))))
    assert (len(parsed.entries), parsed.skipped) == (MOST_ENTRIES, 20)


@pytest.mark.parametrize(
    ("head", "entry", "tail"),
    [
        ("<rss><channel><title>T</title>", "<item><guid>{0}</guid><title>{0}</title></item>", "</channel></rss>"),
        ("<rdf:RDF xmlns:rdf='r'><channel><title>T</title></channel>", "<item><guid>{0}</guid><title>{0}</title></item>", "</rdf:RDF>"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>", "<entry><id>{0}</id><title>{0}</title></entry>", "</feed>"),
    ],
)
def test_what_is_beyond_the_limit_is_not_even_read(head: str, entry: str, tail: str) -> None:
    parsed = parse(head + "".join(entry.format(n) for n in range(MOST_ENTRIES + 7)) + "\n" + tail)
    assert [raw.guid for raw in parsed.entries] == [str(n) for n in range(MOST_ENTRIES)]
    assert (parsed.title, parsed.skipped, parsed.whole) == ("T", 7, True)


MEGABYTES = 4 * 1024 * 1024


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("<![CDATA[", id="sections that do not end"),
        pytest.param("<a>", id="tags that do not end"),
        pytest.param("<item>", id="entries that do not end"),
        pytest.param("&", id="ampersands"),
        pytest.param("<!DOCTYPE ", id="document types"),
        pytest.param('a{n}="" ', id="attributes"),
        pytest.param("a{n} ", id="attributes without values"),
    ],
)
def test_what_keeps_a_parser_busy_for_hours_is_not_given_to_it(piece: str) -> None:
    body = "<rss " if "{n}" in piece else "<rss><channel>"
    body += "".join(piece.format(n=n) for n in range(MEGABYTES // (len(piece) + 3)))
    began = time.process_time()
    with contextlib.suppress(IngestError):
        assert len(parse(body).entries) <= MOST_ENTRIES
    assert time.process_time() - began < 20


def test_of_a_long_document_that_only_the_slow_parser_reads_the_first_entries_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relations.ingest.parse._fast", lambda *_: None)
    entry = "<item><guid>{n}</guid><title>{n}</title><description>{words}</description></item>"
    parsed = parse(rss("".join(entry.format(n=n, words="x" * 5000) for n in range(400))))
    numbers = [raw.title for raw in parsed.entries]
    assert 100 < len(numbers) < 400 and numbers == [str(n) for n in range(len(numbers))]
    assert not parsed.whole and parsed.skipped == 400 - len(numbers)


def test_the_slow_parser_reads_nothing_outside_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relations.ingest.parse._fast", lambda *_: None)
    asked: list[object] = []
    monkeypatch.setattr("urllib.request.urlopen", lambda *url, **_: asked.append(url))
    for name in ("billion_laughs.xml", "external_entity.xml"):
        assert failure(name) is Failure.ENTITIES
    head = "<?xml version='1.0'?><!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd'>"
    parsed = parse(head + "<rss version='2.0'><channel><item><guid>1</guid><title>a &amp; b</title></item></channel></rss>")
    assert [raw.title for raw in parsed.entries] == ["a & b"]
    assert asked == []


def dated(date: str, guid: str = "abc", parts: str = "") -> Entry:
    text = rss(f"<item><guid isPermaLink='false'>{guid}</guid><title>t</title>{parts}{date}</item><item><title>u</title></item>")
    return read(text.encode(), "", "https://e.org/").entries[0]


@pytest.mark.parametrize("told", ["Someday", "31 Feb 2026", "Mon, 99 Foo 2026 10:00:00 GMT", "Вчера", "2026-13-45"])
@pytest.mark.parametrize("guid", ["abc", "a", "20260314", "14"])
def test_a_date_that_cannot_be_is_kept_as_told_and_no_guid_stands_in_for_it(told: str, guid: str) -> None:
    entry = dated(f"<pubDate>{told}</pubDate>", guid)
    assert (entry.published, entry.date_told) == (None, told)
    entry = dated(f"<dc:date><![CDATA[{told}]]></dc:date>", guid)
    assert (entry.published, entry.date_told) == (None, told)


def test_a_date_that_says_the_same_as_a_guid_stays() -> None:
    entry = dated("<pubDate>Sat, 14 Mar 2026 00:00:00 GMT</pubDate>", "20260314")
    assert entry.published is not None and entry.published.isoformat() == "2026-03-14T00:00:00+00:00"
    assert dated("", "20260314").published is None


def test_the_slow_parser_keeps_dates_as_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relations.ingest.parse._fast", lambda *_: None)
    assert dated("<pubDate>Someday</pubDate>").date_told == "Someday"
    assert dated("<pubDate>2026-02-31</pubDate>").date_told == "2026-02-31", "and mends none"
    possible = dated("<pubDate>2026-02-28T10:00:00+05:00</pubDate>").published
    assert possible is not None and possible.isoformat() == "2026-02-28T05:00:00+00:00"


@pytest.mark.parametrize("name", ["agency_en.rss.xml", "blog.atom.xml", "journal_fr_latin1.rdf.xml"])
def test_a_feed_that_breaks_off_anywhere_gives_whole_entries_or_none(name: str) -> None:
    body = (FEEDS / name).read_bytes().rstrip()
    whole = {entry.key: entry for entry in read(body, "", "https://x.example.org/feed").entries}
    given = 0
    for end in range(1, len(body), 7):
        try:
            document = read(body[:end], "", "https://x.example.org/feed")
        except IngestError:
            continue
        assert not document.whole or len(document.entries) == len(whole)
        assert all(entry.digest == whole[entry.key].digest for entry in document.entries)
        given = max(given, len(document.entries))
    assert given >= len(whole) - 1


def test_ten_thousand_levels_do_not_break_the_parser() -> None:
    parsed = parse(rss("<item><title>t</title><guid>1</guid><description>" + "<a>" * 10_000 + "</description></item>"))
    assert parsed.title == "T"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_either_a_feed_or_refused(text: str) -> None:
    try:
        parse(text)
    except IngestError as error:
        assert error.detail


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_feed_with_rubbish_in_it_is_either_read_or_refused(rubbish: bytes, place: int) -> None:
    whole = (FEEDS / "agency_en.rss.xml").read_bytes()
    try:
        read(whole[:place] + rubbish + whole[place:], "", "https://e.org/")
    except IngestError as error:
        assert error.detail


def test_the_whole_article_stands_beside_the_summary() -> None:
    content = "<p>All of it.</p>"
    item = f"<item><title>T</title><description>Some.</description><content:encoded><![CDATA[{content}]]></content:encoded></item>"
    rss = f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{item}</channel></rss>"
    entry = "<entry><title>T</title><summary>Some.</summary><content type='html'>&lt;p>All of it.&lt;/p></content></entry>"
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>"
    feed = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"title": "T", "summary": "Some.", "content_html": "%s"}]}'
    )
    for text in (rss, atom, feed % content):
        (read,) = parse(text).entries
        assert (read.summary, read.content) == ("Some.", content)


def test_the_slow_parser_finds_the_whole_article_too() -> None:
    item = "<item><title>T</title><description>Some.</description><content:encoded>All of it.</content:encoded></item>"
    rss = f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{item}</channel></rss>"
    slow = parser._slow(rss.encode())
    assert slow is not None
    assert (slow.entries[0].summary, slow.entries[0].content) == ("Some.", "All of it.")
