"""The files of a dataset on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import relations
from relations.domain.dataset.shape import FILES

from .contents import Tree
from .report import DatasetRefused

SHIPPED: Final = Path(relations.__file__).parent / "dataset"
"""The facts that the project ships."""


class _Twice(ValueError):
    """A key stands twice in one object."""


def read_files(directory: Path) -> Tree:
    """Read every file of a dataset. Raises DatasetRefused, naming each file that is missing or is not JSON."""
    if not directory.is_dir():
        raise DatasetRefused([f"{directory}: there is no such directory"])
    tree: dict[str, Any] = {}
    problems = []
    for file in FILES:
        try:
            text = (directory / f"{file}.json").read_text("utf-8")
            tree[file] = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
        except FileNotFoundError:
            problems.append(f"{file}.json: the file is missing from {directory}")
        except UnicodeDecodeError as error:
            problems.append(f"{file}.json: not UTF-8 text (byte {error.start})")
        except json.JSONDecodeError as error:
            problems.append(f"{file}.json, line {error.lineno}, column {error.colno}: not JSON: {error.msg}")
        except (_Twice, RecursionError, OSError) as error:
            problems.append(f"{file}.json: {error}")
    unknown = sorted(path.name for path in directory.glob("*.json") if path.stem not in FILES)
    problems += [f"{name}: not a file of the dataset, which are {', '.join(FILES)}" for name in unknown]
    if problems:
        raise DatasetRefused(problems)
    return tree


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Twice(f"the key “{twice}” stands twice in one record ({json.dumps(made, ensure_ascii=False)[:80]} …)")
    return made


def _no_constant(name: str) -> Any:
    raise _Twice(f"{name} is not a number")
