"""Pages in another language than English: what exists in English alone says so, and the rest does not."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from tests.factories import (
    AnniversaryFactory,
    ChairFactory,
    DeclarationFactory,
    EventFactory,
    MechanismFactory,
    PersonFactory,
    ProvisionFactory,
    SessionFactory,
    StatusFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel("2026-03-24 12:00:00+00:00", tick=False):
        yield


def page(client: Client, path: str, language: str) -> str:
    client.cookies["tianshan_language"] = language
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def marked(html: str) -> list[str]:
    """The text of every element that is said to be English, innermost text without tags."""
    return [
        strip_tags(text) for text in re.findall(r'<(?!html|button)\w+[^>]* lang="en"[^>]*>(.*?)</(?:p|a|span|dd|h1|td|small|h2)>', html)
    ]


def test_an_event_without_a_translation_is_marked_and_one_with_it_is_not(client: Client) -> None:
    EventFactory(dyad_id="CN-KZ", date="2026-03-01", title_en="A protest", friction=True, summary="What happened there.")
    EventFactory(dyad_id="CN-KZ", date="2026-03-02", title_en="A flood", title_fr="Une inondation", friction=True, summary="")
    for path in ("/", "/countries/kz/", "/timeline/?level=all"):
        words = marked(page(client, path, "fr"))
        assert "A protest" in words, path
        assert "Une inondation" not in words, path
    assert "What happened there." in marked(page(client, "/countries/kz/", "fr"))
    assert marked(page(client, "/countries/kz/", "en")) == []


def test_the_day_of_a_calendar_is_marked_where_nobody_translated_it(client: Client) -> None:
    AnniversaryFactory(dyad_id="CN-KZ", month_day="04-02", title_en="Day of the constitution")
    AnniversaryFactory(dyad_id="CN-KG", month_day="04-03", title_en="Day of the flag", title_ru="День флага")
    for path in ("/", "/calendar/?month=2026-04"):
        words = marked(page(client, path, "ru"))
        assert "Day of the constitution" in words, path
        assert "День флага" not in words, path


def test_what_a_declaration_says_is_marked(client: Client) -> None:
    record = DeclarationFactory(
        slug="one", dyad_id="CN-KZ", date="2022-09-14", place="Astana", occasion="A state visit", summary="In short.", note="One gap.",
        title_en="Joint Statement", title_zh_hans="联合声明",
    )  # fmt: skip
    ProvisionFactory(declaration=record, text="They agree.")
    words = marked(page(client, "/declarations/one/", "zh-hans"))
    assert {"Astana", "A state visit", "In short.", "One gap.", "They agree."} <= set(words)
    assert "联合声明" not in words
    assert {"Astana", "A state visit"} <= set(marked(page(client, "/declarations/", "zh-hans")))


def test_what_is_told_of_a_mechanism_is_marked(client: Client) -> None:
    mechanism = MechanismFactory(
        slug="one", dyad_id="CN-KZ", summary="It meets.", title_en="Committee", title_ru="Комитет", basis="A treaty"
    )
    person = PersonFactory(side="KZ", name_en="Roman Sklyar", name_ru="Роман Скляр")
    session = SessionFactory(mechanism=mechanism, date="2024-05-01", number=3, place="Almaty", outcome="A plan.", note="The day is unsure.")
    ChairFactory(session=session, side="KZ", name="Roman Sklyar", person=person, office="Deputy Prime Minister")
    html = page(client, "/mechanisms/one/", "ru")
    assert {"It meets.", "A treaty", "Almaty", "A plan.", "The day is unsure.", "Deputy Prime Minister"} <= set(marked(html))
    assert "Роман Скляр" in html and "Roman Sklyar" not in html


def test_a_record_is_marked(client: Client) -> None:
    event = EventFactory(dyad_id="CN-KZ", date="2026-03-01", title_en="A protest", summary="What happened.", note="Two versions.")
    words = marked(page(client, f"/records/event/{event.pk}/", "fr"))
    assert {"A protest", "What happened.", "Two versions."} <= set(words)


def test_a_visit_is_told_in_the_order_of_the_language(client: Client) -> None:
    person = PersonFactory(side="CN", name_en="Wang Yi", name_zh_hans="王毅")
    VisitFactory(dyad_id="CN-KZ", visitor=person, office="Foreign Minister", host="KZ", place="Astana", date_start="2026-03-20")
    assert "Wang Yi, Foreign Minister, in Astana" in page(client, "/", "en")
    told = page(client, "/", "zh-hans")
    assert '王毅（<span lang="en">Foreign Minister</span>）访问<span lang="en">Astana</span>' in told


def test_marks_between_words_are_those_of_the_language(client: Client) -> None:
    document = DeclarationFactory(dyad_id="CN-KZ", date="2019-09-11", place="Beijing", kind="joint_statement")
    StatusFactory(
        dyad_id="CN-KZ", date="2019-09-11", level="permanent_comprehensive_strategic_partnership",
        title_en="Permanent partnership", title_fr="Partenariat permanent", title_zh_hans="永久伙伴关系", document=document,
    )  # fmt: skip
    french, chinese = page(client, "/countries/kz/", "fr"), page(client, "/countries/kz/", "zh-hans")
    assert '<p class="lede">Partenariat permanent depuis le 11 septembre 2019.</p>' in french
    assert '<p class="lede">自2019年9月11日起：永久伙伴关系。</p>' in chinese
    card = page(client, "/", "zh-hans")
    assert '自<time datetime="2019-09-11">2019年9月11日</time>起，<span lang="en">Beijing</span>' in card
