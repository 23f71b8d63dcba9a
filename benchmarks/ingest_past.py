"""As many stored items as years of work would leave, written by SQL alone: SQLite, the newest an hour old, the oldest two years.

One item in seven names a relationship, one in five is told by two outlets. Those of the last fortnight stand in the index of
stories, as the ingestion leaves it (`domain.stories.KEPT`): older ones are pruned every night.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path
from typing import Final

PAST: Final = dt.timedelta(days=730)
INDEXED: Final = dt.timedelta(days=14)
BANDS: Final = 6
_AT_ONCE: Final = 20_000

_NUMBERS: Final = "WITH RECURSIVE step(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM step WHERE n < :last)"
_MOMENT: Final = "datetime(:newest, '-' || CAST((:count - n) * :spread AS INTEGER) || ' seconds')"
_TEXT: Final = "substr(hex(randomblob(:half)), 1, 12) || ' ' || :words"

_STORIES: Final = f"""
    INSERT INTO relations_story (id, headline, language, edited, first_seen)
    {_NUMBERS} SELECT n, 'Story ' || n, 'en', 0, {_MOMENT} FROM step
"""
_ITEMS: Final = f"""
    INSERT INTO relations_newsitem (id, "key", url, title, summary, summary_html, author, language, published, date_told, date_flag,
        first_seen, sort_time, digest, revision, outlet_id, feed_id, story_id, hidden)
    {_NUMBERS} SELECT n, lower(hex(randomblob(32))), 'https://www.example.org/2026/' || n || '.html', 'Title ' || n || ' of an event',
        {_TEXT}, CASE n % 2 WHEN 0 THEN '<p>' || {_TEXT} || '</p>' ELSE '' END, 'Reporter', substr('enrufrzh', 1 + 2 * (n % 4), 2),
        {_MOMENT}, '', '', {_MOMENT}, {_MOMENT}, lower(hex(randomblob(32))), 0,
        feed.outlet_id, feed.id, n - (n % 5 = 1 AND n > :first), 0
    FROM step JOIN place ON place.at = n % :feeds JOIN relations_feed feed ON feed.id = place.id
"""
_LINKS: Final = f"""
    INSERT INTO relations_newsitem_dyads (newsitem_id, dyad_id)
    {_NUMBERS} SELECT n, dyad.code FROM step JOIN dyad ON dyad.at = n % (SELECT count(*) FROM dyad) WHERE n % 7 = 0
"""
_FINGERPRINTS: Final = f"""
    INSERT INTO relations_fingerprint (item_id, signature, facts, day)
    {_NUMBERS} SELECT n, randomblob(128), '||', :day FROM step WHERE n > :indexed
"""
_BANDS: Final = f"""
    INSERT INTO relations_fingerprintband (value, item_id, day)
    {_NUMBERS}, band(b) AS (SELECT 1 UNION ALL SELECT b + 1 FROM band WHERE b < {BANDS})
    SELECT random(), n, :day FROM step JOIN band WHERE n > :indexed
"""


def fill(database: Path, count: int, now: dt.datetime) -> None:
    """Bring the stored items of a prepared database to `count`; it has feeds, and items of an earlier filling or none."""
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-200000")
        have = connection.execute("SELECT coalesce(max(id), 0) FROM relations_newsitem").fetchone()[0]
        feeds = connection.execute("SELECT count(*) FROM relations_feed").fetchone()[0]
        connection.execute("CREATE TEMP TABLE place AS SELECT row_number() OVER (ORDER BY id) - 1 AS at, id FROM relations_feed")
        connection.execute("CREATE UNIQUE INDEX temp.place_at ON place (at)")
        connection.execute("CREATE TEMP TABLE dyad AS SELECT row_number() OVER (ORDER BY code) - 1 AS at, code FROM relations_dyad")
        # What was indexed for a smaller past would be older than a fortnight in a larger one.
        connection.execute("DELETE FROM relations_fingerprintband")
        connection.execute("DELETE FROM relations_fingerprint")
        values = {
            "newest": (now - dt.timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S"),
            "count": count,
            "spread": PAST.total_seconds() / count,
            "feeds": feeds,
            "half": 6,
            "words": "as the outlets tell it in two sentences or three, " * 7,
            "day": now.toordinal(),
            "indexed": count - int(count * (INDEXED / PAST)),
        }
        for first in range(have + 1, count + 1, _AT_ONCE):
            part = {**values, "first": first, "last": min(first + _AT_ONCE - 1, count)}
            for statement in (_STORIES, _ITEMS, _LINKS, _FINGERPRINTS, _BANDS):
                connection.execute(statement, part)
            connection.commit()
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
