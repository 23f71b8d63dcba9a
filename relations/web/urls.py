"""Addresses of the dashboard. Each page is one module with its own `urlpatterns`.

To build a page: write web/<page>.py, and replace its placeholders below by `*<page>.urlpatterns`.
"""

from __future__ import annotations

from django.urls import URLPattern, path

from relations.web import login, record, styleguide, timeline
from relations.web.health import favicon, healthz
from relations.web.placeholder import placeholder

app_name = "web"

urlpatterns: list[URLPattern] = [
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
    path("", placeholder, name="overview"),
    path("countries/", placeholder, name="countries"),
    path("countries/<str:code>/", placeholder, name="country"),
    path("declarations/", placeholder, name="declarations"),
    path("declarations/<slug:slug>/", placeholder, name="declaration"),
    path("mechanisms/", placeholder, name="mechanisms"),
    path("mechanisms/<slug:slug>/", placeholder, name="mechanism"),
    *timeline.urlpatterns,
    path("calendar/", placeholder, name="calendar"),
    path("calendar.ics", placeholder, name="calendar_ics"),
    path("news/", placeholder, name="news"),
    path("sources/", placeholder, name="sources"),
    *record.urlpatterns,
    *login.urlpatterns,
    *styleguide.urlpatterns,
]
