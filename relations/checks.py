"""System checks: what is wrong with this installation, and how to mend it.

`manage.py check` and every other command run the first part; `manage.py check --deploy` adds what matters to a site that
others reach.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.files)
def var_is_writable(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """The folder for everything that a running site writes can be written to."""
    folder = Path(settings.VAR_DIR)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        hint = f"Give this user the right to write in {folder}, or set VAR_DIR to a folder where it may."
        yield Error(f"Nothing can be written in {settings.VAR_DIR}.", hint=hint, id="relations.E001")


@register("jobs")
def scheduled_jobs_expire(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Every scheduled job has a time after which a worker drops it, shorter than its period."""
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        expires = entry.get("options", {}).get("expires")
        period = entry["schedule"]
        if not expires or (isinstance(period, int | float) and expires >= period):
            hint = "Give the entry options={'expires': seconds}, fewer than lie between two runs: late jobs would pile up."
            yield Error(f"The scheduled job {name} does not expire in time.", hint=hint, id="relations.E002")


@register(Tags.security)
def debug_stays_at_home(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Tracebacks with their variables are for one's own machine."""
    if settings.DEBUG and not settings.LOCAL:
        yield Error("DEBUG is on for a site with a name of its own.", hint="Take DEBUG out of the environment.", id="relations.E003")


@register("jobs", deploy=True)
def processes_share_a_cache(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """A site that others reach has Redis, and it answers."""
    if not settings.REDIS_URL:
        hint = "Set REDIS_URL: the queue of files and a cache for each process are meant for one machine."
        yield Warning("There is no Redis.", hint=hint, id="relations.W001")
        return
    import redis

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3).ping()
    except (redis.RedisError, OSError) as error:
        hint = "Start Redis, or correct REDIS_URL."
        yield Error(f"Redis does not answer: {error}", hint=hint, id="relations.E004")


@register(Tags.staticfiles, deploy=True)
def static_files_are_collected(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """The list of collected static files is there: without it no page can be shown."""
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        hint = "Run: manage.py collectstatic --no-input"
        yield Error("The static files have not been collected.", hint=hint, id="relations.E005")
