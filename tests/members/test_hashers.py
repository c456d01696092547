"""How passwords are kept."""

import argon2
from django.contrib.auth.hashers import check_password, make_password
from django.test import override_settings

from hub.settings import accounts


def test_argon2id_at_19_mib():
    with override_settings(PASSWORD_HASHERS=accounts.PASSWORD_HASHERS):
        kept = make_password("three small boats")
        assert check_password("three small boats", kept)
        assert not check_password("three small boots", kept)
    found = argon2.extract_parameters(kept.removeprefix("argon2"))
    assert (found.type, found.memory_cost) == (argon2.Type.ID, 19 * 1024)
    assert (found.time_cost, found.parallelism) == (2, 1)
