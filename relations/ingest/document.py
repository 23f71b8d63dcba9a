"""What is read of the document of a feed, as it comes from the process that reads it. No parser is loaded to know it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from relations.domain.feed_entry import Entry
from relations.domain.gist import Gist

PARSER_VERSION: Final = 3
"""Counted up with every change that reads something else out of the same bytes: each feed is then fetched whole once, and not
answered with "not modified" for what an older parser made of it."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a feed says of itself, its entries ready to store, and how many were left out.

    `told` is how long it says that it stays as it is; `whole` is False where a part of the document is missing or was not read.
    `gists` are those of the entries by their keys, where they were asked for.
    """

    title: str = ""
    link: str = ""
    self_link: str = ""
    language: str = ""
    format: str = "rss"
    told: dt.timedelta | None = None
    whole: bool = True
    skipped: int = 0
    entries: tuple[Entry, ...] = ()
    gists: Mapping[str, Gist] = field(default_factory=dict)
