"""The settings: one file, fed by the environment. Everything has a default that suits one person on one machine.

The environment holds what differs between machines: DATABASE_URL, REDIS_URL, SECRET_KEY, ALLOWED_HOSTS, DASHBOARD_PUBLIC,
VAR_DIR, DEBUG, EMAIL_URL, EMAIL_FROM, ARTICLE_READER, and what begins with INGEST_ (docs/ingestion.md). A wrong value ends the
program with one line (see env.py).
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from relations.config import env
from relations.config.log_lines import without_traceback_of_refusals

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything that a running site writes: SQLite file, job queue, collected static files, secret key.
VAR_DIR = BASE_DIR / (env.text("VAR_DIR") or "var")

# ---- Who may reach the site -----------------------------------------------------------------------------------------

# Shows tracebacks in the browser and serves static files without collecting them: for development only.
DEBUG = env.boolean("DEBUG", default=False)

_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=_LOOPBACK)
# A site that answers to a name of its own is reached through HTTPS and has a secret of its own.
LOCAL = set(ALLOWED_HOSTS) <= set(_LOOPBACK)
# The name under which letters speak of the site; empty on one machine, whose address means nothing elsewhere.
SITE_NAME = next((host.lstrip(".") for host in ALLOWED_HOSTS if host not in {*_LOOPBACK, "*"}), "")

# On one machine the key is made on first start and kept; several machines would each make their own, so there it is required.
SECRET_KEY = env.secret("SECRET_KEY", file=VAR_DIR / "secret_key", required=not LOCAL)

# Off: every page asks for a login. On: everybody reads the dashboard; the admin asks for a login either way.
DASHBOARD_PUBLIC = env.boolean("DASHBOARD_PUBLIC", default=False)

LOGIN_URL = "web:login"
LOGIN_REDIRECT_URL = "web:overview"
LOGOUT_REDIRECT_URL = "web:overview"

# ---- Parts ----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "relations.config.editing.EditingConfig",  # Django’s admin with a site of our own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # runserver then serves static files the way gunicorn does
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "simple_history",
    "relations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages carry figures as JSON, which shrinks to a tenth; Django pads the answers against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *([] if DASHBOARD_PUBLIC else ["relations.web.access.LoginRequired"]),
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # tells the history who changed a record
]

ROOT_URLCONF = "relations.config.urls"
WSGI_APPLICATION = "relations.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "relations.web.context.frame",
            ],
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# ---- Data -----------------------------------------------------------------------------------------------------------

_database = env.database("DATABASE_URL", root=BASE_DIR, default=VAR_DIR / "db.sqlite3")
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        # Web, worker and beat write the same file: wait for the lock rather than fail …
        "timeout": 20,
        # … and take it when a transaction begins: one that reads first and writes later could not wait for it.
        "transaction_mode": "IMMEDIATE",
        # WAL: readers never wait for a writer. NORMAL loses no committed data with WAL unless the power fails. The pages of a few
        # feeds go from the log to the file together: one that several of them changed is written once.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; "
        "PRAGMA wal_autocheckpoint=4000;",
    }
    # Opening the file and setting it up costs as much as several queries.
    _database["CONN_MAX_AGE"] = 60
else:
    _database["CONN_MAX_AGE"] = 600
    _database["CONN_HEALTH_CHECKS"] = True  # a restarted server is noticed before the first query fails

DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A declaration with its provisions in four languages passes Django's limit of 1,000 fields in one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

REDIS_URL = env.redis_url("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "relations.config.redis_cache.Cache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "tianshan",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},  # a page does not wait long for what it can do without
    }
    if REDIS_URL
    # Each process has its own: whoever caches puts the version of the data into the key, so that no process serves old facts.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tianshan"}
}

# ---- Jobs -----------------------------------------------------------------------------------------------------------

JOBS_APP = "relations.config.celery"
_QUEUE_DIR = VAR_DIR / "queue"
if REDIS_URL:
    # kombu spells a socket its own way.
    CELERY_BROKER_URL: str = REDIS_URL.replace("unix://", "redis+socket://", 1)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"global_keyprefix": "tianshan:", "visibility_timeout": 3600}
else:
    # A queue of files, so that jobs need no server.
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT = "relations.config.file_queue:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE_DIR / "messages"),  # sender and receiver share one folder: out of one is into the other
        "data_folder_out": str(_QUEUE_DIR / "messages"),
        "processed_folder": str(_QUEUE_DIR / "processed"),
        "control_folder": str(_QUEUE_DIR / "control"),
        "store_processed": False,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker that gives up after a night without Redis would need somebody to start it
# JSON only: a message can never make a worker run foreign code.
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
# What a job did stands in the database (FetchAttempt and its like), not in a result store.
CELERY_TASK_IGNORE_RESULT = True
# A feed that hangs must not hold the only worker: an exception first, so that the row can be closed, then an end.
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # jobs are long: one that waits behind another is better given to somebody else
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    # `expires` shorter than the period: after a pause the worker does not work through minutes long gone.
    "fetch-due-feeds": {"task": "relations.tasks.fetch_due_feeds", "schedule": 60.0, "options": {"expires": 50}},
    "forget-old-attempts": {"task": "relations.tasks.forget_old_attempts", "schedule": 86_400.0, "options": {"expires": 3600}},
    "read-news": {"task": "relations.tasks.read_news", "schedule": 60.0, "options": {"expires": 50}},
    "fetch-articles": {"task": "relations.tasks.fetch_articles", "schedule": 300.0, "options": {"expires": 280}},
    "tidy-up-news": {"task": "relations.tasks.tidy_up_news", "schedule": 86_400.0, "options": {"expires": 3600}},
}

# ---- Ingestion ------------------------------------------------------------------------------------------------------

# Named in the User-Agent, so that an operator of a feed knows whom to ask instead of blocking the reader.
INGEST_CONTACT = env.contact("INGEST_CONTACT")
# Feeds are fetched from public addresses only, since anybody may put a private one into a feed or a redirect. A ministry
# that has feeds on its own network opens that network here, on any port.
INGEST_ALLOW_NETS = env.networks("INGEST_ALLOW_NETS")
# Seconds between two requests to one registrable host, counted over all workers, with never two at once: small publishers share
# one machine and take a reader that hurries for an attack. 0 lets go of both, for a server of one's own.
INGEST_HOST_GAP = env.seconds("INGEST_HOST_GAP", default=2.0, most=60.0)
# Months after which an item that no record stands on leaves a tombstone. 0 keeps everything.
INGEST_KEEP_MONTHS = env.whole("INGEST_KEEP_MONTHS", default=24, least=0, most=1200)

# The day's letter about feeds is sent in the first hour from here on (UTC) in which something is new: 4 is nine in Almaty.
INGEST_DIGEST_HOUR = env.whole("INGEST_DIGEST_HOUR", default=4, least=0, most=23)
# Who gets it in place of the editors and administrators who have an e-mail address: a shared mailbox, or whoever is on duty.
INGEST_DIGEST_TO = env.mail_addresses("INGEST_DIGEST_TO")
# A letter has no reader whose browser names a language.
INGEST_DIGEST_LANGUAGE = env.choice("INGEST_DIGEST_LANGUAGE", default="en", known=["en", "fr", "zh-hans", "ru"])

# ---- Reading of articles ---------------------------------------------------------------------------------------------

# The class that reads articles (docs/reading.md): another one with the same two methods may take its place.
ARTICLE_READER: str = env.text("ARTICLE_READER") or "relations.domain.extraction.LexiconReader"

# ---- Mail -----------------------------------------------------------------------------------------------------------

# The one switch: without it nothing is sent, and nothing tries to.
_mail = env.mail_server("EMAIL_URL")
EMAIL_SET_UP = _mail is not None
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if _mail else "django.core.mail.backends.dummy.EmailBackend"
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail["HOST"], _mail["PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["HOST_USER"], _mail["HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["USE_TLS"], _mail["USE_SSL"]
EMAIL_TIMEOUT = 20  # a server that does not answer must not hold the worker
# Most servers take letters only from the account that logs in.
_account = EMAIL_HOST_USER if _mail else ""
_sender = _account if "@" in _account else f"tianshan@{SITE_NAME or 'localhost'}"
DEFAULT_FROM_EMAIL = next(iter(env.mail_addresses("EMAIL_FROM")), _sender)
if EMAIL_SET_UP:
    CELERY_BEAT_SCHEDULE["send-feed-digest"] = {
        # Every hour, so that an hour that was missed costs an hour and not a day; at most one letter a day goes out.
        "task": "relations.tasks.send_feed_digest",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    }

# ---- Languages and time ---------------------------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"  # five countries and their readers share no zone; days of diplomacy are dates without one
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("zh-hans", _("Chinese")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "relations" / "locale"]
LANGUAGE_COOKIE_NAME = "tianshan_language"

MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_TRANSLATION_FILES = ("relations.models.translation",)
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)  # a title that nobody has translated yet is shown in English

# ---- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Names carry a hash of the content, so that browsers keep the files for ever; compressed once, when collected.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# ---- Security -------------------------------------------------------------------------------------------------------

# Scripts, styles and requests come from this site alone; nothing inline.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # plotly.js would make a <style> of its own; static/js/charts.js keeps it from that.
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # a chart becomes a PNG by way of a blob
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "relations.web.errors.csrf_failure"  # in the look of the other pages
SECURE_REFERRER_POLICY = "same-origin"  # a reader who follows a source does not tell its publisher what was read here
# Names of our own: cookies are shared by all ports of one host.
SESSION_COOKIE_NAME = "tianshan_session"
CSRF_COOKIE_NAME = "tianshan_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
# Behind a proxy that ends TLS Django sees plain HTTP, while the browser's Origin says https.
_NAMES = [] if LOCAL else [host for host in ALLOWED_HOSTS if host != "*" and host not in _LOOPBACK]
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in _NAMES]

# ---- Logging --------------------------------------------------------------------------------------------------------

# Plain lines on stderr: the supervisor or the system's journal keeps them.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback_of_refusals}},
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "relations": {"level": "INFO"},
        "celery": {"level": "WARNING"},  # beat and worker would write several lines a minute to say that all is well
        # Django's own handlers would write each line a second time.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"filters": ["refusals"]},
    },
}
