"""Who may read what: a dashboard that is not public, as gunicorn serves it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.fixtures.sites import Site, serve


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="module")
def private_site(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from serve(built_site, tmp_path_factory.mktemp("private_site"), DASHBOARD_PUBLIC="0")


def get(url: str, **headers: str) -> tuple[int, Message]:
    """Status and headers, without following anything."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


@pytest.mark.parametrize(
    "path", ["/", "/timeline/", "/declarations/", "/news/", "/ingestion/", "/ingestion/live/", "/ingestion/feeds.opml", "/sources/"]
)
def test_every_page_of_a_private_dashboard_asks_for_a_login(private_site: Site, path: str) -> None:
    status, headers = get(private_site.url + path)
    assert status == 302
    assert headers["Location"].startswith("/login/?next=")


def test_a_calendar_program_needs_the_key_in_its_address(private_site: Site) -> None:
    """It cannot log in, so it is told no rather than shown a form."""
    assert get(f"{private_site.url}/calendar.ics")[0] == 403


def test_the_login_itself_the_sign_of_life_and_static_files_do_not(private_site: Site, built_site: Path) -> None:
    sheet = next((built_site / "static" / "css").glob("site.*.css"))
    for path in ("/login/", "/healthz", f"/static/css/{sheet.name}"):
        assert get(private_site.url + path)[0] == 200, path


def test_a_fragment_asks_for_the_whole_page_where_the_session_has_ended(private_site: Site) -> None:
    status, headers = get(f"{private_site.url}/declarations/", HX_Request="true")
    assert status == 200
    assert headers["HX-Refresh"] == "true"


def test_the_admin_asks_for_a_login_on_a_public_dashboard_too(live_site: Site) -> None:
    assert get(f"{live_site.url}/")[0] == 200
    status, headers = get(f"{live_site.url}/admin/")
    assert status == 302
    assert headers["Location"].startswith("/admin/login/")


def test_answers_carry_a_strict_policy(live_site: Site) -> None:
    _, headers = get(f"{live_site.url}/")
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
