"""Words that changed, for the eye and for the ear; a topic on the years."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from relations.domain.positions import Role, Stated, Tick, matrix
from relations.domain.wording import Change, Piece, difference
from relations.templatetags.wording import marked, topic_strip

TODAY = dt.date(2026, 3, 24)


def test_what_is_new_and_what_is_gone_is_said_to_a_screen_reader() -> None:
    html = marked(difference("They oppose it.", "They firmly oppose it."))
    assert html == (
        'They <ins><span class="visually-hidden" lang="en">[added: </span>firmly<span class="visually-hidden">]</span></ins> oppose it.'
    )
    html = marked(difference("They firmly oppose it.", "They oppose it."))
    assert (
        '<del><span class="visually-hidden" lang="en">[left out: </span>firmly<span class="visually-hidden">]</span></del> oppose' in html
    )


def test_the_words_around_a_mark_are_in_the_language_of_the_page() -> None:
    with translation.override("fr"):
        assert 'lang="fr"' in marked([Piece(Change.NEW, "firmly")])


def test_a_word_that_is_gone_does_not_run_into_the_next() -> None:
    assert "</del> <ins>" in marked([Piece(Change.GONE, "in any form"), Piece(Change.NEW, "and more")])
    assert "</del><ins>" in marked([Piece(Change.GONE, "支持"), Piece(Change.NEW, "反对")])


def test_text_of_a_record_is_no_html() -> None:
    assert marked([Piece(Change.SAME, "<b>"), Piece(Change.NEW, "<i>")]).count("&lt;") == 2


def test_a_tick_of_china_is_above_and_one_of_the_partner_below_and_both_run_through() -> None:
    def strip(*sides: str) -> str:
        found = matrix([Stated("CN-KZ", "a", "2009", number, side, ("water",)) for number, side in enumerate(sides, start=1)])
        return topic_strip(found.rows[0].cells["CN-KZ"], TODAY)

    above, below = 'class="cn" d="M', 'class="pa" d="M'
    assert (above in strip("CN"), below in strip("CN")) == (True, False)
    assert (above in strip("KZ"), below in strip("KZ")) == (False, True)
    assert (above in strip("both"), below in strip("both")) == (True, True)
    assert (above in strip("CN", "KZ"), below in strip("CN", "KZ")) == (True, True)
    # the middle of 2009 is 17.5 of 35 years: half of 98.2
    assert 'd="M49' in strip("CN")
    assert 'aria-hidden="true"' in strip("CN")


def test_a_document_before_the_strip_stands_at_its_beginning() -> None:
    found = matrix([Stated("CN-KZ", "a", "1991-12-27", 1, "both", ("water",))])
    assert found.rows[0].cells["CN-KZ"].ticks == (Tick("a", "1991-12-27", frozenset({Role.TOGETHER})),)
    assert 'd="M0 0' in topic_strip(found.rows[0].cells["CN-KZ"], TODAY)
