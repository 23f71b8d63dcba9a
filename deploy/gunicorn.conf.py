"""gunicorn: two processes with four threads each, on loopback; a proxy that ends TLS stands before it in production."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = 2
threads = 4
# The application is loaded once, before the workers: they share its memory, and a wrong setting ends the start with one line.
preload_app = True
# Long enough for every page; a reader who holds a connection open does not hold up the end.
graceful_timeout = 4
keepalive = 5
loglevel = "warning"
control_socket_disable = True
# Heartbeats of the workers are files; in memory they never wait for a disk.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
