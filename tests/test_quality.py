"""The linters, the type checker and the migrations' check, so that one command and one report cover everything."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.fixtures.processes import ROOT, surroundings

pytestmark = pytest.mark.slow


def assert_silent(*command: str) -> None:
    """Run a module of the environment in the project's folder; what it says is the failure."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=surroundings(SECRET_KEY="k" * 50), capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{(done.stdout + done.stderr)[-12_000:]}", pytrace=False)


def test_ruff_finds_nothing() -> None:
    assert_silent("ruff", "check", "--output-format", "concise", ".")


def test_the_code_is_formatted() -> None:
    """`make format` brings it into shape."""
    assert_silent("ruff", "format", "--check", "--quiet", ".")


def test_the_types_hold() -> None:
    assert_silent("mypy")


def test_djlint_finds_nothing() -> None:
    assert_silent("djlint", "templates", "--lint", "--quiet")


def test_every_change_of_the_models_has_its_migration() -> None:
    assert_silent("django", "makemigrations", "--check", "--dry-run", "--settings", "relations.config.settings")


def test_djangos_own_checks_for_production_pass() -> None:
    assert_silent("django", "check", "--fail-level", "WARNING", "--settings", "relations.config.settings")
