"""Addresses of what programs read: the same selectors as the pages, as JSON and CSV."""

from __future__ import annotations

from django.urls import URLPattern

from relations.api import declarations

app_name = "api"

urlpatterns: list[URLPattern] = [
    *declarations.urlpatterns,
]
