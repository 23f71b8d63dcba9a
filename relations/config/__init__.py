"""Wiring: environment, settings, addresses, Celery, gunicorn.

Nothing is imported here: a command that fetches feeds needs neither the admin nor Celery, which are half of the memory of a
process that serves pages. The one comes with the addresses (relations/config/urls.py), the other with relations/tasks.py.
"""
