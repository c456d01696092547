"""In a web process without a broker, a mail leaves beside the page."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from members import outbox
from members.models import Hub, OutboxRow

pytestmark = pytest.mark.usefixtures("own_database")
GIVEN = {"what": "private"}


@pytest.fixture
def told(settings: Any) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """What outside effects were given, and in which thread they ran."""
    settings.WEFT_IS_WEB = True
    known, found = dict(outbox.effects), list[tuple[str, dict[str, Any]]]()

    @outbox.effect("test.tell", is_outside=True)
    def tell(payload: dict[str, Any]) -> None:
        found.append((threading.current_thread().name, payload))

    @outbox.effect("test.make")
    def make(payload: dict[str, Any]) -> None:
        Hub.objects.create(slug=payload["slug"], name="Hub", place=threading.current_thread().name)

    yield found
    outbox.effects.clear()
    outbox.effects.update(known)


def test_an_outside_effect_runs_in_a_thread(told: list[tuple[str, dict[str, Any]]]) -> None:
    outbox.put(effect="test.tell", key="k", payload=GIVEN)
    assert [payload for _thread, payload in told] == [GIVEN]
    assert told[0][0] != threading.current_thread().name
    assert OutboxRow.objects.get().done_at


def test_an_effect_in_the_database_runs_here(told: list[tuple[str, dict[str, Any]]]) -> None:
    outbox.put(effect="test.make", key="k", payload={"slug": "here"})
    assert Hub.objects.get().place == threading.current_thread().name


def test_when_too_many_run_the_clock_does_it(
    told: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "places_aside", threading.BoundedSemaphore(1))
    with outbox.places_aside:
        outbox.put(effect="test.tell", key="k", payload=GIVEN)
    assert told == []
    assert OutboxRow.objects.get().done_at is None
    assert outbox.empty() == 1
    assert [payload for _thread, payload in told] == [GIVEN]
