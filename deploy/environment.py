"""The project's virtual environment, made once and brought up to date when a requirements file changes.

Runs under the machine's own Python, so it uses nothing but the standard library. As a program it takes the names of
requirements files: `python3 deploy/environment.py requirements-dev.txt`.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def fail(line: str) -> None:
    """End with one line on stderr."""
    sys.exit(f"tianshan: {line}")


def writable(folder: Path) -> None:
    """Make the folder if need be and try to write in it; end with one line where that fails."""
    probe = folder / f".writable-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        fail(f"cannot write in {folder}: {error.strerror}. Make the folder writable for this user, or use a checkout that is.")


def ensure(requirements: str) -> Path:
    """The Python of .venv with everything installed that the file (and those it includes) names.

    Does nothing when they were installed from the same lines into the same Python.
    """
    stamp = VENV / f".installed-{requirements}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == _fingerprint(requirements):
        return PYTHON
    writable(ROOT)
    if not _works(PYTHON):
        print("Making .venv", flush=True)
        _make()
    print(f"Installing {requirements} into .venv (about a minute the first time)", flush=True)
    _pip("install", "-qq", "--requirement", str(ROOT / requirements))
    stamp.write_text(_fingerprint(requirements))
    if requirements != "requirements.txt":  # the others include it
        (VENV / ".installed-requirements.txt").write_text(_fingerprint("requirements.txt"))
    return PYTHON


def _fingerprint(requirements: str) -> str:
    text = (ROOT / requirements).read_text()
    if requirements != "requirements.txt":
        text += (ROOT / "requirements.txt").read_text()
    return hashlib.sha256(f"{PYTHON.resolve()} {text}".encode()).hexdigest()


def _works(python: Path) -> bool:
    """Whether the environment's Python starts, is new enough, and is the one that the environment was made for."""
    check = (
        "import os, sys; folder = os.path.join(sys.prefix, 'lib', 'python%d.%d' % sys.version_info[:2]);"
        "sys.exit(sys.version_info < (3, 11) or not os.path.isdir(folder))"
    )
    return python.exists() and subprocess.run([python, "-c", check], capture_output=True).returncode == 0


def _make() -> None:
    # Debian ships Python without ensurepip; the machine's own pip then serves the environment.
    pip = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    if pip and not importlib.util.find_spec("pip"):
        fail("this Python has neither pip nor ensurepip; install pip (on Debian: apt-get install python3-pip).")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", *pip, str(VENV)], capture_output=True, text=True)
    if made.returncode:
        reason = (made.stderr or made.stdout).strip().splitlines() or ["no reason given"]
        fail(f"cannot make .venv: {reason[-1]}")


def _pip(*arguments: str) -> None:
    own = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    pip: list[str | Path] = [PYTHON, "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", PYTHON]
    if subprocess.run([*pip, "--disable-pip-version-check", "--no-input", *arguments]).returncode:
        fail("pip could not install the parts; its own words stand above.")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        ensure(name)
