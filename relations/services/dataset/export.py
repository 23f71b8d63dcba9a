"""Rows to files: the same files that a load reads, byte for byte where nothing has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from relations import models
from relations.domain.dataset.canonical import text_of
from relations.domain.dataset.shape import FILES

from . import reading
from .records import tree_of


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The records written, by file and list; the slugs of the drafts left out; how many full texts stay behind."""

    counts: dict[str, dict[str, int]]
    drafts: list[str]
    texts: int


class ExportRefused(Exception):
    """The files cannot be written there; nothing has been written."""


def export(directory: Path, *, drafts: bool = False, force: bool = False) -> ExportReport:
    """Write every record to the files of `directory`, which is made where it is missing.

    Drafts are left out, and what refers to them; with `drafts` they are written with their state. Full texts of documents
    are never written: the files hold facts in the project's own words, and an address for the text. Raises ExportRefused
    where the directory holds files of another kind (unless `force`) or cannot be written.
    """
    tree, left_out = current_tree(drafts=drafts)
    _write(directory, {f"{file}.json": text_of(lists) for file, lists in tree.items()}, force)
    counts = {file: {name: len(records) for name, records in lists.items()} for file, lists in tree.items()}
    return ExportReport(counts, left_out, models.DeclarationText.objects.count())


def current_tree(*, drafts: bool = False) -> tuple[dict[str, dict[str, list[dict[str, Any]]]], list[str]]:
    """What the files would hold now, and the slugs of the drafts left out."""
    with transaction.atomic():
        _one_moment()
        names = reading.names_now()
        unpublished = dict(models.Declaration.objects.exclude(state="published").order_by("slug").values_list("pk", "slug"))
        if not drafts:
            names["declarations"] = {pk: slug for pk, slug in names["declarations"].items() if pk not in unpublished}
        contents, places = reading.read(names), reading.places()
        # A file of this machine is no feed for anybody else.
        contents["feeds"] = {pk: feed for pk, feed in contents["feeds"].items() if not feed["url"].startswith("file:")}
        if not drafts:
            for pk in unpublished:
                del contents["declarations"][pk]
    return tree_of(contents, places), [] if drafts else list(unpublished.values())


def _one_moment() -> None:
    """PostgreSQL shows every query of this transaction the same state of the data, as SQLite does."""
    if connection.vendor == "postgresql" and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _write(directory: Path, texts: dict[str, str], force: bool) -> None:
    """Write all files beside their places, then move all into place."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(directory, force)
        waiting = {}
        try:
            for name, text in texts.items():
                waiting[directory / f".{name}.new"] = directory / name
                (directory / f".{name}.new").write_text(text, "utf-8", newline="\n")
            for new, place in waiting.items():
                os.replace(new, place)
        finally:
            for new in waiting:
                new.unlink(missing_ok=True)
    except OSError as error:
        raise ExportRefused(f"{directory}: {error.strerror or error}") from error


def _refuse_foreign(directory: Path, force: bool) -> None:
    known = {f"{file}.json" for file in FILES} | {"README.md"}
    foreign = _some(sorted(path.name for path in directory.iterdir() if path.name not in known and not path.name.startswith(".")))
    if foreign and not force:
        raise ExportRefused(f"{directory} holds other things ({foreign}): choose another directory, or add --force")


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:5]) + (f" and {len(listed) - 5} more" if len(listed) > 5 else "")
