"""The product's settings in surroundings that are the same on every machine.

Variables of the developer's shell are put aside. TEST_DATABASE_URL alone chooses the database: test_on_postgresql.py sets it
to run the suite a second time on a private PostgreSQL.
"""

import os

for _name in ("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "EMAIL_FROM", "EMAIL_URL", "REDIS_URL", "SECRET_KEY", "VAR_DIR"):
    os.environ.pop(_name, None)
for _name in [name for name in os.environ if name.startswith("INGEST_")]:
    del os.environ[_name]
os.environ["SECRET_KEY"] = "tests" * 10
os.environ["DASHBOARD_PUBLIC"] = "1"
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from relations.config.settings import *  # noqa: E402, F403
from relations.config.settings import DATABASES, STORAGES  # noqa: E402

if os.environ.get("TEST_DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": "migrated"}  # which every private server has

# Templates name static files that nobody has collected here; tests/config/test_static.py collects them for real.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Accounts are made by the hundred.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# What a test enqueues must not reach the queue of a running dashboard.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT = "memory"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
