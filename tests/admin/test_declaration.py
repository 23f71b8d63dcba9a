"""A declaration is entered on one page: what follows from what, what is refused and in which words."""

from __future__ import annotations

import pytest

from relations.models import Declaration, Provision
from tests.admin.desk import add_row, errors, messages, typed, url
from tests.factories import (
    DeclarationFactory,
    InitiativeFactory,
    MechanismFactory,
    PersonFactory,
    ProvisionFactory,
    SignatoryFactory,
    SourceFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


def empty_form(desk, query="?dyad=CN-KZ", **values):
    data = typed(desk.get(url("declaration", "add") + query))
    return data | {"date": "2022-09-14", "title_en": "Joint Statement on the 30th Anniversary of Diplomatic Relations"} | values


def entered(desk, data, button="_draft", query="?dyad=CN-KZ"):
    response = desk.post(url("declaration", "add") + query, data | {button: "1"}, follow=True)
    assert response.redirect_chain, errors(response)
    return Declaration.objects.latest("pk"), response


def changed(desk, declaration, button="_save", **values):
    page = url("declaration", "change", declaration.pk)
    return desk.post(page, typed(desk.get(page)) | values | {button: "1"}, follow=True)


def test_a_document_with_ten_provisions_two_signatories_and_three_sources_is_entered_at_once(desk):
    xi = PersonFactory(side="CN", name_en="Xi Jinping")
    TermFactory(person=xi, office="President", start="2013-03-14")
    sources = SourceFactory.create_batch(3)
    bri, gdi = InitiativeFactory.create_batch(2)
    committee = MechanismFactory()
    data = empty_form(desk, initiatives=[bri.pk, gdi.pk], verification="official")
    data |= {"signatories-0-person": xi.pk, "signatories-1-name": "Kassym-Jomart Tokayev", "signatories-1-office": "President"}
    for number in range(3):
        data |= {
            f"provisions-{number}-side": "both",
            f"provisions-{number}-topics": ["trade"],
            f"provisions-{number}-text": f"Point {number + 1}.",
        }
    for number in range(3, 9):
        add_row(data, "provisions", side="KZ", topics=["taiwan", "sovereignty"], text=f"Point {number + 1}.")
    add_row(data, "provisions", side="CN", topics=["water"], text="Point 10.", mechanisms=[committee.pk])
    data |= {"citations-0-source": sources[2].pk, "citations-1-source": sources[0].pk}
    add_row(data, "citations", source=sources[1].pk)

    declaration, _response = entered(desk, data)

    assert declaration.state == "draft"
    assert declaration.parties == ("CN", "KZ")
    assert [(row.position, row.side, row.text) for row in declaration.provisions.all()] == [
        *((number, "both", f"Point {number}.") for number in (1, 2, 3)),
        *((number, "KZ", f"Point {number}.") for number in range(4, 10)),
        (10, "CN", "Point 10."),
    ]
    assert list(declaration.provisions.get(position=10).mechanisms.all()) == [committee]
    assert [(row.side, row.name, row.office, row.person) for row in declaration.signatories.all()] == [
        ("CN", "Xi Jinping", "President", xi),
        ("KZ", "Kassym-Jomart Tokayev", "President", None),
    ]
    assert declaration.cited_sources == [sources[2], sources[0], sources[1]]
    assert set(declaration.initiatives.all()) == {bri, gdi}


def test_the_address_follows_from_relationship_date_and_title(desk):
    first, _response = entered(desk, empty_form(desk))
    second, _response = entered(desk, empty_form(desk))

    assert first.slug == "cn-kz-2022-09-14-joint-statement-30th-anniversary-diplomatic"
    assert second.slug == "cn-kz-2022-09-14-joint-statement-30th-anniversary-diplomatic-2"


def test_the_form_comes_with_what_the_address_of_the_page_says(desk):
    data = typed(desk.get(url("declaration", "add") + "?dyad=CN-KG"))

    assert (data["dyad"], list(data["parties"])) == ("CN-KG", ["CN", "KG"])
    assert [data["signatories-0-side"], data["signatories-1-side"]] == ["CN", "KG"]
    assert (data["kind"], data["level"]) == ("joint_statement", "head_of_state")


def test_the_form_takes_the_relationship_of_the_filtered_list(desk):
    data = typed(desk.get(url("declaration", "add") + "?_changelist_filters=dyad__code__exact%3DCN-UZ"))

    assert (data["dyad"], list(data["parties"])) == ("CN-UZ", ["CN", "UZ"])


def test_the_list_leads_to_the_form_with_its_filter(desk):
    page = desk.get(url("declaration", "changelist") + "?dyad__code__exact=CN-UZ").content.decode()

    assert "/add/?_changelist_filters=dyad__code__exact%3DCN-UZ" in page


def test_signatories_left_as_proposed_are_not_stored(desk):
    declaration, _response = entered(desk, empty_form(desk))

    assert not declaration.signatories.exists()


def test_parties_left_empty_are_those_of_the_relationship(desk):
    declaration, _response = entered(desk, empty_form(desk, "", dyad="CN-C5", parties=[]), query="")

    assert declaration.parties == ("CN", "KZ", "KG", "TJ", "TM", "UZ")


def test_one_party_alone_is_refused_in_words(desk):
    response = desk.post(url("declaration", "add"), empty_form(desk, parties=["CN"]))

    assert errors(response)["parties"] == ["Choose at least two parties."]


def test_a_side_beyond_the_parties_is_refused_beside_it_and_everything_typed_stays(desk):
    data = empty_form(desk, occasion="State visit")
    data |= {"provisions-0-side": "both", "provisions-0-topics": ["trade"], "provisions-0-text": "They agree."}
    data |= {"provisions-1-side": "UZ", "provisions-1-topics": ["taiwan", "water"], "provisions-1-text": "Uzbekistan affirms."}

    response = desk.post(url("declaration", "add"), data)

    assert errors(response) == {"provisions-1-side": ["Uzbekistan is not among the parties of this declaration."]}
    again = typed(response)
    assert (again["occasion"], again["provisions-0-text"], again["provisions-1-text"]) == (
        "State visit",
        "They agree.",
        "Uzbekistan affirms.",
    )
    assert list(again["provisions-1-topics"]) == ["taiwan", "water"]
    assert not Declaration.objects.exists()


def test_both_sides_is_refused_where_there_are_more_than_two(desk):
    data = empty_form(desk, "?dyad=CN-C5")
    data |= {"provisions-0-side": "both", "provisions-0-topics": ["trade"], "provisions-0-text": "They agree."}

    response = desk.post(url("declaration", "add"), data)

    assert errors(response) == {"provisions-0-side": ["Both sides is not among the parties of this declaration."]}


def test_a_side_beyond_the_parties_is_refused_once_on_a_stored_document_too(desk):
    declaration = DeclarationFactory()
    ProvisionFactory(declaration=declaration, position=1)

    response = changed(desk, declaration, **{"provisions-0-side": "TJ"})

    assert errors(response) == {"provisions-0-side": ["Tajikistan is not among the parties of this declaration."]}


def test_the_form_offers_the_sides_of_the_parties_only(desk):
    declaration = DeclarationFactory()
    ProvisionFactory(declaration=declaration)
    response = desk.get(url("declaration", "change", declaration.pk))
    formset = next(inline.formset for inline in response.context["inline_admin_formsets"] if inline.formset.prefix == "provisions")

    for form in (formset.forms[0], formset.empty_form):
        assert [code for code, _word in form.fields["side"].choices] == ["", "both", "CN", "KZ"]


def test_four_topics_are_refused_in_words(desk):
    data = empty_form(desk)
    data |= {"provisions-0-side": "both", "provisions-0-topics": ["trade", "water", "space", "media"], "provisions-0-text": "Much."}

    assert errors(desk.post(url("declaration", "add"), data)) == {
        "provisions-0-topics": ["A provision has three topics at most; this one has 4."]
    }


def test_topics_keep_the_order_in_which_they_were_chosen(desk):
    data = empty_form(desk)
    data |= {"provisions-0-side": "both", "provisions-0-topics": ["water", "trade"], "provisions-0-text": "Rivers."}
    declaration, _response = entered(desk, data)
    assert declaration.provisions.get().topics == ("water", "trade")

    changed(desk, declaration, **{"provisions-0-text": "Rivers and trade.", "provisions-0-topics": ["trade", "water"]})

    assert declaration.provisions.get().topics == ("water", "trade")


def test_provisions_change_places(desk):
    declaration = DeclarationFactory()
    first, second, third = (ProvisionFactory(declaration=declaration, position=number) for number in (1, 2, 3))

    changed(desk, declaration, **{"provisions-0-position": 3, "provisions-1-position": 1, "provisions-2-position": 2})

    assert list(declaration.provisions.order_by("position").values_list("pk", "position")) == [(second.pk, 1), (third.pk, 2), (first.pk, 3)]


def test_a_provision_takes_the_number_of_one_that_goes(desk):
    declaration = DeclarationFactory()
    ProvisionFactory(declaration=declaration, position=1)
    kept = ProvisionFactory(declaration=declaration, position=2)

    changed(desk, declaration, **{"provisions-0-DELETE": "on", "provisions-1-position": 1})

    assert list(declaration.provisions.values_list("pk", "position")) == [(kept.pk, 1)]


def test_two_provisions_with_one_number_are_refused(desk):
    declaration = DeclarationFactory()
    ProvisionFactory(declaration=declaration, position=1)
    ProvisionFactory(declaration=declaration, position=2)

    response = changed(desk, declaration, **{"provisions-1-position": 1})

    assert "provisions" in errors(response)
    assert list(declaration.provisions.values_list("position", flat=True)) == [1, 2]


def test_parties_change_together_with_the_sides_of_the_provisions(desk):
    declaration = DeclarationFactory(dyad_id="CN-UZ", parties=("CN", "KZ"))
    ProvisionFactory(declaration=declaration, position=1, side="KZ")
    ProvisionFactory(declaration=declaration, position=2, side="both")
    ProvisionFactory(declaration=declaration, position=3, side="KZ")

    changed(desk, declaration, parties=["CN", "UZ"], **{"provisions-0-side": "UZ", "provisions-2-DELETE": "on"})

    declaration.refresh_from_db()
    assert declaration.parties == ("CN", "UZ")
    assert list(declaration.provisions.values_list("side", flat=True)) == ["UZ", "both"]


def test_parties_that_leave_a_provision_without_its_side_are_refused(desk):
    declaration = DeclarationFactory()
    ProvisionFactory(declaration=declaration, position=1, side="KZ")

    response = changed(desk, declaration, parties=["CN", "UZ"])

    assert errors(response) == {"provisions-0-side": ["Kazakhstan is not among the parties of this declaration."]}
    declaration.refresh_from_db()
    assert declaration.parties == ("CN", "KZ")


def test_a_reference_names_one_document(desk):
    other = DeclarationFactory()
    data = empty_form(desk)
    data |= {"references-0-target": other.pk, "references-0-document": "UNGA_2758"}

    response = desk.post(url("declaration", "add"), data)

    assert errors(response) == {"references-0-__all__": ["Name one document: an earlier declaration, a code or another name."]}


def test_a_document_does_not_refer_to_itself(desk):
    declaration = DeclarationFactory()
    page = url("declaration", "change", declaration.pk)
    data = typed(desk.get(page))
    add_row(data, "references", target=declaration.pk, document="", name="")

    assert errors(desk.post(page, data)) == {"references-0-target": ["A document cannot refer to itself."]}


def test_a_source_is_cited_once(desk):
    source = SourceFactory()
    data = empty_form(desk) | {"citations-0-source": source.pk, "citations-1-source": source.pk}

    assert errors(desk.post(url("declaration", "add"), data))["citations"] == ["Please correct the duplicate data for source."]


def test_a_signatory_without_name_is_told_what_is_missing(desk):
    data = empty_form(desk) | {"signatories-0-office": "President"}

    assert errors(desk.post(url("declaration", "add"), data)) == {"signatories-0-name": ["Choose a person or write a name."]}


def test_an_impossible_date_is_refused_in_words(desk):
    assert errors(desk.post(url("declaration", "add"), empty_form(desk, date="2022-02-30")))["date"] == ["There is no such day: 2022-02-30"]
    assert errors(desk.post(url("declaration", "add"), empty_form(desk, date="14.9.2022")))["date"] == [
        "Write 2022-09-14, 2022-09 or 2022.",
        "There is no such day: 14.9.2022",
    ]


# ---- Draft and published ----------------------------------------------------------------------------------------------


def test_publish_lets_readers_see_it_and_leads_there(desk):
    declaration, response = entered(desk, empty_form(desk), button="_publish")

    assert declaration.state == "published"
    assert any(f'href="/declarations/{declaration.slug}/"' in words for words in messages(response))


def test_saving_a_published_document_keeps_it_published(desk):
    declaration = DeclarationFactory(state="published")

    changed(desk, declaration, place="Astana, Akorda")

    declaration.refresh_from_db()
    assert (declaration.state, declaration.place) == ("published", "Astana, Akorda")


def test_a_published_document_goes_back_to_draft_by_its_button(desk):
    declaration = DeclarationFactory(state="published")

    changed(desk, declaration, button="_draft")

    declaration.refresh_from_db()
    assert declaration.state == "draft"


def test_saving_and_going_on_keeps_a_draft_a_draft(desk):
    declaration = DeclarationFactory(state="draft")

    changed(desk, declaration, button="_continue", place="Astana, Akorda")

    declaration.refresh_from_db()
    assert (declaration.state, declaration.place) == ("draft", "Astana, Akorda")


def test_several_are_published_and_taken_back_from_the_list_each_with_an_entry_in_its_history(desk, ana):
    drafts = DeclarationFactory.create_batch(2, state="draft")
    there = DeclarationFactory(state="published")
    before = there.history.count()

    def act(action, rows):
        return desk.post(url("declaration", "changelist"), {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)

    assert messages(act("publish_selected", [*drafts, there])) == ["2 drafts are published."]
    assert set(Declaration.objects.values_list("state", flat=True)) == {"published"}
    assert [row.history.first().history_user for row in drafts] == [ana, ana]
    assert there.history.count() == before

    assert messages(act("withdraw_selected", drafts[:1])) == ["1 declaration is a draft again."]
    assert Declaration.objects.get(pk=drafts[0].pk).state == "draft"


def test_a_draft_is_marked_in_the_list(desk):
    DeclarationFactory(state="draft", title_en="Secret plan")
    DeclarationFactory(state="published", title_en="Open plan")

    page = desk.get(url("declaration", "changelist")).content.decode()

    assert '<span class="draft-mark">Draft</span> Secret plan' in page
    assert '<span class="draft-mark">Draft</span> Open plan' not in page


def test_view_on_site_leads_to_the_page_of_a_published_document_and_is_missing_on_a_draft(desk):
    published, draft = DeclarationFactory(state="published"), DeclarationFactory(state="draft")

    assert desk.get(url("declaration", "change", published.pk)).context["absolute_url"] == f"/declarations/{published.slug}/"
    assert desk.get(url("declaration", "change", draft.pk)).context["has_absolute_url"] is False


def test_a_published_document_is_not_deleted_a_draft_is(desk):
    published, draft = DeclarationFactory(state="published"), DeclarationFactory(state="draft")

    assert desk.post(url("declaration", "delete", published.pk), {"post": "yes"}).status_code == 403
    assert desk.post(url("declaration", "delete", draft.pk), {"post": "yes"}).status_code == 302
    assert list(Declaration.objects.all()) == [published]


# ---- What does not fit is said, not refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verification", "sources", "said"),
    [
        ("official", 0, "The record has no source: add one, or mark it “No source yet”."),
        ("memory", 1, "The record has a source but is marked “No source yet”: choose how well it is verified."),
        ("multiple", 1, "The record is marked “Several reports” but has one source only."),
        ("multiple", 2, None),
        ("single", 1, None),
        ("memory", 0, None),
    ],
)
def test_verification_that_does_not_fit_the_sources_is_said_and_the_record_kept(desk, verification, sources, said):
    data = empty_form(desk, verification=verification)
    data |= {f"citations-{number}-source": SourceFactory().pk for number in range(sources)}

    declaration, response = entered(desk, data)

    warnings = [words for words in messages(response) if words.startswith("The record ")]
    assert warnings == ([said] if said else [])
    assert declaration.verification == verification


def test_a_save_that_changes_one_provision_leaves_one_entry_in_the_histories(desk):
    declaration = DeclarationFactory()
    ProvisionFactory(declaration=declaration, position=1)
    ProvisionFactory(declaration=declaration, position=2)
    SignatoryFactory(declaration=declaration)
    own, rows = declaration.history.count(), Provision.history.count()

    changed(desk, declaration, **{"provisions-1-text": "They agree on water."})

    assert declaration.history.count() == own
    assert Provision.history.count() == rows + 1
    assert Provision.history.first().text == "They agree on water."
