"""The history of a record: who changed what, what happened to its rows, and the way back."""

from __future__ import annotations

import pytest

from relations.models import Declaration, Provision
from tests.admin.desk import account, at_desk, typed, url
from tests.factories import (
    DeclarationFactory,
    EventFactory,
    InitiativeFactory,
    MechanismFactory,
    PersonFactory,
    ProvisionFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def change(client, model, record, **values):
    page = url(model, "change", record.pk)
    response = client.post(page, typed(client.get(page)) | values)
    assert response.status_code == 302


def first_version(model, record):
    return url(model, "simple_history", record.pk, record.history.earliest().history_id)


def revert(client, model, record):
    page = first_version(model, record)
    shown = client.get(page)
    assert shown.status_code == 200
    response = client.post(page, typed(shown))
    assert response.status_code == 302
    record.refresh_from_db()


@pytest.mark.parametrize("language", ["en", "fr", "zh-hans", "ru"])
def test_revert_brings_back_the_record_with_its_titles_in_every_language(desk, settings, language):
    titles = {"title_en": "Statement", "title_fr": "Déclaration", "title_zh_hans": "声明", "title_ru": "Заявление"}
    declaration = DeclarationFactory(place="Astana", **titles)
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    change(desk, "declaration", declaration, place="Xi’an", **{name: f"{title} 2" for name, title in titles.items()})
    assert Declaration.objects.filter(place="Xi’an", title_fr="Déclaration 2", title_en="Statement 2").exists()

    revert(desk, "declaration", declaration)

    stored = Declaration.objects.filter(pk=declaration.pk).values("place", *titles).get()
    assert stored == {"place": "Astana", **titles}


def test_the_history_says_who_changed_what_from_what_to_what(desk):
    event = EventFactory(kind="trade", friction=False)
    change(desk, "event", event, kind="crisis", friction="on")

    page = desk.get(url("event", "history", event.pk))

    (newest, _oldest) = page.context["page_obj"]
    assert str(newest.history_user) == "ana"
    told = {change["field"]: (str(change["old"]), str(change["new"])) for change in newest.history_delta_changes}
    assert told == {"Kind": ("Trade", "Crisis"), "Friction": ("No", "Yes")}


def test_a_change_of_titles_is_told_once_in_any_language(desk, settings):
    event = EventFactory(title_en="Old", title_fr="Ancien")
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    change(desk, "event", event, title_fr="Nouveau")

    (newest, _oldest) = desk.get(url("event", "history", event.pk)).context["page_obj"]

    assert [(str(change["old"]), str(change["new"])) for change in newest.history_delta_changes] == [("Ancien", "Nouveau")]


def test_the_history_of_a_document_tells_of_its_provisions_and_sources(desk):
    declaration = DeclarationFactory(sources=[SourceFactory(publisher="People’s Daily", title="Text")])
    ProvisionFactory(declaration=declaration, position=1, text="They agree.")
    change(desk, "declaration", declaration, **{"provisions-0-text": "They agree on water.", "citations-0-DELETE": "on"})

    entries = desk.get(url("declaration", "history", declaration.pk)).context["row_entries"]

    told = {(entry.kind, entry.what, entry.who): entry for entry in entries}
    assert told[("Provision", "Changed", "ana")].changes == [{"field": "Text", "old": "They agree.", "new": "They agree on water."}]
    assert told[("Source", "Deleted", "ana")].text.startswith("People’s Daily · Text")
    assert told[("Provision", "Created", "")].url == url("provision", "history", declaration.provisions.get().pk)


def test_initiatives_and_mechanisms_that_change_stand_in_the_reason_of_the_entry(desk):
    bri, gdi = InitiativeFactory(title_en="Belt and Road"), InitiativeFactory(title_en="Global Development")
    declaration = DeclarationFactory(initiatives=[bri])
    ProvisionFactory(declaration=declaration, position=1)
    committee = MechanismFactory(title_en="Cooperation Committee")
    change(desk, "declaration", declaration, initiatives=[gdi.pk], **{"provisions-0-mechanisms": [committee.pk]})

    page = desk.get(url("declaration", "history", declaration.pk))

    assert page.context["page_obj"][0].history_change_reason == "Initiatives: Belt and Road → Global Development"
    assert page.context["row_entries"][0].reason == "Mechanisms it names: – → Cooperation Committee"


def test_a_provision_is_reverted_on_its_own_page(desk):
    provision = ProvisionFactory(text="They agree.", topics=("water", "trade"))
    change(desk, "provision", provision, text="Something else.", topics=["space"])

    revert(desk, "provision", provision)

    assert (provision.text, provision.topics) == ("They agree.", ("water", "trade"))


def test_a_deleted_provision_comes_back_from_its_history(desk):
    declaration = DeclarationFactory()
    provision = ProvisionFactory(declaration=declaration, position=1, text="They agree.")
    change(desk, "declaration", declaration, **{"provisions-0-DELETE": "on"})
    assert not Provision.objects.exists()

    page = url("provision", "simple_history", provision.pk, Provision.history.filter(id=provision.pk).earliest().history_id)
    assert desk.post(page, typed(desk.get(page))).status_code == 302

    assert list(Provision.objects.values_list("pk", "text")) == [(provision.pk, "They agree.")]


def test_revert_neither_publishes_nor_withdraws(desk):
    declaration = DeclarationFactory(state="draft", place="Astana")
    page = url("declaration", "change", declaration.pk)
    desk.post(page, typed(desk.get(page)) | {"place": "Xi’an", "_publish": "1"})

    revert(desk, "declaration", declaration)

    assert (declaration.place, declaration.state) == ("Astana", "published")


def test_revert_to_parties_that_a_provision_contradicts_is_refused_in_words(desk):
    declaration = DeclarationFactory(parties=("CN", "KZ"))
    ProvisionFactory(declaration=declaration, position=1, side="KZ")
    change(desk, "declaration", declaration, parties=["CN", "UZ"], **{"provisions-0-side": "UZ"})

    page = first_version("declaration", declaration)
    response = desk.post(page, typed(desk.get(page)))

    assert response.status_code == 200
    assert "Uzbekistan" in str(response.context["adminform"].form.errors["parties"])
    declaration.refresh_from_db()
    assert declaration.parties == ("CN", "UZ")


def test_revert_is_itself_an_entry_by_whoever_did_it(desk, ana):
    person = PersonFactory(name_en="Xi Jinping")
    change(desk, "person", person, name_en="Xi J.")

    revert(desk, "person", person)

    assert (person.name_en, person.history.first().history_user, person.history.count()) == ("Xi Jinping", ana, 3)


def test_revert_is_guarded_against_overwriting(desk):
    event = EventFactory(label="A")
    change(desk, "event", event, label="B")
    page = first_version("event", event)
    shown = typed(desk.get(page))
    change(at_desk(account("bek", "Editor")), "event", event, label="C")

    response = desk.post(page, shown)

    assert "bek changed this record" in str(response.context["adminform"].form.errors["__all__"])
    event.refresh_from_db()
    assert event.label == "C"


def test_the_page_of_a_history_costs_the_same_for_few_and_for_many_rows(desk, django_assert_num_queries):
    few, many = DeclarationFactory(sources=SourceFactory.create_batch(1)), DeclarationFactory(sources=SourceFactory.create_batch(9))
    ProvisionFactory(declaration=few, position=1)
    for number in range(1, 23):
        ProvisionFactory(declaration=many, position=number)
    for declaration in (few, many):
        change(desk, "declaration", declaration, place="Xi’an")

    desk.get(url("declaration", "history", few.pk))
    for declaration in (few, many):
        with django_assert_num_queries(12):
            desk.get(url("declaration", "history", declaration.pk))
