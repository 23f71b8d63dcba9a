"""Two editors at one record: the second is told before anything of the first is lost, and keeps what was typed."""

from __future__ import annotations

import pytest

from relations.models import Provision
from tests.admin.desk import account, add_row, at_desk, errors, typed, url
from tests.factories import DeclarationFactory, MechanismFactory, ProvisionFactory, SourceFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bek(db):
    return at_desk(account("bek", "Editor"))


def test_the_second_save_is_refused_names_the_first_editor_and_keeps_the_text(desk, bek):
    declaration = DeclarationFactory(place="Astana", occasion="")
    page = url("declaration", "change", declaration.pk)
    seen_by_ana, seen_by_bek = typed(desk.get(page)), typed(bek.get(page))

    assert bek.post(page, seen_by_bek | {"place": "Xi’an", "_save": "1"}).status_code == 302
    response = desk.post(page, seen_by_ana | {"occasion": "State visit", "_save": "1"})

    (said,) = errors(response)["__all__"]
    assert said.startswith("bek changed this record at ")
    assert "(Place)" in said
    assert f'href="{page}"' in said
    assert typed(response)["occasion"] == "State visit"
    declaration.refresh_from_db()
    assert (declaration.place, declaration.occasion) == ("Xi’an", "")


def test_saving_once_more_replaces_the_other_text_knowingly(desk, bek):
    declaration = DeclarationFactory(place="Astana")
    page = url("declaration", "change", declaration.pk)
    seen_by_ana = typed(desk.get(page))
    bek.post(page, typed(bek.get(page)) | {"place": "Xi’an"})

    refused = desk.post(page, seen_by_ana | {"place": "Almaty"})
    assert desk.post(page, typed(refused)).status_code == 302

    declaration.refresh_from_db()
    assert declaration.place == "Almaty"


def test_a_third_save_between_refusal_and_repetition_is_told_again(desk, bek):
    declaration = DeclarationFactory(place="Astana")
    page = url("declaration", "change", declaration.pk)
    seen_by_ana = typed(desk.get(page))
    bek.post(page, typed(bek.get(page)) | {"place": "Xi’an"})
    refused = desk.post(page, seen_by_ana | {"place": "Almaty"})
    bek.post(page, typed(bek.get(page)) | {"place": "Beijing"})

    assert "__all__" in errors(desk.post(page, typed(refused)))


def test_a_change_of_a_row_alone_counts_too(desk, bek):
    declaration = DeclarationFactory()
    provision = ProvisionFactory(declaration=declaration, position=1, text="They agree.")
    page = url("declaration", "change", declaration.pk)
    seen_by_ana = typed(desk.get(page))
    bek.post(page, typed(bek.get(page)) | {"provisions-0-text": "They agree on water."})

    (said,) = errors(desk.post(page, seen_by_ana | {"occasion": "State visit"}))["__all__"]

    assert "(Provisions)" in said
    provision.refresh_from_db()
    assert provision.text == "They agree on water."


def test_a_row_edited_on_its_own_page_counts_too(desk, bek):
    declaration = DeclarationFactory()
    provision = ProvisionFactory(declaration=declaration, position=1)
    page = url("declaration", "change", declaration.pk)
    seen_by_ana = typed(desk.get(page))
    own = url("provision", "change", provision.pk)
    assert bek.post(own, typed(bek.get(own)) | {"text": "They agree on water."}).status_code == 302

    assert "__all__" in errors(desk.post(page, seen_by_ana))


def test_a_row_deleted_by_the_other_is_said_on_that_row_with_its_text(desk, bek):
    declaration = DeclarationFactory()
    ProvisionFactory(declaration=declaration, position=1, text="They agree.")
    page = url("declaration", "change", declaration.pk)
    seen_by_ana = typed(desk.get(page))
    bek.post(page, typed(bek.get(page)) | {"provisions-0-DELETE": "on"})

    refused = desk.post(page, seen_by_ana | {"provisions-0-text": "They agree on water."})

    said = errors(refused)
    assert "Somebody deleted this row" in said["provisions-0-__all__"][0]
    assert "They agree on water." in refused.content.decode()

    data = typed(refused) | {"provisions-0-DELETE": "on"}
    add_row(data, "provisions", side="both", topics=["water"], text="They agree on water.")
    assert desk.post(page, data).status_code == 302
    assert list(Provision.objects.values_list("text", flat=True)) == ["They agree on water."]


def test_saves_one_after_the_other_are_no_conflict(desk, bek):
    declaration = DeclarationFactory()
    page = url("declaration", "change", declaration.pk)
    for client, place in ((desk, "Almaty"), (bek, "Xi’an"), (desk, "Beijing")):
        assert client.post(page, typed(client.get(page)) | {"place": place}).status_code == 302


@pytest.mark.parametrize(
    ("model", "factory", "field"),
    [("visit", VisitFactory, "context"), ("mechanism", MechanismFactory, "summary"), ("source", SourceFactory, "title")],
)
def test_every_record_with_a_history_is_guarded(desk, bek, model, factory, field):
    record = factory()
    page = url(model, "change", record.pk)
    seen_by_ana = typed(desk.get(page))
    assert bek.post(page, typed(bek.get(page)) | {field: "Theirs"}).status_code == 302

    assert "bek changed this record" in errors(desk.post(page, seen_by_ana | {field: "Mine"}))["__all__"][0]
    record.refresh_from_db()
    assert getattr(record, field) == "Theirs"


def test_a_page_that_does_not_say_its_version_is_refused(desk):
    declaration = DeclarationFactory()
    page = url("declaration", "change", declaration.pk)

    assert "does not say which version" in errors(desk.post(page, typed(desk.get(page)) | {"version": ""}))["__all__"][0]
