"""The text of an article out of its page, whatever the page is."""

from __future__ import annotations

import pytest

from relations.domain.articles import Trouble, Unread
from relations.domain.failures import Failure
from relations.ingest import extract
from relations.ingest.extract import article
from tests.fixtures.processes import loaded
from tests.ingest.pages import TEXTS, expected, page


def refused(body: bytes, content_type: str = "text/html") -> Unread:
    with pytest.raises(Unread) as caught:
        article(body, content_type)
    return caught.value


@pytest.mark.parametrize("language", TEXTS)
def test_the_article_alone_is_read_in_any_language(language: str) -> None:
    lines = article(page(language).encode(), "text/html; charset=utf-8").splitlines()
    assert [line for line in lines if line in expected(language)] == expected(language)
    assert not {"Menu", "Sport", "Copyright", "of this"} & set(lines)


@pytest.mark.parametrize(
    ("language", "charset", "told"),
    [
        ("ru", "windows-1251", "text/html; charset=iso-8859-1"),  # the server's default
        ("ru", "koi8-r", "text/html"),  # nothing is told at all
        ("ru", "utf-8", "text/html; charset=windows-1251"),  # the site has moved to UTF-8, its server does not know
        ("zh", "gb18030", "text/html; charset=gb2312"),
        ("zh", "gb18030", "text/html; charset=iso-8859-1"),
        ("fr", "iso-8859-1", "text/html"),
        ("fr", "windows-1252", "text/html; charset=nonsense"),
        ("en", "utf-16", "text/html"),
    ],
)
def test_a_wrong_or_missing_charset_does_no_harm(language: str, charset: str, told: str) -> None:
    assert expected(language)[1] in article(page(language).encode(charset), told)


@pytest.mark.parametrize("head", ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">'])
def test_the_page_itself_names_its_charset(head: str) -> None:
    text = page("ru", head=head.format("koi8-r"))
    assert expected("ru")[0] in article(text.encode("koi8-r"), "text/html; charset=utf-8")


def test_an_xml_declaration_is_no_obstacle() -> None:
    assert expected("en")[0] in article(b'<?xml version="1.0" encoding="iso-8859-1"?>' + page().encode(), "application/xhtml+xml")


def test_a_login_page_is_told_as_such() -> None:
    body = "<html><body><h1>Sign in</h1><form><input name=user><input type='password' name=p></form></body></html>"
    assert refused(body.encode()).kind == Trouble.LOGIN_PAGE


def test_an_article_beside_a_login_form_is_an_article() -> None:
    assert expected("en")[0] in article(page(foot="<form><input type=password></form>").encode(), "text/html")


@pytest.mark.parametrize("text", ["", "<div id=app></div><script>render()</script>", "<p>Enable JavaScript to read on.</p>"])
def test_a_page_without_an_article_says_so(text: str) -> None:
    assert refused(f"<html><body>{text}</body></html>".encode()).kind == Trouble.NO_ARTICLE


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf", Trouble.NOT_A_PAGE),
        (b"\x89PNG\r\n", "image/png", Trouble.NOT_A_PAGE),
        (b'{"a": 1}', "text/html", Trouble.NOT_A_PAGE),
        (b"<rss><channel></channel></rss>", "application/xml", Trouble.NOT_A_PAGE),
        (b"", "text/html", Failure.EMPTY),
        (b"<html>" + b"\0\1\2" * 100, "text/html", Failure.BINARY),
    ],
)
def test_what_is_no_page_is_refused_by_its_kind(body: bytes, content_type: str, kind: str) -> None:
    assert refused(body, content_type).kind == kind


HOSTILE = {
    "a tag without end": "<div " + "a='x' " * 400_000,
    "two hundred thousand attributes": "<div " + " ".join(f"a{n}=''" for n in range(200_000)) + ">",
    "deep nesting": "<div>" * 200_000,
    "nothing closed": "<p><b><i>" * 100_000,
    "tables in tables": "<table><tr><td>x" * 60_000,
    "five megabytes of text": "word " * 1_000_000,
    "a comment without end": "<!--" + "x" * 1_000_000,
    "scripts in a row": "<script>" * 50_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_page_is_cut_before_it_costs_much(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    original = extract._extracted
    monkeypatch.setattr(extract, "_extracted", lambda text: (seen.append(text), original(text))[1])
    body = (page() + HOSTILE[what]).encode()
    try:
        article(body, "text/html")
    except Unread as error:
        assert error.kind in {Trouble.NO_ARTICLE, Trouble.LOGIN_PAGE}
    assert len(seen[0]) <= extract.LONGEST_PAGE
    assert seen[0].count("<") <= extract.MOST_TAGS
    assert max(map(len, seen[0].split("<")[1:]), default=0) < extract.LONGEST_PAGE
    assert not [tag for tag in seen[0].split("<") if ">" in tag and len(tag.split(">")[0]) >= 4000]


def test_entities_and_scripts_of_the_page_stay_text() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    text = article((bomb + page(foot="<p>&b;</p>")).encode(), "text/html")
    assert "aaaaaaaaaa" not in text
    nasty = page().replace("Both sides", "Both <img src=x onerror=alert(1)> &lt;script&gt;sides")
    assert "<script>sides" in article(nasty.encode(), "text/html")  # text is text: templates escape it


def test_nothing_of_the_web_process_waits_for_the_extraction_to_be_imported() -> None:
    code = "import relations.config.urls, relations.tasks, relations.ingest.articles"
    assert loaded(code, "trafilatura", "justext", "htmldate") == set()
