"""The bytes of a feed as text, whatever its charset, and whatever its server says about it.

A byte order mark is believed first; then UTF-8, where the bytes are UTF-8 and not mere ASCII (no other charset looks like it
by chance); then the label of the server, then that of the XML declaration; then what the bytes themselves suggest.
"""

from __future__ import annotations

import codecs
import re
from email.message import Message
from typing import Final

from relations.domain.charset import guessed
from relations.domain.failures import Failure, IngestError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_LABEL: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_HTML_LABEL: Final = re.compile(rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.I)
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
# Names under which a larger charset is meant, as browsers read them.
_MEANT: Final = {
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp-1251": "windows-1251",
    "win-1251": "windows-1251",
    "x-cp1251": "windows-1251",
    "big5": "big5hkscs",
    "unicode": "utf-16",
    "koi8-ru": "koi8-u",
}
# What a server says where nobody has told it anything.
_DEFAULTS: Final = {"cp1252"}
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL_BYTES: Final = bytes([*range(9), 11, 12, *range(14, 32)])


def decode(body: bytes, content_type: str = "", *, html: bool = False) -> str:
    """The text of a feed, or of a page with `html`. Raises IngestError for an empty body and for bytes that are no text."""
    if not body.strip(b" \t\r\n\0"):
        raise IngestError(Failure.EMPTY, "The feed is empty.")
    text = _as_utf8(body)
    if text is not None and len(body.translate(None, _CONTROL_BYTES)) == len(body):
        return text  # as nearly all are: told of bytes at a tenth of the cost of looking through the text
    text = text if text is not None else _decoded(body, content_type, html)
    if text.count("\0", 0, 4096) > 8:
        raise IngestError(Failure.BINARY, "The file is no text.")
    # Characters that no XML may hold: parsers stop at the first one.
    return _CONTROLS.sub(" ", text) if _CONTROLS.search(text) else text


def xml_bytes(text: str) -> bytes:
    """The text as UTF-8 whose XML declaration says so, for parsers that read bytes."""
    match = _XML_DECLARATION.match(text)
    rest = text[match.end() :] if match else text.lstrip()
    return b'<?xml version="1.0" encoding="utf-8"?>' + rest.encode("utf-8", "replace")


def _as_utf8(body: bytes) -> str | None:
    """The text of UTF-8 that holds more than ASCII, and no mark of another charset; None for anything else."""
    if body.isascii() or any(body.startswith(mark) for mark, _charset in _BOMS) or b"\0" in body[:4]:
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decoded(body: bytes, content_type: str, html: bool) -> str:
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    if b"\0" in body[:4] and (wide := _wide(body)):
        return body.decode(wide, "replace")
    for charset in _labels(body, content_type, html):
        if charset in _DEFAULTS:
            break  # what the bytes suggest: where they are Latin letters with accents, that is the same
        try:
            return body.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode(guessed(body), "replace")


def _labels(body: bytes, content_type: str, html: bool) -> list[str]:
    match = _XML_LABEL.match(body[:512]) or (_HTML_LABEL.search(body[:4096]) if html else None)
    labels = [_charset_of(content_type), match.group(1).decode("ascii") if match else ""]
    known = [name for label in labels if (name := _codec(label))]
    # A server's default says less than what the author wrote into the file.
    return sorted(known, key=lambda name: name in _DEFAULTS)


def _charset_of(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    value = message.get_param("charset", "")
    return value if isinstance(value, str) else ""


def _codec(label: str) -> str:
    """Python's name of a charset; empty for an unknown one and for codecs that are no charsets (`unicode_escape`, `idna`)."""
    name = label.strip().strip("'\"").lower()
    name = _MEANT.get(name, name)
    if not name or not re.fullmatch(r"(utf|iso|cp|windows|koi8|mac|gb|big5|hz|euc|shift|johab|ptcp|kz1048|tis)[a-z0-9_.:-]*", name):
        return ""
    try:
        return codecs.lookup(name).name if not name.startswith("utf-7") else ""
    except LookupError:
        return ""


def _wide(body: bytes) -> str:
    """UTF-16 without a mark, told by the zero in its first character `<`."""
    if body[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if body[1:2] == b"\0" else ""
