"""Argon2id at 19 MiB: safe, and cheap enough for a small machine."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LightArgon2Hasher(Argon2PasswordHasher):
    """Two passes over 19 MiB in one thread."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
