"""Servers that live as long as the tests, and the loaded demo in a folder of a test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo_site import loaded_demo
from tests.server.programs import running_postgres, running_redis


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A throw-away PostgreSQL server; its address, with a database that nobody uses."""
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A throw-away Redis server; its address."""
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """The loaded demo, on SQLite."""
    return Path(shutil.copytree(loaded_demo(), tmp_path / "var"))
