"""Lists of feeds: what is read from them, what is refused, and that our own come back as they went out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain import opml
from relations.domain.opml import Flaw, Group, Listed, OpmlError, Refusal, read, write


def of(*outlines: str) -> str:
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>{"".join(outlines)}</body></opml>'


def flaw(text: str) -> Flaw:
    with pytest.raises(OpmlError) as caught:
        read(text)
    return caught.value.flaw


def test_feeds_are_found_at_any_depth_and_folders_are_none() -> None:
    found = read(
        of(
            '<outline text="Flat" xmlUrl="https://a.example/rss"/>',
            '<outline text="Central Asia"><outline text="Kazakhstan">',
            '<outline title="Kabar" text="kabar" type="rss" xmlUrl="https://b.example/rss" htmlUrl="https://b.example/" language="ru-RU"/>',
            "</outline></outline>",
        )
    )
    assert [(o.title, o.address, o.site, o.language, o.folder, o.outlet) for o in found] == [
        ("Flat", "https://a.example/rss", "", "", "", ""),
        ("Kabar", "https://b.example/rss", "https://b.example/", "ru-RU", "Kazakhstan", ""),
    ]


def test_an_outline_with_a_page_of_its_own_is_the_outlet_of_those_in_it() -> None:
    (found,) = read(
        of('<outline text="Kabar" htmlUrl="https://k.example/"><outline text="Politics" xmlUrl="https://k.example/p"/></outline>')
    )
    assert (found.outlet, found.site, found.title) == ("Kabar", "https://k.example/", "Politics")


def test_a_feed_that_holds_others_is_a_feed_too() -> None:
    found = read(of('<outline text="A" xmlUrl="https://a.example/1"><outline text="B" xmlUrl="https://a.example/2"/></outline>'))
    assert [o.address for o in found] == ["https://a.example/2", "https://a.example/1"]


@pytest.mark.parametrize("spelling", ["xmlUrl", "xmlurl", "XMLURL", "xmlURL"])
def test_the_spelling_of_an_attribute_does_not_matter(spelling: str) -> None:
    assert read(of(f'<outline text="A" {spelling}=" https://a.example/rss "/>'))[0].address == "https://a.example/rss"


@pytest.mark.parametrize(
    ("attributes", "refusal"),
    [
        ('text="A"', Refusal.NO_ADDRESS),
        ('text="A" xmlUrl="  "', Refusal.NO_ADDRESS),
        ('text="A" type="include" url="https://a.example/more.opml"', Refusal.OTHER_LIST),
        ('text="A" type="link" url="https://a.example/"', Refusal.OTHER_LIST),
        ('text="A" xmlUrl="file:///etc/passwd"', Refusal.NOT_WEB),
        ('text="A" xmlUrl="javascript:alert(1)"', Refusal.NOT_WEB),
        ('text="A" xmlUrl="ftp://a.example/rss"', Refusal.NOT_WEB),
        ('text="A" xmlUrl="a.example/rss"', Refusal.NOT_WEB),
        ('text="A" xmlUrl="https://"', Refusal.NOT_WEB),
        ('text="A" xmlUrl="https://a.example:99999/"', Refusal.NOT_WEB),
        ('text="A" xmlUrl="https://[::1/rss"', Refusal.NOT_WEB),
        ('text="A" xmlUrl="https://a.example/a b"', Refusal.NOT_WEB),
        ('text="A" xmlUrl="https://me:secret@a.example/rss"', Refusal.ACCOUNT),
        (f'text="A" xmlUrl="https://a.example/{"x" * 1000}"', Refusal.TOO_LONG),
    ],
)
def test_an_outline_that_names_no_feed_of_the_web_says_why(attributes: str, refusal: Refusal) -> None:
    assert [o.refusal for o in read(of(f"<outline {attributes}/>"))] == [refusal]


def test_a_title_is_one_line_of_bounded_length() -> None:
    (found,) = read(of(f'<outline text="a&#10;b  c{"d" * 500}" xmlUrl="https://a.example/"/>'))
    assert found.title.startswith("a b c") and len(found.title) == 160


# ---- Files that are refused as a whole -------------------------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    '<opml version="2.0"><body><outline text="&c;" xmlUrl="https://a.example/"/></body></opml>'
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LAUGHS, Flaw.ENTITIES),
        ('<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;"/></body></opml>', Flaw.ENTITIES),
        ('<!DOCTYPE opml SYSTEM "http://evil.example/x.dtd"><opml><body/></opml>', Flaw.ENTITIES),
        ('<!DOCTYPE opml [<!ENTITY % p SYSTEM "http://evil.example/x.dtd"> %p;]><opml><body/></opml>', Flaw.ENTITIES),
        ('<!DOCTYPE opml><opml><body><outline xmlUrl="https://a.example/"/></body></opml>', Flaw.ENTITIES),
        ("<html><body/></html>", Flaw.NOT_OPML),
        ('<rss version="2.0"><channel/></rss>', Flaw.NOT_OPML),
        ("not xml at all", Flaw.NOT_XML),
        ("", Flaw.NOT_XML),
        ('<opml><body><outline text="a"', Flaw.NOT_XML),
        ('<opml><body><outline text="a"/></body>', Flaw.NOT_XML),
        ("<opml><body>&nbsp;</body></opml>", Flaw.NOT_XML),
        (of('<outline text="f">' * 30, "</outline>" * 30), Flaw.TOO_DEEP),
        (of("<a>" * 30, "</a>" * 30), Flaw.TOO_DEEP),
        (of('<outline xmlUrl="https://a.example/"/>' * 5001), Flaw.TOO_MANY),
    ],
)
def test_a_file_that_is_hostile_or_no_list_is_refused_with_its_reason(text: str, said: Flaw) -> None:
    assert flaw(text) is said


def test_what_is_wrong_is_said_with_its_place() -> None:
    with pytest.raises(OpmlError, match=r"line 2"):
        read("<opml>\n<body></opml>")


# ---- Writing ---------------------------------------------------------------------------------------------------------------


def test_a_written_list_is_read_back() -> None:
    text = write(
        "All",
        "Tue, 10 Mar 2026 12:00:00 +0000",
        [Group("Kabar & Co", "https://k.example/", (Listed("https://k.example/?a=1&b=<2>", "A", "ru"),))],
    )
    (found,) = read(text)
    assert (found.address, found.title, found.language, found.outlet) == ("https://k.example/?a=1&b=<2>", "A", "ru", "Kabar & Co")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">')


anything = st.text(alphabet=st.characters(), max_size=40)


@given(name=anything, site=anything, title=anything, language=anything)
def test_whatever_names_hold_the_list_is_well_formed_and_keeps_its_addresses(name: str, site: str, title: str, language: str) -> None:
    text = write(title, name, [Group(name, site, (Listed("https://a.example/rss", title, language),))])
    assert [outline.address for outline in read(text)] == ["https://a.example/rss"]


@given(st.text(max_size=300))
def test_reading_ends_in_outlines_or_in_a_reason(text: str) -> None:
    for candidate in (text, of(text), of(f"<outline {text}/>")):
        try:
            assert isinstance(read(candidate), list)
        except OpmlError as error:
            assert error.flaw in opml.Flaw
