"""A task that leaves a trace, for a real worker to run."""

from pathlib import Path

from celery import shared_task


@shared_task(name="tests.ping")
def ping(path: str) -> None:
    """Write a file."""
    Path(path).write_text("pong")
