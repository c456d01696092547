"""The content version: one token for all; a cache that fails is a cache that is not there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import timezone, translation

from content import version
from members import outbox
from members.models import OutboxRow

pytestmark = pytest.mark.django_db


class Down:
    """A cache that cannot be reached."""

    def __getattr__(self, name: str) -> Any:
        raise ConnectionError(name)


@pytest.fixture
def down(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on the cache of the version cannot be reached."""

    def take_down() -> None:
        monkeypatch.setattr(version, "caches", {"version": Down(), "default": caches["default"]})

    return take_down


def test_the_token_stays_until_something_is_published() -> None:
    first = version.current()
    assert first and version.current() == first
    assert version.bump() == version.current() != first


def test_what_is_built_is_kept_under_the_token_and_the_language() -> None:
    built: list[str] = []

    def build() -> None:
        built.append("once")

    for _time in range(2):
        assert version.cached("key", build) is None
    assert built == ["once"]
    with translation.override("es"):
        version.cached("key", build)
    version.bump()
    version.cached("key", build)
    assert len(built) == 3


def test_a_request_reads_the_token_once() -> None:
    with version.one_request():
        first = version.current()
        caches["version"].set(version.KEY, "of-another-process", None)
        assert version.current() == first
        mine = version.bump()
        assert version.current() == mine
    caches["version"].set(version.KEY, "of-another-process", None)
    assert version.current() == "of-another-process"


def test_without_a_cache_everything_is_built_anew(down: Callable) -> None:
    down()
    built: list[int] = []
    for _time in range(2):
        version.cached("key", lambda: built.append(1))
    assert (version.current(), len(built)) == (None, 2)
    with version.one_request():
        assert (version.current(), version.current()) == (None, None)


def test_a_cache_that_failed_is_left_alone_for_a_while(
    down: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = version.caches
    down()
    assert version.current() is None
    monkeypatch.setattr(version, "caches", there)
    assert version.current() is None
    monkeypatch.setattr(version.store, "rests_until", 0.0)
    assert version.current() is not None


def test_a_bump_that_fails_is_owed(commit: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version.current()
    with monkeypatch.context() as broken, commit():
        broken.setattr(version, "caches", {"version": Down()})
        version.bump_on_commit()
    monkeypatch.undo()
    assert OutboxRow.objects.get().effect == "content.bump_version"
    assert outbox.empty(timezone.now() + timedelta(hours=1)) == 1
    assert version.current() not in (None, before)
