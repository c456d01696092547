"""Checks count once more at the yes; a meeting is that of its own time."""

from datetime import timedelta

import pytest

from members.errors import Refused
from mentorship import actions
from mentorship.models import (
    Meeting,
    Mentor,
    Programme,
)
from tests.desk_parts import make_member
from tests.mentorship.factories import make_ask, make_pairing
from tests.mentorship.pair_parts import DAY, NOW, Pair, key_of, make_pair

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def pair() -> Pair:
    return make_pair(at=NOW - 10 * DAY)


def asked(pair: Pair) -> Pair:
    """Somebody else asks the same mentor."""
    person = make_member("nia", "Nia")
    pair.pairing = make_pairing(make_ask(person, pair.hub), pair.giver, "proposed", at=NOW)
    return pair


@pytest.mark.parametrize(
    ("needs", "level", "due", "may"),
    [(0, 0, -1, True), (1, 1, 1, True), (1, 1, 0, False), (2, 1, 9, False)],
)
def test_checks_count_once_more_at_the_yes(
    pair: Pair, needs: int, level: int, due: int, may: bool
) -> None:
    asked(pair)
    Programme.objects.update(check_level=needs)
    Mentor.objects.update(check_level=level, check_due_on=(NOW + due * DAY).date())
    accept = {"pairing": pair.pairing, "now": NOW}
    if not may:
        with pytest.raises(Refused, match=r"^These two cannot be a pair now\."):
            actions.move_pairing(member=pair.coordinator, verb="accept", reason="x", **accept)
        with pytest.raises(Refused, match=r"^You cannot say yes just now\."):
            actions.accept_pairing(member=pair.mentor, **accept)
        assert pair.again().state == "proposed"
        return
    actions.accept_pairing(member=pair.mentor, **accept)
    assert pair.again().state == "accepted"


def plan(pair: Pair, hours: int) -> Meeting:
    return Meeting.objects.create(
        pairing=pair.pairing,
        key=key_of(hours),
        starts_at=NOW + hours * HOUR,
        minutes=30,
        way="phone",
        made_by=pair.mentee,
        made_at=NOW - DAY,
        changed_at=NOW - DAY,
        state="planned",
    )


def test_a_meeting_now_leaves_the_plan_for_tonight(pair: Pair) -> None:
    tonight = plan(pair, 9)
    row = actions.log_meeting(member=pair.mentor, pairing=pair.pairing, key=key_of("a"), now=NOW)
    tonight.refresh_from_db()
    assert (tonight.state, row.pk != tonight.pk) == ("planned", True)


def test_the_nearest_plan_is_the_meeting(pair: Pair) -> None:
    early, near = plan(pair, -8), plan(pair, -1)
    row = actions.log_meeting(member=pair.mentor, pairing=pair.pairing, key=key_of("a"), now=NOW)
    early.refresh_from_db()
    assert (row.pk, early.state) == (near.pk, "planned")


def test_a_meeting_of_long_ago_is_no_sign_of_the_other_one_now(pair: Pair) -> None:
    at = NOW - 9 * DAY
    actions.log_meeting(
        member=pair.mentee, pairing=pair.pairing, key=key_of("a"), starts_at=at, now=NOW
    )
    row = pair.again()
    assert (row.mentee_sign_at, row.mentor_sign_at) == (NOW, at)
