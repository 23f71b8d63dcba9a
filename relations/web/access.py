"""Asking for a login, on a dashboard that is not public."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRefresh


class LoginRequired(LoginRequiredMiddleware):
    """Django's middleware, which for a fragment lets the browser load the page anew: the login has no place inside a page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        """The answer to somebody who has not logged in (any more)."""
        if getattr(request, "htmx", False):
            return HttpResponseClientRefresh()
        return super().handle_no_permission(request, view_func)
