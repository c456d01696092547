"""A mentor answers: yes, or a no of which nobody learns before its time."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from members.errors import Refused
from mentorship import actions, life
from mentorship.models import MemberBlock, Mentor, MentorAsk, Pairing
from tests.mentorship.factories import make_ask, make_mentor
from tests.mentorship.proposal_parts import CHOOSE, GONE, LOOK, NOT_NOW, other_mentor
from tests.mentorship.story import DAY, HOUR, NOON, fresh, links, moves, recorded, told

pytestmark = pytest.mark.django_db
NOBODY = (
    "Mentor cannot be your mentor at the moment, and nobody else fits just now. "
    "You keep your place in line: Harbour Hub looks at your question on 9 May 2026."
)
PROPOSED_BACK = ("proposed", "withdrawn")


@pytest.fixture
def mentor(cast: SimpleNamespace) -> Mentor:
    return make_mentor(cast.mentor, cast.hub, applied_at=NOON)


@pytest.fixture
def ask(cast: SimpleNamespace) -> MentorAsk:
    return make_ask(cast.learner, cast.hub, asked_at=NOON)


def test_accept_makes_a_pair_with_its_dates(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    at = NOON + DAY
    pair = actions.accept_pairing(member=cast.mentor, pairing=asked, now=at)
    assert (pair.state, pair.answered_at, pair.accepted_at, pair.last_sign_at) == (
        "accepted",
        at,
        at,
        at,
    )
    assert (pair.meet_by, pair.term_ends_at) == (at + 14 * DAY, at + 84 * DAY)
    assert pair.closes_at == at + 98 * DAY
    ask.refresh_from_db()
    assert (ask.state, ask.ended_at) == ("paired", at)
    assert moves(pair)[1:] == [("accept", "proposed", "accepted")]
    assert told(cast.learner) == [
        "Mentor is now your mentor. Please meet for the first time by 19 May 2026."
    ]


def test_accept_twice_changes_nothing_more(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    for hours in range(2):
        pair = actions.accept_pairing(
            member=cast.mentor, pairing=asked, now=NOON + (1 + hours) * DAY
        )
    assert pair.accepted_at == NOON + DAY
    assert len(moves(pair)) == 2
    assert len(told(cast.learner)) == 1


def test_only_the_mentor_who_was_asked_answers(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    stranger = other_mentor(cast)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    for one in (cast.learner, cast.coordinator, cast.admin, stranger.member):
        for act in (actions.accept_pairing, actions.decline_pairing):
            with pytest.raises(Refused, match=r"^You cannot answer this.$"):
                act(member=one, pairing=asked, now=NOON)
    assert fresh(asked).state == "proposed"


def test_what_ran_out_or_was_taken_back_is_not_accepted(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    for act in (actions.accept_pairing, actions.decline_pairing):
        with pytest.raises(Refused, match=r"^Learner does not wait for your answer any more."):
            act(member=cast.mentor, pairing=asked, now=NOON + 3 * DAY)
    actions.withdraw_proposal(member=cast.learner, pairing=asked, now=NOON)
    with pytest.raises(Refused, match=r"^Learner does not wait for your answer any more."):
        actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)


def test_a_mentor_under_question_or_blocked_does_not_accept(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    Mentor.objects.filter(pk=mentor.pk).update(state="screening")
    with pytest.raises(Refused, match=r"^You cannot say yes just now."):
        actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)
    Mentor.objects.filter(pk=mentor.pk).update(state="ready")
    MemberBlock.objects.create(member=cast.learner, blocked=cast.mentor, made_at=NOON)
    with pytest.raises(Refused, match=r"^You cannot say yes just now."):
        actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)


def test_a_decline_is_told_in_the_words_of_one_that_ran_out(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    declined = actions.decline_pairing(
        member=cast.mentor, pairing=asked, words=" SECRET: too much ", now=NOON
    )
    assert (declined.state, declined.decline_words) == ("declined", "SECRET: too much")
    assert (declined.answered_at, declined.ended_at) == (NOON, None)
    assert told(cast.learner) == recorded(cast.learner) == []
    other = make_ask(cast.neighbour, cast.hub, asked_at=NOON)
    stale = actions.propose(member=cast.neighbour, ask=other, mentor=mentor, now=NOON)
    for one in (stale, declined):
        actions.expire_proposal(pairing=one, now=NOON + 3 * DAY - HOUR)
    assert told(cast.learner) == told(cast.neighbour) == []
    for one in (stale, declined, declined):
        actions.expire_proposal(pairing=one, now=NOON + 3 * DAY)
    assert told(cast.learner) == told(cast.neighbour) == [NOBODY]
    assert fresh(declined).ended_at == fresh(stale).ended_at == NOON + 3 * DAY
    assert moves(declined)[1:] == [("decline", "proposed", "declined")]
    assert links(cast.learner) == links(cast.neighbour) == ["/mentorship/ask/cards/"]
    assert MentorAsk.objects.get(pk=ask.pk).state == "waiting"


def test_decline_twice_is_once_and_long_words_are_refused(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    with pytest.raises(Refused, match="under 500 letters") as refusal:
        actions.decline_pairing(member=cast.mentor, pairing=asked, words="x" * 501, now=NOON)
    assert refusal.value.field == "words"
    for _time in range(2):
        actions.decline_pairing(member=cast.mentor, pairing=asked, now=NOON)
    assert len(moves(asked)) == 2
    assert told(cast.learner) == []


def test_a_no_frees_the_seat_at_once_but_nobody_else_is_asked_before_its_time(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    second, other = other_mentor(cast), make_ask(cast.neighbour, cast.hub)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    actions.decline_pairing(member=cast.mentor, pairing=asked, now=NOON)
    assert actions.propose(member=cast.neighbour, ask=other, mentor=mentor, now=NOON).seat == 1
    assert actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON) == asked
    assert actions.choose_for_me(member=cast.learner, ask=ask, now=NOON) == asked
    with pytest.raises(Refused) as refusal:
        actions.propose(member=cast.learner, ask=ask, mentor=second, now=NOON)
    assert refusal.value.reason == (
        "Mentor has been asked and answers by 7 May 2026, 12:00. Wait, or take the question back."
    )
    with pytest.raises(Refused) as refusal:
        change_words(cast, NOON)
    assert refusal.value.reason.startswith("Mentor has been asked and answers by 7 May 2026")
    late = NOON + 3 * DAY
    assert actions.propose(member=cast.learner, ask=ask, mentor=second, now=late).mentor == second
    assert told(cast.learner) == [NOT_NOW.replace(CHOOSE, LOOK)]
    assert fresh(asked).ended_at == late


def change_words(cast: SimpleNamespace, now: datetime) -> None:
    """The learner asks in other words."""
    actions.ask_for_mentor(
        member=cast.learner,
        hub=cast.hub,
        words="Other words.",
        languages=["en"],
        ways=["phone"],
        slots=["mon-eve"],
        is_adult=True,
        now=now,
    )


@pytest.mark.parametrize("says_no", [True, False])
def test_a_question_is_taken_back_whether_or_not_there_was_a_no(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk, says_no: bool
) -> None:
    asked = actions.choose_for_me(member=cast.learner, ask=ask, now=NOON)
    assert asked is not None
    if says_no:
        actions.decline_pairing(member=cast.mentor, pairing=asked, now=NOON)
    before = told(cast.learner)
    for _time in range(2):
        actions.withdraw_proposal(member=cast.learner, pairing=asked, now=NOON + HOUR)
    row = fresh(asked)
    assert (row.state, row.ended_at) == ("declined" if says_no else "withdrawn", NOON + HOUR)
    assert life.seen_at(row, life.MENTEE, NOON + 9 * DAY) == "withdrawn"
    assert moves(asked)[-1] == ("withdraw", *(["declined"] * 2 if says_no else PROPOSED_BACK))
    assert len(told(cast.mentor)) == (1 if says_no else 2)
    actions.expire_proposal(pairing=asked, now=NOON + 9 * DAY)
    assert told(cast.learner) == before
    ask.refresh_from_db()
    assert (ask.state, ask.chooses_for_me) == ("waiting", False)


def test_an_ask_is_taken_back_after_a_no_of_which_nobody_knows(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    actions.decline_pairing(member=cast.mentor, pairing=asked, now=NOON)
    assert actions.withdraw_ask(member=cast.learner, ask=ask, now=NOON).state == "withdrawn"
    assert (fresh(asked).state, fresh(asked).ended_at) == ("declined", NOON)


def test_staff_pair_by_hand_after_a_no_as_if_they_had_taken_the_question_back(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    second = other_mentor(cast)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    actions.decline_pairing(member=cast.mentor, pairing=asked, now=NOON)
    values = {"member": cast.coordinator, "ask": ask, "reason": "Good.", "now": NOON + HOUR}
    with pytest.raises(Refused, match=GONE):
        actions.pair_by_hand(mentor=mentor, **values)
    assert (fresh(asked).ended_at, told(cast.learner)) == (None, [])
    assert actions.pair_by_hand(mentor=second, **values).state == "proposed"
    assert (fresh(asked).state, fresh(asked).ended_at) == ("declined", NOON + HOUR)
    assert told(cast.learner) == [
        NOT_NOW,
        "We asked Second to be your mentor. You will know by 7 May 2026, 13:00.",
    ]
    assert recorded(cast.learner) == [
        ("The hub took a question to a mentor back.", "Good."),
        ("The hub asked a mentor for a learner.", "Good."),
    ]
    assert recorded(cast.mentor) == []


def test_a_mentor_who_pauses_after_a_no_lets_the_question_go_on(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    second = other_mentor(cast)
    MentorAsk.objects.filter(pk=ask.pk).update(chooses_for_me=True)
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    actions.decline_pairing(member=cast.mentor, pairing=asked, now=NOON)
    actions.pause_mentor(member=cast.mentor, now=NOON + HOUR)
    assert fresh(asked).ended_at == NOON + HOUR
    assert Pairing.objects.get(state="proposed").mentor == second
    assert told(cast.learner)[0].startswith("Mentor cannot be your mentor at the moment. We look")
