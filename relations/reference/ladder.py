"""The ladder of statuses that the governments declare, and the aims that stand beside it.

The order is that of the documents, not a ranking of the partners: “new era”, “permanent” and “all-weather” are names
that different partners have for the same height.
"""

from typing import Final

LADDER: Final = (
    "recognition",
    "diplomatic_relations",
    "friendly_cooperation",
    "good_neighbourly_partnership",
    "strategic_partnership",
    "comprehensive_strategic_partnership",
    "comprehensive_strategic_partnership_new_era",
    "permanent_comprehensive_strategic_partnership",
    "all_weather_comprehensive_strategic_partnership",
)
AIMS: Final = ("community_shared_future", "permanent_good_neighbourliness")
LEVELS: Final = (*LADDER, *AIMS)

TOP_RUNG: Final = 6


def rung(level: str) -> int | None:
    """The height of a level on the stairs, 0 for recognition to 6 for the three names of the top; None for an aim."""
    return min(LADDER.index(level), TOP_RUNG) if level in LADDER else None
