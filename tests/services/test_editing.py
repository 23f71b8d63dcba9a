"""Rules of writing by hand, apart from any page."""

from __future__ import annotations

import pytest

from relations.models import Provision
from relations.services import editing
from tests.factories import DeclarationFactory, PersonFactory, ProvisionFactory, SourceFactory, TermFactory


@pytest.mark.django_db
def test_publish_and_withdraw_count_what_moved_and_leave_entries():
    draft, there = DeclarationFactory(state="draft"), DeclarationFactory(state="published")

    assert editing.publish([draft, there]) == 1
    assert editing.withdraw([draft]) == 1
    assert [entry.state for entry in draft.history.order_by("history_id")] == ["draft", "published", "draft"]
    assert there.history.count() == 1


def test_parties_of_a_relationship():
    assert editing.parties_of("CN-TM") == ("CN", "TM")
    assert editing.parties_of("CN-C5") == ("CN", "KZ", "KG", "TJ", "TM", "UZ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dyad", "date", "title", "slug"),
    [
        (
            "CN-KZ",
            "2022-09-14",
            "Joint Statement on the 30th Anniversary of Relations",
            "cn-kz-2022-09-14-joint-statement-30th-anniversary-relations",
        ),
        ("CN-C5", "2023-05", "Xi’an Declaration of the China–Central Asia Summit", "c5-2023-05-xian-declaration-central-asia-summit"),
        ("CN-UZ", "2017", "", "cn-uz-2017"),
        ("CN-TJ", "2017", "О сотрудничестве", "cn-tj-2017"),
    ],
)
def test_a_slug_tells_relationship_date_and_the_telling_words(dyad, date, title, slug):
    assert editing.proposed_slug(dyad, date, title) == slug


@pytest.mark.django_db
def test_a_slug_that_is_taken_gets_the_next_free_number():
    DeclarationFactory(slug="cn-kz-2022-plan")
    DeclarationFactory(slug="cn-kz-2022-plan-2")
    DeclarationFactory(slug="cn-kz-2022-planning")

    assert editing.proposed_slug("CN-KZ", "2022", "Plan") == "cn-kz-2022-plan-3"


@pytest.mark.django_db
def test_a_slug_fits_its_column():
    assert len(editing.proposed_slug("CN-KZ", "2022-09-14", " ".join(["x" * 40] * 5))) <= 120


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "office"),
    [
        ("2014-05-01", "President"),
        ("2013", "Vice-President and President"),
        ("2013-03-14", "Vice-President and President"),
        ("2013-03-15", "President"),
        ("2013-03-13", "Vice-President"),
        ("2008", "Vice-President"),
        ("2007-12", ""),
        ("2030", "President"),
    ],
)
def test_the_office_of_a_day(date, office):
    person = PersonFactory()
    TermFactory(person=person, position=0, office="Vice-President", start="2008-03-15", end="2013-03-14")
    TermFactory(person=person, position=1, office="President", start="2013-03-14", end=None)
    TermFactory(person=person, position=2, office="Member of something", start=None, end=None)

    assert editing.office_at(person, date) == office


@pytest.mark.django_db
def test_sources_like_another_differ_in_what_rarely_matters_only():
    same = [SourceFactory(url=url) for url in ("http://example.org/a", "https://www.example.org/a/", "https://example.org/a")]
    for url in ("https://example.org/a?page=2", "https://example.org/b", "https://news.example.org/a"):
        SourceFactory(url=url)

    assert editing.sources_like(same[0]) == same[1:]


@pytest.mark.django_db
def test_room_is_made_for_other_parties_without_touching_what_fits():
    declaration = DeclarationFactory(parties=("CN", "KZ"))
    going = ProvisionFactory(declaration=declaration, position=1, side="KZ")
    staying = ProvisionFactory(declaration=declaration, position=2, side="CN")

    editing.make_room_for_parties(declaration, ("CN", "KG", "UZ"))
    declaration.parties = ("CN", "KG", "UZ")
    declaration.save()

    assert dict(Provision.objects.values_list("pk", "side")) == {going.pk: "CN", staying.pk: "CN"}


@pytest.mark.django_db
def test_sides_that_parties_leave_out():
    declaration = DeclarationFactory(parties=("CN", "KZ"))
    for position, side in enumerate(("KZ", "KZ", "both", "CN"), 1):
        ProvisionFactory(declaration=declaration, position=position, side=side)

    assert editing.sides_lost(declaration.pk, ("CN", "KZ")) == []
    assert editing.sides_lost(declaration.pk, ("CN", "UZ")) == ["KZ"]
    assert editing.sides_lost(declaration.pk, ("CN", "UZ", "TM")) == ["KZ", "both"]
