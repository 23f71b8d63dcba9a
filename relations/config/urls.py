"""All addresses: the dashboard and its data at the root, the admin and the choice of language beside it.

What serves pages begins here, and with it what only pages need: the forms of the admin.
"""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

admin.autodiscover()

urlpatterns = [
    path("admin/", admin.site.urls),
    # The login page offers the languages too.
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("relations.api.urls")),
    path("", include("relations.web.urls")),
]

handler400 = "relations.web.errors.bad_request"
handler403 = "relations.web.errors.permission_denied"
handler404 = "relations.web.errors.not_found"
handler500 = "relations.web.errors.server_error"
