"""The pages' addresses, in the namespace `web`."""

from django.urls import URLPattern, path

from relations.web.health import healthz

app_name = "web"

urlpatterns: list[URLPattern] = [
    path("healthz", healthz, name="healthz"),
]
