"""The tags of `marks`: a word with every mark, nothing unescaped, no link to a copy."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override


def render(template: str, path: str = "/declarations/", **context: Any) -> str:
    request = RequestFactory().get(path)
    return Template("{% load marks %}" + template).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("side", "dyad", "symbol", "colour", "word"),
    [
        ("CN", "CN-KZ", "m-cn", "KZ", "China alone"),
        ("KZ", "CN-KZ", "m-partner", "KZ", "Kazakhstan alone"),
        ("both", "CN-KZ", "m-both", "KZ", "Both sides"),
        ("CN", "CN-C5", "m-six-cn", "C5", "China alone"),
        ("C5", "CN-C5", "m-six-c5", "C5", "The five together"),
        ("all", "CN-C5", "m-six", "C5", "All six"),
        ("UZ", "CN-C5", "m-partner", "UZ", "Uzbekistan alone"),
    ],
)
def test_a_side_has_its_disc_and_its_word(side: str, dyad: str, symbol: str, colour: str, word: str) -> None:
    html = render("{% side_name side dyad alone=True %}", side=side, dyad=dyad)
    assert html == f'<span class="side" data-side="{colour}"><svg class="m" aria-hidden="true"><use href="#{symbol}"/></svg>{word}</span>'


def test_all_parties_of_another_circle_are_not_called_six() -> None:
    assert "All parties" in render('{% side_name "all" "CN-C5" parties %}', parties=("CN", "KZ", "PK"))


def test_a_side_beside_a_number_is_named_for_a_screen_reader() -> None:
    html = render('{% side_count "both" 17 "CN-KZ" %}')
    assert 'role="img" aria-label="both sides"' in html
    assert html.endswith("17</span>")


def test_a_pair_wears_the_colour_of_the_partner() -> None:
    assert 'data-side="TM"' in render('{% dyad_name "CN-TM" %}')
    assert "China–Turkmenistan" in render('{% dyad_name "CN-TM" %}')
    assert ">Turkmenistan<" in render('{% dyad_name "CN-TM" short=True %}')
    assert "#m-six" in render('{% dyad_name "CN-C5" %}')
    assert render("{% dyad_name nothing %}") == ""


@pytest.mark.parametrize(
    ("level", "word"), [("official", "Official"), ("multiple", "Several reports"), ("single", "One report"), ("memory", "No source yet")]
)
def test_a_verification_is_a_mark_and_a_word(level: str, word: str) -> None:
    html = render("{% verification level %}", level=level)
    assert f"#v-{level}" in html
    assert html.endswith(f"{word}</span>")


def test_a_kind_has_its_shape_and_a_friction_no_partner_by_default() -> None:
    assert render('{% kind_name "friction" %}') == (
        '<span class="kind"><svg class="m" aria-hidden="true"><use href="#k-friction"/></svg>Friction</span>'
    )
    assert "Protest" in render('{% kind_name "friction" word="Protest" %}')
    assert 'data-side="KZ"' in render('{% kind_mark "document" "CN-KZ" %}')


def test_a_date_is_a_time_element_with_what_is_known() -> None:
    assert render('{% date "2022-09" %}') == '<time datetime="2022-09">September 2022</time>'
    assert render('{% date "2022-09-14" "short" %}') == '<time datetime="2022-09-14">14 Sep 2022</time>'
    assert render("{% date nothing %}") == ""


def test_since_holds_a_time_element() -> None:
    assert render('{% since "2022-09" %}') == 'since <time datetime="2022-09">September 2022</time>'
    assert render("{% since nothing %}") == ""
    with override("fr"):
        assert render('{% since "2022-09-14" %}') == 'depuis le <time datetime="2022-09-14">14 septembre 2022</time>'


def test_a_visit_of_one_day_has_no_dash() -> None:
    assert "–" not in render('{% date_range "2022-09-14" nothing %}')
    assert render('{% date_range "2024-01-23" "2024-01-25" "short" %}').count("<time") == 2


def test_a_source_is_linked_with_publisher_language_and_date() -> None:
    source = SimpleNamespace(
        url="https://example.org/a?b=1&c=2", publisher="Example", title="A <title>", language="ru", published="2022-09"
    )
    html = render("{% source_line source %}", source=source)
    assert '<a href="https://example.org/a?b=1&amp;c=2" lang="ru" rel="external noopener noreferrer">A &lt;title&gt;</a>' in html
    assert "<span>Example</span> <span>Russian</span>" in html
    assert '<time datetime="2022-09">Sep 2022</time>' in html


def test_a_copy_is_named_and_never_linked() -> None:
    html = render(
        "{% source_line source %}", source={"url": "https://example.org/copy", "publisher": "China Daily (copy)", "title": "Title"}
    )
    assert "href" not in html
    assert "China Daily (copy, not linked)" in html
    assert "no date" in html


def test_a_source_without_publisher_shows_its_host() -> None:
    assert "<span>24.kg</span>" in render("{% source_line source %}", source={"url": "https://24.kg/english/1/", "title": "T"})


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    assert "href" not in render("{% source_line source %}", source={"url": "javascript:alert(1)", "publisher": "P", "title": "T"})


def test_a_change_of_the_query_keeps_the_rest_and_begins_at_the_first_page() -> None:
    path = "/declarations/?kind=treaty&kind=plan&page=4&q=a%26b"
    assert render('{% query sort="date" %}', path) == "?kind=treaty&amp;kind=plan&amp;q=a%26b&amp;sort=date"
    assert render("{% query page=5 %}", path) == "?kind=treaty&amp;kind=plan&amp;page=5&amp;q=a%26b"
    assert render("{% query q=None %}", path) == "?kind=treaty&amp;kind=plan"


def test_a_chip_takes_one_value_away() -> None:
    path = "/declarations/?kind=treaty&kind=plan&page=4"
    assert render('{% query_without "kind" "treaty" %}', path) == "?kind=plan"
    assert render('{% query_without "kind" %}', path) == "?"


def test_the_head_of_a_column_turns_the_order_round() -> None:
    html = render('{% sort_header "date" "Date" "-date" %}', "/declarations/?sort=-date&page=2")
    assert 'aria-sort="descending"' in html
    assert 'href="?sort=date"' in html
    html = render('{% sort_header "title" "Document" "-date" "#rows" %}')
    assert "aria-sort" not in html
    assert 'href="?sort=title" hx-get="?sort=title" hx-target="#rows" hx-push-url="true"' in html


def test_data_for_a_script_cannot_end_its_block() -> None:
    html = render('{% json_data data "x" %}', data={"title": "</script><b>"})
    assert html.startswith('<script id="x-data" type="application/json">')
    assert html.count("</script>") == 1


def test_words_of_records_are_escaped_everywhere() -> None:
    evil = '"><script>'
    for tag in (
        "{% kind_name evil word=evil %}",
        "{% verification evil %}",
        "{% side_name evil evil %}",
        "{% side_mark evil evil label=evil %}",
        "{% dyad_name evil %}",
        "{% source_line source evil %}",
        "{{ evil|code_name:'topic' }}",
    ):
        html = render(tag, evil=evil, source=dict.fromkeys(("url", "publisher", "title", "language", "published"), evil))
        assert "<script>" not in html, tag


def test_a_mark_made_in_one_language_is_not_shown_in_another() -> None:
    assert "Official" in render("{% verification 'official' %}")
    with override("fr"):
        assert "Official" not in render("{% verification 'official' %}")
        assert "14 septembre 2022" in render("{% date '2022-09-14' %}")
    assert "14 September 2022" in render("{% date '2022-09-14' %}")


def test_a_word_that_is_safe_does_not_make_the_same_text_safe_elsewhere() -> None:
    assert "<i>Note</i>" in render("{% kind_name 'visit' '' word %}", word=mark_safe("<i>Note</i>"))
    assert "&lt;i&gt;Note" in render("{% kind_name 'visit' '' word %}", word="<i>Note</i>")
