"""The life of a pairing: its states, who makes which move, and what a date has ended. Pure."""

from datetime import datetime
from typing import Protocol

PROPOSED, ACCEPTED, ACTIVE, PAUSED = "proposed", "accepted", "active", "paused"
CLOSING, CLOSED = "closing", "closed"
DECLINED, EXPIRED, WITHDRAWN = "declined", "expired", "withdrawn"

HOLDING = frozenset({PROPOSED, ACCEPTED, ACTIVE, PAUSED, CLOSING})
TOGETHER = HOLDING - {PROPOSED}
ENDED = frozenset({CLOSED, DECLINED, EXPIRED, WITHDRAWN})

MENTOR, MENTEE, STAFF, CLOCK = "mentor", "mentee", "staff", "clock"
PAIR = frozenset({MENTOR, MENTEE})

# A verb leads from each of these states to that one. "resume" leads to where the pair was.
MOVES: dict[str, dict[str, str]] = {
    "accept": {PROPOSED: ACCEPTED},
    "decline": {PROPOSED: DECLINED},
    "withdraw": {PROPOSED: WITHDRAWN},
    "expire": {PROPOSED: EXPIRED},
    "meet": {ACCEPTED: ACTIVE},
    "not_met": {ACTIVE: ACCEPTED},
    "pause": {ACCEPTED: PAUSED, ACTIVE: PAUSED},
    "resume": {PAUSED: ACTIVE},
    "end": {ACCEPTED: CLOSING, ACTIVE: CLOSING, PAUSED: CLOSING},
    "close": {CLOSING: CLOSED},
    "stop": {
        PROPOSED: WITHDRAWN,
        ACCEPTED: CLOSED,
        ACTIVE: CLOSED,
        PAUSED: CLOSED,
        CLOSING: CLOSED,
    },
    "reopen": {CLOSING: ACTIVE},
}

# Who makes a move. Staff make any of them, with a reason.
SIDES: dict[str, frozenset[str]] = {
    "accept": frozenset({MENTOR}),
    "decline": frozenset({MENTOR}),
    "withdraw": frozenset({MENTEE}),
    "expire": frozenset({CLOCK}),
    "meet": PAIR,
    "not_met": PAIR,
    "pause": PAIR,
    "resume": PAIR | {CLOCK},
    "end": PAIR | {CLOCK},
    "close": PAIR | {CLOCK},
    "stop": frozenset(),
    "reopen": frozenset(),
}


class Dated(Protocol):
    """What a pairing's state depends on, beside the clock."""

    state: str
    expires_at: datetime
    ended_at: datetime | None
    first_met_at: datetime | None
    paused_until: datetime | None
    term_ends_at: datetime | None
    closes_at: datetime | None


def state_at(pairing: Dated, now: datetime) -> str:
    """The state of a pairing at a moment: what a date has ended is over when it is read."""
    state = pairing.state
    if state == PROPOSED:
        return EXPIRED if pairing.expires_at <= now else PROPOSED
    if state not in TOGETHER:
        return state
    if is_past(pairing.closes_at, now):
        return CLOSED
    if state != CLOSING and is_past(pairing.term_ends_at, now):
        return CLOSING
    if state == PAUSED and is_past(pairing.paused_until, now):
        return resumed(pairing)
    return state


def is_unseen(pairing: Dated) -> bool:
    """Whether the mentee has not learned yet that a mentor who was asked gives no answer: a no
    ends for the mentee when the time of the question is over, as no answer does."""
    return pairing.state == DECLINED and pairing.ended_at is None


def seen_at(pairing: Dated, side: str, now: datetime) -> str:
    """The state as one side may know it. To the mentee a no is a question that is out, then one
    that ran out; taken back meanwhile, it was taken back."""
    if side != MENTEE or pairing.state != DECLINED:
        return state_at(pairing, now)
    if pairing.ended_at is not None and pairing.ended_at < pairing.expires_at:
        return WITHDRAWN
    return EXPIRED if pairing.expires_at <= now else PROPOSED


def due_move(pairing: Dated, now: datetime) -> tuple[str, datetime] | None:
    """The next move that a date has made, and when; None when all is written. Move by move it
    leads to what `state_at` says."""
    state = pairing.state
    if state == PROPOSED:
        return dated("expire", pairing.expires_at, now)
    if state == CLOSING:
        return dated("close", pairing.closes_at, now)
    if state not in TOGETHER:
        return None
    back = dated("resume", pairing.paused_until, now) if state == PAUSED else None
    over = dated("end", pairing.term_ends_at, now) or dated("end", pairing.closes_at, now)
    return min((one for one in (back, over) if one), key=lambda one: one[1], default=None)


def dated(verb: str, at: datetime | None, now: datetime) -> tuple[str, datetime] | None:
    """A move and its moment, once that has come."""
    return (verb, at) if at is not None and at <= now else None


def is_past(moment: datetime | None, now: datetime) -> bool:
    """Whether a moment has come."""
    return moment is not None and moment <= now


def resumed(pairing: Dated) -> str:
    """Where a pair goes on after a pause or a second thought: active once it has met."""
    return ACTIVE if pairing.first_met_at else ACCEPTED


def after(pairing: Dated, verb: str, side: str, now: datetime) -> str | None:
    """The state after a move of one side (mentor, mentee, staff or clock); None if it may not be
    made. The clock makes the moves that a date has made already, and no others."""
    if side not in SIDES[verb] | {STAFF}:
        return None
    present = state_at(pairing, now)
    found = MOVES[verb].get(pairing.state if side == CLOCK else present)
    if found == ACTIVE and verb in ("resume", "reopen"):
        found = resumed(pairing)
    return found if side != CLOCK or found == present else None


def moves_at(pairing: Dated, side: str, now: datetime) -> list[str]:
    """The moves that a side may make now."""
    return [verb for verb in MOVES if after(pairing, verb, side, now)]
