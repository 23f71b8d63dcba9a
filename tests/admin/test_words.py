"""What the database refuses is said in words before it comes to that."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import CheckConstraint

from relations.admin.words import HELD_ELSEWHERE, WORDS
from tests.admin.desk import errors, typed, url
from tests.factories import (
    AnniversaryFactory,
    EventFactory,
    InitiativeFactory,
    MechanismFactory,
    ObservationFactory,
    PersonFactory,
    SessionFactory,
    StatusFactory,
    TermFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


def constraints():
    edited = {model for model in admin.site._registry if model._meta.app_label == "relations"}
    edited |= {inline.model for model in edited for inline in admin.site._registry[model].inlines}
    return [(model, constraint) for model in edited for constraint in model._meta.constraints]


def test_every_constraint_has_words_or_somebody_who_holds_it():
    def held_by_the_field(constraint):
        """Lists of codes and forms of dates; a row that cites a source twice is the formset's."""
        return constraint.name.endswith(("_known", "_form", "_cites_source_once"))

    silent = [
        constraint.name
        for _model, constraint in constraints()
        if constraint.name not in WORDS and constraint.name not in HELD_ELSEWHERE and not held_by_the_field(constraint)
    ]

    assert silent == []


def test_the_words_belong_to_constraints_that_exist():
    names = {constraint.name for model in apps.get_app_config("relations").get_models() for constraint in model._meta.constraints}

    assert set(WORDS) | set(HELD_ELSEWHERE) <= names


def test_what_the_field_holds_is_a_code_or_a_date():
    for model, constraint in constraints():
        if constraint.name.endswith(("_known", "_form")):
            assert isinstance(constraint, CheckConstraint), (model, constraint.name)


def test_a_list_of_codes_is_offered_by_the_form_of_its_record(desk):
    """Where a column holds known codes only, an unknown one is refused in words: the form knows the list too."""
    for model, constraint in constraints():
        if constraint.name.endswith("_known"):
            name = constraint.condition.children[0][0].removesuffix("__in")
            at_desk = admin.site._registry.get(model)
            if not model._meta.get_field(name).choices and at_desk is not None:
                form = desk.get(url(model._meta.model_name, "add")).context["adminform"].form
                assert form.fields[name].choices, constraint.name


def test_an_unknown_proposer_of_an_initiative_is_refused_in_words(desk):
    assert refused(desk, InitiativeFactory(proposer="CN"), proposer="XX") == {
        "proposer": ["Select a valid choice. XX is not one of the available choices."]
    }


def refused(desk, record, **values):
    page = url(record._meta.model_name, "change", record.pk)
    return errors(desk.post(page, typed(desk.get(page)) | values))


def test_a_second_record_of_the_same_thing_is_refused_beside_the_field(desk):
    VisitFactory(date_start="2020", visitor=(visitor := PersonFactory(side="KZ")), host="CN")
    assert refused(desk, VisitFactory(date_start="2021", visitor=visitor, host="CN"), date_start="2020") == {
        "date_start": ["This visit is already recorded: same visitor, host and first day."]
    }
    EventFactory(date="2020", title_en="A")
    assert refused(desk, EventFactory(date="2020", title_en="B"), title_en="A") == {
        "title_en": ["An event with this title is already recorded on this date."]
    }
    StatusFactory(level="recognition")
    assert refused(desk, StatusFactory(level="diplomatic_relations"), level="recognition") == {
        "level": ["The relationship already has this status: change that record instead."]
    }
    AnniversaryFactory(month_day="01-03", title_en="A")
    assert refused(desk, AnniversaryFactory(month_day="01-03", title_en="B"), title_en="A") == {
        "title_en": ["This anniversary is already recorded."]
    }
    PersonFactory(side="KZ", name_en="A")
    assert refused(desk, PersonFactory(side="KZ", name_en="B"), name_en="A") == {
        "name_en": ["A person of this side with this name is already recorded."]
    }


def test_a_session_is_refused_twice_by_date_and_by_number(desk):
    mechanism = MechanismFactory()
    SessionFactory(mechanism=mechanism, date="2020", number=1)
    second = SessionFactory(mechanism=mechanism, date="2021", number=2)

    assert refused(desk, second, number=1) == {"number": ["The mechanism already has a session with this number."]}
    SessionFactory(mechanism=mechanism, date="2022", number=None)
    assert refused(desk, second, date="2022", number="") == {"date": ["This session is already recorded: same mechanism, date and number."]}


def test_spans_that_run_backwards_are_refused(desk):
    assert refused(desk, VisitFactory(date_start="2022-09-14"), date_end="2022-09-13") == {
        "date_end": ["The last day must come after the first; leave it empty where one day is known."]
    }
    term = TermFactory(start="2019-03-20")
    assert refused(desk, term.person, **{"terms-0-end": "2018"}) == {"terms-0-end": ["The end must not come before the start."]}


def test_a_rhythm_of_no_months_and_an_impossible_year_are_refused(desk):
    assert refused(desk, MechanismFactory(), periodicity_months="0") == {
        "periodicity_months": ["Write a number of months from 1, or leave it empty."]
    }
    assert refused(desk, ObservationFactory(), year="1800") == {"year": ["Write a year from 1900 to 2200."]}


def test_a_mechanism_is_not_part_of_itself_nor_of_what_is_part_of_it(desk):
    top = MechanismFactory()
    below = MechanismFactory(parent=top)

    assert refused(desk, top, parent=top.pk)["parent"][0] == "A mechanism cannot be part of itself."
    assert refused(desk, top, parent=below.pk)["parent"] == ["A mechanism cannot be part of itself."]


def test_a_mechanism_is_part_of_one_of_its_own_relationship(desk):
    other = MechanismFactory(dyad_id="CN-UZ", parties=("CN", "UZ"), title_en="Commission")

    assert refused(desk, MechanismFactory(), parent=other.pk) == {
        "parent": ["“Commission” belongs to another relationship (China–Uzbekistan)."]
    }
