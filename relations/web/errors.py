"""Pages for what went wrong, in the family of all others."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself makes no sense."""
    return render(request, "errors/400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the reader is known, and not allowed."""
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without its token, most often because cookies are off or the page is old."""
    return render(request, "errors/403.html", {"form_expired": True}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing stands at this address."""
    return render(request, "errors/404.html", {"address": request.path}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without the request's context, so that it needs neither the database nor a session nor a user."""
    return HttpResponseServerError(loader.get_template("errors/500.html").render())
