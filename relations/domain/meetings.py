"""When the leaders last met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from relations.domain.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Meeting:
    """A visit of a leader, or a session at the level of leaders.

    `kind` is `visit` or `session` and `key` the row; `who` names the visitor or the mechanism, `end` the last day.
    """

    date: PartialDate
    end: PartialDate | None
    kind: str
    key: int
    who: str
    place: str

    @property
    def last_day(self) -> PartialDate:
        return self.end or self.date

    def days_ago(self, today: dt.date) -> int | None:
        """Whole days between the last day of the meeting and today; None where the day is not known."""
        day = self.last_day.exact
        return (today - day).days if day else None


def last_meeting(meetings: Iterable[Meeting], today: dt.date) -> Meeting | None:
    """The meeting that ended last, not after today; a visit before a session of the same day, since it says who travelled."""
    past = [meeting for meeting in meetings if meeting.date.first <= today]
    return max(past, key=lambda meeting: (meeting.last_day.middle, meeting.kind == "visit", meeting.key), default=None)
