"""A pair ends, by its people or by its date; what comes after, and what is lost with it."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from members.errors import Refused
from mentorship import actions, life
from mentorship.models import MentorAsk, Pairing
from tests.mentorship.factories import make_ask, make_mentor
from tests.mentorship.pairing_parts import dates, make_met, staff
from tests.mentorship.story import DAY, NOON, fresh, last_told, moves, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairing(cast: SimpleNamespace) -> Pairing:
    return make_met(cast)


def test_either_of_the_two_ends_it_kindly(cast: SimpleNamespace, pairing: Pairing) -> None:
    at = NOON + 20 * DAY
    for days in range(2):
        row = actions.end_pairing(
            member=cast.learner, pairing=pairing, reason="no_fit", now=at + days * DAY
        )
    assert (row.state, row.end_reason, row.closes_at) == ("closing", "no_fit", at + 14 * DAY)
    assert last_told(cast.mentor) == (
        "Your time with Learner is coming to its end. Until 7 June 2026 you can say "
        "what you reached, and thank you."
    )
    assert "fit" not in last_told(cast.mentor)


def test_a_pair_in_a_break_ends_too(cast: SimpleNamespace, pairing: Pairing) -> None:
    actions.pause_pairing(member=cast.mentor, pairing=pairing, until=NOON + 9 * DAY, now=NOON)
    row = actions.end_pairing(member=cast.mentor, pairing=pairing, reason="no_time", now=NOON)
    assert (row.state, row.paused_until, row.closes_at) == ("closing", None, NOON + 14 * DAY)


def test_an_end_needs_one_of_a_few_reasons(cast: SimpleNamespace, pairing: Pairing) -> None:
    for reason in ("", "safety", "mentor_left", "term", "boring"):
        with pytest.raises(Refused, match=r"^Choose one of the reasons.$") as refusal:
            actions.end_pairing(member=cast.learner, pairing=pairing, reason=reason, now=NOON)
        assert refusal.value.field == "reason"


def test_the_term_and_the_closing_step_end_by_their_dates(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    term, closes = dates(pairing)
    assert term and closes
    for _time in range(2):
        row = actions.settle(pairing=pairing, now=term)
    assert (row.state, row.end_reason, row.closes_at) == ("closing", "term", closes)
    assert last_told(cast.learner) == (
        "Your time with Mentor is coming to its end. Until 10 August 2026 you can say "
        "what you reached, and thank you."
    )
    row = actions.settle(pairing=pairing, now=closes + DAY)
    assert (row.state, row.ended_at) == ("closed", closes)
    assert moves(pairing)[-2:] == [("end", "active", "closing"), ("close", "closing", "closed")]
    assert pairing.moves.filter(actor=None).count() == 2


def test_what_nobody_looked_at_for_a_year_is_written_move_by_move(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    until = NOON + 10 * DAY
    actions.pause_pairing(member=cast.mentor, pairing=pairing, until=until, now=NOON + 2 * DAY)
    before = len(told(cast.learner))
    late = NOON + 365 * DAY
    assert life.state_at(fresh(pairing), late) == "closed"
    row = actions.settle(pairing=pairing, now=late)
    assert [move[0] for move in moves(pairing)[-3:]] == ["resume", "end", "close"]
    assert row.ended_at == NOON + (84 + 8 + 14) * DAY
    assert len(told(cast.learner)) == before + 1


def test_one_tap_asks_again_after_the_end(cast: SimpleNamespace, pairing: Pairing) -> None:
    with pytest.raises(Refused, match=r"^Your time together is not over."):
        actions.ask_again(member=cast.learner, pairing=pairing, now=NOON)
    actions.end_pairing(member=cast.learner, pairing=pairing, reason="done", now=NOON)
    with pytest.raises(Refused, match=r"^Your time together is not over."):
        actions.ask_again(member=cast.learner, pairing=pairing, now=NOON)
    actions.close_pairing(member=cast.learner, pairing=pairing, now=NOON)
    for days in range(2):
        ask = actions.ask_again(member=cast.learner, pairing=pairing, now=NOON + days * DAY)
    assert (ask.words, ask.asked_at, ask.follows) == (pairing.ask.words, NOON, pairing)
    assert MentorAsk.objects.filter(state="waiting").count() == 1


@pytest.mark.parametrize("by", ["mentor", "coordinator", "stop", "learner", "date"])
def test_who_is_left_keeps_the_place_in_line(
    cast: SimpleNamespace, pairing: Pairing, by: str
) -> None:
    if by == "mentor" or by == "learner":
        actions.end_pairing(
            member=getattr(cast, by), pairing=pairing, reason="no_time", now=NOON + DAY
        )
    elif by != "date":
        staff(cast, pairing, "stop" if by == "stop" else "end", now=NOON + DAY)
    late = NOON + 200 * DAY
    actions.settle(pairing=pairing, now=late)
    ask = actions.ask_again(member=cast.learner, pairing=pairing, now=late)
    assert ask.asked_at == (late if by in ("learner", "date") else NOON - 10 * DAY)


def test_only_the_mentee_asks_again(cast: SimpleNamespace, pairing: Pairing) -> None:
    with pytest.raises(Refused, match=r"^This is not your question.$"):
        actions.ask_again(member=cast.mentor, pairing=pairing, now=NOON)


def test_after_a_mentor_left_the_first_date_counts(cast: SimpleNamespace, pairing: Pairing) -> None:
    actions.leave_mentoring(member=cast.mentor, now=NOON)
    ask = actions.ask_again(member=cast.learner, pairing=pairing, now=NOON + DAY)
    assert ask.asked_at == NOON - 10 * DAY


def test_a_pair_whose_people_have_gone_is_settled_in_silence(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    Pairing.objects.update(mentor=None, mentee=None)
    before = told(cast.learner)
    row = actions.settle(pairing=pairing, now=NOON + 365 * DAY)
    assert row.state == "closed"
    assert told(cast.learner) == before


def test_one_of_the_two_who_has_gone_has_no_name(cast: SimpleNamespace, pairing: Pairing) -> None:
    Pairing.objects.update(mentor=None)
    actions.end_pairing(member=cast.learner, pairing=pairing, reason="other", now=NOON)
    actions.close_pairing(member=cast.learner, pairing=pairing, now=NOON)
    assert last_told(cast.learner) == (
        "Your time with Somebody who has left is over. You can ask for a mentor again with one tap."
    )


@pytest.mark.parametrize("how", ["close", "leave", "stop", "date", "decline", "expire", "withdraw"])
def test_with_the_end_the_mentor_loses_what_names_the_mentee(
    cast: SimpleNamespace, how: str
) -> None:
    ask = make_ask(cast.learner, cast.hub, asked_at=NOON)
    mentor = make_mentor(cast.mentor, cast.hub, applied_at=NOON, capacity=2)
    pair = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    neighbour = make_ask(cast.neighbour, cast.hub, asked_at=NOON)
    actions.propose(member=cast.neighbour, ask=neighbour, mentor=mentor, now=NOON)
    assert "Learner asks you to be a mentor." in " ".join(told(cast.mentor))
    both = {"pairing": pair, "now": NOON}
    if how in ("close", "leave", "stop", "date"):
        actions.accept_pairing(member=cast.mentor, **both)
        actions.send_message(member=cast.learner, key=uuid4(), words="Hello.", **both)
        assert "Learner wrote to you." in told(cast.mentor)
    if how == "close":
        actions.end_pairing(member=cast.learner, reason="done", **both)
        actions.close_pairing(member=cast.learner, **both)
        actions.close_pairing(member=cast.mentor, **both)
    elif how == "leave":
        actions.leave_mentoring(member=cast.mentor, now=NOON)
    elif how == "stop":
        staff(cast, pair, "stop")
    elif how == "date":
        actions.settle(pairing=pair, now=NOON + 365 * DAY)
    elif how == "decline":
        actions.decline_pairing(member=cast.mentor, **both)
    elif how == "expire":
        actions.expire_proposal(pairing=pair, now=NOON + 3 * DAY)
    else:
        actions.withdraw_proposal(member=cast.learner, **both)
    said = [text for text in told(cast.mentor) if "Learner" in text]
    assert said == []
    first = "A learner asks you to be a mentor. Please answer by 7 May 2026, 12:00."
    assert told(cast.mentor)[0] == first
    if how != "leave":
        assert told(cast.mentor)[1].startswith("Neighbour asks you to be a mentor.")
    if how in ("close", "date"):
        assert "Learner" not in " ".join(told(cast.mentor)) and "Mentor" in last_told(cast.learner)
