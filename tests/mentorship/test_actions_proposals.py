"""A mentor is asked; the question runs out or is taken back."""

from datetime import date
from types import SimpleNamespace

import pytest

from members.errors import Refused
from members.models import Member
from mentorship import actions
from mentorship.models import MemberBlock, Mentor, MentorAsk, Pairing
from tests.mentorship.factories import make_absence, make_ask, make_mentor, make_pairing
from tests.mentorship.proposal_parts import GONE, NOT_NOW, other_mentor
from tests.mentorship.story import DAY, NOON, fresh, last_told, links, moves, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor(cast: SimpleNamespace) -> Mentor:
    return make_mentor(cast.mentor, cast.hub, applied_at=NOON)


@pytest.fixture
def ask(cast: SimpleNamespace) -> MentorAsk:
    return make_ask(cast.learner, cast.hub, asked_at=NOON)


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


def test_expire_leaves_alone_what_has_time_left(
    cast: SimpleNamespace, mentor: Mentor, ask: MentorAsk
) -> None:
    asked = actions.propose(member=cast.learner, ask=ask, mentor=mentor, now=NOON)
    assert actions.expire_proposal(pairing=asked, now=NOON + 2 * DAY).state == "proposed"
    assert told(cast.learner) == []
