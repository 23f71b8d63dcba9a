"""The readers of the environment: what they accept, and what they say to what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from relations.config import env
from relations.config.env import SettingError

ROOT = Path("/srv/tianshan")


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_yes_in_many_spellings(value: str) -> None:
    assert env.boolean("DEBUG", False, {"DEBUG": value}) is True


@pytest.mark.parametrize("value", ["0", "false", "No", "OFF"])
def test_no_in_many_spellings(value: str) -> None:
    assert env.boolean("DEBUG", True, {"DEBUG": value}) is False


@pytest.mark.parametrize("environment", [{}, {"DEBUG": ""}, {"DEBUG": "  "}])
def test_an_empty_variable_is_one_that_is_not_set(environment: dict[str, str]) -> None:
    assert env.boolean("DEBUG", True, environment) is True


def test_a_boolean_that_is_none_says_what_is_expected() -> None:
    with pytest.raises(SettingError, match=r"DASHBOARD_PUBLIC must be 1 or 0 .*; got 'perhaps'"):
        env.boolean("DASHBOARD_PUBLIC", False, {"DASHBOARD_PUBLIC": "perhaps"})


def test_hosts_are_separated_by_commas() -> None:
    assert env.hosts("ALLOWED_HOSTS", [], {"ALLOWED_HOSTS": "a.example, .b.example,[::1]"}) == ["a.example", ".b.example", "[::1]"]


@pytest.mark.parametrize("value", ["https://a.example", "a.example:8000", "a.example/path", "a.example b.example", ","])
def test_a_host_has_no_scheme_no_port_and_no_path(value: str) -> None:
    with pytest.raises(SettingError, match="ALLOWED_HOSTS must be host names separated by commas"):
        env.hosts("ALLOWED_HOSTS", [], {"ALLOWED_HOSTS": value})


@pytest.mark.parametrize("value", ["redis://localhost", "redis://:secret@cache:6380/2", "rediss://cache/0", "unix:///run/redis.sock?db=1"])
def test_addresses_of_redis(value: str) -> None:
    assert env.redis_url("REDIS_URL", {"REDIS_URL": value}) == value


@pytest.mark.parametrize("value", ["localhost:6379", "redis:///0", "redis://host/cache", "http://cache", "unix://", "redis://host:port/0"])
def test_what_is_no_address_of_redis(value: str) -> None:
    with pytest.raises(SettingError, match="REDIS_URL must be redis://host:port/number"):
        env.redis_url("REDIS_URL", {"REDIS_URL": value})


# ---- DATABASE_URL ----------------------------------------------------------------------------------------------------


def database(value: str | None) -> dict[str, object]:
    environment = {} if value is None else {"DATABASE_URL": value}
    return env.database("DATABASE_URL", ROOT, ROOT / "var" / "db.sqlite3", environment)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (None, "/srv/tianshan/var/db.sqlite3"),
        ("sqlite:////data/facts.sqlite3", "/data/facts.sqlite3"),
        ("sqlite:///var/other.sqlite3", "/srv/tianshan/var/other.sqlite3"),
        ("sqlite:////data/with%20blank.sqlite3", "/data/with blank.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_sqlite_files(value: str | None, path: str) -> None:
    assert database(value) == {"ENGINE": "django.db.backends.sqlite3", "NAME": path}


def test_postgresql_over_tcp() -> None:
    assert database("postgres://anna:p%40ss%3A@db.example:5433/facts?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "facts",
        "USER": "anna",
        "PASSWORD": "p@ss:",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_postgresql_on_a_socket() -> None:
    found = database("postgresql://anna@/facts?host=/run/postgresql&port=5434")
    assert (found["HOST"], found["PORT"], found["NAME"], found["OPTIONS"]) == ("/run/postgresql", "5434", "facts", {})


@pytest.mark.parametrize(
    "value",
    ["mysql://anna@db/facts", "facts.sqlite3", "sqlite://facts.sqlite3", "sqlite:///", "postgres://anna@db", "postgres://anna@db:x/facts"],
)
def test_what_is_no_database(value: str) -> None:
    with pytest.raises(SettingError, match=r"DATABASE_URL must be sqlite:////absolute/path, .* or postgres://"):
        database(value)


def test_an_unknown_option_is_named() -> None:
    with pytest.raises(SettingError, match="got 'sslmod'"):
        database("postgres://anna@db/facts?sslmod=require")


def test_a_wrong_address_does_not_print_its_password() -> None:
    with pytest.raises(SettingError) as caught:
        database("mysql://anna:hush@db/facts")
    assert "hush" not in str(caught.value)
    assert "mysql://anna:***@db/facts" in str(caught.value)


# ---- SECRET_KEY ------------------------------------------------------------------------------------------------------


def test_the_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret_key"
    first = env.secret("SECRET_KEY", file, required=False, environ={})
    assert len(first) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert env.secret("SECRET_KEY", file, required=False, environ={}) == first


def test_an_empty_key_file_is_filled(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.touch()
    assert env.secret("SECRET_KEY", file, required=False, environ={}) == file.read_text().strip() != ""


def test_the_variable_comes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    assert env.secret("SECRET_KEY", file, required=True, environ={"SECRET_KEY": "k" * 32}) == "k" * 32
    assert not file.exists()


def test_a_site_with_a_name_needs_a_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="SECRET_KEY must be at least 32 random characters when ALLOWED_HOSTS"):
        env.secret("SECRET_KEY", tmp_path / "secret_key", required=True, environ={})


def test_a_short_key_is_refused_and_not_printed(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as caught:
        env.secret("SECRET_KEY", tmp_path / "secret_key", required=False, environ={"SECRET_KEY": "hush"})
    assert "at least 32 random characters; got '4 characters'" in str(caught.value)
    assert "hush" not in str(caught.value)


def test_a_folder_that_takes_no_key_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    with pytest.raises(SystemExit, match=r"cannot keep the secret key in .*Make the folder writable or set SECRET_KEY"):
        env.secret("SECRET_KEY", tmp_path / "var" / "secret_key", required=False, environ={})


# ---- Mail ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "port", "user", "password", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, "", "", False, False),
        ("smtp://mail.example:2525/", 2525, "", "", False, False),
        ("starttls://ana%40a.example:p%3Aw@mail.example", 587, "ana@a.example", "p:w", True, False),
        ("smtps://ana:secret@mail.example", 465, "ana", "secret", False, True),
    ],
)
def test_servers_of_mail(value: str, port: int, user: str, password: str, tls: bool, ssl: bool) -> None:
    assert env.mail_server("EMAIL_URL", {"EMAIL_URL": value}) == {
        "HOST": "mail.example",
        "PORT": port,
        "HOST_USER": user,
        "HOST_PASSWORD": password,
        "USE_TLS": tls,
        "USE_SSL": ssl,
    }


def test_no_server_of_mail() -> None:
    assert env.mail_server("EMAIL_URL", {}) is None


@pytest.mark.parametrize(
    "value", ["mail.example:25", "http://mail.example", "smtp://", "smtp://host:port", "smtp://mail.example/box", "smtp://h?tls=1"]
)
def test_what_is_no_server_of_mail(value: str) -> None:
    with pytest.raises(SettingError, match="EMAIL_URL must be smtp://user:password@host:port"):
        env.mail_server("EMAIL_URL", {"EMAIL_URL": value})


def test_a_password_of_mail_does_not_get_into_a_log() -> None:
    with pytest.raises(SettingError) as caught:
        env.mail_server("EMAIL_URL", {"EMAIL_URL": "smtp://ana:secret@mail.example/box"})
    assert "secret" not in str(caught.value)


def test_addresses_of_mail_are_separated_by_commas() -> None:
    assert env.mail_addresses("TO", {"TO": "ana@a.example, desk+feeds@b.example,"}) == ["ana@a.example", "desk+feeds@b.example"]
    assert env.mail_addresses("TO", {}) == []


@pytest.mark.parametrize("value", ["ana", "ana@", "@a.example", "Ana <ana@a.example>", "ana@a.example;b@b.example", "a@b\nBcc: c@d"])
def test_what_is_no_address_of_mail(value: str) -> None:
    with pytest.raises(SettingError, match="TO must be e-mail addresses separated by commas"):
        env.mail_addresses("TO", {"TO": value})


def test_whole_numbers_have_bounds() -> None:
    assert env.whole("HOUR", 4, 0, 23, {}) == 4
    assert env.whole("HOUR", 4, 0, 23, {"HOUR": "0"}) == 0
    for value in ("24", "-1", "4.5", "four", "²"):
        with pytest.raises(SettingError, match="HOUR must be a whole number from 0 to 23"):
            env.whole("HOUR", 4, 0, 23, {"HOUR": value})


def test_a_word_is_one_of_those_known() -> None:
    assert env.choice("LANGUAGE", "en", ["en", "fr"], {}) == "en"
    assert env.choice("LANGUAGE", "en", ["en", "fr"], {"LANGUAGE": "fr"}) == "fr"
    with pytest.raises(SettingError, match="LANGUAGE must be one of en, fr; got 'de'"):
        env.choice("LANGUAGE", "en", ["en", "fr"], {"LANGUAGE": "de"})
