"""What the words of an item say by themselves."""

from __future__ import annotations

from relations.domain.gist import gists
from relations.domain.naming import dyads_of
from relations.domain.stories import sketches

TEXTS = [
    (
        "China and Kazakhstan sign a paper on railways",
        "The two governments signed the paper in Astana on Monday, 12 kilometres from the border.",
    ),
    ("Weather", "Roads are to be cleared by noon."),
]


def test_a_gist_is_the_relationships_that_are_named_and_the_sketch_of_the_text() -> None:
    first, second = gists(TEXTS)
    assert first.dyads == ("CN-KZ",) == dyads_of("\n".join(TEXTS[0]))
    assert second.dyads == ()
    assert [first.sketch, second.sketch] == sketches(TEXTS)
    assert first.sketch.signature and first.sketch.numbers == {"12"}


def test_nothing_has_no_gists() -> None:
    assert gists([]) == []
