"""The sanity report of the dataset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from relations.domain.dataset.finding import Severity
from relations.services.dataset import CheckReport, DatasetRefused, check
from relations.services.dataset.checking import meaning


class Command(BaseCommand):
    """Report on the sanity of the records."""

    help = "Report what in the records is wrong, doubtful or worth knowing. Ends with 1 where something is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, help="look at the dataset files there (default: at the database)")
        parser.add_argument("--json", action="store_true", help="write the findings as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = check(options["directory"], timezone.localdate())
        except DatasetRefused as refused:
            raise CommandError("\n".join(refused.problems)) from None
        if not report.records:
            raise CommandError("The database holds no records yet: run load_dataset first, or name a directory of dataset files.")
        self.stdout.write(as_json(report) if options["json"] else as_text(report))
        if report.wrong:
            raise SystemExit(1)


def as_json(report: CheckReport) -> str:
    """The findings for programs, by rule."""
    findings = {
        rule: [{"severity": finding.severity.value, "where": finding.where, "message": finding.message} for finding in found]
        for rule, found in report.findings.items()
    }
    return json.dumps({"records": report.records, "counts": _counts(report), "findings": findings}, ensure_ascii=False, indent=1)


def as_text(report: CheckReport) -> str:
    """The findings for people, by rule, the worst first."""
    lines = []
    worst = {rule: min(list(Severity).index(finding.severity) for finding in found) for rule, found in report.findings.items()}
    for rule in sorted(worst, key=worst.__getitem__):
        lines += [f"{rule.replace('_', ' ')}: {meaning(rule)}"]
        for finding in sorted(report.findings[rule], key=lambda finding: list(Severity).index(finding.severity)):
            lines.append(f"  {finding.severity:8}{': '.join(part for part in (finding.where, finding.message) if part)}")
        lines.append("")
    counts = ", ".join(f"{number} {name}s" if number != 1 else f"1 {name}" for name, number in _counts(report).items())
    return "\n".join([*lines, f"{report.records} records: {counts}"])


def _counts(report: CheckReport) -> dict[str, int]:
    return {severity.value: report.count(severity) for severity in Severity}
