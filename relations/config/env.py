"""Typed readers of environment variables.

Each reader takes the variable's name, returns a value of one type, and treats an empty variable as one that is not set.
A wrong value ends the program with one line that names the variable and says what is expected: `SettingError` is a
SystemExit, so neither manage.py nor gunicorn nor Celery turns it into a traceback.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_POSTGRES_OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name", "options"}
_DATABASE_FORMS = "sqlite:////absolute/path, sqlite:///path/in/the/project or postgres://user:password@host:port/name"
_MAIL_FORMS = "smtp://user:password@host:port (starttls:// or smtps:// for encryption)"
_REDIS_FORMS = "redis://host:port/number, rediss://host:port/number or unix:///path/to/socket"
MINIMUM_SECRET = 32
_MAIL_PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class SettingError(SystemExit):
    """A variable of the environment holds something that cannot be used; the message is one line."""

    def __init__(self, name: str, expected: str, value: str | None = None) -> None:
        got = "it is not set" if value is None else f"got {value!r}"
        super().__init__(f"tianshan: {name} must be {expected}; {got}.")
        self.name = name


def text(name: str, default: str | None = None, environ: Mapping[str, str] = os.environ) -> str | None:
    """The variable without surrounding blanks, or the default."""
    return environ.get(name, "").strip() or default


def boolean(name: str, default: bool, environ: Mapping[str, str] = os.environ) -> bool:
    """1/true/yes/on or 0/false/no/off, in any case."""
    value = text(name, environ=environ)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise SettingError(name, "1 or 0 (also true/false, yes/no, on/off)", value)


def hosts(name: str, default: list[str], environ: Mapping[str, str] = os.environ) -> list[str]:
    """Host names separated by commas: no scheme, no port, no path."""
    value = text(name, environ=environ)
    if value is None:
        return default
    names = [part.strip() for part in value.split(",") if part.strip()]
    bad = [part for part in names if "/" in part or " " in part or (":" in part and not part.startswith("["))]
    if bad or not names:
        raise SettingError(name, "host names separated by commas, without scheme, port or path (for example dashboard.example.org)", value)
    return names


def networks(name: str, environ: Mapping[str, str] = os.environ) -> list[IPv4Network | IPv6Network]:
    """Networks separated by commas (`10.0.0.0/8, ::1`); none where the variable is not set."""
    value = text(name, environ=environ) or ""
    try:
        return [ip_network(part.strip()) for part in value.split(",") if part.strip()]
    except ValueError:
        raise SettingError(name, "networks separated by commas (for example 127.0.0.0/8, fd00::/8)", value) from None


def seconds(name: str, default: float, most: float, environ: Mapping[str, str] = os.environ) -> float:
    """A number of seconds from 0 to `most`, whole or with a decimal point."""
    value = text(name, environ=environ)
    if value is None:
        return default
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= most:
        raise SettingError(name, f"a number of seconds from 0 to {most:g}", value)
    return number


def contact(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """An address of the web or of mail under which somebody can be asked; empty where the variable is not set."""
    value = text(name, environ=environ) or ""
    if value and not (value.isascii() and value.isprintable() and " " not in value and ("@" in value or "://" in value)):
        raise SettingError(name, "an e-mail address or the address of a page", value)
    return value


def whole(name: str, default: int, least: int, most: int, environ: Mapping[str, str] = os.environ) -> int:
    """A whole number from `least` to `most`."""
    value = text(name, environ=environ)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value[:9]) <= most):
        raise SettingError(name, f"a whole number from {least} to {most}", value)
    return int(value)


def choice(name: str, default: str, known: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """One of the known words."""
    value = text(name, default, environ) or default
    if value not in known:
        raise SettingError(name, f"one of {', '.join(known)}", value)
    return value


def mail_addresses(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Addresses of mail separated by commas; none where the variable is not set."""
    value = text(name, environ=environ) or ""
    found = [part.strip() for part in value.split(",") if part.strip()]
    if any(not _MAIL_ADDRESS.fullmatch(part) for part in found):
        raise SettingError(name, "e-mail addresses separated by commas", value)
    return found


def mail_server(name: str, environ: Mapping[str, str] = os.environ) -> dict[str, Any] | None:
    """A server of mail as Django's HOST, PORT, HOST_USER, HOST_PASSWORD, USE_TLS and USE_SSL; None where the variable is not set."""
    value = text(name, environ=environ)
    if value is None:
        return None
    parts = _split(name, value, _MAIL_FORMS)
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SettingError(name, _MAIL_FORMS, _hidden(value))
    return {
        "HOST": parts.hostname,
        "PORT": parts.port or _MAIL_PORTS[parts.scheme],
        "HOST_USER": unquote(parts.username or ""),
        "HOST_PASSWORD": unquote(parts.password or ""),
        "USE_TLS": parts.scheme == "starttls",
        "USE_SSL": parts.scheme == "smtps",
    }


def redis_url(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """The address of a Redis database, or None where the variable is not set."""
    value = text(name, environ=environ)
    if value is None:
        return None
    parts = _split(name, value, _REDIS_FORMS)
    if parts.scheme in {"redis", "rediss"} and parts.hostname and parts.path.strip("/").isdigit() | (not parts.path.strip("/")):
        return value
    if parts.scheme == "unix" and parts.path not in {"", "/"} and not parts.netloc:
        return value
    raise SettingError(name, _REDIS_FORMS, _hidden(value))


def secret(name: str, file: Path, required: bool, environ: Mapping[str, str] = os.environ) -> str:
    """The secret key: from the variable or, where it may be absent, from a file that is written once with mode 600."""
    value = text(name, environ=environ)
    expected = f"at least {MINIMUM_SECRET} random characters"
    if value is not None:
        if len(value) < MINIMUM_SECRET:
            raise SettingError(name, expected, f"{len(value)} characters")
        return value
    if required:
        raise SettingError(name, f"{expected} when ALLOWED_HOSTS names more than this machine")
    try:
        return _kept_secret(file)
    except OSError as error:
        mend = f"Make the folder writable or set {name}."
        raise SystemExit(f"tianshan: cannot keep the secret key in {file}: {error.strerror}. {mend}") from None


def _kept_secret(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: of two processes that start together, one writes and the other reads.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = file.read_text(encoding="ascii").strip()
        if kept:
            return kept
        handle = os.open(file, os.O_WRONLY | os.O_TRUNC)
    made = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(made + "\n")
    return made


def database(name: str, root: Path, default: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The database as Django's ENGINE, NAME, USER, PASSWORD, HOST, PORT and OPTIONS.

    A relative SQLite path counts from `root`; `default` is the SQLite file that is used where the variable is not set.
    """
    value = text(name, environ=environ)
    if value is None:
        return _sqlite(str(default))
    if value == "sqlite://:memory:":
        return _sqlite(":memory:")
    parts = _split(name, value, _DATABASE_FORMS)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return _sqlite(str(root / unquote(parts.path[1:])))
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return _postgres(name, parts)
    raise SettingError(name, _DATABASE_FORMS, _hidden(value))


def _sqlite(path: str) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path}


def _postgres(name: str, parts: SplitResult) -> dict[str, Any]:
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    port = query.pop("port", "") or str(parts.port or "")
    unknown = sorted(set(query) - _POSTGRES_OPTIONS)
    if unknown:
        known = ", ".join(sorted(_POSTGRES_OPTIONS | {"host", "port"}))
        raise SettingError(name, f"a PostgreSQL address with no options but {known}", unknown[0])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": query,
    }


def _split(name: str, value: str, expected: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port  # a port that is no number raises only here
    except ValueError:
        raise SettingError(name, expected, _hidden(value)) from None
    return parts


def _hidden(value: str) -> str:
    """The value without its password, so that a typing error does not put it into a log."""
    before, at, after = value.rpartition("@")
    if not at:
        return value
    scheme, slashes, account = before.rpartition("//")
    return f"{scheme}{slashes}{account.partition(':')[0]}:***@{after}"
