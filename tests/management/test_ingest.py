"""`manage.py ingest`: what it fetches, what it prints, how it ends."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from relations.models import Candidate, Feed, FeedText, FetchAttempt, NewsItem
from tests.factories import FeedFactory
from tests.fixtures.processes import ROOT, manage, surroundings
from tests.ingest.conftest import LOOPBACK
from tests.ingest.feed_server import FEEDS, FeedServer, start

HOUR = dt.timedelta(hours=1)
STEPPE = str(FEEDS / "agency_en.rss.xml")


@pytest.fixture
def feeds(settings: Settings) -> Iterator[FeedServer]:
    settings.INGEST_ALLOW_NETS = [LOOPBACK]
    server, stop = start()
    yield server
    stop()


def ingest(*arguments: str) -> tuple[str, int]:
    """What the command prints, and its exit code."""
    out = io.StringIO()
    try:
        call_command("ingest", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def as_json(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(ingest("--json", *arguments)[0])
    return answer


def counts(answer: dict[str, Any]) -> dict[str, int]:
    return {name: number for name, number in answer.items() if name not in ("results", "reading")}


@pytest.mark.django_db
def test_a_file_is_stored_and_a_second_run_adds_nothing() -> None:
    zero = {"feeds": 1, "entries": 3, "new": 0, "updated": 0, "unchanged": 0, "skipped": 0, "blocked": 0, "failed": 0, "elsewhere": 0}
    assert counts(as_json(STEPPE)) == {**zero, "new": 3}
    assert counts(as_json(STEPPE)) == {**zero, "unchanged": 3}
    assert NewsItem.objects.count() == 3


@pytest.mark.django_db
def test_the_table_has_the_figures_of_the_json() -> None:
    printed, code = ingest(STEPPE, str(FEEDS / "agency_zh_gb18030.rss.xml"), str(FEEDS / "empty.xml"))
    lines = [line.split() for line in printed.splitlines() if line.strip()]
    assert lines[-3:-1] == [
        ["feeds", "entries", "new", "updated", "unchanged", "skipped", "blocked", "failed", "elsewhere"],
        ["3", "5", "5", "0", "0", "0", "0", "1", "0"],
    ]
    assert lines[-1][:3] == ["5", "items", "read:"]
    assert "empty.xml" in printed and "Empty" in printed
    assert code == 0


@pytest.mark.django_db
def test_each_feed_has_its_result_in_the_json() -> None:
    good, bad = as_json(STEPPE, str(FEEDS / "login_page.html"))["results"]
    assert (good["outlet"], good["outcome"], good["new"], good["error"]) == ("Steppe News Agency", "stored", 3, "")
    assert (bad["outcome"], bad["error"], bad["feed"]) == ("failed", "login_page", None)
    assert "login page" in bad["detail"]


@pytest.mark.django_db
def test_it_ends_with_1_only_if_every_feed_failed() -> None:
    assert ingest(str(FEEDS / "empty.xml"), str(FEEDS / "not_a_feed.html"))[1] == 1
    assert ingest(str(FEEDS / "empty.xml"), STEPPE)[1] == 0
    assert ingest()[1] == 0


@pytest.mark.django_db
def test_without_arguments_the_due_feeds_are_fetched(feeds: FeedServer) -> None:
    FeedFactory(url=feeds.file("/due", "agency_en.rss.xml"), next_check=timezone.now() - HOUR)
    FeedFactory(url=feeds.file("/later", "agency_zh_gb18030.rss.xml"), next_check=timezone.now() + HOUR)
    FeedFactory(url=feeds.file("/off", "agency_ru_1251.rss.xml"), next_check=timezone.now() - HOUR, enabled=False)
    assert counts(as_json())["feeds"] == 1
    assert [path for path, _headers in feeds.requests] == ["/due"]


@pytest.mark.django_db
def test_all_fetches_the_enabled_feeds_whether_due_or_not(feeds: FeedServer) -> None:
    FeedFactory(url=feeds.file("/due", "agency_en.rss.xml"), next_check=timezone.now() - HOUR)
    FeedFactory(url=feeds.file("/later", "agency_zh_gb18030.rss.xml"), next_check=timezone.now() + HOUR)
    FeedFactory(url=feeds.file("/off", "agency_ru_1251.rss.xml"), enabled=False)
    as_json("--all")
    assert sorted(path for path, _headers in feeds.requests) == ["/due", "/later"]


@pytest.mark.django_db
def test_addresses_and_the_due_feeds_may_be_asked_for_together(feeds: FeedServer) -> None:
    FeedFactory(url=feeds.file("/due", "agency_en.rss.xml"), next_check=timezone.now() - HOUR)
    assert counts(as_json("--due", str(FEEDS / "agency_zh_gb18030.rss.xml")))["new"] == 5


@pytest.mark.django_db
def test_a_failing_feed_is_told_with_its_reason_and_recorded(feeds: FeedServer) -> None:
    FeedFactory(url=feeds.url + "/missing", next_check=None)
    printed, code = ingest()
    assert "/missing" in printed and "Not found at this address" in printed
    assert code == 1
    assert FetchAttempt.objects.get().error == "not_found"


@pytest.mark.django_db
def test_where_nothing_is_due_it_says_when_something_is_and_what_to_do() -> None:
    assert ingest()[0].endswith("No feed is enabled. Feeds are enabled on the page of the feeds or in the admin.\n")
    assert ingest("--all")[1] == 0
    FeedFactory(next_check=dt.datetime(2199, 3, 1, 6, 30, tzinfo=dt.UTC))
    FeedFactory(next_check=timezone.now() - HOUR, paused=True)
    said = ingest("--due")[0]
    assert said.endswith("No feed is due before 2199-03-01 06:30 UTC. --all fetches every enabled feed that is not paused now.\n")


@pytest.mark.django_db
def test_feeds_that_another_run_has_are_left_to_it_and_counted(feeds: FeedServer) -> None:
    held = FeedFactory(url=feeds.file("/a", "agency_en.rss.xml"), leased_until=timezone.now() + HOUR)
    printed, code = ingest("--all", held.url)
    assert code == 0 and printed.endswith("2 feeds were left to another run that has them.\n")
    assert counts(as_json("--all")) == {**dict.fromkeys(counts(as_json()), 0), "elsewhere": 1}
    assert not feeds.requests and not FetchAttempt.objects.exists()


@pytest.mark.django_db
def test_without_the_internet_it_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    for host in "abc":
        FeedFactory(url=f"https://{host}.example/rss")
    printed, code = ingest("--all")
    assert code == 1
    assert printed.count("Cannot resolve the host name") == 3
    assert printed.count("No host name could be resolved: this machine seems to be without the internet.") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nonsense", "The file cannot be read: No such file or directory"),
        ("ftp://e.org/feed", "Not an address of the web: Only addresses that begin with http:// or https:// and files are read."),
        ("http://10.0.0.1/feed", "Leads to a private network"),
    ],
)
def test_what_cannot_be_fetched_is_said_in_one_line(source: str, said: str) -> None:
    printed, code = ingest(source)
    assert code == 1 and printed.count(said) == 1


@pytest.mark.django_db
def test_due_and_all_exclude_each_other() -> None:
    with pytest.raises(CommandError, match="not allowed"):
        ingest("--due", "--all")


@pytest.mark.django_db
def test_markup_of_the_terminal_in_an_address_is_printed_as_it_is() -> None:
    assert "[bold]x" in ingest("ftp://e.org/[bold]x")[0]


@pytest.fixture
def database(tmp_path: Path, migrated_database: Path) -> dict[str, str]:
    """The surroundings of a program with an empty database of its own."""
    environment = surroundings(VAR_DIR=str(tmp_path / "var"), SECRET_KEY="k" * 50, INGEST_ALLOW_NETS="127.0.0.0/8")
    (tmp_path / "var").mkdir()
    shutil.copyfile(migrated_database, tmp_path / "var" / "db.sqlite3")
    return environment


def test_what_is_piped_is_json_and_nothing_else(database: dict[str, str]) -> None:
    done = subprocess.run([sys.executable, "manage.py", "ingest", "--json", STEPPE], cwd=ROOT, env=database, capture_output=True, text=True)
    assert json.loads(done.stdout)["new"] == 3
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_told_once() -> None:
    printed, code = ingest("nowhere.xml")
    assert "nowhere.xml  The file cannot be read: No such file or directory" in printed
    assert printed.count("cannot be read") == 1
    assert code == 1


def heed_ctrl_c() -> None:
    """A shell has the programs that it starts in the background ignore Ctrl-C, and these tests may run in one of them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_a_consistent_state(database: dict[str, str]) -> None:
    server, stop = start()
    asked, ended = threading.Event(), threading.Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        ended.wait(120)
        handler.close_connection = True

    setup = (
        "from relations.models import Feed, Outlet; from django.utils import timezone\n"
        "o = Outlet.objects.create(slug='o', name='O', country='KZ', kind='newspaper')\n"
        "t = timezone.now() - timezone.timedelta(hours=1)\n"
        f"Feed.objects.create(outlet=o, url={server.serve('/hang', act=hang)!r}, language='en', enabled=True, next_check=t)\n"
    ).replace("timezone.timedelta", "__import__('datetime').timedelta")
    manage(database, "shell", "-v0", "-c", setup)
    command = [sys.executable, "manage.py", "ingest", STEPPE, "--due"]
    run = subprocess.Popen(
        command, cwd=ROOT, env=database, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heed_ctrl_c
    )
    try:
        assert asked.wait(30)
        run.send_signal(signal.SIGINT)
        printed, errors = run.communicate(timeout=60)  # the server answers only when this is over
    finally:
        ended.set()
        run.kill()
        stop()
    assert run.returncode == 130
    assert "Interrupted" in printed and "Traceback" not in errors
    with sqlite3.connect(Path(database["VAR_DIR"], "db.sqlite3")) as rows:
        tables = ("newsitem", "fetchattempt", "feed WHERE enabled AND next_check < datetime('now')")
        assert [rows.execute(f"SELECT count(*) FROM relations_{table}").fetchone()[0] for table in tables] == [3, 1, 1]


@pytest.mark.django_db
def test_a_feed_that_an_editor_enables_without_a_time_is_due() -> None:
    feed = FeedFactory(next_check=None)
    assert list(Feed.objects.due(timezone.now())) == [feed]


@pytest.mark.django_db
def test_what_a_run_has_stored_is_read_at_its_end_and_counted_in_the_json(tmp_path: Path) -> None:
    article = "China and Kazakhstan issued a joint statement on Tuesday. The two sides will expand trade in grain."
    item = f"<item><title>China and Kazakhstan issue joint statement</title><link>https://e.org/1</link><description>{article}</description></item>"
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss version='2.0'><channel><title>Agency</title><link>https://e.org/</link>{item}</channel></rss>")
    answer = as_json(str(feed))
    assert answer["reading"] == {"read": 1, "relevant": 1, "linked": 1, "drafted": 1, "unreadable": 0, "unread": 0}
    assert Candidate.objects.get().dyad == "CN-KZ"
    assert as_json(str(feed))["reading"]["read"] == 0


@pytest.mark.django_db
def test_the_reading_may_be_left_to_somebody_else() -> None:
    answer = as_json(STEPPE, "--no-reading")
    assert answer["new"] == NewsItem.objects.count() > 0
    assert answer["reading"]["read"] == 0
    assert answer["reading"]["unread"] == answer["new"]


@pytest.mark.django_db
def test_an_article_that_stands_in_a_feed_whole_is_drafted_to_its_last_sentence(tmp_path: Path) -> None:
    first = "China and Kazakhstan issued a joint statement on Tuesday."
    filler = "".join(f"<p>The two sides will deepen cooperation in transport and build road number {n} together.</p>" for n in range(20))
    last = "The two sides will expand trade in grain."
    entry = (
        "<item><title>China and Kazakhstan issue joint statement</title><link>https://e.org/1</link>"
        f"<description>{first}</description><content:encoded><![CDATA[<p>{first}</p>{filler}<p>{last}</p>]]></content:encoded></item>"
    )
    feed = tmp_path / "feed.xml"
    head = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Agency</title>"
    feed.write_text(f"{head}<link>https://e.org/</link>{entry}</channel></rss>")
    as_json(str(feed))
    candidate = Candidate.objects.get()
    assert last in [provision["text"] for provision in candidate.draft["provisions"]]
    assert candidate.text.endswith(last)
    assert NewsItem.objects.get().summary == first
    assert not FeedText.objects.exists()
