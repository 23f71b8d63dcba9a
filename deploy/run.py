"""`make run`: look whether it can work at all, make the environment, then go on inside it with serve.py.

Runs under the machine's own Python, so it uses nothing but the standard library.
"""

import os
import signal
import socket
import sys

from environment import ROOT, ensure, fail, writable


def free_port() -> int:
    """The port that PORT names (8000 where it names none), once it is known that nobody listens there."""
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        fail(f"PORT must be a whole number from 1 to 65535; got {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that has just ended leaves the port waiting
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            fail(f"port {text} is reserved for the system; choose one from 1024 up: make run PORT=8001")
        except OSError:
            fail(f"port {text} is taken by another program; stop it or choose another port: make run PORT=8001")
    return int(text)


def main() -> None:
    """Replace this process by serve.py in the environment."""
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))  # Ctrl-C while the parts are installed
    var = ROOT / (os.environ.get("VAR_DIR", "").strip() or "var")
    writable(var)
    os.environ["VAR_DIR"] = str(var)
    os.environ["PORT"] = str(free_port())
    python = ensure("requirements.txt")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.execv(python, [str(python), str(ROOT / "deploy" / "serve.py")])


if __name__ == "__main__":
    main()
