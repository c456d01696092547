"""Somebody gives time, and comes back after a stop."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from courses.models import Course, Enrolment
from members.actions import grant_role
from members.errors import Refused
from members.models import Member, Membership
from mentorship import actions, slots
from mentorship.models import Mentor
from tests.factories import make_course
from tests.mentorship.factories import (
    make_ask,
    make_mentor,
    make_pairing,
    make_programme,
    make_topic,
)
from tests.mentorship.mentor_parts import TODAY, move, offer
from tests.mentorship.story import DAY, NOON, last_told, links, told

pytestmark = pytest.mark.django_db


def finish(member: Member, course: Course) -> Enrolment:
    """A course that somebody has finished."""
    return Enrolment.objects.create(
        member=member,
        course=course,
        hub=course.hub,
        release=course.releases.get(),
        started_at=NOON,
        finished_at=NOON,
        last_at=NOON,
    )


def test_an_offer_is_an_application_and_the_hub_is_told(cast: SimpleNamespace) -> None:
    mentor = offer(cast, member=cast.outsider)
    assert (mentor.state, mentor.hub, mentor.applied_at) == ("applied", cast.hub, NOON)
    assert (mentor.ways, mentor.slots, mentor.traits) == (
        ("phone", "video"),
        ("mon-eve",),
        ("woman",),
    )
    assert (mentor.capacity, mentor.serves_all_hubs, mentor.hello) == (2, False, "Hello.")
    assert list(mentor.topics.all()) == [make_topic()]
    ranges = slots.minutes_of(["mon-eve"], "Europe/Madrid", TODAY)
    assert (mentor.hours_a, mentor.hours_b, mentor.hours_c) == slots.week_bits(ranges)
    assert Membership.objects.filter(member=cast.outsider, hub=cast.hub).exists()
    assert told(cast.coordinator)[-1] == "Outsider wants to be a mentor. Please get in touch soon."
    assert links(cast.coordinator)[-1] == "/desk/harbour/mentorship/"
    assert "mentor" not in " ".join(told(cast.other_coordinator))


def test_the_same_offer_twice_is_one_and_another_changes_it(cast: SimpleNamespace) -> None:
    first = offer(cast)
    before = told(cast.coordinator)
    assert offer(cast, now=NOON + DAY) == first
    changed = offer(cast, slots=["tue-am"], capacity=1, now=NOON + DAY)
    assert (changed.slots, changed.capacity, changed.applied_at) == (("tue-am",), 1, NOON)
    assert changed.hours_a != first.hours_a
    assert told(cast.coordinator) == before
    assert Mentor.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"topics": []}, "topics"),
        ({"languages": []}, "languages"),
        ({"ways": []}, "ways"),
        ({"slots": []}, "slots"),
        ({"traits": ["rich"]}, "traits"),
        ({"time_zone": "Nowhere"}, "time_zone"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 11}, "capacity"),
        ({"hello": "x" * 301}, "hello"),
    ],
)
def test_what_makes_no_mentor_is_refused_beside_its_field(
    cast: SimpleNamespace, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        offer(cast, **values)
    assert refusal.value.field == field
    assert not Mentor.objects.exists()


def test_a_course_is_named_only_when_it_is_finished(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="when you have finished it") as refusal:
        offer(cast, courses=[cast.course])
    assert refusal.value.field == "courses"
    finish(cast.mentor, cast.course)
    mentor = offer(cast, topics=[], courses=[cast.course])
    assert list(mentor.courses.all()) == [cast.course]


def test_an_account_that_is_off_offers_nothing(cast: SimpleNamespace) -> None:
    cast.mentor.is_active = False
    with pytest.raises(Refused, match=r"^You cannot become a mentor with this account.$"):
        offer(cast)


def test_nobody_under_18_is_a_mentor(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused, match=r"^Mentors are 18 or older for now.$") as refusal:
        offer(cast, member=cast.outsider, is_adult=False)
    assert refusal.value.field == "is_adult"
    assert not Mentor.objects.filter(member=cast.outsider).exists()


def test_no_fewer_seats_than_learners(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, capacity=3)
    for one in (cast.learner, cast.neighbour):
        make_pairing(make_ask(one, cast.hub), mentor, at=NOON)
    with pytest.raises(Refused) as refusal:
        offer(cast, capacity=1)
    assert refusal.value.reason == "You have 2 learners now. Choose that number or more."
    assert offer(cast, capacity=2).capacity == 2


@pytest.mark.parametrize("state", ["ready", "paused", "screening", "left"])
@pytest.mark.parametrize("level", [0, 1])
def test_another_hub_looks_at_a_mentor_anew(cast: SimpleNamespace, state: str, level: int) -> None:
    make_mentor(cast.mentor, cast.other_hub, check_level=level, state=state)
    moved = offer(cast)
    assert (moved.hub, moved.state, moved.check_level) == (cast.hub, "applied", level)
    assert last_told(cast.coordinator).startswith("Mentor wants to be a mentor.")
    said = ["Mentor is a mentor of Harbour Hub from now on. The pairs go on."]
    assert told(cast.other_coordinator)[1:] == ([] if state == "left" else said)


def test_a_mentor_who_goes_on_as_a_coordinator_is_not_told_of_it(cast: SimpleNamespace) -> None:
    make_mentor(cast.mentor, cast.other_hub)
    grant_role(member=cast.admin, to=cast.mentor, hub=cast.other_hub, role="coordinator")
    offer(cast)
    assert len(told(cast.other_coordinator)) == 2
    assert not [text for text in told(cast.mentor) if "The pairs go on." in text]


TOLD = {
    "applied": "Mentor wants to be a mentor. Please get in touch soon.",
    "ready": "Mentor is a mentor again. The checks still stand.",
}


@pytest.mark.parametrize(
    ("level", "due", "needed", "state"),
    [
        (1, None, 1, "ready"),
        (1, date(2026, 5, 5), 1, "ready"),
        (1, date(2026, 5, 4), 1, "applied"),
        (1, None, 2, "applied"),
        (0, None, 0, "ready"),
    ],
)
def test_who_comes_back_is_ready_where_the_checks_still_stand(
    cast: SimpleNamespace, level: int, due: date | None, needed: int, state: str
) -> None:
    make_programme(cast.hub, check_level=needed)
    make_mentor(cast.mentor, cast.hub, check_level=level, check_due_on=due)
    actions.leave_mentoring(member=cast.mentor, now=NOON)
    mentor = offer(cast)
    assert (mentor.state, mentor.applied_at, mentor.free_since) == (state, NOON, NOON)
    assert last_told(cast.coordinator) == TOLD[state]


@pytest.mark.parametrize(
    ("state", "again"),
    [
        ("applied", "applied"),
        ("screening", "applied"),
        ("left", "applied"),
        ("paused", "ready"),
        ("ready", "ready"),
    ],
)
def test_nobody_is_ready_by_stopping_and_beginning_again(
    cast: SimpleNamespace, state: str, again: str
) -> None:
    make_programme(cast.hub, check_level=0)
    make_mentor(cast.mentor, cast.hub, state=state)
    for _time in range(2):
        actions.leave_mentoring(member=cast.mentor, now=NOON)
        assert offer(cast).state == again
    assert last_told(cast.coordinator) == TOLD[again]


@pytest.mark.parametrize("to", ["paused", "screening", "left"])
def test_what_the_hub_has_stopped_only_the_hub_begins_again(cast: SimpleNamespace, to: str) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    assert move(cast, mentor, to).is_held_by_hub
    actions.leave_mentoring(member=cast.mentor, now=NOON)
    again = offer(cast)
    assert (again.state, again.is_held_by_hub) == ("applied", True)
    back = move(cast, mentor, "ready")
    assert (back.state, back.is_held_by_hub) == ("ready", False)
    actions.pause_mentor(member=cast.mentor, now=NOON)
    assert actions.return_mentor(member=cast.mentor, now=NOON).state == "ready"


def test_whom_the_hub_paused_does_not_come_back_alone(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    actions.pause_mentor(member=cast.mentor, now=NOON)
    for _time in range(2):
        assert move(cast, mentor, "paused").is_held_by_hub
    assert told(cast.mentor) == ["Your hub has paused you as a mentor for now."]
    words = r"^Your hub has paused this. Please ask the people of your hub.$"
    with pytest.raises(Refused, match=words):
        actions.return_mentor(member=cast.mentor, now=NOON)
    assert Mentor.objects.get().state == "paused"


def test_whom_the_hub_ended_after_they_left_is_looked_at_anew(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    actions.leave_mentoring(member=cast.mentor, now=NOON)
    move(cast, mentor, "left")
    assert offer(cast).state == "applied"


def test_a_coordinator_who_offers_is_looked_at_by_others(cast: SimpleNamespace) -> None:
    before = told(cast.coordinator)
    offer(cast, member=cast.coordinator)
    assert told(cast.coordinator) == before


def test_a_learner_who_finished_a_course_volunteers_for_it(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="when you have finished it"):
        actions.volunteer_micro(member=cast.learner, course=cast.course, now=NOON)
    finish(cast.learner, cast.course)
    cast.learner.language = "es"
    for _time in range(2):
        mentor = actions.volunteer_micro(member=cast.learner, course=cast.course, now=NOON)
    assert (mentor.state, mentor.is_micro, mentor.capacity) == ("applied", True, 1)
    assert (mentor.languages, mentor.slots, mentor.time_zone) == (("es",), (), "UTC")
    assert list(mentor.courses.all()) == [cast.course]
    assert last_told(cast.coordinator).startswith("Learner wants to be a mentor.")


def test_a_mentor_gives_one_more_course_and_one_who_left_comes_back(cast: SimpleNamespace) -> None:
    finish(cast.mentor, cast.course)
    make_mentor(cast.mentor, cast.hub)
    mentor = actions.volunteer_micro(member=cast.mentor, course=cast.course, now=NOON)
    assert (mentor.state, mentor.is_micro, list(mentor.courses.all())) == (
        "ready",
        False,
        [cast.course],
    )
    second = make_course(cast.hub, "second", lessons=("read",))
    finish(cast.mentor, second)
    Mentor.objects.update(state="left", check_level=0)
    mentor = actions.volunteer_micro(member=cast.mentor, course=second, now=NOON)
    assert (mentor.state, mentor.is_micro, mentor.slots) == ("applied", False, mentor.slots)
    assert mentor.courses.count() == 2


def test_hours_follow_the_clocks(cast: SimpleNamespace) -> None:
    winter = datetime(2026, 1, 5, 12, tzinfo=UTC)
    mentor = make_mentor(cast.mentor, cast.hub, time_zone="Europe/Madrid", on=winter.date())
    make_mentor(cast.neighbour, cast.hub, on=winter.date())
    make_mentor(cast.partner, cast.hub, time_zone="Europe/Madrid", on=winter.date(), state="left")
    assert [actions.refresh_hours(now=NOON) for _time in range(2)] == [1, 0]
    changed = Mentor.objects.get(pk=mentor.pk)
    ranges = slots.minutes_of(mentor.slots, "Europe/Madrid", TODAY)
    assert (changed.hours_a, changed.hours_b, changed.hours_c) == slots.week_bits(ranges)
