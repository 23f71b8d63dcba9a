"""A cache that pages can do without."""

from __future__ import annotations

import pytest

from relations.config.redis_cache import Cache
from tests.fixtures.processes import free_port
from tests.fixtures.servers import RedisServer


def cache(url: str) -> Cache:
    return Cache(url, {"KEY_PREFIX": "test", "OPTIONS": {"socket_connect_timeout": 1}})


def test_it_keeps_what_it_is_given(redis_server: RedisServer) -> None:
    redis_server.flush()
    kept = cache(redis_server.url)
    assert kept.get("a", "nothing") == "nothing"
    kept.set("a", b"1", 60)
    kept.set_many({"b": 2})
    assert (kept.get("a"), kept.get_many(["a", "b", "c"]), kept.has_key("a")) == (b"1", {"a": b"1", "b": 2}, True)
    assert (kept.add("a", 1), kept.add("d", 1), kept.touch("a"), kept.delete("a")) == (False, True, True, True)
    kept.delete_many(["b"])
    assert "b" not in kept
    kept.clear()
    assert kept.get("d") is None


def test_while_redis_is_away_nothing_is_found_and_nobody_is_hurt(caplog: pytest.LogCaptureFixture) -> None:
    away = cache(f"redis://127.0.0.1:{free_port()}/0")
    away.set("a", 1, 60)
    away.delete_many(["a"])
    away.clear()
    assert (away.get("a"), away.get("a", "nothing"), away.get_many(["a"]), away.has_key("a")) == (None, "nothing", {}, False)
    assert (away.add("a", 1), away.touch("a"), away.delete("a"), away.set_many({"a": 1})) == (False, False, False, ["a"])
    assert away.get_or_set("a", lambda: 5) == 5
    assert "the cache is away" in caplog.text
