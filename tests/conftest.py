"""A migrated database for every worker, and the cast: people, hubs and a course."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation

from members.models import Member
from tests import factories
from tests.parts import has

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a program that this machine lacks; `tests.run` says so."""
    needs = {"browser": "chromium", "redis": "redis", "postgres": "postgres"}
    for item in items:
        for marker, part in needs.items():
            if item.get_closest_marker(marker) and not has(part):
                item.add_marker(pytest.mark.skip(reason=f"{part} is not on this machine"))


def template_database() -> Path:
    """A migrated SQLite file, made anew when a migration or a package changes."""
    parts = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements.lock"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()[:16]
    path = CACHE / f"migrated-{digest}.sqlite3"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            draft = path.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{draft}"}
            environment["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
            command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
            draft.rename(path)
    return path


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Every worker has a copy of the migrated file for itself."""
    copy = tmp_path_factory.mktemp("db") / "test.sqlite3"
    shutil.copy(template_database(), copy)
    connection.close()
    connection.settings_dict["NAME"] = str(copy)
    with django_db_blocker.unblock():
        connection.ensure_connection()
    yield
    connection.close()


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """No test sees what another one kept."""
    for cache in caches.all(initialized_only=False):
        cache.clear()
    yield


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    """A page in another language leaves that language behind."""
    yield
    translation.activate("en")


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Callable) -> Callable[[], AbstractContextManager]:
    """`with commit():` runs what is due after commit, as a real transaction would."""

    def one_transaction() -> AbstractContextManager:
        connection.run_on_commit.clear()
        return django_capture_on_commit_callbacks(execute=True)

    return one_transaction


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Two hubs with their people, a course in the first hub, and learners of both."""
    return factories.make_cast()


@pytest.fixture
def learner(cast: SimpleNamespace) -> Member:
    return cast.learner


@pytest.fixture
def signed_in(client: Client) -> Callable[[Member], Client]:
    """A client of its own for each member."""

    def sign_in(member: Member) -> Client:
        fresh = Client()
        fresh.force_login(member)
        return fresh

    return sign_in
