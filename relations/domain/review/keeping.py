"""How long the text of a candidate is kept once it is decided: as long as an editor may think better of it."""

from __future__ import annotations

import datetime as dt
from typing import Final

KEPT_FOR: Final = dt.timedelta(days=30)


def forgotten_before(now: dt.datetime) -> dt.datetime:
    """Of what was decided before this moment the text goes."""
    return now - KEPT_FOR
