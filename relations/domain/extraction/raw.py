"""Whatever somebody hands in as an article, as text: bytes in any usual encoding, HTML, far too much of it.

What cannot be text at all is refused with a message that says so; what can be read in part is, with a warning.
"""

from __future__ import annotations

import codecs
import html
import re
from typing import Final

import nh3

from relations.domain.charset import guessed

LONGEST: Final = 60_000
"""Characters of an article that are read; an agency report has some three thousand."""
LARGEST: Final = 20_000_000
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MARKUP: Final = re.compile(r"<(?:!doctype|html|head|body|p|div|br|article|span|h[1-6]|table|ul|a)\b[^<>]{0,2000}>", re.I)
_BLOCK_END: Final = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|table|article|section|blockquote|header)\s*>", re.I)
_HEADING: Final = re.compile(r"<(h1)\b[^>]{0,500}>(.{1,400}?)</h1\s*>", re.I | re.S)
_TITLE: Final = re.compile(r"<(title)\b[^>]{0,500}>(.{1,400}?)</title\s*>", re.I | re.S)
_HEAD: Final = re.compile(r"<(head|title|script|style)\b[^>]{0,500}>.*?</\1\s*>", re.I | re.S)
_CLEANER: Final = nh3.Cleaner(
    tags=set(), clean_content_tags={"script", "style", "iframe", "noscript", "template", "object", "svg", "math", "head", "nav", "footer"}
)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that let a text look other than it is; no language that is read needs them."""
_SAMPLE: Final = 8000
_HIGH: Final = re.compile(b"[\x80-\xff]")
_OF_CHARSET: Final = {
    "gb18030": re.compile("[A-Za-z\u4e00-\u9fff]"),
    "windows-1251": re.compile("[A-Za-z\u0410-\u044f]"),
    "koi8-r": re.compile("[A-Za-z\u0410-\u044f]"),
    "windows-1252": re.compile("."),
}
"""The letters that a text in a charset nearly wholly has: other bytes would be read as any letters of it."""


class NotAnArticle(ValueError):
    """What was handed in cannot be read; the message says why, in one sentence."""


def text_of(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file and warnings about it. Raises NotAnArticle for nothing at all, too much, or no text."""
    if not data.strip():
        raise NotAnArticle("The article is empty.")
    if len(data) > LARGEST:
        raise NotAnArticle(f"The file has {len(data):,} bytes; articles of up to {LARGEST:,} bytes are read.")
    text, warnings = _decoded(data)
    return prepared(text, warnings)


def prepared(text: str, warnings: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """Pasted or decoded text without markup, cut to what is read, and the warnings. Raises NotAnArticle as `text_of` does."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    said = list(warnings)
    if "\x00" in text or _CONTROL.search(text[:LONGEST]):
        share = len(_CONTROL.findall(text[:_SAMPLE])) / max(1, len(text[:_SAMPLE]))
        if share > 0.05:
            raise NotAnArticle("This is not text: it holds control characters throughout, as a binary file does.")
        text = _CONTROL.sub("", text)
        said.append("control characters were left out")
    if _TURNING.search(text):
        text = _TURNING.sub("", text)
        said.append("marks that turn the direction of writing were left out")
    if len(_MARKUP.findall(text[:_SAMPLE])) >= 2:
        text = _without_markup(text[: 4 * LONGEST])
        said.append("read as HTML: only its text counts, and offsets count in that text")
    text = text.strip("\n \t\ufeff")
    if not any(c.isalpha() for c in text[:LONGEST]):
        raise NotAnArticle("The article holds no words.")
    if len(text) > LONGEST:
        said.append(f"only the first {LONGEST:,} of {len(text):,} characters were read")
        text = text[:LONGEST]
    return text, tuple(said)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:_SAMPLE]:
        raise NotAnArticle("This is not text: it holds NUL bytes, as a binary file does.")
    telling = _HIGH.search(data)  # there is one: all else is UTF-8
    sample = data[telling.start() if telling else 0 :][:_SAMPLE]
    encoding = guessed(sample)
    guess = sample.decode(encoding, "replace")
    letters = "".join(filter(str.isalpha, guess))
    own = len(_OF_CHARSET[encoding].findall(letters))
    if len(letters) + sum(map(str.isspace, guess)) < 0.75 * len(guess) or own < 0.7 * len(letters):
        raise NotAnArticle("This is not text: it fits no encoding of English, French, Chinese or Russian.")
    return data.decode(encoding, "replace"), (f"the file is not UTF-8; it was read as {encoding}",)


def _without_markup(text: str) -> str:
    title = _HEADING.search(text) or _TITLE.search(text)
    head = html.unescape(_CLEANER.clean(title.group(2))).strip() if title else ""
    body = _HEAD.sub("", text.replace(title.group(), "", 1) if title else text)
    body = _BLOCK_END.sub("\n\n", body)
    plain = html.unescape(_CLEANER.clean(body))
    lines = [" ".join(line.split()) for line in plain.split("\n")]
    paragraphs = "\n\n".join(line for line in lines if line)
    return f"{head}\n\n{paragraphs}" if head and not paragraphs.startswith(head) else paragraphs
