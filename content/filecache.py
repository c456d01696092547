"""The cache of one machine: files that every process shares."""

import secrets

from django.core.cache.backends.filebased import FileBasedCache

WRITES_BETWEEN_CULLS = 200


class FileCache(FileBasedCache):
    """Django's file cache, but it counts its folder at one write in 200 instead of at each."""

    def _cull(self) -> None:
        if secrets.randbelow(WRITES_BETWEEN_CULLS) == 0:
            super()._cull()
