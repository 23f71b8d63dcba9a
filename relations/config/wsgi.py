"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")

application = get_wsgi_application()

# Addresses, views and the forms of the admin come before gunicorn forks: the workers share their memory, no reader waits for them.
_ = get_resolver().url_patterns
