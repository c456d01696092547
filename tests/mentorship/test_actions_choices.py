"""The choice of a mentor is left to the site, or made by staff."""

from types import SimpleNamespace

import pytest

from members.errors import Refused
from mentorship import actions
from mentorship.actions.proposals import try_mentor
from mentorship.models import Mentor, MentorAsk, Pairing
from tests.mentorship.factories import make_ask, make_mentor
from tests.mentorship.proposal_parts import GONE, other_mentor
from tests.mentorship.story import DAY, NOON, recorded, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor(cast: SimpleNamespace) -> Mentor:
    return make_mentor(cast.mentor, cast.hub, applied_at=NOON)


@pytest.fixture
def ask(cast: SimpleNamespace) -> MentorAsk:
    return make_ask(cast.learner, cast.hub, asked_at=NOON)


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
