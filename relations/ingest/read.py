"""The bytes of a document → what is kept of it: decode, parse, normalise, and on request what storing asks of new entries.

Pure, without a database and without Django. The bytes are anybody's, so the product has them read in a process that may be
lost (`aside`); only that process calls this.
"""

from __future__ import annotations

from relations.domain.feed_entry import normalise
from relations.domain.gist import gists
from relations.ingest.decode import decode
from relations.ingest.document import Document
from relations.ingest.parse import parse


def read(body: bytes, content_type: str, url: str, *, with_gists: bool = False, language: str = "") -> Document:
    """The feed in some bytes that came from `url`, with the gists of its entries where nearly all will be new.

    `language` is that of the feed as far as it is known. Raises IngestError.
    """
    parsed = parse(decode(body, content_type))
    base = parsed.link if parsed.link.startswith(("http://", "https://")) else url
    entries, left_out = normalise(parsed.entries, base, language)
    about = (parsed.title, parsed.link, parsed.self_link, parsed.language, parsed.format, parsed.told, parsed.whole)
    found = gists([(entry.title, entry.summary) for entry in entries]) if with_gists else ()
    by_key = {entry.key: gist for entry, gist in zip(entries, found, strict=False)}
    return Document(*about, parsed.skipped + left_out, tuple(entries), by_key)
