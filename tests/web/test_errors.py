"""Pages for what went wrong."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from relations.config import urls as product
from relations.web import errors


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the database is gone")


urlpatterns = [*product.urlpatterns, path("forbidden/", forbidden), path("suspicious/", suspicious), path("broken/", broken)]
handler400, handler403, handler404, handler500 = product.handler400, product.handler403, product.handler404, product.handler500


@pytest.mark.django_db
def test_an_unknown_address_is_a_page_with_ways_on(client: Client) -> None:
    answer = client.get("/no-such-page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert '<nav class="nav"' in page
    assert 'href="/declarations/"' in page


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("address", "status"), [("/forbidden/", 403), ("/suspicious/", 400)])
def test_a_refusal_wears_the_frame(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert '<nav class="nav"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_log_tells_a_refusal_in_a_line_and_a_failure_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    client.get("/forbidden/")
    client.get("/broken/")
    told = {getattr(record, "status_code", 0): record for record in caplog.records if record.name == "django.request"}
    assert told[403].getMessage().endswith("/forbidden/") and not told[403].exc_info
    assert told[500].exc_info


@pytest.mark.urls(__name__)
def test_a_failure_is_told_without_touching_the_database() -> None:
    # No database mark: a query would fail this test.
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "Nothing was changed" in answer.content.decode()
    assert "the database is gone" not in answer.content.decode()


def test_the_failure_page_speaks_the_language_of_the_request() -> None:
    from django.utils import translation

    with translation.override("ru"):
        assert b'<html lang="ru">' in errors.server_error(RequestFactory().get("/")).content


@pytest.mark.django_db
def test_a_form_without_its_token_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "fr"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()
