"""The rules of the files, with the codes that the models know."""

from __future__ import annotations

from .contents import Tree


def refuse_invalid(tree: Tree) -> None:
    """Raise DatasetRefused with what is wrong in the files, if anything is."""
