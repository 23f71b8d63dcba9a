"""Codes of states, dyads and sides: ISO 3166 for states, `CN-XX` for a relationship, C5 for the five together."""

from typing import Final

CHINA: Final = "CN"
PARTNERS: Final = ("KZ", "KG", "TJ", "TM", "UZ")
"""The five partners in the order in which the product always lists them."""

FIVE: Final = "C5"
STATES: Final = (CHINA, *PARTNERS, "AF", "PK")
"""States that can be a party: China, the five, and two that take part in a few regional documents."""

DYADS: Final = (*(f"CN-{code}" for code in PARTNERS), "CN-C5")
"""Codes of the relationships, the six-party format last."""

BOTH: Final = "both"
ALL: Final = "all"
COLLECTIVE_SIDES: Final = (BOTH, ALL, FIVE)
"""Sides that are several parties at once: both of two, all of more than two, the five partners together."""

SIDES: Final = (BOTH, ALL, FIVE, *STATES)


def partner_of(dyad: str) -> str:
    """The code after `CN-`: `CN-KZ` → `KZ`, `CN-C5` → `C5`."""
    return dyad.removeprefix("CN-")


def dyad_of(partner: str) -> str:
    """`kz` or `KZ` → `CN-KZ`. Raises KeyError for a code that is no partner."""
    code = f"CN-{partner.upper()}"
    if code not in DYADS:
        raise KeyError(partner)
    return code


def sides_open_to(parties: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The sides that may state a provision of a document of these parties: each of them, and what they are together."""
    together = (BOTH,) if len(parties) == 2 else (ALL, FIVE)
    return (*parties, *together)
