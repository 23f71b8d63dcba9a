"""The fuzz target: bytes of anybody → decode, parse, normalise. A crash, an error without a kind or an unbounded entry fails.

    python -m tests.ingest.fuzz_parse --seconds 60

The first byte of an input chooses what the server says of the body. Where atheris is installed its coverage leads the search;
elsewhere, and with --plain, the seeds (tests/fixtures/feeds and tests/fixtures/fuzz) are mutated at random. What fails is
written to the folder of --keep, and belongs into tests/fixtures/fuzz once it is mended.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

FIXTURES: Final = Path(__file__).resolve().parents[1] / "fixtures"
CONTENT_TYPES: Final = (
    "",
    "application/rss+xml",
    "text/xml; charset=windows-1251",
    "text/html; charset=utf-8",
    "application/feed+json",
    "application/atom+xml; charset=gb2312",
    "text/plain; charset=utf-16",
    'text/xml; charset="koi8-r"; x=\x00',
)
LONGEST_INPUT: Final = 20_000
SLOWEST: Final = 10
"""Seconds for one input."""

_UNWANTED: Final = re.compile("[\x00-\x08\x0a-\x1f\ud800-\udfff]")


def seeds() -> Iterator[bytes]:
    """Every fixture, once for each charset that a server may claim; and what once failed."""
    for path in sorted((FIXTURES / "feeds").iterdir()):
        for number in range(len(CONTENT_TYPES)):
            yield bytes([number]) + path.read_bytes()
    for path in sorted((FIXTURES / "fuzz").iterdir()):
        yield path.read_bytes()


def one_input(data: bytes) -> None:
    """Read one input, and look at what comes out. Raises AssertionError and whatever the pipeline should not raise."""
    from relations.domain.failures import Failure, IngestError
    from relations.ingest.parse import MOST_ENTRIES
    from relations.ingest.read import read

    content_type = CONTENT_TYPES[data[0] % len(CONTENT_TYPES)] if data else ""
    try:
        document = read(data[1:], content_type, "https://news.example.org/feed")
    except IngestError as error:
        assert error.kind in Failure and error.kind is not Failure.UNEXPECTED
        assert error.detail
        return
    entries = document.entries
    assert len(entries) <= MOST_ENTRIES
    assert document.skipped >= 0
    assert len({entry.key for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.title
        assert len(entry.title) <= 300 and len(entry.summary) <= 1000 and len(entry.author) <= 200 and len(entry.url) <= 2000
        assert re.fullmatch("[0-9a-f]{64}", entry.key)
        assert not entry.url or entry.url.startswith(("http://", "https://"))
        assert not _UNWANTED.search(entry.title + entry.summary + entry.author + entry.url)
        (entry.title + entry.summary + entry.author + entry.url).encode()  # no half characters


def with_atheris(seconds: int, corpus: Path, keep: Path) -> None:
    """Let coverage lead the search; libFuzzer ends the process with 0, or with another code where an input fails."""
    import atheris

    with atheris.instrument_imports(include=["relations.domain", "relations.ingest"]):
        import relations.ingest.read  # noqa: F401
    for number, data in enumerate(seeds()):
        (corpus / f"{number:04}").write_bytes(data)
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST_INPUT}", f"-timeout={SLOWEST}", "-rss_limit_mb=1024"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={keep}/", "-print_final_stats=1", str(corpus)], one_input)
    atheris.Fuzz()


def by_mutation(seconds: float, keep: Path, seed: int = 0) -> int:
    """Mutate the seeds at random for so many seconds; how many inputs were tried. Raises what the first failing one does."""
    dice, pool, tried = random.Random(seed), list(seeds()), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = _mutated(dice.choice(pool), pool, dice)
        begin = time.monotonic()
        try:
            one_input(data)
            assert time.monotonic() - begin < SLOWEST, "too slow"
        except BaseException:
            (keep / f"crash-{tried}").write_bytes(data)
            raise
        tried += 1
    return tried


def _mutated(data: bytes, pool: list[bytes], dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 6)):
        start = dice.randint(0, len(data))
        end = min(len(data), start + dice.choice((0, 1, 4, 40, 400)))
        data = data[:start] + dice.choice(_CHANGES)(data[start:end], pool, dice) + data[end:]
    return data[:LONGEST_INPUT]


_TELLING: Final = (
    *(b"<", b">", b"&", b";", b'"', b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<item>", b"</item>", b"<entry>", b"</rss>", b"<?xml"),
    *(b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"&a;", b"&#x110000;", b"&#55296;", b"&nbsp;", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\x85"),
    *(b"99999999999999999999", b"-1", b"1e309", b"NaN", b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-14:00", b"[", b"{", b"}"),
    *(b"http://[::1", b"http://a:b@c:99999/", b"javascript:", b"//", b"xml:base='http://['", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80"),
)
_CHANGES: Final[tuple[Callable[[bytes, list[bytes], random.Random], bytes], ...]] = (
    lambda _part, _pool, _dice: b"",
    lambda part, _pool, dice: part * dice.choice((2, 3, 50)),
    lambda _part, _pool, dice: dice.choice(_TELLING),
    lambda part, _pool, dice: part + dice.choice(_TELLING),
    lambda part, _pool, dice: bytes(byte ^ 1 << dice.randrange(8) for byte in part),
    lambda _part, _pool, dice: dice.randbytes(dice.randint(1, 8)),
    lambda _part, pool, dice: (other := dice.choice(pool))[(start := dice.randint(0, len(other))) : start + dice.randint(1, 600)],
)


def main() -> None:
    """Search for as long as the command line says."""
    parser = argparse.ArgumentParser(prog="tests.ingest.fuzz_parse")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, default=Path())
    parser.add_argument("--plain", action="store_true", help="without atheris")
    options = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        options.plain = True
    if options.plain:
        print(f"tried {by_mutation(options.seconds, options.keep)} inputs without atheris")
        return
    with tempfile.TemporaryDirectory(prefix="tianshan-fuzz-") as corpus:
        with_atheris(options.seconds, Path(corpus), options.keep)


if __name__ == "__main__":
    main()
