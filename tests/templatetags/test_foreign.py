"""Text in another language than the page's says so."""

import pytest
from django.template import Context, Template
from django.utils.translation import override


def render(template: str, **context: object) -> str:
    return Template("{% load foreign %}" + template).render(Context(context))


@pytest.mark.parametrize(("language", "attribute"), [("en", ""), ("fr", ' lang="en"'), ("ru", ' lang="en"'), ("zh-hans", ' lang="en"')])
def test_english_text_is_marked_on_the_pages_of_other_languages(language: str, attribute: str) -> None:
    with override(language):
        assert render("<p{% lang %}>") == f"<p{attribute}>"


def test_a_title_is_marked_where_it_is_not_in_the_language_of_the_page() -> None:
    with override("zh-hans"):
        assert render("<p{% lang code %}>", code="zh") == "<p>"
        assert render("<p{% lang code %}>", code="zh-hans") == "<p>"
        assert render("<p{% lang code %}>", code="ru") == '<p lang="ru">'
    with override("fr"):
        assert render("<p{% lang code %}>", code="zh-hans") == '<p lang="zh-Hans">'


def test_a_language_that_is_not_known_is_not_told() -> None:
    assert render("<p{% lang code %}>", code="") == "<p>"
    assert render("<p{% lang code %}>") == "<p>"


def test_english_words_in_a_line_are_marked_and_escaped() -> None:
    assert render("{{ place|english }}", place="Xi’an & <more>") == "Xi’an &amp; &lt;more&gt;"
    with override("ru"):
        assert render("{{ place|english }}", place="Xi’an & <more>") == '<span lang="en">Xi’an &amp; &lt;more&gt;</span>'
        assert render("{{ place|english }}", place="") == ""
        assert render("{{ place|english }}", place=None) == ""


def test_the_marks_of_print_leave_marked_words_marked_and_other_words_escaped() -> None:
    with override("ru"):
        assert render("{% load typography %}{{ place|english|fine }}", place="Xi'an & 2") == '<span lang="en">Xi&#x27;an &amp; 2</span>'
        assert render("{% load typography %}{{ place|fine }}", place="<b>Xi'an</b>") == "&lt;b&gt;Xi’an&lt;/b&gt;"


def test_a_name_in_latin_letters_is_marked_within_chinese_alone() -> None:
    assert render("{{ name|latin }}", name="People’s Daily & more") == "People’s Daily &amp; more"
    with override("zh-hans"):
        assert render("{{ name|latin }}", name="People’s Daily & more") == '<span lang="und-Latn">People’s Daily &amp; more</span>'
        assert render("{{ name|latin }}", name="人民日报") == "人民日报"
        assert render("{{ name|latin }}", name="") == ""
    with override("ru"):
        assert render("{{ name|latin }}", name="People’s Daily") == "People’s Daily"
