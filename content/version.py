"""The content version: one random token for all that is published (ARCHITECTURE.md, 6).

Whatever is derived from published content is cached under the token. Saving anything that a
public page shows changes the token after commit, so nothing is ever cleared by name. A cache
that fails is a cache that is not there: pages are built anew and never fail.
"""

import hashlib
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import caches
from django.db import transaction
from django.utils.translation import get_language

from members import outbox

log = logging.getLogger(__name__)
KEY = "content-version"
DAY = 24 * 3600
DOWN = ""
UNREAD = "unread"
SECONDS_OF_REST = 5
MOST_HELD = 200
T = TypeVar("T")


@dataclass
class Store:
    """When the store of the version failed last, so that the next requests do not wait for it."""

    rests_until: float = 0.0


store = Store()
held: dict[str, tuple[Any]] = {}
_seen: ContextVar[str | None] = ContextVar("content_version", default=None)


def current() -> str | None:
    """The token now; None when the cache cannot be reached. Read once in each request."""
    seen = _seen.get()
    if seen is None:
        return _read() or None
    if seen == UNREAD:
        seen = _read()
        _seen.set(seen)
    return seen or None


def bump() -> str:
    """Change the token: all that was derived from published content is old from now on."""
    token = secrets.token_hex(8)
    caches["version"].set(KEY, token, None)
    if _seen.get() is not None:
        _seen.set(token)
    return token


def bump_on_commit() -> None:
    """Change the token once the running transaction is safe in the database."""
    transaction.on_commit(_bump_or_owe, robust=True)


def cached(
    key: str, build: Callable[[], T], *, seconds: int = 7 * DAY, is_frozen: bool = False
) -> T:
    """What was built under this key, language and version; built now if there is none.

    What is frozen, so that nobody changes it, is also held in the memory of the process.
    """
    token = current()
    if token is None:
        return build()
    full = f"v:{token}:{get_language()}:{key}"
    found: Any = held.get(full) or get(full)
    if found is None:
        found = (build(),)
        put(full, found, seconds)
    if is_frozen:
        hold(full, found)
    return found[0]


def hold(key: str, found: tuple[Any]) -> None:
    """Keep a value in the memory of the process, until too many are kept."""
    if key not in held:
        if len(held) >= MOST_HELD:
            held.clear()
        held[key] = found


def digest(*words: str) -> str:
    """A short key made of long words, such as a host and a path."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:40]


def get(key: str) -> object | None:
    """What the cache holds; None when it holds nothing or cannot be reached."""
    return caches["default"].get(key)


def put(key: str, value: object, seconds: int = 7 * DAY) -> None:
    """Keep a value, if the cache is there."""
    caches["default"].set(key, value, seconds)


@contextmanager
def one_request() -> Iterator[None]:
    """Within it the token is read once, as it was at the first look."""
    before = _seen.set(UNREAD)
    try:
        yield
    finally:
        _seen.reset(before)


def _read() -> str:
    """The stored token, made when there is none. DOWN when the cache cannot be reached."""
    if time.monotonic() < store.rests_until:
        return DOWN
    try:
        cache = caches["version"]
        return str(cache.get(KEY) or cache.get_or_set(KEY, secrets.token_hex(8), None))
    except Exception:
        store.rests_until = time.monotonic() + SECONDS_OF_REST
        log.warning("The content version cannot be read.", exc_info=True)
        return DOWN


def _bump_or_owe() -> None:
    """A bump that fails is owed: `tick` tries again, so no old page stays for days."""
    try:
        bump()
    except Exception:
        log.warning("The content version cannot be changed now.", exc_info=True)
        outbox.put(effect="content.bump_version", key=f"bump:{secrets.token_hex(8)}", payload={})
