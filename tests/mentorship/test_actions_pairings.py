"""What two people, the hub and the clock do with a pair as a whole."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from members.actions import grant_role
from members.errors import Refused
from mentorship import actions, life
from mentorship.actions.moves import lock_pairing, make_move
from mentorship.models import Meeting, Mentor, MentorAsk, Pairing, Programme
from tests.factories import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing
from tests.mentorship.story import DAY, HOUR, NOON, fresh, last_told, moves, recorded, told

pytestmark = pytest.mark.django_db
NOT_YOURS = r"^This is not your pair.$"


@pytest.fixture
def pairing(cast: SimpleNamespace) -> Pairing:
    """A pair that met, with the dates that a yes gives."""
    mentor = make_mentor(cast.mentor, cast.hub)
    ask = make_ask(cast.learner, cast.hub, asked_at=NOON - 10 * DAY)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    pair = actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)
    make_move(pair, "meet", actor=cast.learner, side="mentee", now=NOON + DAY)
    return fresh(pair)


def dates(pairing: Pairing) -> tuple[datetime | None, datetime | None]:
    """When the term ends, and when the pair closes."""
    row = fresh(pairing)
    return row.term_ends_at, row.closes_at


def test_meeting_makes_a_pair_active(cast: SimpleNamespace, pairing: Pairing) -> None:
    assert (pairing.state, pairing.first_met_at) == ("active", NOON + DAY)
    assert pairing.last_sign_at == NOON + DAY


def test_a_break_moves_the_dates_and_tells_the_other(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    term, closes = dates(pairing)
    assert term and closes
    at, until = NOON + 2 * DAY, NOON + 12 * DAY
    for _time in range(2):
        paused = actions.pause_pairing(member=cast.learner, pairing=pairing, until=until, now=at)
    assert (paused.state, paused.paused_until) == ("paused", until)
    assert dates(pairing) == (term + 10 * DAY, closes + 10 * DAY)
    assert last_told(cast.mentor) == ("You and Learner have a break until 16 May 2026.")
    assert moves(pairing)[-1] == ("pause", "active", "paused")


def test_who_comes_back_early_gets_the_rest_of_the_break_back(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    before = dates(pairing)
    actions.pause_pairing(
        member=cast.mentor, pairing=pairing, until=NOON + 12 * DAY, now=NOON + 2 * DAY
    )
    for hours in range(2):
        back = actions.resume_pairing(
            member=cast.mentor, pairing=pairing, now=NOON + 5 * DAY + hours * DAY
        )
    assert (back.state, back.paused_until, back.last_sign_at) == ("active", None, NOON + 5 * DAY)
    assert [
        late - early for late, early in zip(dates(pairing), before, strict=True) if late and early
    ] == [3 * DAY] * 2
    assert last_told(cast.learner) == (
        "You and Mentor go on. Your time together lasts until 30 July 2026."
    )


def test_a_break_is_over_on_its_day_without_anybody(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    until = NOON + 12 * DAY
    actions.pause_pairing(member=cast.mentor, pairing=pairing, until=until, now=NOON + 2 * DAY)
    kept = dates(pairing)
    for _time in range(2):
        row = actions.settle(pairing=pairing, now=until + DAY)
    assert (row.state, row.paused_until, row.last_sign_at) == ("active", None, until)
    assert dates(pairing) == kept
    move = pairing.moves.order_by("pk").last()
    assert move is not None
    assert (move.verb, move.actor, move.made_at) == ("resume", None, until)
    assert (len(told(cast.learner)), len(told(cast.mentor))) == (3, 2)


def test_a_break_needs_a_day_within_twelve_weeks(cast: SimpleNamespace, pairing: Pairing) -> None:
    for until in (NOON, NOON + 86 * DAY):
        with pytest.raises(Refused, match="within the next twelve weeks") as refusal:
            actions.pause_pairing(member=cast.mentor, pairing=pairing, until=until, now=NOON + DAY)
        assert refusal.value.field == "until"
    actions.pause_pairing(member=cast.mentor, pairing=pairing, until=NOON + 5 * DAY, now=NOON)
    with pytest.raises(Refused, match=r"^This has changed meanwhile."):
        actions.pause_pairing(member=cast.mentor, pairing=pairing, until=NOON + 6 * DAY, now=NOON)


def test_more_time_is_given_once(cast: SimpleNamespace, pairing: Pairing) -> None:
    term, closes = dates(pairing)
    assert term and closes
    for days in range(2):
        row = actions.extend_pairing(member=cast.learner, pairing=pairing, now=NOON + days * DAY)
    assert row.extended_at == NOON
    assert dates(pairing) == (term + 84 * DAY, closes + 84 * DAY)
    assert moves(pairing)[-1] == ("extend", "active", "active")
    assert last_told(cast.mentor) == "You and Learner have more time: until 19 October 2026."


def test_no_more_time_at_the_end_or_where_there_is_none(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    words = r"^This pair cannot have more time.$"
    Programme.objects.update(extension_weeks=0)
    with pytest.raises(Refused, match=words):
        actions.extend_pairing(member=cast.learner, pairing=pairing, now=NOON)
    Programme.objects.update(extension_weeks=4)
    with pytest.raises(Refused, match=words):
        actions.extend_pairing(member=cast.learner, pairing=pairing, now=NOON + 84 * DAY)


def test_more_time_for_a_pair_without_a_closing_date(cast: SimpleNamespace) -> None:
    ask, mentor = make_ask(cast.learner, cast.hub), make_mentor(cast.mentor, cast.hub)
    pair = make_pairing(ask, mentor, "active", at=NOON, closes_at=None)
    row = actions.extend_pairing(member=cast.learner, pairing=pair, now=NOON)
    assert (row.term_ends_at, row.closes_at) == (NOON + 168 * DAY, None)


def test_a_break_of_a_pair_without_a_closing_date(cast: SimpleNamespace) -> None:
    ask, mentor = make_ask(cast.learner, cast.hub), make_mentor(cast.mentor, cast.hub)
    pair = make_pairing(ask, mentor, "active", at=NOON, closes_at=None)
    row = actions.pause_pairing(
        member=cast.learner, pairing=pair, until=NOON + 2 * DAY, now=NOON + DAY
    )
    assert (row.term_ends_at, row.closes_at) == (NOON + 85 * DAY, None)


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


def test_others_do_nothing_with_a_pair(cast: SimpleNamespace, pairing: Pairing) -> None:
    until = NOON + 9 * DAY
    for stranger in (cast.neighbour, cast.coordinator, cast.admin, cast.outsider):
        facts: dict[str, Any] = {"member": stranger, "pairing": pairing, "now": NOON}
        for act, more in (
            (actions.pause_pairing, {"until": until}),
            (actions.resume_pairing, {}),
            (actions.extend_pairing, {}),
            (actions.end_pairing, {"reason": "done"}),
            (actions.close_pairing, {}),
            (actions.ask_again, {}),
        ):
            with pytest.raises(Refused, match=NOT_YOURS):
                act(**facts, **more)
    assert len(moves(pairing)) == 3


def test_a_mentor_who_left_does_nothing_with_the_pair(
    cast: SimpleNamespace, pairing: Pairing
) -> None:
    Mentor.objects.update(state="left")
    with pytest.raises(Refused, match=NOT_YOURS):
        actions.extend_pairing(member=cast.mentor, pairing=pairing, now=NOON)


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


def staff(cast: SimpleNamespace, pairing: Pairing, verb: str, **more: Any) -> Pairing:
    """Move a pairing as the coordinator."""
    facts = {"reason": "They rang us.", "now": NOON + 2 * DAY, **more}
    return actions.move_pairing(member=cast.coordinator, pairing=pairing, verb=verb, **facts)


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


def test_a_meeting_before_the_last_sign_leaves_it(cast: SimpleNamespace) -> None:
    pair = make_pairing(
        make_ask(cast.learner, cast.hub), make_mentor(cast.mentor, cast.hub), at=NOON
    )
    row = lock_pairing(pair, NOON)
    make_move(row, "meet", actor=None, side="staff", now=NOON - timedelta(hours=1))
    assert (row.first_met_at, row.last_sign_at) == (NOON - timedelta(hours=1), NOON)


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
