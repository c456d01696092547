"""When a pair is at risk: pure, to the second."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from mentorship import life
from mentorship.risks import Risk, Said, last_heard, risks, worries

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass
class Pair:
    """What is looked at in a pairing."""

    state: str = "active"
    expires_at: datetime = NOW
    first_met_at: datetime | None = None
    paused_until: datetime | None = None
    term_ends_at: datetime | None = None
    closes_at: datetime | None = None
    accepted_at: datetime | None = None
    meet_by: datetime | None = None
    last_sign_at: datetime | None = None
    mentor_sign_at: datetime | None = None
    mentee_sign_at: datetime | None = None


def codes(pair: Pair, *said: Said, spoke_at: datetime | None = None) -> list[str]:
    return [one.code for one in risks(pair, 28, said, spoke_at, NOW)]


@pytest.mark.parametrize(
    ("left", "found"), [(DAY + SECOND, []), (DAY, ["answer"]), (SECOND, ["answer"]), (0 * DAY, [])]
)
def test_a_proposal(left: timedelta, found: list[str]) -> None:
    assert codes(Pair("proposed", expires_at=NOW + left)) == found


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        (Pair("accepted", meet_by=NOW), ["meeting"]),
        (Pair("accepted", meet_by=NOW + SECOND), []),
        (Pair("accepted", meet_by=NOW, first_met_at=NOW), []),
        (Pair("active", meet_by=NOW), []),
        (Pair("paused", meet_by=NOW, paused_until=NOW + DAY), []),
        (Pair("paused", meet_by=NOW, paused_until=NOW), ["meeting"]),
    ],
)
def test_a_first_meeting(pair: Pair, found: list[str]) -> None:
    assert codes(pair) == found


@pytest.mark.parametrize(("ago", "found"), [(28 * DAY, ["silent"]), (28 * DAY - SECOND, [])])
@pytest.mark.parametrize("sign", ["last_sign_at", "accepted_at"])
def test_silence(ago: timedelta, found: list[str], sign: str) -> None:
    assert codes(Pair(**{sign: NOW - ago})) == found


@pytest.mark.parametrize(("ago", "found"), [(28 * DAY, ["silent"]), (28 * DAY - SECOND, [])])
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_one_of_the_two_is_silent(ago: timedelta, found: list[str], side: str) -> None:
    other = {"mentor": "mentee", "mentee": "mentor"}[side]
    values = {f"{side}_sign_at": NOW - ago, f"{other}_sign_at": NOW}
    pair = Pair(accepted_at=NOW - 90 * DAY, last_sign_at=NOW, **values)
    seen = risks(pair, 28, (), None, NOW)
    assert [one.code for one in seen] == found
    assert [(one.at, one.side) for one in seen] == [(NOW - ago, side) for _one in found]


def test_both_are_silent_since_the_last_sign_of_either() -> None:
    pair = Pair(
        accepted_at=NOW - 90 * DAY,
        last_sign_at=NOW - 30 * DAY,
        mentor_sign_at=NOW - 50 * DAY,
        mentee_sign_at=NOW - 30 * DAY,
    )
    assert risks(pair, 28, (), None, NOW) == [Risk("silent", NOW - 30 * DAY)]


@pytest.mark.parametrize(
    ("back_at", "found"), [(NOW - 28 * DAY, ["silent"]), (NOW - 27 * DAY, []), (NOW, [])]
)
def test_days_on_which_the_mentor_was_away_are_no_silence(
    back_at: datetime, found: list[str]
) -> None:
    pair = Pair(accepted_at=NOW - 90 * DAY, last_sign_at=NOW - 40 * DAY)
    seen = risks(pair, 28, (), None, NOW, back_at)
    assert [one.code for one in seen] == found
    assert [one.at for one in seen] == [back_at for _one in found]


def test_who_has_no_date_of_their_own_has_that_of_the_pair() -> None:
    pair = Pair(accepted_at=NOW - 90 * DAY, last_sign_at=NOW - DAY, mentee_sign_at=NOW - DAY)
    assert [last_heard(pair, side, NOW) for side in (life.MENTOR, life.MENTEE)] == [NOW - DAY] * 2
    assert codes(pair) == []


def test_a_pair_in_its_closing_step_may_be_silent() -> None:
    assert codes(Pair("closing", last_sign_at=NOW - 90 * DAY, closes_at=NOW + DAY)) == []


def test_without_any_date_nothing_is_silent() -> None:
    assert (codes(Pair()), last_heard(Pair(), life.MENTEE, NOW)) == ([], None)


def test_a_date_to_come_is_no_sign() -> None:
    pair = Pair(accepted_at=NOW - DAY, paused_until=NOW + DAY)
    assert last_heard(pair, life.MENTOR, NOW) == NOW - DAY


@pytest.mark.parametrize("state", sorted(life.ENDED))
def test_what_is_over_is_not_at_risk(state: str) -> None:
    assert codes(Pair(state, last_sign_at=NOW - 90 * DAY), Said(1, 1, True, NOW)) == []


def test_what_each_said_last_counts_in_the_order_of_time() -> None:
    said = [
        Said(2, 1, False, NOW),
        Said(1, 1, False, NOW - 3 * DAY),
        Said(1, 2, True, NOW - DAY),
        Said(3, 1, True, NOW - 5 * DAY),
        Said(3, 3, False, NOW - 4 * DAY),
    ]
    assert worries(said, None) == [Risk("call", NOW - DAY, 1), Risk("badly", NOW, 2)]


def test_what_was_said_before_staff_spoke_is_dealt_with() -> None:
    said = [Said(1, 1, False, NOW - DAY), Said(2, 1, False, NOW)]
    assert worries(said, NOW - DAY) == [Risk("badly", NOW, 2)]
