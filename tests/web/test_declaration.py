"""The page of one declaration."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from tests.factories import (
    DeclarationFactory,
    DeclarationTextFactory,
    InitiativeFactory,
    MechanismFactory,
    PersonFactory,
    ProvisionFactory,
    ReferenceFactory,
    SignatoryFactory,
    SourceFactory,
    StatusFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
SHOWCASE = "cn-kz-2022-09-14-joint-statement-30th-anniversary"


def get(client: Client, address: str = "/declarations/it/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def words(page: str) -> str:
    """The page without its markup, in single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.fixture
def it() -> Any:
    """A document of nine provisions with all that a page can show."""
    source, other, copy = (
        SourceFactory(publisher=name, language=code) for name, code in (("Daily", "en"), ("Paper", "zh"), ("X (copy)", "en"))
    )
    record = DeclarationFactory(
        slug="it", title_en="Joint Statement on water", title_ru="Совместное заявление о воде", place="Nur-Sultan", verification="official",
        occasion="State visit; 30 years", summary="About water.", note="Section II is missing.", sources=[source, other, copy],
        initiatives=[InitiativeFactory(code="GDI", title_en="Global Development Initiative")],
    )  # fmt: skip
    for number in range(1, 7):
        ProvisionFactory(declaration=record, position=number, side="both", topics=("trade",), text=f"They agree {number}.")
    committee = MechanismFactory(slug="committee", title_en="Cooperation Committee")
    ProvisionFactory(declaration=record, position=7, side="both", topics=("mechanisms",), mechanisms=[committee], sources=[other])
    ProvisionFactory(declaration=record, position=8, side="KZ", topics=("taiwan",), text="Kazakhstan's position.")
    ProvisionFactory(declaration=record, position=9, side="CN", topics=("water",), verification="memory")
    SignatoryFactory(declaration=record, side="CN", name="Xi Jinping", office="President")
    SignatoryFactory(declaration=record, side="KZ", name="K. Tokayev", person=PersonFactory(name_en="Kassym-Jomart Tokayev"))
    ReferenceFactory(declaration=record, document="UNGA_2758")
    return record


@pytest.mark.usefixtures("it")
class TestPage:
    def test_it_says_who_says_what_in_a_sentence(self, client: Client) -> None:
        expected = "Together the two sides state seven provisions. China alone adds one, on water; Kazakhstan alone adds one, on Taiwan."
        assert expected in get(client)

    def test_facts(self, client: Client) -> None:
        text = words(get(client))
        assert "Adopted14 September 2022" in text
        assert "in Nur-SultanState visit; 30 years" in text
        assert "Xi Jinping President" in text and "Kassym-Jomart Tokayev President" in text
        assert "by 3 sources, Daily among them" in text

    def test_titles_in_other_languages(self, client: Client) -> None:
        assert '<dd lang="ru">Совместное заявление о воде</dd>' in get(client)

    def test_china_alone_faces_the_partner_alone_and_both_follow(self, client: Client) -> None:
        page = get(client)
        headings = re.findall(r'<h3 id="g-(\w+)">', page)
        assert headings == ["CN", "KZ", "both"]
        assert "7 provisions" in page and "Kazakhstan’s position." in page

    def test_every_provision_has_its_anchor_and_keeps_its_number(self, client: Client) -> None:
        page = get(client)
        assert re.findall(r'<li id="p(\d+)"', page) == ["9", "8", "1", "2", "3", "4", "5", "6", "7"]

    def test_in_the_order_of_the_text_each_provision_names_its_side(self, client: Client) -> None:
        page = get(client, "/declarations/it/?order=text")
        assert re.findall(r'<li id="p(\d+)"', page) == [str(n) for n in range(1, 10)]
        assert 'href="?#who">By side and topic</a>' in page
        assert 'href="?order=text#who">In the order of the text</a>' in get(client, "/declarations/it/?order=nonsense")

    def test_an_unverified_provision_is_marked(self, client: Client) -> None:
        page = get(client)
        assert '<li id="p9" class="unverified">' in page
        assert "No source yet" in page

    def test_a_provision_names_its_mechanism_and_its_own_source(self, client: Client) -> None:
        page = get(client)
        assert '<a href="/mechanisms/committee/">Cooperation Committee</a>' in page
        assert 'As reported by <a href="#s2">Paper</a>, source 2' in page

    def test_what_it_cites_and_names(self, client: Client) -> None:
        page = get(client)
        assert '<a href="/declarations/?cites=UNGA_2758">UN General Assembly resolution 2758</a>' in page
        assert '<a href="/declarations/?initiative=GDI">Global Development Initiative</a>' in page

    def test_what_is_missing_is_said(self, client: Client) -> None:
        assert "What is missing or in doubt Section II is missing." in words(get(client))

    def test_sources_are_numbered_and_copies_are_not_linked(self, client: Client) -> None:
        page = get(client)
        assert re.findall(r'<li id="s(\d+)">', page) == ["1", "2", "3"]
        assert "X (copy, not linked)" in page
        assert len(re.findall(r'rel="external noopener noreferrer"', page)) == 2
        assert "English 1, 3 Chinese 2" in words(page)

    @time_machine.travel(dt.datetime(2026, 3, 24, 12, tzinfo=dt.UTC), tick=False)
    def test_a_line_to_cite_it_by(self, client: Client) -> None:
        assert "China–Kazakhstan, “Joint Statement on water”, Nur-Sultan, 14 September 2022. Daily, https://example.org/page/" in get(
            client
        )
        assert "Tianshan, http://testserver/declarations/it/, read on 24 March 2026." in get(client)

    def test_the_other_data_of_the_document_are_linked(self, client: Client) -> None:
        assert 'href="/declarations/it.json"' in get(client)


def test_the_score_shows_only_where_somebody_stands_alone(client: Client, it: Any) -> None:
    assert 'class="score"' in get(client)
    it.provisions.exclude(side="both").delete()
    page = get(client)
    assert 'class="score"' not in page
    assert "The two sides state all seven provisions together." in page


def test_the_silent_side_is_shown_as_silent(client: Client, it: Any) -> None:
    it.provisions.filter(side="CN").delete()
    assert "China alone No provision of its own entered" in words(get(client))


def test_without_provisions_the_page_says_where_to_read_the_document(client: Client) -> None:
    DeclarationFactory(slug="it", sources=[SourceFactory(publisher="People's Daily")])
    page = get(client)
    assert "No provisions entered yet" in page
    assert 'What it says can be read at <a href="#s1">People’s Daily</a>.' in page


def test_without_provisions_and_sources_the_page_says_so(client: Client) -> None:
    DeclarationFactory(slug="it", verification="memory")
    page = get(client)
    assert "Nor is there a source" in page
    assert "from memory; to be confirmed" in page


def test_one_source_is_told_as_one(client: Client) -> None:
    DeclarationFactory(slug="it", sources=[SourceFactory(publisher="Kazinform")])
    assert 'by <a href="#src">one source</a>, Kazinform' in get(client)


def test_around_the_document(client: Client) -> None:
    it = DeclarationFactory(slug="it", date="2003-06-03")
    DeclarationFactory(slug="before", date="2002-12-23", title_en="Treaty")
    later = DeclarationFactory(slug="after", date="2005-07-04", title_en="Joint Statement on partnership")
    ReferenceFactory(declaration=later, document="", target=it)
    status, visit = (
        StatusFactory(document=it, title_en="Partnership"),
        VisitFactory(declaration=it, visitor=PersonFactory(name_en="Hu Jintao")),
    )
    page = get(client)
    assert '<a href="/declarations/before/" rel="prev">Treaty</a>' in page
    assert '<a href="/declarations/after/" rel="next">Joint Statement on partnership</a>' in page
    assert "Cited by" in page
    assert f'<a href="/records/status/{status.pk}/">Partnership</a>' in page
    assert f'<a href="/records/visit/{visit.pk}/">Hu Jintao, State visit</a>' in page


def test_the_first_and_the_last_document_say_so(client: Client) -> None:
    DeclarationFactory(slug="it")
    page = get(client)
    assert "The first document recorded" in page and "The latest document recorded" in page


def test_texts_are_shown_by_language_as_text(client: Client) -> None:
    it = DeclarationFactory(slug="it")
    DeclarationTextFactory(declaration=it, language="ru", text="Стороны <b>договорились</b>.")
    response = client.get("/declarations/it/").content.decode()
    assert "Стороны &lt;b&gt;договорились&lt;/b&gt;." in response
    assert "<summary>Russian</summary>" in response


def test_six_parties(client: Client) -> None:
    it = DeclarationFactory(slug="it", dyad_id="CN-C5", parties=("CN", "KZ", "KG", "TJ", "TM", "UZ"), title_en="Declaration")
    for number, side in enumerate(("all", "all", "CN", "C5"), start=1):
        ProvisionFactory(declaration=it, position=number, side=side, topics=("water",))
    page = get(client)
    assert "Together the six parties state two provisions." in page
    assert re.findall(r'<h3 id="g-(\w+)">', page) == ["CN", "C5", "all"]
    assert "The five together" in page and "All six" in page


def test_an_unknown_slug_and_a_draft_are_not_found(client: Client) -> None:
    DeclarationFactory(slug="draft", state="draft")
    assert client.get("/declarations/none/").status_code == 404
    assert client.get("/declarations/draft/").status_code == 404
    assert client.get("/declarations/draft/?preview=1").status_code == 404
    assert client.get("/declarations/draft.json").status_code == 404


def test_an_editor_may_preview_a_draft(client: Client) -> None:
    DeclarationFactory(slug="draft", state="draft", title_en="Coming soon")
    user = get_user_model().objects.create_user("ana")
    client.force_login(user)
    assert client.get("/declarations/draft/?preview=1").status_code == 404
    user.user_permissions.add(Permission.objects.get(codename="change_declaration", content_type__app_label="relations"))
    page = get(client, "/declarations/draft/?preview=1")
    assert "Coming soon" in page and "A draft: nobody sees it but editors." in page
    assert client.get("/declarations/draft/").status_code == 404


def test_what_editors_write_is_never_markup(client: Client) -> None:
    it = DeclarationFactory(
        slug="it", title_en="<script>x</script>", place="<i>x</i>", occasion="<b>o</b>", note="<u>n</u>", summary="<s>s</s>"
    )
    ProvisionFactory(declaration=it, position=1, text="<em>t</em>")
    page = client.get("/declarations/it/").content.decode()
    for tag in ("<script>x", "<i>x", "<b>o", "<u>n", "<s>s", "<em>t"):
        assert tag not in page


def test_head_is_answered_and_post_is_not(client: Client) -> None:
    DeclarationFactory(slug="it")
    assert client.head("/declarations/it/").status_code == 200
    assert client.post("/declarations/it/").status_code == 405


@pytest.mark.usefixtures("dataset")
def test_the_showcase_shows_everything(client: Client) -> None:
    page = get(client, f"/declarations/{SHOWCASE}/")
    text = words(page)
    assert "30 years of diplomatic relations" in text  # its occasion
    assert "Joint Statement on the 30th Anniversary of the Establishment of Diplomatic Relations" in text
    assert (
        "Together the two sides state 17 provisions. Kazakhstan alone adds three, all on Taiwan; "
        "China alone adds two, on the development path and sovereignty." in text
    )
    assert re.findall(r'<h3 id="g-(\w+)">', page) == ["CN", "KZ", "both"]
    assert sorted(map(int, re.findall(r'<li id="p(\d+)"', page))) == list(range(1, 23))
    assert "Kazakhstan regards Taiwan as an inalienable part of China’s territory" in text
    assert "China supports the development path that Kazakhstan has chosen for itself." in text
    assert "UN General Assembly resolution 2758" in text
    for initiative in (
        "Global Development Initiative",
        "Global Security Initiative",
        "Belt and Road Initiative",
        "Nurly Zhol (Bright Path)",
    ):
        assert f">{initiative}</a>" in page
    assert "bring the Belt and Road Initiative and Kazakhstan’s Bright Path (Nurly Zhol) policy into synergy" in text
    for slug in ("cn-kz-prime-ministers", "cn-kz-cooperation-committee"):
        assert f'<a href="/mechanisms/{slug}/">' in page
        assert client.get(f"/mechanisms/{slug}/").status_code == 200
    assert "supply of vaccines" in text
    assert re.findall(r'<li id="s(\d+)">', page) == [str(n) for n in range(1, 11)]
    hosts = "paper.people.com.cn hkcd.com portuguese.people.cn financialdaily.net chinedirect.net arabic.peopledaily.com.cn capow.org"
    for host in [*hosts.split(), "sputniknews.cn", "kt.kz", "rmhb.com.cn"]:
        assert re.search(rf'<a href="https?://(www\.)?{re.escape(host)}/', page), host


@pytest.mark.usefixtures("dataset")
def test_three_facts_of_the_dataset_stand_on_their_pages_with_their_sources(client: Client) -> None:
    for slug, fact, source in (
        ("cn-tm-2023-01-06-joint-statement", "6 January 2023", "Beijing"),
        ("c5-2023-05-19-xian-declaration", "all six", "Xi’an"),
        ("cn-uz-2024-01-24-joint-statement-all-weather", "24 January 2024", "Beijing"),
    ):
        text = words(get(client, f"/declarations/{slug}/"))
        assert fact.lower() in text.lower() and source in text


@pytest.mark.usefixtures("it")
def test_the_number_of_queries_is_bounded(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(15):
        client.get("/declarations/it/")
    with django_assert_num_queries(15):
        client.get("/declarations/it/?order=text")
