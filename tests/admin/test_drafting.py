"""“Draft from text”: what is pasted or handed in opens the form of a new declaration, and nothing is saved until the editor saves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from relations.models import Declaration
from tests.admin.desk import account, at_desk, typed, url
from tests.factories import InitiativeFactory, MechanismFactory, PersonFactory, TermFactory

pytestmark = pytest.mark.django_db
ARTICLES = Path(__file__).resolve().parents[1] / "articles"
ARTICLE = (ARTICLES / "development" / "d03-fr.txt").read_text(encoding="utf-8")
PAGE = "/admin/relations/declaration/draft/"


def told(answer: Any) -> str:
    return str(answer.content.decode())


def opened(desk: Client, **sent: Any) -> Any:
    """The form of a new declaration to which the draft leads."""
    answer = desk.post(PAGE, sent)
    assert answer.status_code == 302, told(answer)
    assert answer.headers["Location"].startswith("/admin/relations/declaration/add/?draft=")
    return desk.get(answer.headers["Location"])


def test_the_form_of_a_new_declaration_leads_there(desk: Client) -> None:
    assert f'<a href="{PAGE}">Draft from text</a>' in told(desk.get(url("declaration", "add")))
    page = told(desk.get(PAGE))
    assert 'name="text"' in page
    assert 'name="file"' in page
    assert 'name="published"' in page


def test_it_is_for_editors_alone() -> None:
    assert Client().get(PAGE).status_code == 302
    assert at_desk(account("vera", "Viewer")).get(PAGE).status_code == 302


def test_a_pasted_text_opens_the_form_filled_in_and_saves_nothing(desk: Client) -> None:
    answer = opened(desk, text=ARTICLE, published="2022-01-06")
    data = typed(answer)
    assert data["dyad"] == "CN-TJ"
    assert data["kind"] == "joint_declaration"
    assert data["date"] == "2022-01-04"
    assert data["parties"] == ["CN", "TJ"]
    assert data["title_en"] == "Joint declaration of China and Tajikistan"
    assert data["occasion"] == "30th anniversary of diplomatic relations"
    assert data["provisions-0-text"] in ARTICLE
    assert data["provisions-0-topics"]
    assert {data[f"provisions-{row}-side"] for row in range(5)} <= {"CN", "TJ", "both"}
    assert "Nothing is saved until you save." in told(answer)
    assert not Declaration.objects.exists()


def test_what_opened_is_stored_once_the_editor_saves(desk: Client) -> None:
    answer = opened(desk, text=ARTICLE, published="2022-01-06")
    data = typed(answer)
    rows = [name for name in data if name.startswith("provisions-") and name.endswith("-text") and data[name]]
    sent = desk.post(answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"], {**data, "_draft": "Save as draft"})
    assert sent.status_code == 302
    made = Declaration.objects.get()
    assert made.state == "draft"
    assert made.provisions.count() == len(rows) > 3
    assert [one.document for one in made.references.all()] == [data[f"references-{row}-document"] for row in range(made.references.count())]


def test_known_initiatives_and_mechanisms_are_chosen(desk: Client) -> None:
    initiative = InitiativeFactory(code="GDI")
    committee = MechanismFactory(slug="cn-kz-committee", kind="committee", title_en="China–Kazakhstan Cooperation Committee")
    text = (
        "China and Kazakhstan issue a joint statement\n\nASTANA, 14 September 2022. China and Kazakhstan issued a joint statement on"
        " Wednesday.\n\nThe two sides will keep the China-Kazakhstan Cooperation Committee working.\n\nThe two sides will carry out the"
        " Global Development Initiative."
    )
    data = typed(opened(desk, text=text))
    assert data["initiatives"] == [initiative.pk]
    assert [committee.pk] in [value for name, value in data.items() if name.endswith("-mechanisms")]


SIGNED = (
    "China and Kazakhstan issue a joint statement\n\nASTANA, 14 September 2022. Chinese President Xi Jinping and Kazakh President"
    " Kassym-Jomart Tokayev signed a joint statement in Astana on Wednesday. Foreign Minister Wang Yi was there.\n\n"
    "The two sides will build a railway."
)


def test_who_signed_is_proposed_from_the_people_that_the_text_names(desk: Client) -> None:
    xi = TermFactory(person=PersonFactory(slug="xi-jinping", side="CN", name_en="Xi Jinping"), start="2013-03-14").person
    wang = TermFactory(person=PersonFactory(slug="wang-yi", side="CN", name_en="Wang Yi"), office="Minister of Foreign Affairs").person
    tokayev = TermFactory(person=PersonFactory(slug="kassym-jomart-tokayev", side="KZ", name_en="Kassym-Jomart Tokayev")).person
    answer = opened(desk, text=SIGNED)
    data = typed(answer)
    rows = [[data[f"signatories-{row}-{name}"] for name in ("side", "person", "name", "office")] for row in range(2)]
    assert rows == [["CN", xi.pk, "Xi Jinping", "President"], ["KZ", tokayev.pk, "Kassym-Jomart Tokayev", "President"]]
    assert wang.pk not in [row[1] for row in rows]
    sent = desk.post(answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"], {**data, "_draft": "Save as draft"})
    assert sent.status_code == 302
    assert list(Declaration.objects.get().signatories.values_list("side", "name", "office")) == [
        ("CN", "Xi Jinping", "President"),
        ("KZ", "Kassym-Jomart Tokayev", "President"),
    ]


def test_where_nobody_is_known_each_side_has_its_row(desk: Client) -> None:
    data = typed(opened(desk, text=SIGNED))
    assert [[data[f"signatories-{row}-{name}"] for name in ("side", "person")] for row in range(2)] == [["CN", ""], ["KZ", ""]]


def test_the_form_shows_from_which_words_it_was_read(desk: Client) -> None:
    html = told(opened(desk, text=SIGNED))
    panel = re.search(r'<details class="read-from" open>(.*?)</details>', html, re.S)
    assert panel
    told_words = " ".join(re.sub(r"<[^>]+>", " ", panel[1]).split())
    assert "Kind joint statement" in told_words
    assert "Date Wednesday" in told_words
    assert "Parties" in told_words
    assert "read-from" not in told(desk.get(url("declaration", "add")))


def test_a_draft_without_a_provision_is_no_success(desk: Client) -> None:
    html = told(opened(desk, text="The weather in Lisbon\n\nIt rained in Lisbon on Monday."))
    assert '<li class="warning">No provision was read. Nothing is saved until you save.</li>' in html
    assert 'class="success"' not in html


@pytest.mark.parametrize(("name", "encoding"), [("d03-fr", "utf-8"), ("d03-fr", "utf-16"), ("d18-zh", "gb18030"), ("d19-ru", "cp1251")])
def test_files_in_usual_encodings_are_read(desk: Client, name: str, encoding: str) -> None:
    text = (ARTICLES / "development" / f"{name}.txt").read_text(encoding="utf-8")
    file = SimpleUploadedFile("article.txt", text.encode(encoding, "replace"))
    answer = opened(desk, file=file, published="2025-06-18")
    assert typed(answer)["provisions-0-text"] in text.encode(encoding, "replace").decode(encoding)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Paste a text or choose a file."),
        ({"text": " \n "}, "Paste a text or choose a file."),
        ({"text": "... 123 ..."}, "This cannot be read. The article holds no words."),
        ({"file": b""}, "This cannot be read. The article is empty."),
        ({"file": b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 500}, "This cannot be read. This is not text"),
        ({"text": "\x00\x01\x02abc" * 50}, "This cannot be read. This is not text"),
        ({"text": "One.", "file": b"Two."}, "Give a text or a file, not both."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(desk: Client, sent: dict[str, Any], words: str) -> None:
    data = {key: SimpleUploadedFile("a.txt", value) if isinstance(value, bytes) else value for key, value in sent.items()}
    answer = desk.post(PAGE, data)
    assert answer.status_code == 422
    assert words in told(answer)


@pytest.mark.parametrize("how", ["text", "file"])
def test_five_megabytes_are_told_to_be_too_much(desk: Client, how: str) -> None:
    much = "слово " * 900_000
    answer = desk.post(PAGE, {how: SimpleUploadedFile("a.txt", much.encode()) if how == "file" else much})
    assert answer.status_code == 413
    assert "This is too large: at most 2 MB are taken." in told(answer)


def test_a_forged_request_is_refused() -> None:
    user = account("ana", "Editor")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(PAGE, {"text": ARTICLE}).status_code == 403


def test_a_text_of_something_else_opens_an_empty_form_and_says_so(desk: Client) -> None:
    answer = opened(desk, text="Bread prices\n\nThe price of bread rose in Oslo on Monday.")
    assert typed(answer)["provisions-0-text"] == ""
    assert "The text does not report a document that the reader knows." in told(answer)


@pytest.mark.parametrize("number", ["", "4711", "<b>", "a" * 500])
def test_an_address_whose_draft_is_forgotten_opens_the_empty_form(desk: Client, number: str) -> None:
    answer = desk.get(url("declaration", "add"), {"draft": number})
    assert answer.status_code == 200
    assert typed(answer)["provisions-0-text"] == ""


def test_only_the_last_few_drafts_are_kept(desk: Client) -> None:
    for _ in range(5):
        opened(desk, text=ARTICLE)
    assert len(desk.session["drafts_from_text"]) == 3
