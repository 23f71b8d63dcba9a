"""A cache in Redis that a page can do without: while Redis is away nothing is found and nothing is kept, and pages answer."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

_log = logging.getLogger(__name__)


def _or(answer: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The method of that name, or what `answer` gives for its arguments where Redis does not."""
    method = getattr(RedisCache, name)

    @functools.wraps(method)
    def call(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            _log.warning("the cache is away: %s", error)
            return answer(*args, **kwargs)

    return call


class Cache(RedisCache):
    """What CACHES names where REDIS_URL is set. `incr` alone tells the error: nobody could make up a number."""

    get = _or(lambda key, default=None, version=None: default, "get")
    get_many = _or(lambda *_args, **_named: {}, "get_many")
    set_many = _or(lambda data, *_args, **_named: list(data), "set_many")
    has_key = _or(lambda *_args, **_named: False, "has_key")
    add = _or(lambda *_args, **_named: False, "add")
    touch = _or(lambda *_args, **_named: False, "touch")
    delete = _or(lambda *_args, **_named: False, "delete")
    set = _or(lambda *_args, **_named: None, "set")
    delete_many = _or(lambda *_args, **_named: None, "delete_many")
    clear = _or(lambda *_args, **_named: False, "clear")
