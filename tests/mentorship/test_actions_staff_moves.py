"""Staff move a pair, with a reason for both to read."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from members.actions import grant_role
from members.errors import Refused
from mentorship import actions
from mentorship.models import Meeting, MentorAsk, Pairing
from tests.factories import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing
from tests.mentorship.pairing_parts import dates, make_met, staff
from tests.mentorship.story import DAY, HOUR, NOON, fresh, last_told, recorded, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairing(cast: SimpleNamespace) -> Pairing:
    return make_met(cast)


def test_staff_make_any_move_with_a_reason_for_both_to_read(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    until = NOON + 12 * DAY
    for verb, state, words in (
        ("pause", "paused", "The hub gave your pair a break."),
        ("resume", "active", "The hub ended the break of your pair."),
        ("end", "closing", "The hub began the end of your pair."),
        ("reopen", "active", "The hub let your pair go on."),
        ("end", "closing", "The hub began the end of your pair."),
        ("close", "closed", "The hub closed your pair."),
    ):
        for _time in range(2):
            assert staff(cast, pairing, verb, until=until).state == state
        entry = (words, "They rang us.")
        assert recorded(cast.learner)[-1] == recorded(cast.mentor)[-1] == entry
    made = pairing.moves.filter(is_staff=True)
    assert {(one.actor, one.reason) for one in made} == {(cast.coordinator, "They rang us.")}
    assert made.count() == len(recorded(cast.learner)) == 6


def test_staff_note_the_first_meeting_and_say_yes(cast: SimpleNamespace) -> None:
    ask, mentor = make_ask(cast.learner, cast.hub), make_mentor(cast.mentor, cast.hub)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    assert staff(cast, asked, "accept").state == "accepted"
    assert MentorAsk.objects.get().state == "paired"
    assert last_told(cast.mentor) == (
        "You are now Learner's mentor. Please meet for the first time by 20 May 2026."
    )
    row = staff(cast, asked, "meet")
    assert (row.state, row.first_met_at) == ("active", NOON + 2 * DAY)


def test_what_staff_note_is_a_meeting_and_both_are_told_its_day(cast: SimpleNamespace) -> None:
    """Twice is one; a plan for the day is that meeting; the pair can put it right."""
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2)
    pairing = make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON - 3 * DAY)
    other = make_pairing(make_ask(cast.neighbour, cast.hub), mentor, at=NOON - 3 * DAY)
    plan = actions.plan_meeting(
        member=cast.learner,
        pairing=pairing,
        key=uuid4(),
        starts_at=NOON + 2 * HOUR,
        way="video",
        now=NOON,
    )
    before = told(cast.learner), told(cast.mentor)
    for _time in range(2):
        row = staff(cast, pairing, "meet", met_on=NOON.date())
    assert (row.state, row.first_met_at) == ("active", NOON + 2 * HOUR)
    made = Meeting.objects.get(pairing=pairing)
    assert (made.pk, made.state, made.starts_at) == (plan.pk, "held", NOON + 2 * HOUR)
    end = "on 4 May 2026. If that is not so, you can say it on your page."
    after = told(cast.learner)[len(before[0]) :], told(cast.mentor)[len(before[1]) :]
    assert after == (
        [f"Harbour Hub noted that you met Mentor {end}"],
        [f"Harbour Hub noted that you met Learner {end}"],
    )
    staff(cast, other, "meet", met_on=(NOON + DAY).date())
    fresh_one = Meeting.objects.get(pairing=other)
    assert (fresh_one.state, fresh_one.starts_at) == ("held", NOON + DAY)
    assert (fresh_one.minutes, fresh_one.made_by) == (30, cast.coordinator)


def test_staff_take_a_wrong_first_meeting_back(cast: SimpleNamespace) -> None:
    """The meeting did not happen; with a second one it is for the two to put right."""
    mentor = make_mentor(cast.mentor, cast.hub)
    pairing = make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON)
    staff(cast, pairing, "meet", met_on=NOON.date(), now=NOON + DAY)
    for _time in range(2):
        row = staff(cast, pairing, "not_met")
        assert (row.state, row.first_met_at) == ("accepted", None)
    assert Meeting.objects.get().state == "missed"
    end = "have not met yet. If that is not so, you can say it on your page."
    assert last_told(cast.learner) == f"Harbour Hub noted that you and Mentor {end}"
    assert last_told(cast.mentor) == f"Harbour Hub noted that you and Learner {end}"
    entry = ("The hub took the note of your first meeting back.", "They rang us.")
    assert recorded(cast.learner)[-1] == recorded(cast.mentor)[-1] == entry
    staff(cast, pairing, "meet", met_on=NOON.date(), now=NOON + 3 * DAY)
    again = NOON + 4 * DAY
    actions.log_meeting(member=cast.learner, pairing=pairing, key=uuid4(), way="phone", now=again)
    with pytest.raises(Refused, match=r"^They have met more than once. The two can put it right.$"):
        staff(cast, pairing, "not_met", now=again)


def test_staff_give_more_time_once(cast: SimpleNamespace, pairing: Pairing) -> None:
    ends_at = fresh(pairing).term_ends_at
    assert ends_at is not None
    weeks = pairing.programme.extension_weeks
    for _time in range(2):
        row = staff(cast, pairing, "extend")
        assert row.term_ends_at == ends_at + timedelta(weeks=weeks)
        assert (row.state, row.extended_at) == ("active", NOON + 2 * DAY)
    entry = ("The hub gave your pair more time.", "They rang us.")
    assert recorded(cast.learner) == recorded(cast.mentor) == [entry]
    assert last_told(cast.learner).startswith("You and Mentor have more time: until ")
    assert last_told(cast.mentor).startswith("You and Learner have more time: until ")


def test_staff_give_no_time_where_there_is_none(cast: SimpleNamespace, pairing: Pairing) -> None:
    actions.extend_pairing(member=cast.learner, pairing=pairing, now=NOON + DAY)
    with pytest.raises(Refused, match=r"^This pair cannot have more time.$"):
        staff(cast, pairing, "extend")


def test_a_plan_for_later_that_day_was_held_before_now(cast: SimpleNamespace) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    pairing = make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON)
    facts: dict[str, Any] = {"pairing": pairing, "key": uuid4(), "way": "video", "now": NOON}
    actions.plan_meeting(member=cast.learner, starts_at=NOON + 3 * HOUR, **facts)
    assert staff(cast, pairing, "meet", now=NOON + HOUR).first_met_at == NOON
    assert Meeting.objects.get().starts_at == NOON


@pytest.mark.parametrize("days", [-3, 3])
def test_staff_name_no_day_to_come_and_none_before_the_pair(
    cast: SimpleNamespace, days: int
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    pairing = make_pairing(make_ask(cast.learner, cast.hub), mentor, at=NOON)
    with pytest.raises(Refused) as refusal:
        staff(cast, pairing, "meet", met_on=(NOON + days * DAY).date())
    assert refusal.value.field == "met_on"
    assert (fresh(pairing).state, Meeting.objects.count()) == ("accepted", 0)


def test_staff_stop_a_pair_at_once(cast: SimpleNamespace, pairing: Pairing) -> None:
    row = staff(cast, pairing, "stop")
    assert (row.state, row.end_reason, row.ended_at) == ("closed", "other", NOON + 2 * DAY)
    assert recorded(cast.learner) == [("The hub ended your pair.", "They rang us.")]
    assert last_told(cast.mentor) == (
        "The pairing that began on 4 May 2026 is over. Thank you for your time and care."
    )


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("withdraw", "withdrawn"),
        ("expire", "expired"),
        ("stop", "withdrawn"),
    ],
)
def test_staff_end_a_proposal_and_it_goes_on(cast: SimpleNamespace, verb: str, state: str) -> None:
    ask = make_ask(cast.learner, cast.hub, chooses_for_me=True)
    mentor = make_mentor(cast.mentor, cast.hub)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    second = make_mentor(make_member("second"), cast.hub)
    assert staff(cast, asked, verb).state == state
    assert Pairing.objects.get(ask=ask, state="proposed").mentor == second
    taken_back = ("The hub took a question to a mentor back.", "They rang us.")
    assert recorded(cast.learner) == [taken_back]
    assert told(cast.learner)[0].startswith("Mentor cannot be your mentor at the moment.")


def test_staff_say_no_for_the_mentor_and_the_mentee_learns_nothing_before_the_time(
    cast: SimpleNamespace,
) -> None:
    ask = make_ask(cast.learner, cast.hub, chooses_for_me=True)
    mentor = make_mentor(cast.mentor, cast.hub)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    second = make_mentor(make_member("second"), cast.hub)
    before = told(cast.learner)
    assert staff(cast, asked, "decline").state == "declined"
    assert (told(cast.learner), recorded(cast.learner)) == (before, [])
    assert recorded(cast.mentor) == [("The hub said no for the mentor.", "They rang us.")]
    words = "Harbour Hub said no to a learner for you. You need not answer any more."
    assert told(cast.mentor)[1:] == [words]
    assert staff(cast, asked, "decline").state == "declined"
    assert told(cast.mentor)[1:] == [words]
    assert not Pairing.objects.filter(state="proposed").exists()
    actions.expire_proposal(pairing=asked, now=NOON + 3 * DAY)
    assert Pairing.objects.get(state="proposed").mentor == second


def test_staff_give_a_pair_that_is_over_its_term_more_time(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    term, _closes = dates(pairing)
    assert term
    late = term + DAY
    row = staff(cast, pairing, "reopen", now=late)
    assert (row.state, row.end_reason) == ("active", "")
    assert (row.term_ends_at, row.closes_at) == (late + 84 * DAY, late + 98 * DAY)


def test_staff_moves_are_refused_for_others_and_for_the_two(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    grant_role(member=cast.admin, to=cast.mentor, hub=cast.hub, role="coordinator")
    for stranger in (cast.learner, cast.mentor, cast.editor, cast.other_coordinator):
        with pytest.raises(Refused, match=r"^You cannot move this pair.$"):
            actions.move_pairing(
                member=stranger, pairing=pairing, verb="stop", reason="x", now=NOON
            )
    assert fresh(pairing).state == "active"


def test_staff_moves_need_a_known_verb_a_reason_and_a_day(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    for verb, more, field in (
        ("dance", {}, "verb"),
        ("stop", {"reason": " "}, "reason"),
        ("stop", {"reason": "x" * 501}, "reason"),
        ("pause", {}, "until"),
        ("reopen", {}, ""),
    ):
        with pytest.raises(Refused) as refusal:
            staff(cast, pairing, verb, **more)
        assert refusal.value.field == field
    assert recorded(cast.learner) == []
