"""The life of a pairing: who makes which move, and what a date has ended."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship import life
from mentorship.models import Pairing, pairings

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PAST, LATER = NOW - DAY, NOW + DAY
SIDES = (life.MENTOR, life.MENTEE, life.STAFF, life.CLOCK)


@dataclass(frozen=True)
class Pair:
    """A pairing as `life` sees it, without any date that has come."""

    state: str
    expires_at: datetime = LATER
    ended_at: datetime | None = None
    first_met_at: datetime | None = None
    paused_until: datetime | None = None
    term_ends_at: datetime | None = None
    closes_at: datetime | None = None


moments = st.one_of(st.none(), st.integers(-5, 5).map(lambda days: NOW + days * DAY))
pairs = st.builds(
    Pair,
    state=st.sampled_from(Pairing.State.values),
    expires_at=st.integers(-5, 5).map(lambda days: NOW + days * DAY),
    first_met_at=moments,
    paused_until=moments,
    term_ends_at=moments,
    closes_at=moments,
)


def test_models_and_moves_know_the_same_states() -> None:
    assert set(pairings.HOLDING) == life.HOLDING
    assert set(pairings.TOGETHER) == life.TOGETHER
    assert set(Pairing.State.values) == life.HOLDING | life.ENDED
    used = {state for moves in life.MOVES.values() for move in moves.items() for state in move}
    assert used == set(Pairing.State.values)
    assert set(life.MOVES) == set(life.SIDES)


@pytest.mark.parametrize(
    "pair,state",
    [
        (Pair("proposed"), "proposed"),
        (Pair("proposed", expires_at=NOW), "expired"),
        (Pair("accepted", expires_at=PAST), "accepted"),
        (Pair("accepted", term_ends_at=LATER), "accepted"),
        (Pair("active", term_ends_at=NOW), "closing"),
        (Pair("paused", paused_until=LATER), "paused"),
        (Pair("paused", paused_until=NOW), "accepted"),
        (Pair("paused", paused_until=NOW, first_met_at=PAST), "active"),
        (Pair("paused", paused_until=NOW, term_ends_at=NOW), "closing"),
        (Pair("closing", term_ends_at=PAST, closes_at=LATER), "closing"),
        (Pair("closing", closes_at=NOW), "closed"),
        (Pair("closed", closes_at=LATER), "closed"),
        (Pair("declined", expires_at=PAST), "declined"),
    ],
)
def test_what_a_date_has_ended_is_over(pair: Pair, state: str) -> None:
    assert life.state_at(pair, NOW) == state


@pytest.mark.parametrize(
    "side,moves",
    [
        (life.MENTOR, {"accept": "accepted", "decline": "declined"}),
        (life.MENTEE, {"withdraw": "withdrawn"}),
        (life.CLOCK, {}),
        (
            life.STAFF,
            {
                "accept": "accepted",
                "decline": "declined",
                "withdraw": "withdrawn",
                "expire": "expired",
                "stop": "withdrawn",
            },
        ),
    ],
)
def test_who_may_do_what_with_a_proposal(side: str, moves: dict[str, str]) -> None:
    assert moves_of(Pair("proposed"), side) == moves
    assert moves_of(Pair("proposed", expires_at=NOW), life.MENTOR) == {}


@pytest.mark.parametrize(
    "pair,moves",
    [
        (Pair("accepted"), {"meet": "active", "pause": "paused", "end": "closing"}),
        (Pair("active"), {"not_met": "accepted", "pause": "paused", "end": "closing"}),
        (Pair("paused"), {"resume": "accepted", "end": "closing"}),
        (Pair("paused", first_met_at=PAST), {"resume": "active", "end": "closing"}),
        (Pair("closing"), {"close": "closed"}),
        (Pair("closing", closes_at=NOW), {}),
        (Pair("closed"), {}),
    ],
)
@pytest.mark.parametrize("side", sorted(life.PAIR))
def test_both_of_a_pair_may_do_the_same(pair: Pair, moves: dict[str, str], side: str) -> None:
    assert moves_of(pair, side) == moves


def test_a_meeting_is_taken_back_by_people_alone() -> None:
    assert life.after(Pair("active"), "not_met", life.STAFF, NOW) == "accepted"
    assert life.after(Pair("active"), "not_met", life.CLOCK, NOW) is None


def test_staff_stop_and_reopen() -> None:
    assert life.after(Pair("active"), "stop", life.STAFF, NOW) == "closed"
    assert life.after(Pair("active"), "stop", life.MENTEE, NOW) is None
    assert life.after(Pair("closing"), "reopen", life.STAFF, NOW) == "accepted"
    met = Pair("closing", first_met_at=PAST)
    assert life.after(met, "reopen", life.STAFF, NOW) == "active"
    assert life.after(Pair("closed"), "reopen", life.STAFF, NOW) is None


@pytest.mark.parametrize(
    "pair,moves",
    [
        (Pair("proposed", expires_at=NOW), {"expire": "expired"}),
        (Pair("active", term_ends_at=NOW), {"end": "closing"}),
        (Pair("paused", paused_until=NOW), {"resume": "accepted"}),
        (Pair("paused", paused_until=NOW, first_met_at=PAST), {"resume": "active"}),
        (Pair("paused", paused_until=LATER), {}),
        (Pair("closing", closes_at=NOW), {"close": "closed"}),
        (Pair("closing", closes_at=LATER), {}),
        (Pair("closed"), {}),
    ],
)
def test_the_clock_makes_the_moves_that_a_date_has_made(pair: Pair, moves: dict[str, str]) -> None:
    assert moves_of(pair, life.CLOCK) == moves


@pytest.mark.parametrize(
    "pair,due",
    [
        (Pair("proposed"), None),
        (Pair("proposed", expires_at=PAST), ("expire", PAST)),
        (Pair("active"), None),
        (Pair("active", term_ends_at=LATER, closes_at=LATER), None),
        (Pair("active", term_ends_at=PAST), ("end", PAST)),
        (Pair("active", closes_at=NOW), ("end", NOW)),
        (Pair("paused", paused_until=PAST, term_ends_at=NOW), ("resume", PAST)),
        (Pair("paused", paused_until=NOW, term_ends_at=PAST), ("end", PAST)),
        (Pair("paused", paused_until=LATER), None),
        (Pair("closing", closes_at=NOW), ("close", NOW)),
        (Pair("closing", term_ends_at=PAST, closes_at=LATER), None),
        (Pair("closed", closes_at=PAST), None),
    ],
)
def test_the_next_move_is_the_first_that_was_due(
    pair: Pair, due: tuple[str, datetime] | None
) -> None:
    assert life.due_move(pair, NOW) == due


@given(pairs)
def test_moves_that_are_due_lead_to_what_is_read(pair: Pair) -> None:
    read = life.state_at(pair, NOW)
    for _move in range(4):
        if due := life.due_move(pair, NOW):
            verb, _at = due
            found = life.MOVES[verb][pair.state]
            state = life.resumed(pair) if verb == "resume" else found
            pair = replace(pair, state=state, paused_until=None)
    assert life.due_move(pair, NOW) is None
    assert pair.state == read


def moves_of(pair: Pair, side: str) -> dict[str, str | None]:
    """The moves of a side, with where each leads."""
    return {verb: life.after(pair, verb, side, NOW) for verb in life.moves_at(pair, side, NOW)}


@given(pairs, st.integers(0, 10))
def test_time_never_brings_a_pair_back(pair: Pair, days: int) -> None:
    before = life.state_at(pair, NOW)
    after = life.state_at(pair, NOW + days * DAY)
    if before in life.ENDED:
        assert after == before
    if before == life.CLOSING:
        assert after in (life.CLOSING, life.CLOSED)
    assert after != life.PROPOSED or before == life.PROPOSED


@given(pairs)
def test_what_was_read_may_be_written(pair: Pair) -> None:
    """To write down the state that is read changes nothing about what is read."""
    state = life.state_at(pair, NOW)
    assert life.state_at(replace(pair, state=state), NOW) == state


@given(pairs, st.sampled_from(sorted(life.MOVES)), st.sampled_from(SIDES))
def test_nothing_leads_out_of_an_end(pair: Pair, verb: str, side: str) -> None:
    found = life.after(pair, verb, side, NOW)
    state = life.state_at(pair, NOW)
    if side != life.CLOCK and state in life.ENDED:
        assert found is None
    if found and side == life.CLOCK:
        assert found == state
    if found and side not in (life.STAFF, life.CLOCK):
        assert side in life.SIDES[verb]
        assert found == life.MOVES[verb][state] or verb == "resume"


@pytest.mark.parametrize(
    ("expires_at", "ended_at", "seen"),
    [
        (LATER, None, "proposed"),
        (NOW, None, "expired"),
        (PAST, PAST, "expired"),
        (LATER, NOW, "withdrawn"),
        (PAST, PAST - DAY, "withdrawn"),
    ],
)
def test_the_mentee_reads_a_no_as_no_answer(
    expires_at: datetime, ended_at: datetime | None, seen: str
) -> None:
    pair = Pair("declined", expires_at=expires_at, ended_at=ended_at)
    assert life.seen_at(pair, life.MENTEE, NOW) == seen
    assert life.is_unseen(pair) == (ended_at is None)
    assert {life.seen_at(pair, side, NOW) for side in (life.MENTOR, life.STAFF)} == {"declined"}
    assert life.moves_at(pair, life.STAFF, NOW) == []


@given(pairs)
def test_all_else_reads_the_same_for_everybody(pair: Pair) -> None:
    seen = {life.seen_at(pair, side, NOW) for side in SIDES}
    assert pair.state == "declined" or seen == {life.state_at(pair, NOW)}
