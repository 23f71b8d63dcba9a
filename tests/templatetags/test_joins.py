"""What stands between words, in the manner of each language."""

import pytest
from django.template import Context, Template
from django.utils.html import format_html
from django.utils.translation import override

from relations.templatetags import joins


def render(template: str, **context: object) -> str:
    return Template("{% load joins %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("language", "list_of_two", "remark", "two_clauses", "told", "stop"),
    [
        ("en", "a, b", "a, b", "a; b", "a: b", "."),
        ("fr", "a, b", "a, b", "a\u202f; b", "a\u00a0: b", "."),
        ("ru", "a, b", "a, b", "a; b", "a: b", "."),
        ("zh-hans", "a、b", "a，b", "a；b", "a：b", "。"),
    ],
)
def test_every_language_has_its_own_marks(language: str, list_of_two: str, remark: str, two_clauses: str, told: str, stop: str) -> None:
    with override(language):
        assert joins.listed(["a", "", "b"]) == list_of_two
        assert joins.remarked(["a", "", "b"]) == remark
        assert joins.clauses(["a", "", "b"]) == two_clauses
        assert f"a{joins.colon()}b" == told
        assert joins.stop() == stop


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    assert joins.sentences(["One.", "Two."]) == "One. Two."
    with override("zh-hans"):
        assert joins.sentences(["一。", "二。"]) == "一。二。"


def test_templates_join_as_python_does() -> None:
    with override("zh-hans"):
        assert render("{{ names|listed }}{% remark %}{{ lede|sentences }}", names=["甲", "乙"], lede=["一。", "二。"]) == "甲、乙，一。二。"


def test_what_is_joined_is_escaped() -> None:
    assert render("{{ names|listed }}", names=["<a>", "b"]) == "&lt;a&gt;, b"


def test_a_translated_text_takes_html_and_escapes_the_rest() -> None:
    assert joins.in_html("%(who)s & %(place)s", who="<x>", place=format_html("<b>{}</b>", "y")) == "&lt;x&gt; &amp; <b>y</b>"
