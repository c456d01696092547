"""A mentor stops: nobody loses the place in line, and the hub learns why."""

import pytest

from mentorship import actions
from mentorship.models import (
    Mentor,
    MentorAsk,
    PairingMove,
    Programme,
)
from tests.mentorship.pair_parts import DAY, NOW, Pair, make_pair, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_pair(at=NOW - 10 * DAY)


def waiting(pair: Pair) -> MentorAsk:
    return MentorAsk.objects.get(member=pair.mentee, state="waiting")


def test_a_mentor_leaves_a_hub_that_has_closed_its_programmes(pair: Pair) -> None:
    Programme.objects.update(is_open=False)
    actions.leave_mentoring(member=pair.mentor, reason="zebra-why", now=NOW)
    assert pair.again().state == "closed"
    found = waiting(pair)
    assert (found.programme, found.asked_at) == (pair.ask.programme, NOW - 10 * DAY)


def test_why_a_mentor_stopped_is_kept_by_the_own_hub_for_a_year(pair: Pair) -> None:
    actions.leave_mentoring(member=pair.mentor, reason="zebra-why", now=NOW)
    assert PairingMove.objects.filter(reason__contains="zebra").count() == 0
    for at, kept in ((NOW + 364 * DAY, "zebra-why"), (NOW + 365 * DAY, "")):
        actions.delete_old_words(now=at)
        assert Mentor.objects.get(pk=pair.giver.pk).left_words == kept


def test_who_erases_the_account_leaves_no_reason(pair: Pair) -> None:
    actions.leave_mentoring(member=pair.mentor, reason="zebra-why", now=NOW)
    actions.forget_pairs(member=pair.mentor)
    assert not Mentor.objects.exclude(left_words="").exists()


@pytest.mark.parametrize("chooses", [True, False])
def test_a_mentor_who_leaves_is_told_in_true_words(pair: Pair, chooses: bool) -> None:
    MentorAsk.objects.update(chooses_for_me=chooses)
    actions.leave_mentoring(member=pair.mentor, now=NOW)
    told_now = " ".join(told(pair.mentee))
    assert ("We look for another one." in told_now) == chooses
    assert ("See who else fits." in told_now) != chooses
