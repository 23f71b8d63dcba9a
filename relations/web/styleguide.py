"""Every component in its states: what a page is built of, and what a change of style is checked on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from relations.web.styleguide_examples import examples


def styleguide(request: HttpRequest) -> HttpResponse:
    """The page of all components."""
    return render(request, "styleguide/styleguide.html", examples())


urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
