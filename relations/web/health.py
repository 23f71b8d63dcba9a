"""Addresses that programs ask for by themselves: a sign of life, and the icon where a page names none."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """`ok` with status 200 when this process answers and its database does too; otherwise Django's 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """The icon at its place among the static files; the admin's pages do not name it."""
    return HttpResponseRedirect(static("img/favicon.svg"))
