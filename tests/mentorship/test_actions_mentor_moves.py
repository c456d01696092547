"""Staff note checks of a mentor, and move one with a reason."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from members.errors import Refused
from mentorship import actions
from mentorship.models import Mentor, MentorAsk, MentorCheck, Pairing
from tests.mentorship.factories import make_mentor
from tests.mentorship.mentor_parts import TODAY, make_busy, move
from tests.mentorship.story import DAY, NOON, fresh, last_told, links, recorded, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(cast: SimpleNamespace) -> SimpleNamespace:
    return make_busy(cast)


def test_a_check_is_noted_once_and_stands_on_the_row(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, check_level=0)
    facts = {"level": 2, "seen_on": TODAY, "due_on": date(2028, 5, 4)}
    for _time in range(2):
        check = actions.add_check(member=cast.coordinator, mentor=mentor, **facts, now=NOON)
    assert (check.seen_by, check.level, check.due_on) == (cast.coordinator, 2, date(2028, 5, 4))
    row = Mentor.objects.get()
    assert (row.check_level, row.check_due_on) == (2, date(2028, 5, 4))
    assert recorded(cast.mentor) == [
        ("The hub noted a check: Two references, seen on 4 May 2026.", "")
    ]
    assert MentorCheck.objects.count() == 1


def test_the_highest_check_in_date_counts_and_a_lower_one_after_it(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, check_level=0)
    for level, due in ((1, None), (3, date(2026, 6, 1)), (2, date(2026, 7, 1))):
        actions.add_check(
            member=cast.coordinator, mentor=mentor, level=level, seen_on=TODAY, due_on=due, now=NOON
        )

    def stands(now: datetime) -> tuple[int, int, date | None]:
        count = actions.refresh_checks(now=now)
        row = Mentor.objects.get()
        return count, row.check_level, row.check_due_on

    assert stands(NOON) == (0, 3, date(2026, 6, 1))
    assert stands(datetime(2026, 6, 1, tzinfo=UTC)) == (1, 2, date(2026, 7, 1))
    assert stands(datetime(2026, 7, 1, tzinfo=UTC)) == (1, 1, None)
    MentorCheck.objects.filter(level=1).update(due_on=date(2026, 8, 1))
    Mentor.objects.update(check_due_on=date(2026, 8, 1))
    assert stands(datetime(2026, 9, 1, tzinfo=UTC)) == (1, 3, date(2026, 6, 1))
    MentorCheck.objects.all().delete()
    assert stands(datetime(2026, 9, 1, tzinfo=UTC)) == (1, 0, None)


def test_checks_that_make_no_sense_are_refused(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    for level, seen_on, due_on, field in (
        (9, TODAY, None, "level"),
        (1, TODAY + DAY, None, "seen_on"),
        (1, TODAY, TODAY, "due_on"),
    ):
        with pytest.raises(Refused) as refusal:
            actions.add_check(
                member=cast.coordinator,
                mentor=mentor,
                level=level,
                seen_on=seen_on,
                due_on=due_on,
                now=NOON,
            )
        assert refusal.value.field == field
    assert not MentorCheck.objects.exists()


def test_others_neither_check_nor_move_a_mentor(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    words = r"^You do not look after this mentor.$"
    for stranger in (cast.mentor, cast.learner, cast.editor, cast.other_coordinator):
        with pytest.raises(Refused, match=words):
            actions.add_check(member=stranger, mentor=mentor, level=1, seen_on=TODAY, now=NOON)
        with pytest.raises(Refused, match=words):
            actions.move_mentor(member=stranger, mentor=mentor, to="left", reason="x", now=NOON)


def test_a_mentor_becomes_ready_with_a_check(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, state="applied", check_level=0)
    assert move(cast, mentor, "screening").state == "screening"
    with pytest.raises(Refused, match=r"^Note a check that is in date first.$") as refusal:
        move(cast, mentor, "ready")
    assert refusal.value.field == "to"
    actions.add_check(member=cast.coordinator, mentor=mentor, level=1, seen_on=TODAY, now=NOON)
    for _time in range(2):
        assert move(cast, mentor, "ready").state == "ready"
    assert Mentor.objects.get().free_since == NOON
    assert told(cast.mentor) == [
        "Your hub is looking at what you offer as a mentor.",
        "You are ready: learners can ask you to be their mentor.",
    ]
    assert links(cast.mentor)[-1] == "/mentorship/offer/"
    assert recorded(cast.mentor)[-1] == (
        "You are ready: learners can ask you to be their mentor.",
        "We met.",
    )


def test_staff_pause_a_mentor_and_what_was_asked_goes_on(
    cast: SimpleNamespace, busy: SimpleNamespace
) -> None:
    MentorAsk.objects.filter(pk=busy.asks[0].pk).update(chooses_for_me=True)
    assert move(cast, busy.mentor, "paused").state == "paused"
    assert fresh(busy.active).state == "active"
    stopped = busy.asked.moves.get()
    assert (stopped.verb, stopped.is_staff, stopped.reason) == ("stop", True, "We met.")
    assert Pairing.objects.get(ask=busy.asks[0], state="proposed").mentor == busy.second
    assert last_told(cast.mentor) == "Your hub has paused you as a mentor for now."


def test_staff_end_the_time_of_a_mentor(cast: SimpleNamespace, busy: SimpleNamespace) -> None:
    assert move(cast, busy.mentor, "left").state == "left"
    assert fresh(busy.active).end_reason == "mentor_left"
    assert last_told(cast.mentor) == "Your hub has ended your time as a mentor."
    assert move(cast, busy.mentor, "screening").state == "screening"


def test_a_move_needs_a_state_and_a_reason(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    for to, reason, field in (("applied", "x", "to"), ("left", " ", "reason")):
        with pytest.raises(Refused) as refusal:
            move(cast, mentor, to, reason)
        assert refusal.value.field == field
    assert recorded(cast.mentor) == []
