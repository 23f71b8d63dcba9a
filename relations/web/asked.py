"""Which feeds the reader of a page has just asked for."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from relations.services import asked


def of(request: HttpRequest) -> dict[int, dt.datetime]:
    """Feed → when it was asked for. Costs nothing for a reader without a session."""
    return asked.of(request.session) if request.user.is_authenticated else {}
