"""What the frame around every page reads."""

from __future__ import annotations

import datetime as dt


def facts_until(today: dt.date) -> str | None:
    """The date of the latest verified record that is not in the future, as partial ISO text; None where there is no record."""
    return None
