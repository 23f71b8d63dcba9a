"""Addresses of the dashboard. Each page is one module with its own `urlpatterns`, unpacked into the list below."""

from __future__ import annotations

from django.urls import URLPattern, path

from relations.web import (
    anniversaries,
    calendar,
    calendar_ics,
    changes,
    compare,
    country,
    declaration,
    declarations,
    feed,
    feed_lists,
    index,
    index_files,
    indicator,
    indicator_page,
    indicators,
    ingestion,
    login,
    mechanism,
    mechanisms,
    news,
    overview,
    position,
    positions,
    record,
    sources,
    story,
    styleguide,
    timeline,
    visits,
)
from relations.web.health import favicon, healthz

app_name = "web"

urlpatterns: list[URLPattern] = [
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
    *overview.urlpatterns,
    *country.urlpatterns,
    *indicator.urlpatterns,
    *indicators.urlpatterns,
    *indicator_page.urlpatterns,
    *declarations.urlpatterns,
    *declaration.urlpatterns,
    *positions.urlpatterns,
    *position.urlpatterns,
    *compare.urlpatterns,
    *mechanisms.urlpatterns,
    *mechanism.urlpatterns,
    *timeline.urlpatterns,
    *index.urlpatterns,
    *index_files.urlpatterns,
    *calendar.urlpatterns,
    *calendar_ics.urlpatterns,
    *anniversaries.urlpatterns,
    *visits.urlpatterns,
    *changes.urlpatterns,
    *news.urlpatterns,
    *story.urlpatterns,
    *ingestion.urlpatterns,
    *feed.urlpatterns,
    *feed_lists.urlpatterns,
    *sources.urlpatterns,
    *record.urlpatterns,
    *login.urlpatterns,
    *styleguide.urlpatterns,
]
