"""The clock looks for mentors for some asks at a time: all in turn, and nobody starves."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentorship import jobs
from mentorship.actions import turns
from mentorship.models import MentorAsk, Pairing
from tests.factories import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing
from tests.mentorship.story import DAY, HOUR, NOON, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "AT_ONCE", 2)


def asks_of(cast: SimpleNamespace, **values: object) -> list[MentorAsk]:
    """Five asks, the first who asked first; nobody is free for the first two."""
    people = [make_member(f"person_{number}") for number in range(5)]
    return [
        make_ask(
            person,
            cast.hub,
            asked_at=NOON + number * HOUR,
            languages=("fr",) if number < 2 else ("en",),
            **values,
        )
        for number, person in enumerate(people)
    ]


def taken(now: datetime) -> list[int]:
    """Whose turn it is, by the number in the name."""
    rows = turns.take_turns(MentorAsk.objects.all(), now)
    return [int(row.member.username[-1]) for row in rows]  # type: ignore[union-attr]


def test_all_come_in_turn_the_first_who_asked_first(cast: SimpleNamespace) -> None:
    asks = asks_of(cast)
    assert [taken(NOON + n * DAY) for n in range(4)] == [[0, 1], [2, 3], [0, 4], [1, 2]]
    late = make_ask(make_member("person_9"), cast.hub, asked_at=NOON + 9 * DAY)
    assert taken(NOON + 9 * DAY) == [3, 9]
    late.refresh_from_db()
    assert (late.tried_at, asks[0].asked_at) == (NOON + 9 * DAY, NOON)


def test_who_has_asked_somebody_or_waits_no_more_takes_no_turn(cast: SimpleNamespace) -> None:
    asks = asks_of(cast)
    make_pairing(asks[0], make_mentor(cast.mentor, cast.hub), "proposed", at=NOON)
    other = make_mentor(make_member("other"), cast.hub)
    make_pairing(asks[1], other, "declined", at=NOON)
    MentorAsk.objects.filter(pk=asks[2].pk).update(state="withdrawn")
    assert taken(NOON + DAY) == [3, 4]
    assert taken(NOON + 4 * DAY) == [0, 1]


def test_nobody_starves_behind_those_for_whom_nobody_is_free(cast: SimpleNamespace) -> None:
    asks = asks_of(cast, chooses_for_me=True)
    make_mentor(cast.mentor, cast.hub, applied_at=NOON)
    got = [jobs.send_on(NOON + DAY + n * HOUR) for n in range(3)]
    assert got == ["0 over, 0 sent on", "0 over, 1 sent on", "0 over, 0 sent on"]
    assert Pairing.objects.get().ask == asks[2]


def test_who_chooses_alone_is_told_in_turn(cast: SimpleNamespace) -> None:
    asks = asks_of(cast)
    make_mentor(cast.mentor, cast.hub, applied_at=NOON)
    got = [jobs.tell_free(NOON + 2 * DAY + n * HOUR) for n in range(4)]
    assert got == [0, 2, 1, 0]
    for ask in asks:
        assert ask.member is not None
        assert len(told(ask.member)) == (ask.languages == ("en",))


@pytest.mark.parametrize("job", [jobs.send_on, jobs.tell_free])
def test_what_a_tick_costs_does_not_grow_with_those_who_wait(
    cast: SimpleNamespace, job: object
) -> None:
    counts = []
    for number in range(2):
        for person in range(number * 4, number * 4 + 4):
            who = make_member(f"waits_{person}")
            values = {"chooses_for_me": job is jobs.send_on, "languages": ("fr",)}
            make_ask(who, cast.hub, asked_at=NOON, **values)
        job(NOON + 2 * DAY)  # type: ignore[operator]
        with CaptureQueriesContext(
            connection,
        ) as found:
            job(NOON + (3 + number) * DAY)  # type: ignore[operator]
        counts.append(len(found))
    assert counts[0] == counts[1]
