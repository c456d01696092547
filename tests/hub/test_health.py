"""Is the process alive; can it serve."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from hub.views import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)


def ready() -> tuple[int, dict[str, Any]]:
    response = Client().get("/readyz")
    return response.status_code, response.json()


def fail(error: Exception) -> Callable[[], bool]:
    def check() -> bool:
        raise error

    return check


def test_healthz_asks_nothing(django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "Set-Cookie" not in response


def test_readyz_when_all_is_well(django_assert_max_num_queries: Callable) -> None:
    whole = {"status": "ok", "database": True, "cache": True, "broker": True}
    assert ready() == (200, whole)
    with django_assert_max_num_queries(1):
        assert ready() == (200, whole)


def test_readyz_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.CHECKS, "database", fail(DatabaseError("gone: secret words")))
    status, found = ready()
    assert (status, found["status"], found["database"]) == (503, "not ready", False)
    assert "secret" not in str(found)


def test_readyz_before_the_last_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *args: ["one"])
    status, found = ready()
    assert (status, found["database"]) == (503, False)


@pytest.mark.parametrize("part", ["cache", "broker"])
def test_readyz_with_a_part_gone_still_serves(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.CHECKS, part, fail(OSError("refused")))
    status, found = ready()
    assert (status, found["status"], found[part]) == (200, "degraded", False)
