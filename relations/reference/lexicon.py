"""The lexicon: names, aliases and cues in English, French, Chinese and Russian for the codes that records use.

The data is `lexicon.json` beside this file; its `meta.matching` says how the entries are meant to be matched.
"""

import functools
import json
from pathlib import Path
from typing import Any, Final, TypedDict

PATH: Final = Path(__file__).with_name("lexicon.json")


class Lexicon(TypedDict):
    """The parts of the lexicon; every alias list is keyed by language (en, fr, zh, ru)."""

    meta: dict[str, Any]
    countries: dict[str, dict[str, list[str]]]
    capitals: dict[str, dict[str, list[str]]]
    dyads: dict[str, dict[str, list[str]]]
    initiatives: dict[str, dict[str, Any]]
    mechanisms: dict[str, dict[str, Any]]
    documents: dict[str, dict[str, Any]]
    topics: dict[str, dict[str, Any]]
    sides: dict[str, dict[str, list[str]]]
    occasions: dict[str, dict[str, Any]]


@functools.cache
def lexicon() -> Lexicon:
    """The whole lexicon, read once. Treat it as read-only."""
    content: Lexicon = json.loads(PATH.read_text("utf-8"))
    return content


def document_titles(code: str) -> dict[str, str]:
    """Titles by language of a document named by code (`UNGA_2758`, `UN_CHARTER` …). Raises KeyError."""
    titles: dict[str, str] = lexicon()["documents"][code]["title"]
    return titles


REFERENCE_DOCUMENTS: Final = ("UNGA_2758", "UN_CHARTER", "FIVE_PRINCIPLES", "SCO_CHARTER", "AGENDA_2030")
"""Documents that declarations invoke by code."""
