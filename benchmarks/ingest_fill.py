"""What an ingestion starts from: feeds to fetch, and as many stored items as years of work would leave."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import site


def prepare(environment: dict[str, str], urls: Sequence[str]) -> None:
    """Migrate the database of an environment and put a feed for each address into it, each of an outlet of its own."""
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=site.ROOT, env=environment, check=True)
    _python(environment, "feeds", *urls)


def prepare_reader(database: Path, urls: Sequence[str]) -> None:
    """The same feeds for lemon24/reader."""
    from reader import make_reader

    with make_reader(str(database)) as reader:
        for url in urls:
            reader.add_feed(url)
    _in_one_file(database)


def check(environment: dict[str, str], entries: int) -> None:
    """Raise where an update has not stored every entry of the farm."""
    if database := environment.get("READER_DATABASE"):
        from reader import make_reader

        with make_reader(database) as reader:
            _expect(reader.get_entry_counts().total or 0, entries)
    else:
        _python(environment, "check", str(entries))


def copied(template: Path, database: Path) -> Path:
    """A fresh copy of an SQLite file, without what an earlier run left beside it."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    _in_one_file(template)
    shutil.copyfile(template, database)
    return database


def _in_one_file(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def use_feeds(environment: dict[str, str], first: int, count: int) -> None:
    """Let `count` feeds be fetched, from the one with this place on, and no others."""
    _python(environment, "use", str(first), str(count))


def _use(first: int, count: int) -> None:
    from relations.models import Feed

    chosen = list(Feed.objects.order_by("pk").values_list("pk", flat=True)[first : first + count])
    Feed.objects.exclude(pk__in=chosen).update(enabled=False)
    Feed.objects.filter(pk__in=chosen).update(enabled=True)


def _expect(found: int, entries: int) -> None:
    if found != entries:
        raise RuntimeError(f"{found} entries are stored, not {entries}")


def _python(environment: dict[str, str], *arguments: str) -> None:
    """Run this module in a process that knows the database."""
    subprocess.run([sys.executable, "-m", "benchmarks.ingest_fill", *arguments], cwd=site.ROOT, env=environment, check=True)


def _feeds(urls: Sequence[str]) -> None:
    from relations.models import Feed, Outlet

    outlets = Outlet.objects.bulk_create(
        Outlet(slug=f"outlet-{n}", name=f"Outlet {n}", country="KZ", languages=("en",), kind="independent") for n in range(len(urls))
    )
    Feed.objects.bulk_create(
        Feed(outlet=outlet, url=url, language="en", format="rss", enabled=True) for outlet, url in zip(outlets, urls, strict=True)
    )


def main() -> None:
    """Do one thing to the database of this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")
    import django

    django.setup()
    from relations.models import NewsItem

    what, *arguments = sys.argv[1:]
    if what == "feeds":
        _feeds(arguments)
    elif what == "check":
        _expect(NewsItem.objects.count(), int(arguments[0]))
    elif what == "use":
        _use(*map(int, arguments))


if __name__ == "__main__":
    main()
