"""Somebody gives time, is looked at by the hub, pauses, comes back, leaves."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from courses.models import Course, Enrolment
from members.actions import grant_role
from members.errors import Refused
from members.models import Member, Membership
from mentorship import actions, slots
from mentorship.models import Absence, Mentor, MentorAsk, MentorCheck, Pairing
from tests.factories import make_course, make_member
from tests.mentorship.factories import (
    make_absence,
    make_ask,
    make_mentor,
    make_pairing,
    make_programme,
    make_topic,
)
from tests.mentorship.story import DAY, NOON, fresh, last_told, links, moves, recorded, told

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


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


def offer(cast: SimpleNamespace, **values: Any) -> Mentor:
    """Offer as the mentor of the cast."""
    facts: dict[str, Any] = {
        "member": cast.mentor,
        "hub": cast.hub,
        "topics": [make_topic()],
        "languages": ["en"],
        "ways": ["video", "phone"],
        "slots": ["mon-eve"],
        "traits": ["woman"],
        "time_zone": "Europe/Madrid",
        "capacity": 2,
        "serves_all_hubs": False,
        "hello": " Hello. ",
        "is_adult": True,
        "now": NOON,
        **values,
    }
    return actions.offer_mentoring(**facts)


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


def test_days_away_are_told_to_the_learners(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2)
    pairing = make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON)
    make_pairing(make_ask(cast.neighbour, cast.hub), mentor, "proposed", at=NOON)
    days = {"from_on": date(2026, 5, 10), "until_on": date(2026, 5, 20)}
    got = [actions.set_absence(member=cast.mentor, **days, now=NOON) for _time in range(2)]
    assert got[0] == got[1]
    assert told(cast.learner) == ["Mentor is away from 10 May 2026 to 20 May 2026."]
    assert links(cast.learner) == [f"/mentorship/pairs/{pairing.pk}/"]
    assert told(cast.neighbour) == []


def test_what_runs_into_days_away_is_handed_on(cast: SimpleNamespace) -> None:
    """A question, and a no of which its mentee knows nothing: both hear the same. What is over
    before the days begin stays."""
    mentor = make_mentor(cast.mentor, cast.hub, capacity=3)
    other = make_mentor(cast.partner, cast.hub)
    asks = {
        name: make_ask(getattr(cast, name), cast.hub, chooses_for_me=name == "learner")
        for name in ("learner", "neighbour", "outsider")
    }
    out = make_pairing(asks["learner"], mentor, "proposed", at=NOON)
    no = make_pairing(asks["neighbour"], mentor, "declined", at=NOON)
    early = make_pairing(asks["outsider"], mentor, "proposed", at=NOON - DAY)
    days = {"from_on": TODAY + 3 * DAY, "until_on": TODAY + 9 * DAY}
    for _time in range(2):
        actions.set_absence(member=cast.mentor, **days, now=NOON)
    assert [fresh(one).state for one in (out, no, early)] == ["withdrawn", "declined", "proposed"]
    assert fresh(no).ended_at == NOON
    words = "Mentor cannot be your mentor at the moment."
    assert told(cast.neighbour) == [f"{words} Please choose another one. You keep your place."]
    assert told(cast.learner)[0] == (
        f"{words} We look for the next one for you. You keep your place."
    )
    assert told(cast.outsider) == []
    following = Pairing.objects.get(ask=asks["learner"], state="proposed")
    assert (following.mentor, Pairing.objects.count()) == (other, 4)


def test_days_away_ahead_are_told_with_the_yes(cast: SimpleNamespace) -> None:
    """Those within the time of the two, whoever says yes for the mentor."""
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2)
    make_absence(mentor, NOON - 9 * DAY)
    make_absence(mentor, NOON + 30 * DAY, days=2)
    make_absence(mentor, NOON + 85 * DAY)
    words = "Mentor is away from 3 June 2026 to 5 June 2026."
    for asker, by in ((cast.learner, cast.mentor), (cast.neighbour, cast.coordinator)):
        asked = make_pairing(make_ask(asker, cast.hub), mentor, "proposed", at=NOON)
        for _time in range(2):
            if by == cast.mentor:
                actions.accept_pairing(member=by, pairing=asked, now=NOON)
            else:
                actions.move_pairing(
                    member=by, pairing=asked, verb="accept", reason="Rang.", now=NOON
                )
        assert [one for one in told(asker) if "away" in one] == [words]
    assert [one for one in told(cast.mentor) if "away" in one] == []


def test_days_that_make_no_sense_are_refused(cast: SimpleNamespace) -> None:
    with pytest.raises(Refused, match=r"^You are not a mentor.$"):
        actions.set_absence(member=cast.learner, from_on=TODAY, until_on=TODAY, now=NOON)
    make_mentor(cast.mentor, cast.hub)
    for first, last in ((TODAY, TODAY - DAY), (TODAY - 2 * DAY, TODAY - DAY)):
        with pytest.raises(Refused) as refusal:
            actions.set_absence(member=cast.mentor, from_on=first, until_on=last, now=NOON)
        assert refusal.value.field == "until_on"
    assert not Absence.objects.exists()


def test_days_away_are_dropped_by_who_set_them(cast: SimpleNamespace) -> None:
    absence = make_absence(make_mentor(cast.mentor, cast.hub), NOON)
    with pytest.raises(Refused, match=r"^These are not your days.$"):
        actions.drop_absence(member=cast.learner, absence=absence)
    gone = [actions.drop_absence(member=cast.mentor, absence=absence) for _time in range(2)]
    assert gone == [True, False]


def test_who_was_told_of_days_away_is_told_that_they_are_none(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2)
    make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON)
    make_pairing(make_ask(cast.neighbour, cast.hub), mentor, at=NOON - 80 * DAY)
    days = {"from_on": date(2026, 5, 10), "until_on": date(2026, 5, 20)}
    absence = actions.set_absence(member=cast.mentor, **days, now=NOON)
    for _time in range(2):
        actions.drop_absence(member=cast.mentor, absence=absence, now=NOON)
    assert told(cast.learner)[1:] == [
        "Mentor is not away from 10 May 2026 to 20 May 2026 after all."
    ]
    assert told(cast.neighbour) == []


@pytest.mark.parametrize(
    ("away", "due"), [([], 14), ([(1, 20)], 27), ([(1, 20), (26, 30)], 37), ([(15, 30)], 14)]
)
def test_the_first_meeting_waits_for_the_mentors_return(
    cast: SimpleNamespace, away: list[tuple[int, int]], due: int
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    for first, last in away:
        make_absence(mentor, NOON + first * DAY, days=last - first)
    asked = make_pairing(make_ask(cast.learner, cast.hub), mentor, "proposed", at=NOON)
    pair = actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)
    assert pair.meet_by == NOON + due * DAY


def test_days_away_in_the_time_that_is_added_are_told(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    pairing = make_pairing(make_ask(cast.learner, cast.hub), mentor, "active", at=NOON)
    make_absence(mentor, NOON + 90 * DAY)
    assert told(cast.learner) == []
    actions.extend_pairing(member=cast.mentor, pairing=pairing, now=NOON)
    assert [one for one in told(cast.learner) if "away" in one] == [
        "Mentor is away from 2 August 2026 to 9 August 2026."
    ]


def test_hours_follow_the_clocks(cast: SimpleNamespace) -> None:
    winter = datetime(2026, 1, 5, 12, tzinfo=UTC)
    mentor = make_mentor(cast.mentor, cast.hub, time_zone="Europe/Madrid", on=winter.date())
    make_mentor(cast.neighbour, cast.hub, on=winter.date())
    make_mentor(cast.partner, cast.hub, time_zone="Europe/Madrid", on=winter.date(), state="left")
    assert [actions.refresh_hours(now=NOON) for _time in range(2)] == [1, 0]
    changed = Mentor.objects.get(pk=mentor.pk)
    ranges = slots.minutes_of(mentor.slots, "Europe/Madrid", TODAY)
    assert (changed.hours_a, changed.hours_b, changed.hours_c) == slots.week_bits(ranges)


@pytest.fixture
def busy(cast: SimpleNamespace) -> SimpleNamespace:
    """A mentor with a proposal, a pair that met, one in its closing step, and one more mentor."""
    mentor = make_mentor(cast.mentor, cast.hub, capacity=4)
    people = [cast.learner, cast.neighbour, cast.partner]
    asks = [make_ask(one, cast.hub, asked_at=NOON - 30 * DAY) for one in people]
    asked = make_pairing(asks[0], mentor, "proposed", at=NOON)
    active = make_pairing(asks[1], mentor, "active", at=NOON)
    closing = make_pairing(asks[2], mentor, "closing", at=NOON)
    second = make_mentor(make_member("second"), cast.hub)
    return SimpleNamespace(
        mentor=mentor, asks=asks, asked=asked, active=active, closing=closing, second=second
    )


def test_a_move_to_another_hub_hands_on_what_was_asked_and_keeps_the_pairs(
    cast: SimpleNamespace, busy: SimpleNamespace
) -> None:
    MentorAsk.objects.filter(pk=busy.asks[0].pk).update(chooses_for_me=True)
    before = [told(one) for one in (cast.neighbour, cast.partner)]
    for _time in range(2):
        moved = offer(cast, hub=cast.other_hub, capacity=4)
        assert (moved.hub, moved.state) == (cast.other_hub, "applied")
    assert fresh(busy.asked).state == "withdrawn"
    assert (fresh(busy.active).state, fresh(busy.closing).state) == ("active", "closing")
    assert fresh(busy.active).hub == cast.hub
    assert Pairing.objects.get(ask=busy.asks[0], state="proposed").mentor == busy.second
    assert told(cast.learner)[0].startswith("Mentor cannot be your mentor at the moment.")
    assert [told(one) for one in (cast.neighbour, cast.partner)] == before
    actions.send_message(
        member=cast.mentor, pairing=busy.active, key=uuid4(), words="Hello.", now=NOON
    )
    assert told(cast.coordinator)[-1].startswith("Mentor is a mentor of ")
    assert links(cast.coordinator)[-1] == "/desk/harbour/mentorship/"


def test_a_pause_hands_on_what_was_asked_and_keeps_the_pairs(
    cast: SimpleNamespace, busy: SimpleNamespace
) -> None:
    MentorAsk.objects.filter(pk=busy.asks[0].pk).update(chooses_for_me=True)
    for _time in range(2):
        assert actions.pause_mentor(member=cast.mentor, now=NOON).state == "paused"
    assert fresh(busy.asked).state == "withdrawn"
    assert (fresh(busy.active).state, fresh(busy.closing).state) == ("active", "closing")
    assert Pairing.objects.get(ask=busy.asks[0], state="proposed").mentor == busy.second
    assert told(cast.learner) == [
        "Mentor cannot be your mentor at the moment. We look for the next one for you. "
        "You keep your place.",
        "We asked Second to be your mentor. You will know by 7 May 2026, 12:00.",
    ]


def test_who_paused_comes_back(cast: SimpleNamespace) -> None:
    make_mentor(cast.mentor, cast.hub, state="paused")
    for days in range(2):
        mentor = actions.return_mentor(member=cast.mentor, now=NOON + days * DAY)
    assert (mentor.state, mentor.free_since) == ("ready", NOON)


@pytest.mark.parametrize("state", ["applied", "screening", "left"])
def test_nobody_makes_themselves_ready(cast: SimpleNamespace, state: str) -> None:
    make_mentor(cast.mentor, cast.hub, state=state)
    for act in (actions.return_mentor, actions.pause_mentor):
        with pytest.raises(Refused, match=r"^Your hub has not said yet that you are ready.$"):
            act(member=cast.mentor, now=NOON)


def test_who_is_no_mentor_neither_pauses_nor_leaves(cast: SimpleNamespace) -> None:
    for act in (actions.return_mentor, actions.pause_mentor, actions.leave_mentoring):
        with pytest.raises(Refused, match=r"^You are not a mentor.$"):
            act(member=cast.learner, now=NOON)


def test_who_leaves_hands_over_and_nobody_loses_the_place(
    cast: SimpleNamespace, busy: SimpleNamespace
) -> None:
    for days in range(2):
        mentor = actions.leave_mentoring(
            member=cast.mentor, reason=" A new job. ", now=NOON + days * DAY
        )
    assert mentor.state == "left"
    ended = [fresh(one) for one in (busy.asked, busy.active, busy.closing)]
    assert [(one.state, one.end_reason, one.ended_at) for one in ended] == [
        ("withdrawn", "", NOON),
        ("closed", "mentor_left", NOON),
        ("closed", "done", NOON),
    ]
    renewed = MentorAsk.objects.get(member=cast.neighbour, state="waiting")
    assert (renewed.asked_at, renewed.follows) == (NOON - 30 * DAY, busy.active)
    assert not MentorAsk.objects.filter(member=cast.partner, state="waiting").exists()
    assert told(cast.learner) == [
        "Mentor cannot be your mentor at the moment. Please choose another one. "
        "You keep your place."
    ]
    assert told(cast.neighbour) == [
        "Mentor can no longer be your mentor. See who else fits. "
        "You keep your place: you asked on 4 April 2026."
    ]
    assert told(cast.partner) == [
        "Your time with Mentor is over. You can ask for a mentor again with one tap."
    ]
    move = busy.active.moves.get()
    assert (move.verb, move.actor, move.is_staff, move.reason) == (
        "stop",
        cast.mentor,
        False,
        "",
    )


def test_a_pair_whose_learner_chose_nothing_is_sent_on_at_once(
    cast: SimpleNamespace, busy: SimpleNamespace
) -> None:
    MentorAsk.objects.filter(pk=busy.asks[1].pk).update(chooses_for_me=True)
    actions.leave_mentoring(member=cast.mentor, now=NOON)
    found = Pairing.objects.get(mentee=cast.neighbour, state="proposed")
    assert (found.mentor, found.ask.asked_at) == (busy.second, NOON - 30 * DAY)


def test_a_pair_without_its_learner_just_closes(
    cast: SimpleNamespace, busy: SimpleNamespace
) -> None:
    MentorAsk.objects.filter(pk=busy.asks[1].pk).update(member=None)
    Pairing.objects.filter(pk=busy.active.pk).update(mentee=None)
    actions.leave_mentoring(member=cast.mentor, now=NOON)
    assert fresh(busy.active).state == "closed"
    assert not MentorAsk.objects.filter(follows=busy.active).exists()


def test_what_is_over_by_its_date_is_not_ended_again(
    cast: SimpleNamespace, busy: SimpleNamespace
) -> None:
    actions.leave_mentoring(member=cast.mentor, now=NOON + 3 * DAY)
    assert moves(busy.asked) == [("expire", "proposed", "expired")]


def test_a_long_reason_to_leave_is_refused(cast: SimpleNamespace) -> None:
    make_mentor(cast.mentor, cast.hub)
    with pytest.raises(Refused) as refusal:
        actions.leave_mentoring(member=cast.mentor, reason="x" * 501, now=NOON)
    assert refusal.value.field == "reason"


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


def move(cast: SimpleNamespace, mentor: Mentor, to: str, reason: str = "We met.") -> Mentor:
    """Move a mentor as the coordinator."""
    return actions.move_mentor(
        member=cast.coordinator, mentor=mentor, to=to, reason=reason, now=NOON
    )


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
