"""Static files as a running site serves them."""

from __future__ import annotations

import subprocess
import urllib.request
from pathlib import Path

from tests.fixtures.sites import Site


def test_every_file_that_a_style_sheet_names_is_collected(built_site: Path) -> None:
    """Collecting fails where a style sheet names a file that is not there; names carry a hash, contents are compressed."""
    sheets = list((built_site / "static" / "css").glob("site.*.css"))
    assert len(sheets) == 1
    assert sheets[0].with_name(sheets[0].name + ".br").exists()


def test_a_browser_keeps_static_files_for_ever_and_gets_them_compressed(live_site: Site, built_site: Path) -> None:
    sheet = next((built_site / "static" / "css").glob("site.*.css"))
    request = urllib.request.Request(f"{live_site.url}/static/css/{sheet.name}", headers={"Accept-Encoding": "gzip, br"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_repository_holds_no_large_file_by_accident() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True).stdout
    large = [name for name in listed.split("\0") if name and Path(name).is_file() and Path(name).stat().st_size > 2_500_000]
    assert large == []
