"""`import_opml` and `export_opml` on the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from relations.models import Feed
from tests.factories import FeedFactory

pytestmark = pytest.mark.django_db
LIST = """<opml version="2.0"><body>
<outline text="Kabar" xmlUrl="https://kabar.example/rss"/>
<outline text="Known" xmlUrl="https://known.example/rss"/>
<outline text="A page" type="link" url="https://page.example/"/>
</body></opml>"""


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_list_is_taken_in_and_everything_of_it_is_told(tmp_path: Path) -> None:
    FeedFactory(url="https://known.example/rss")
    (tmp_path / "list.opml").write_text(LIST)
    assert run("import_opml", str(tmp_path / "list.opml")).splitlines() == [
        "Added:",
        "  Kabar  https://kabar.example/rss",
        "Refused:",
        "  A page: leads to a page or another list",
        "1 feed added, disabled; 1 known already; 1 refused.",
    ]
    assert Feed.objects.get(url="https://kabar.example/rss").enabled is False


def test_a_list_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert run("import_opml", "-").endswith("2 feeds added, disabled; 0 known already; 1 refused.\n")


def test_what_cannot_be_used_ends_the_command_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("import_opml", str(tmp_path / "nothing.opml"))
    (tmp_path / "page.html").write_text("<html></html>")
    with pytest.raises(CommandError, match=r"^The file is no list of feeds in OPML\.$"):
        run("import_opml", str(tmp_path / "page.html"))


def test_an_export_goes_to_standard_output_or_a_file(tmp_path: Path) -> None:
    FeedFactory(url="https://kabar.example/rss")
    written = tmp_path / "feeds.opml"
    printed = run("export_opml")
    run("export_opml", str(written))
    for text in (printed, written.read_text(encoding="utf-8")):
        assert 'xmlUrl="https://kabar.example/rss"' in text
    assert [path.name for path in tmp_path.iterdir()] == ["feeds.opml"]


def test_an_export_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_opml", str(tmp_path / "no folder" / "feeds.opml"))
