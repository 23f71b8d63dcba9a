"""How long a candidate counts as open: its page says every minute that it still is."""

from __future__ import annotations

import datetime as dt
from typing import Final

OPEN_FOR: Final = dt.timedelta(minutes=5)


def still_open(opened: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a page that last said so at `opened` counts as open."""
    return opened is not None and opened >= now - OPEN_FOR
