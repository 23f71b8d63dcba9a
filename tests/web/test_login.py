"""In and out."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> User:
    return User.objects.create_user("ana", password="a long password")


def test_the_right_password_leads_back_to_where_the_reader_was(client: Client, account: User) -> None:
    answer = client.post("/login/", {"username": "ana", "password": "a long password", "next": "/styleguide/"})
    assert (answer.status_code, answer["Location"]) == (302, "/styleguide/")
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_wrong_password_is_said_and_changes_nothing(client: Client, account: User) -> None:
    answer = client.post("/login/", {"username": "ana", "password": "wrong"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' in page
    assert 'value="ana"' in page
    assert "_auth_user_id" not in client.session


def test_the_way_back_never_leads_to_another_host(client: Client, account: User) -> None:
    answer = client.post("/login/", {"username": "ana", "password": "a long password", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_the_login_page_does_not_offer_the_login(client: Client) -> None:
    assert 'href="/login/' not in client.get("/login/").content.decode()


def test_logging_out_is_a_post(client: Client, account: User) -> None:
    client.force_login(account)
    assert client.get("/logout/").status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post("/logout/").status_code == 302
    assert "_auth_user_id" not in client.session
