"""A text cut into pieces by what was read from its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relations.domain.review import Segment, Span, segments

TEXT = "Both sides agree on water."


def test_pieces_know_their_provisions_and_fields() -> None:
    spans = [Span(0, 25, provision=1), Span(0, 4, field="parties"), Span(20, 25, provision=2), Span(20, 25, field="initiatives")]
    assert segments(TEXT, spans) == [
        Segment("Both", (1,), ("parties",), (1,)),
        Segment(" sides agree on ", (1,)),
        Segment("water", (2, 1), ("initiatives",), (2,)),
        Segment("."),
    ]


def test_a_text_without_evidence_is_one_piece() -> None:
    assert segments(TEXT, []) == [Segment(TEXT)]
    assert segments("", []) == []


def test_places_outside_of_the_text_mark_nothing() -> None:
    spans = [Span(-3, 4, provision=1), Span(5, 5, provision=2), Span(20, 27, provision=3), Span(9, 3, field="date")]
    assert segments(TEXT, spans) == [Segment(TEXT)]


@given(
    st.text(max_size=40),
    st.lists(st.builds(Span, st.integers(-2, 45), st.integers(-2, 45), provision=st.none() | st.integers(1, 9)), max_size=8),
)
def test_the_pieces_are_the_text_whatever_the_spans(text: str, spans: list[Span]) -> None:
    assert "".join(piece.text for piece in segments(text, spans)) == text
