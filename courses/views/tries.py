"""How often somebody may try a code that nobody has. Counted for each address, in the cache."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from content.version import digest

SECONDS = 600
MOST_TRIES = 30


def key_of(request: HttpRequest) -> str:
    """The key of this address and these minutes; the address itself is not kept."""
    address = get_adapter(request).get_client_ip(request)
    return f"tries:{digest(address, str(int(time.time() // SECONDS)))}"


def may_try(request: HttpRequest) -> bool:
    """Whether this address has tries left."""
    return cache.get(key_of(request), 0) < MOST_TRIES


def note_try(request: HttpRequest) -> None:
    """One try more. Two at once may count as one; nobody guesses a code anyway."""
    key = key_of(request)
    cache.set(key, cache.get(key, 0) + 1, SECONDS)
