"""The supervisor of `make run` by itself, with a program of its own instead of the site's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
# Ctrl-C is pressed just as a line is on its way to the terminal.
PRESSED_WHILE_PRINTING = """
import io, os, signal, sys

class Terminal(io.RawIOBase):
    pressed = False
    def writable(self):
        return True
    def write(self, data):
        if b"started" in bytes(data) and not self.pressed:
            self.pressed = True
            os.kill(os.getpid(), signal.SIGINT)
        return len(data)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.stdout = io.TextIOWrapper(io.BufferedWriter(Terminal()), line_buffering=True)
import multiprocessing
import serve
multiprocessing.set_start_method("fork")
serve.processes = lambda: [("sleeper", "exec sleep 60")]
sys.exit(serve.supervise())
"""


def test_ctrl_c_while_a_line_is_printed_ends_it(tmp_path: Path) -> None:
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PYTHONPATH": str(DEPLOY)}
    ended = subprocess.run([sys.executable, "-c", PRESSED_WHILE_PRINTING], env=environment, capture_output=True, timeout=40, check=False)
    assert (ended.returncode, ended.stderr.decode()) == (130, "")
