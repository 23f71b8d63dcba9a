"""Small faults of XML that parsers answer by losing text: bare ampersands and the named entities of HTML."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

_SUSPECT: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)", re.I)
_REFERENCE: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_CDATA_BEGIN: Final = "<![CDATA["
_CDATA_END: Final = "]]>"
_ROOT: Final = re.compile(r"<(?:[\w.-]{1,20}:)?(rss|feed|rdf|channel)\b", re.I)
_ROOT_END: Final = re.compile(r"</(?:[\w.-]{1,20}:)?(rss|feed|rdf|channel)\s*>", re.I)
_TAIL: Final = 4000
"""Some servers write a remark, or an advertisement, behind the end."""


def well_formed(document: bytes) -> bool:
    """Whether a strict parser reads the whole document."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(document, True)
    except expat.ExpatError:
        return False
    return True


def mend(text: str, document: bytes) -> str:
    """The text with bare ampersands escaped and HTML's entities as characters; untouched where it is well formed."""
    if not _suspect(text) or well_formed(document):
        return text
    return "".join(_REFERENCE.sub(_mended, outside) + inside for outside, inside in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """What stands outside of CDATA, each time with the CDATA that follows it; one that does not end is none."""
    at = 0
    while (begin := text.find(_CDATA_BEGIN, at)) >= 0 and (end := text.find(_CDATA_END, begin)) >= 0:
        end += len(_CDATA_END)
        yield text[at:begin], text[begin:end]
        at = end
    yield text[at:], ""


def _suspect(text: str) -> bool:
    """Whether an ampersand stands bare outside of CDATA, within which any may. A comment could hide where that begins."""
    if "<!--" in text:
        return _SUSPECT.search(text) is not None
    end = 0
    while (begin := text.find(_CDATA_BEGIN, end)) >= 0:
        if _SUSPECT.search(text, end, begin):
            return True
        end = text.find(_CDATA_END, begin)
        if end < 0:
            return True
    return _SUSPECT.search(text, end) is not None


def cut_off(text: str) -> bool:
    """Whether the document ends before its root does: its last entry may be half of one."""
    root = _ROOT.search(text)
    ends = {name.lower() for name in _ROOT_END.findall(text[-_TAIL:])}
    # In RDF the entries stand behind the channel.
    return not ends & ({"rdf"} if root and root.group(1).lower() == "rdf" else {"rss", "feed", "channel"})


def _mended(match: re.Match[str]) -> str:
    known, name = match.groups()
    if known:
        return match.group()
    character = html.entities.html5.get(f"{name};") if name else None
    # What no table knows stays as it was written.
    return character if character and character not in "<>&\"'" else f"&amp;{match.group()[1:]}"
