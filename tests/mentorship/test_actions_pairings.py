"""What the two do with a pair: a first meeting, breaks, more time."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from members.errors import Refused
from mentorship import actions
from mentorship.actions.moves import lock_pairing, make_move
from mentorship.models import Mentor, Pairing, Programme
from tests.mentorship.factories import make_ask, make_mentor, make_pairing
from tests.mentorship.pairing_parts import dates, make_met
from tests.mentorship.story import DAY, NOON, last_told, moves, told

pytestmark = pytest.mark.django_db
NOT_YOURS = r"^This is not your pair.$"


@pytest.fixture
def pairing(cast: SimpleNamespace) -> Pairing:
    return make_met(cast)


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


def test_a_meeting_before_the_last_sign_leaves_it(cast: SimpleNamespace) -> None:
    pair = make_pairing(
        make_ask(cast.learner, cast.hub), make_mentor(cast.mentor, cast.hub), at=NOON
    )
    row = lock_pairing(pair, NOON)
    make_move(row, "meet", actor=None, side="staff", now=NOON - timedelta(hours=1))
    assert (row.first_met_at, row.last_sign_at) == (NOON - timedelta(hours=1), NOON)
