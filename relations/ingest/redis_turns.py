"""Turns at a host as locks in Redis, which end by themselves. `relations.ingest.turns` decides when they are asked for."""

from __future__ import annotations

import datetime as dt
import functools
import os
import uuid
from collections.abc import Iterable
from typing import Final

import redis
from django.conf import settings

Away = redis.RedisError
"""Redis does not answer, or not as it should."""

_KEY: Final = "tianshan:turn:"
_PAUSE: Final = b"gap"
_GIVE_BACK: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if tonumber(ARGV[2]) > 0 then redis.call('SET', KEYS[1], 'gap', 'PX', ARGV[2]) else redis.call('DEL', KEYS[1]) end
return 1
"""


def take(hosts: Iterable[str], length: dt.timedelta, again: dt.timedelta) -> str | dt.timedelta:
    """Take the turn at all of these hosts for at most `length`: its token. Where one of them is busy, none is taken: the time to wait.

    That is `again` at most where a request is under way, since it may end at any moment, and the rest of the gap after one.
    Raises Away.
    """
    client, token = _redis(), uuid.uuid4().hex
    taken: list[str] = []
    for name in hosts:
        if client.set(_KEY + name, token, nx=True, px=_milliseconds(length)):
            taken.append(name)
            continue
        for other in taken:
            client.eval(_GIVE_BACK, 1, _KEY + other, token, "0")
        left = dt.timedelta(milliseconds=max(client.pttl(_KEY + name), 0))
        return left if client.get(_KEY + name) == _PAUSE else min(left, again)
    return token


def give_back(hosts: Iterable[str], token: str, gap: dt.timedelta) -> None:
    """The request is over: the next one may follow after the gap. Raises Away."""
    for host in hosts:
        _redis().eval(_GIVE_BACK, 1, _KEY + host, token, str(_milliseconds(gap)))


def _milliseconds(length: dt.timedelta) -> int:
    return int(length.total_seconds() * 1000)


def _redis() -> redis.Redis:
    return _client(settings.REDIS_URL, os.getpid())


@functools.lru_cache(maxsize=2)
def _client(url: str, _process: int) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
