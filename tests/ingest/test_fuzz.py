"""The fuzz target: what once failed, a short run of mutations, and FUZZ_SECONDS (60 unless set) led by coverage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.processes import ROOT, surroundings
from tests.ingest import fuzz_parse

SECONDS = int(os.environ.get("FUZZ_SECONDS", "60"))


def test_every_seed_is_read_or_refused() -> None:
    for data in fuzz_parse.seeds():
        fuzz_parse.one_input(data)


def test_mutations_are_read_or_refused(tmp_path: Path) -> None:
    assert fuzz_parse.by_mutation(1, tmp_path) > 0


def test_an_input_that_fails_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(data: bytes) -> None:
        raise LookupError(data)

    monkeypatch.setattr(fuzz_parse, "one_input", failing)
    with pytest.raises(LookupError) as caught:
        fuzz_parse.by_mutation(1, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == caught.value.args[0]


@pytest.mark.slow
def test_a_fuzzer_finds_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ingest.fuzz_parse", "--seconds", str(SECONDS), "--keep", str(tmp_path)],
        cwd=ROOT,
        env=surroundings(SECRET_KEY="fuzzing" * 10),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=SECONDS + 120,
    )
    kept = [path.read_bytes() for path in tmp_path.iterdir()]
    assert done.returncode == 0 and not kept, f"{done.stdout[-3000:]}\nthe input: {kept!r:.2000}"
