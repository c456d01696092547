"""The clock runs every job; one that fails stops no other."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail import hooks

from hub import clock, tasks
from hub.celery import app

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def first(now: datetime) -> str:
    return now.isoformat()


def broken(now: datetime) -> None:
    raise ValueError("nothing works")


def last(now: datetime) -> None:
    return None


NAMES = [f"{__name__}.{name}" for name in ("first", "broken", "last")]


@pytest.fixture
def three_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "jobs", lambda: iter([first, broken, last]))


def test_tick_runs_all_and_says_what_failed(three_jobs: None) -> None:
    assert clock.tick(NOON) == dict(zip(NAMES, [NOON.isoformat(), "failed", None], strict=True))


def test_every_app_has_its_jobs_in_the_clock() -> None:
    names = {f"{job.__module__}.{job.__name__}" for job in clock.jobs()}
    assert {"courses.jobs.due", "courses.jobs.new_day"} < names
    assert any(name.startswith("members.jobs.") for name in names)


def test_a_hook_adds_jobs() -> None:
    with hooks.register_temporarily("clock_jobs", lambda: [first]):
        assert first in list(clock.jobs())


def test_the_command_says_what_was_done(three_jobs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=r"^These jobs failed: tests\.hub\.test_clock\.broken$"):
        call_command("tick", stdout=out)
    assert f"{NAMES[2]}: done" in out.getvalue()
    monkeypatch.setattr(clock, "jobs", lambda: iter([last]))
    quiet = StringIO()
    call_command("tick", quiet=True, stdout=quiet)
    assert quiet.getvalue() == ""


def test_tick_twice_gives_the_same(cast: object) -> None:
    first_time, second_time = clock.tick(NOON), clock.tick(NOON)
    assert "failed" not in [*first_time.values(), *second_time.values()]
    assert first_time.keys() == second_time.keys()


def test_beat_calls_what_tick_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    (entry,) = settings.CELERY_BEAT_SCHEDULE.values()
    assert entry["schedule"] == 60.0
    ran: list[bool] = []
    monkeypatch.setattr(tasks, "run_tick", lambda: ran.append(True))
    app.tasks[entry["task"]].apply()
    assert ran == [True]
