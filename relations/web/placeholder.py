"""Stands in for pages that are not built yet, so that every address resolves. Goes when the last page has come."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def placeholder(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """A page with a frame and nothing in it."""
    return render(request, "styleguide/placeholder.html")
