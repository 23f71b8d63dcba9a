"""What the timeline is made of: records of one relationship, free of any database."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..partial_date import PartialDate


class Kind(enum.StrEnum):
    """The layers of the figure, in the order of their rows."""

    STATUS = "status"
    DOCUMENT = "document"
    VISIT = "visit"
    SESSION = "session"
    LANDMARK = "landmark"
    FRICTION = "friction"


@dataclass(frozen=True, slots=True)
class Status:
    """A status that two governments declared: a rung of the ladder, or an aim beside it (`height` is None).

    `height` runs from 0 (recognition) to 6 (the names of the top); `name` is short enough for a chart; `document` is the
    key of the declaration that set it, where one did.
    """

    key: str
    date: PartialDate
    height: int | None
    name: str
    title: str
    verification: str = ""
    document: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, visit, session, landmark or friction. `label` marks a turning point, in a few words."""

    key: str
    kind: Kind
    date: PartialDate
    title: str
    detail: str = ""
    verification: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One relationship: `code` is that of the dyad (`CN-KZ`), `name` that of the partner.

    `statuses` are all of them, those before the years that are shown included, since the first tread needs the rung it
    stands on; `show_statuses` tells whether the stairs are drawn.
    """

    code: str
    name: str
    statuses: Sequence[Status] = ()
    entries: Sequence[Entry] = ()
    show_statuses: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """A moment that concerns every lane: a line through all of them."""

    key: str
    date: PartialDate
    label: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the figure that come from nobody's record, in the reader's language.

    `months` are twelve short names; `now` names the line of today or of the end; `since` takes `{year}`;
    `aim` takes `{name}` and `{year}`; `news` names the strip of a lane.
    """

    months: Sequence[str] = field(default=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))
    now: str = "now"
    now_short: str = "now"
    since: str = "since {year}"
    aim: str = "{name} {year}"
    news: str = "News"
