"""What the words of a news item say without a look at any other: the relationships that they name, and their sketch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from relations.domain.naming import dyads_of
from relations.domain.stories import Sketch, sketches


class Gist(NamedTuple):
    """Codes of relationships, in the order of the product, and what is compared with other items."""

    dyads: tuple[str, ...]
    sketch: Sketch


def gists(texts: Sequence[tuple[str, str]]) -> list[Gist]:
    """The gists of titles with their summaries, all at once."""
    dyads = [dyads_of(f"{title}\n{summary}") for title, summary in texts]
    return [Gist(named, sketch) for named, sketch in zip(dyads, sketches(texts), strict=True)]
