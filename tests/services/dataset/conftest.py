from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.dataset.material import Tree, small_tree, write


@pytest.fixture
def tree() -> Tree:
    """The small dataset, for a test to change before it is loaded."""
    return small_tree()


@pytest.fixture
def files(tmp_path: Path) -> Callable[[Tree], Path]:
    """Writes a dataset to a directory."""
    return lambda tree: write(tmp_path / "files", tree)
