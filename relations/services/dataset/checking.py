"""The sanity report of what the database holds, or of files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relations.domain.dataset import sanity, validate
from relations.domain.dataset.finding import Finding, Severity

from .export import current_tree
from .files import read_files
from .validating import CODES

INVALID = "cannot_be_loaded"
"""The name under which findings stand that keep a dataset from being loaded: a dangling reference, an unknown code."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at (`records`), and by rule what was found."""

    records: int
    findings: dict[str, list[Finding]]

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for findings in self.findings.values() for finding in findings)

    @property
    def wrong(self) -> bool:
        """Whether there is an error among the findings."""
        return self.count(Severity.ERROR) > 0


def check(directory: Path | None, today: dt.date) -> CheckReport:
    """Examine the records of the database, drafts included, or the files of `directory`.

    Raises DatasetRefused where the files cannot be read at all.
    """
    tree: Any = read_files(directory) if directory else current_tree(drafts=True)[0]
    problems = validate.check(tree, CODES)
    if problems:  # the rules of the sanity report take sound records for granted
        return CheckReport(_size(tree), {INVALID: [Finding(Severity.ERROR, *_split(problem)) for problem in problems]})
    return CheckReport(_size(tree), sanity.examine(tree, today))


def meaning(rule: str) -> str:
    """What should hold according to a rule, in one sentence."""
    return "What cannot be loaded: a reference to nothing, an unknown code, a key twice." if rule == INVALID else sanity.meaning(rule)


def _size(tree: Any) -> int:
    found = [records for lists in tree.values() if isinstance(lists, dict) for records in lists.values()]
    return sum(len(records) for records in found if isinstance(records, list))


def _split(problem: validate.Problem) -> tuple[str, str]:
    where, _, message = str(problem).partition(": ")
    return where, message
