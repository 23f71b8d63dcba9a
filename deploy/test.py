"""`make test`: the environment with the tests' parts, then pytest, which runs the linters and the type checker too.

The tests run in as many processes as there are cores; each starts servers of its own. tests/conftest.py hands them out.
"""

import os

from environment import ROOT, ensure


def main() -> None:
    """Replace this process by pytest in the environment; PYTEST_ARGS adds arguments."""
    python = ensure("requirements-dev.txt")
    os.chdir(ROOT)
    # Where a shell forbids Python to keep what it compiled, each of the hundreds of processes that the tests start compiles it all.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(python, [str(python), "-m", "pytest", "-n", "auto", *os.environ.get("PYTEST_ARGS", "").split()])


if __name__ == "__main__":
    main()
