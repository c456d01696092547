"""Caches that may fail without harm: a page is built anew when they cannot be reached."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from .filecache import FileCache

log = logging.getLogger(__name__)
SECONDS_OF_REST = 5


class Quiet:
    """Answers "nothing there" when the cache fails, and leaves it alone for some seconds."""

    rests_until = 0.0

    def get(self, *args: Any, **kwargs: Any) -> Any:
        default = kwargs.get("default", args[1] if len(args) > 1 else None)
        return self._quietly(super().get, args, kwargs, default)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().get_many, args, kwargs, {})

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().set, args, kwargs, None)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().set_many, args, kwargs, [])

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().add, args, kwargs, True)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().touch, args, kwargs, False)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().delete, args, kwargs, False)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().delete_many, args, kwargs, None)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().has_key, args, kwargs, False)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._quietly(super().incr, args, kwargs, 1, keep=ValueError)

    def _quietly(
        self,
        call: Callable[..., Any],
        args: Any,
        kwargs: dict[str, Any],
        default: Any,
        keep: type[Exception] | tuple[()] = (),
    ) -> Any:
        if time.monotonic() < self.rests_until:
            return default
        try:
            return call(*args, **kwargs)
        except keep:
            raise
        except (OSError, RedisError):
            self.rests_until = time.monotonic() + SECONDS_OF_REST
            log.warning("The cache cannot be reached.", exc_info=True)
        except Exception:
            log.warning("The cache holds what cannot be read.", exc_info=True)
        return default


class QuietFileCache(Quiet, FileCache):
    """The cache of one machine; a full disk harms nobody."""


class QuietRedisCache(Quiet, RedisCache):
    """The cache of many machines; a lost server harms nobody."""
