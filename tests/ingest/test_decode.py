"""Bytes of any charset as text."""

from __future__ import annotations

import codecs

import pytest

from relations.domain.failures import Failure, IngestError
from relations.ingest.decode import decode, xml_bytes

RUSSIAN = "Казахстан и Китай подписали соглашение о транспорте"
CHINESE = "中国同哈萨克斯坦签署联合声明，双方将扩大合作"
FRENCH = "La Chine et l'Ouzbékistan, côté économie"


def xml(text: str, label: str = "") -> str:
    encoding = f' encoding="{label}"' if label else ""
    return f'<?xml version="1.0"{encoding}?><rss><title>{text}</title></rss>'


@pytest.mark.parametrize(
    ("text", "codec", "label", "content_type"),
    [
        (RUSSIAN, "utf-8", "", ""),
        (RUSSIAN, "utf-8", "utf-8", "text/xml; charset=ISO-8859-1"),  # a server's default against the bytes themselves
        (RUSSIAN, "utf-8", "windows-1251", ""),  # a label that nobody changed after moving to UTF-8
        (RUSSIAN, "cp1251", "windows-1251", ""),
        (RUSSIAN, "cp1251", "", "application/xml; charset=windows-1251"),
        (RUSSIAN, "cp1251", "windows-1251", "text/xml; charset=iso-8859-1"),
        (RUSSIAN, "koi8-r", "KOI8-R", ""),
        (RUSSIAN, "cp1251", "", ""),
        (RUSSIAN, "koi8-r", "", ""),
        (RUSSIAN, "cp1251", "no-such-charset", ""),
        (RUSSIAN, "cp1251", "unicode_escape", ""),
        (CHINESE, "gb18030", "gb2312", ""),
        (CHINESE, "gb18030", "", 'text/xml; charset="gbk"'),
        (CHINESE, "gb18030", "", ""),
        (CHINESE, "utf-16-le", "utf-16", ""),
        (CHINESE, "big5", "big5", ""),
        (FRENCH, "latin-1", "ISO-8859-1", ""),
        (FRENCH, "latin-1", "", ""),
        (FRENCH, "cp1252", "", "text/xml; charset=us-ascii"),
    ],
)
def test_text_is_read_whatever_its_charset(text: str, codec: str, label: str, content_type: str) -> None:
    if codec == "big5":
        text = "中國同哈薩克斯坦簽署聯合聲明"
    assert text in decode(xml(text, label).encode(codec), content_type)


@pytest.mark.parametrize(
    ("mark", "codec"), [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
)
def test_a_byte_order_mark_is_believed_first(mark: bytes, codec: str) -> None:
    text = decode(mark + xml(CHINESE, "iso-8859-1").encode(codec), "text/xml; charset=windows-1251")
    assert text == xml(CHINESE, "iso-8859-1")


def test_bytes_that_fit_no_charset_are_read_as_well_as_they_can() -> None:
    text = decode(b"<rss>Caf\xe9 \xff\x81 bar</rss>")
    assert text.startswith("<rss>Café") and text.endswith("bar</rss>")


def test_characters_that_no_xml_may_hold_become_blanks() -> None:
    assert decode(b"<rss>a\x07b\x00c</rss>") == "<rss>a b c</rss>"


@pytest.mark.parametrize("body", [b"", b"  \r\n\t ", b"\0\0\0"])
def test_an_empty_feed_is_told(body: bytes) -> None:
    with pytest.raises(IngestError) as caught:
        decode(body)
    assert caught.value.kind is Failure.EMPTY


def test_a_binary_file_is_no_feed() -> None:
    with pytest.raises(IngestError) as caught:
        decode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20 + b"\0" * 500)
    assert caught.value.kind is Failure.BINARY


def test_for_a_parser_the_declaration_says_utf_8() -> None:
    assert xml_bytes(xml(RUSSIAN, "windows-1251")).startswith(b'<?xml version="1.0" encoding="utf-8"?><rss>')
    assert xml_bytes("\n <rss/>") == b'<?xml version="1.0" encoding="utf-8"?><rss/>'
    assert RUSSIAN.encode() in xml_bytes(xml(RUSSIAN))
