"""A mentor is asked, and answers."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from members.errors import Refused
from members.models import Member
from mentorship import actions, life
from mentorship.actions.proposals import try_mentor
from mentorship.models import MemberBlock, Mentor, MentorAsk, Pairing
from tests.factories import make_member
from tests.mentorship.factories import make_absence, make_ask, make_mentor, make_pairing
from tests.mentorship.story import DAY, HOUR, NOON, fresh, last_told, links, moves, recorded, told

pytestmark = pytest.mark.django_db
CHOOSE, LOOK = "Please choose another one.", "We look for the next one for you."
NOBODY = (
    "Mentor cannot be your mentor at the moment, and nobody else fits just now. "
    "You keep your place in line: Harbour Hub looks at your question on 9 May 2026."
)
NOT_NOW = f"Mentor cannot be your mentor at the moment. {CHOOSE} You keep your place."
PROPOSED_BACK = ("proposed", "withdrawn")
GONE = r"^This mentor is not free any more\.$"


@pytest.fixture
def mentor(cast: SimpleNamespace) -> Mentor:
    return make_mentor(cast.mentor, cast.hub, applied_at=NOON)


@pytest.fixture
def ask(cast: SimpleNamespace) -> MentorAsk:
    return make_ask(cast.learner, cast.hub, asked_at=NOON)


def other_mentor(cast: SimpleNamespace, name: str = "second", **values: object) -> Mentor:
    """One more mentor of the hub."""
    return make_mentor(make_member(name), cast.hub, applied_at=NOON, **values)


def test_propose_takes_a_seat_and_asks_the_mentor(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    pairing = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    assert (pairing.state, pairing.seat, pairing.origin) == ("proposed", 1, "mentee")
    assert (pairing.mentee, pairing.hub, pairing.programme) == (
        cast.learner,
        cast.hub,
        ask.programme,
    )
    assert (pairing.proposed_at, pairing.expires_at) == (NOON, NOON + 3 * DAY)
    kept = {"band", "points", "reasons", "against", "weights"}
    assert (set(pairing.explanation), pairing.explanation["against"]) == (kept, [])
    assert pairing.explanation["band"] in ("strong", "good", "possible")
    assert moves(pairing) == [("propose", "", "proposed")]
    assert told(cast.mentor) == [
        "Learner asks you to be a mentor. Please answer by 7 May 2026, 12:00."
    ]
    assert links(cast.mentor) == [f"/mentorship/pairs/{pairing.pk}/"]
    assert told(cast.learner) == []
    assert Mentor.objects.get(pk=mentor.pk).free_since == NOON


def test_the_mentor_is_asked_in_the_own_language(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    Member.objects.filter(pk=cast.mentor.pk).update(language="es")
    pairing = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    assert links(cast.mentor) == [f"/es/mentorship/pairs/{pairing.pk}/"]
    assert "7 de mayo de 2026" in last_told(cast.mentor)


def test_propose_twice_is_one_proposal(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    got = [
        actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON + n * DAY)
        for n in range(2)
    ]
    assert got[0] == got[1]
    assert Pairing.objects.count() == len(told(cast.mentor)) == 1
    assert moves(got[0]) == [("propose", "", "proposed")]


def test_propose_is_refused_for_somebody_else(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    for stranger in (cast.outsider, cast.coordinator, cast.admin, cast.mentor):
        with pytest.raises(Refused, match=r"^This is not your question.$"):
            actions.propose(member=stranger, ask=ask, mentor=mentor, now=NOON)
    assert not Pairing.objects.exists()


def test_one_mentor_is_asked_at_a_time(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    second = other_mentor(cast)
    actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    with pytest.raises(Refused) as refusal:
        actions.propose(member=cast.learner, ask=ask, mentor=second, now=NOON)
    assert refusal.value.reason == (
        "Mentor has been asked and answers by 7 May 2026, 12:00. Wait, or take the question back."
    )
    assert Pairing.objects.count() == 1


def test_an_ask_that_does_not_wait_is_not_proposed(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    second = other_mentor(cast)
    make_pairing(ask, mentor, "active", at=NOON)
    with pytest.raises(Refused, match=r"^This question does not wait any more.$"):
        actions.propose(member=cast.learner, ask=ask, mentor=second, now=NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "paused"},
        {"state": "applied"},
        {"state": "left"},
        {"check_level": 0},
        {"check_due_on": date(2026, 5, 4)},
        {"languages": ("fr",)},
        {"ways": ("hub",), "hub": "other"},
        {"slots": ("sun-am",), "hours_a": 0, "hours_b": 0, "hours_c": 0},
    ],
)
def test_hard_filters_are_asked_again(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk, change: dict[str, object]
) -> None:
    if change.get("hub"):
        change = {**change, "hub": cast.other_hub}
    Mentor.objects.filter(pk=mentor.pk).update(**change)
    with pytest.raises(Refused, match=GONE):
        actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    assert not Pairing.objects.exists()


def test_nobody_proposes_to_a_mentor_who_is_away_blocked_or_oneself(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    away, blocked = other_mentor(cast, "away"), other_mentor(cast, "blocked")
    make_absence(away, NOON)
    MemberBlock.objects.create(member=blocked.member, blocked=cast.learner, made_at=NOON)
    own = make_ask(cast.mentor, cast.hub, asked_at=NOON)
    for asked in (away, blocked):
        with pytest.raises(Refused, match=GONE):
            actions.propose(member=cast.learner, ask=ask, mentor=asked, now=NOON)
    with pytest.raises(Refused, match=GONE):
        actions.propose(member=cast.mentor, ask=own, mentor=mentor, now=NOON)


def test_the_last_seat_is_taken_once_and_seats_fill_from_the_lowest(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    Mentor.objects.filter(pk=mentor.pk).update(capacity=2)
    asks = [ask, *(make_ask(one, cast.hub) for one in (cast.neighbour, cast.partner))]
    first, second = (
        actions.propose(member=one.member, ask=one, mentor=mentor, now=NOON) for one in asks[:2]
    )
    assert (first.seat, second.seat) == (1, 2)
    with pytest.raises(Refused, match=GONE):
        actions.propose(member=cast.partner, ask=asks[2], mentor=mentor, now=NOON)
    actions.withdraw_proposal(member=cast.learner, pairing=first, now=NOON)
    assert actions.propose(member=cast.partner, ask=asks[2], mentor=mentor, now=NOON).seat == 1


def test_a_proposal_that_ran_out_frees_its_seat_without_the_clock(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    stale = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    other_mentor(cast)
    other = make_ask(cast.neighbour, cast.hub)
    later = NOON + 3 * DAY
    taken = actions.propose(member=cast.neighbour, ask=other, mentor=mentor, now=later)
    assert (taken.seat, fresh(stale).state, fresh(stale).ended_at) == (1, "expired", later)
    assert moves(stale) == [("propose", "", "proposed"), ("expire", "proposed", "expired")]
    assert told(cast.learner) == [NOT_NOW]


def test_the_own_proposal_that_ran_out_gives_way_to_the_next(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    second = other_mentor(cast)
    stale = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    later = NOON + 4 * DAY
    actions.propose(member=cast.learner, ask=ask, mentor=second, now=later)
    assert fresh(stale).state == "expired"
    with pytest.raises(Refused, match="has been asked"):
        actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=later)


def test_a_mentor_who_is_gone_is_not_asked(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    gone = Mentor.objects.get(pk=mentor.pk)
    mentor.delete()
    with pytest.raises(Refused, match=GONE):
        actions.propose(member=cast.learner, ask=ask, mentor=gone, now=NOON)


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


def test_withdraw_tells_the_mentor_and_ends_choosing_for_me(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.choose_for_me(member=cast.learner, ask=ask, now=NOON)
    assert asked is not None
    for _time in range(2):
        taken = actions.withdraw_proposal(member=cast.learner, pairing=asked, now=NOON)
    assert (taken.state, taken.ended_at) == ("withdrawn", NOON)
    assert told(cast.mentor)[1:] == [
        "A learner no longer needs an answer from you. Thank you all the same."
    ]
    ask.refresh_from_db()
    assert (ask.state, ask.chooses_for_me) == ("waiting", False)


def test_withdraw_is_refused_for_others_and_after_a_yes(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    with pytest.raises(Refused, match=r"^This is not your question.$"):
        actions.withdraw_proposal(member=cast.mentor, pairing=asked, now=NOON)
    actions.accept_pairing(member=cast.mentor, pairing=asked, now=NOON)
    with pytest.raises(Refused, match=r"^Mentor has said yes already.$"):
        actions.withdraw_proposal(member=cast.learner, pairing=asked, now=NOON)


def test_a_proposal_that_ran_out_is_not_withdrawn(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    late = NOON + 3 * DAY
    assert (
        actions.withdraw_proposal(member=cast.learner, pairing=asked, now=late).state == "expired"
    )


def test_choose_for_me_asks_the_best_and_goes_on_to_the_next_card(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    second = other_mentor(cast, topics=[])
    first = actions.choose_for_me(member=cast.learner, ask=ask, now=NOON)
    assert first is not None
    assert (first.mentor, first.origin) == (mentor, "rules")
    assert told(cast.learner) == [
        "We asked Mentor to be your mentor. You will know by 7 May 2026, 12:00."
    ]
    actions.decline_pairing(member=cast.mentor, pairing=first, now=NOON + DAY)
    assert not Pairing.objects.filter(state="proposed").exists()
    actions.expire_proposal(pairing=first, now=NOON + 3 * DAY)
    found = Pairing.objects.get(ask=ask, state="proposed")
    assert (found.mentor, found.expires_at) == (second, NOON + 6 * DAY)
    assert told(cast.learner)[1:] == [
        "Mentor cannot be your mentor at the moment. We look for the next one for you. "
        "You keep your place.",
        "We asked Second to be your mentor. You will know by 10 May 2026, 12:00.",
    ]
    actions.expire_proposal(pairing=found, now=NOON + 6 * DAY)
    ask.refresh_from_db()
    assert (ask.state, ask.asked_at, ask.chooses_for_me) == ("waiting", NOON, True)
    assert not Pairing.objects.filter(state="proposed").exists()
    assert actions.send_on(ask=ask, now=NOON + 7 * DAY) is None
    actions.withdraw_ask(member=cast.learner, ask=ask, now=NOON + 7 * DAY)
    anew = make_ask(cast.learner, cast.hub, asked_at=NOON + 7 * DAY, topic=None)
    again = actions.choose_for_me(member=cast.learner, ask=anew, now=NOON + 7 * DAY)
    assert again is not None
    assert again.mentor == second, "Who said no stays apart, who did not answer does not."


def test_staff_ask_a_mentor_again_who_did_not_answer(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    late = NOON + 3 * DAY
    with pytest.raises(Refused, match=GONE):
        actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=late)
    values = {"member": cast.coordinator, "ask": ask, "mentor": mentor, "now": late}
    again = actions.pair_by_hand(reason="The mail was lost.", **values)
    assert (again.state, again.mentor, again != asked) == ("proposed", mentor, True)


def test_choose_for_me_twice_gives_the_proposal_that_is_out(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    other_mentor(cast)
    got = [actions.choose_for_me(member=cast.learner, ask=ask, now=NOON) for _time in range(2)]
    assert got[0] == got[1]
    assert Pairing.objects.count() == 1


def test_choose_for_me_without_anybody_keeps_the_place(
    cast: SimpleNamespace, ask: MentorAsk
) -> None:
    assert actions.choose_for_me(member=cast.learner, ask=ask, now=NOON) is None
    ask.refresh_from_db()
    assert (ask.state, ask.chooses_for_me, ask.asked_at) == ("waiting", True, NOON)


def test_choose_for_me_is_refused_for_others_and_when_over(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    with pytest.raises(Refused, match=r"^This is not your question.$"):
        actions.choose_for_me(member=cast.neighbour, ask=ask, now=NOON)
    actions.withdraw_ask(member=cast.learner, ask=ask, now=NOON)
    with pytest.raises(Refused, match=r"^This question does not wait any more.$"):
        actions.choose_for_me(member=cast.learner, ask=ask, now=NOON)
    assert actions.send_on(ask=ask, now=NOON) is None


def test_expire_leaves_alone_what_has_time_left(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    assert actions.expire_proposal(pairing=asked, now=NOON + 2 * DAY).state == "proposed"
    assert told(cast.learner) == []


def test_pair_by_hand_sets_times_aside_and_is_logged_for_both(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    Mentor.objects.filter(pk=mentor.pk).update(slots=("sun-am",), languages=("fr",))
    got = [
        actions.pair_by_hand(
            member=cast.coordinator,
            ask=ask,
            mentor=mentor,
            reason="They know each other.",
            now=NOON,
        )
        for _time in range(2)
    ]
    pairing = got[0]
    assert got[1] == pairing
    assert (pairing.origin, pairing.staff_reason) == ("staff", "They know each other.")
    assert pairing.explanation["against"] == ["language", "time"]
    move = pairing.moves.get()
    assert (move.verb, move.is_staff, move.actor, move.reason) == (
        "propose",
        True,
        cast.coordinator,
        "They know each other.",
    )
    entry = ("The hub asked a mentor for a learner.", "They know each other.")
    assert recorded(cast.learner) == recorded(cast.mentor) == [entry]
    assert told(cast.learner) == [
        "We asked Mentor to be your mentor. You will know by 7 May 2026, 12:00."
    ]


@pytest.mark.parametrize("change", [{"check_level": 0}, {"state": "paused"}, {"traits": ("man",)}])
def test_pair_by_hand_sets_no_check_and_no_wish_aside(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk, change: dict[str, object]
) -> None:
    MentorAsk.objects.filter(pk=ask.pk).update(wishes=("woman",))
    Mentor.objects.filter(pk=mentor.pk).update(**{"traits": ("woman",), **change})
    with pytest.raises(Refused, match=GONE):
        actions.pair_by_hand(
            member=cast.coordinator, ask=ask, mentor=mentor, reason="Please.", now=NOON
        )


def test_pair_by_hand_is_refused_for_others_and_without_a_reason(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    for stranger in (cast.learner, cast.mentor, cast.other_coordinator, cast.editor, cast.outsider):
        with pytest.raises(Refused, match=r"^You cannot pair these two.$"):
            actions.pair_by_hand(member=stranger, ask=ask, mentor=mentor, reason="x", now=NOON)
    with pytest.raises(Refused, match=r"^Say why") as refusal:
        actions.pair_by_hand(member=cast.coordinator, ask=ask, mentor=mentor, reason=" ", now=NOON)
    assert refusal.value.field == "reason"


def test_a_mentor_whom_somebody_else_took_is_passed_over(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    MentorAsk.objects.filter(pk=ask.pk).update(chooses_for_me=True)
    other = make_ask(cast.neighbour, cast.hub)
    actions.propose(member=cast.neighbour, ask=other, mentor=mentor, now=NOON)
    assert try_mentor(ask, mentor, NOON) is None
    MentorAsk.objects.filter(pk=ask.pk).update(chooses_for_me=False)
    assert try_mentor(ask, mentor, NOON) is None
