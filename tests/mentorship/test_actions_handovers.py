"""A mentor pauses, moves or leaves: what was asked is handed on, the pairs are kept."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from members.errors import Refused
from mentorship import actions
from mentorship.models import MentorAsk, Pairing
from tests.mentorship.factories import make_mentor
from tests.mentorship.mentor_parts import make_busy, offer
from tests.mentorship.story import DAY, NOON, fresh, links, moves, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(cast: SimpleNamespace) -> SimpleNamespace:
    return make_busy(cast)


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
