"""A migrated database for every worker, and the cast: people, hubs and a course."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker

from content import version
from members.models import Member
from tests import factories, outer_parts
from tests.databases import database_copy, use, use_copy
from tests.parts import has

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# What can stand in a database before a test; who wants leaks has the cast too.
MAKERS = {"wants_leaks": outer_parts.make_with_leaks, "wants_cast": factories.make_cast}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a program that this machine lacks; `tests.run` says so."""
    needs = {"browser": "chromium", "redis": "redis", "postgres": "postgres", "pdf": "pdftotext"}
    for item in items:
        for marker, part in needs.items():
            if item.get_closest_marker(marker) and not has(part):
                item.add_marker(pytest.mark.skip(reason=f"{part} is not on this machine"))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Every worker has migrated databases for itself, files or on PostgreSQL: an empty one, and
    those in which something stands already."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(use_copy(tmp_path_factory.mktemp("db")))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="session")
def prepared(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], str]]:
    """Gives the name of a database in which what a test wants stands already, made today: making
    it takes as long as many a test."""
    with ExitStack() as stack:

        @cache
        def make(wanted: str, day: date) -> str:
            with django_db_blocker.unblock():
                name = stack.enter_context(database_copy(tmp_path_factory.mktemp(wanted)))
                with use(name), transaction.atomic():
                    MAKERS[wanted]()
            return name

        yield lambda wanted: make(wanted, date.today())


@pytest.fixture
def wants_cast() -> None:
    """Whoever asks for this has the cast in the database before the test begins."""


@pytest.fixture
def wants_leaks() -> None:
    """Whoever asks for this has the cast there, and all that could leak from lists."""


@pytest.fixture
def right_database(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database in which stands what a test wants; else the empty one."""
    wanted = next((name for name in MAKERS if name in request.fixturenames), None)
    if wanted is None:
        yield
        return
    name = request.getfixturevalue("prepared")(wanted)
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(use(name))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture
def _django_db_helper(right_database: None, _django_db_helper: None) -> None:
    """The database is chosen before the transaction of a test begins."""


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files cannot be written to their end: half of each stays."""

    def half(storage: FileSystemStorage, name: str, content: Any) -> str:
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", half)


@pytest.fixture
def own_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """A database for one test, with real commits; threads of the test may use it too."""
    with django_db_blocker.unblock(), use_copy(tmp_path):
        yield


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """No test sees what another one kept, or that a cache failed."""
    for kept in caches.all(initialized_only=False):
        kept.clear()
    version.store.rests_until = 0.0
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
def cast(wants_cast: None, db: None) -> SimpleNamespace:
    """Two hubs with their people, a course in the first hub, and learners of both."""
    return factories.find_cast()


@pytest.fixture
def leaky(wants_leaks: None, db: None) -> SimpleNamespace:
    """The cast, with a course for members, and all that may not be seen."""
    return outer_parts.find_with_leaks()


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
