"""Wiring: environment, settings, addresses, Celery, gunicorn."""

# Whoever enqueues a task (a page, a command) must do it through our application, not through Celery's default one.
from relations.config.celery import app as celery_app

__all__ = ["celery_app"]
