"""When a pair is at risk: by its dates, and by what the two said. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from . import life

ANSWER, MEETING, SILENT, BADLY, CALL = "answer", "meeting", "silent", "badly", "call"
LAST_DAY = timedelta(days=1)
NOT_WELL = 1
# What the log of a pairing calls it when staff spoke with one of the two, or with both.
CONTACTS = {"mentee": "spoke_mentee", "mentor": "spoke_mentor", "both": "spoke_both"}
WATCHED = frozenset({life.ACCEPTED, life.ACTIVE})


class Watched(life.Dated, Protocol):
    """What is looked at in a pairing."""

    accepted_at: datetime | None
    meet_by: datetime | None
    last_sign_at: datetime | None
    mentor_sign_at: datetime | None
    mentee_sign_at: datetime | None


@dataclass(frozen=True)
class Said:
    """What one of the two said about how it goes."""

    member: int | None
    going: int
    wants_call: bool
    at: datetime

    @property
    def is_worrying(self) -> bool:
        """Whether staff should speak with this person."""
        return self.going == NOT_WELL or self.wants_call


@dataclass(frozen=True)
class Risk:
    """Why a pair is at risk, and since when (for an answer: until when). `who` said it; of a
    silence, `side` is the one who is silent, empty for both."""

    code: str
    at: datetime
    who: int | None = None
    side: str = ""


def risks(
    pairing: Watched,
    silent_days: int,
    said: Iterable[Said],
    spoke_at: datetime | None,
    now: datetime,
    back_at: datetime | None = None,
) -> list[Risk]:
    """Everything that puts a pairing at risk at a moment. `spoke_at` is when staff last spoke
    with the two: what was said before that is dealt with. `back_at` is until when the mentor was
    away last, at most now."""
    state = life.state_at(pairing, now)
    if state == life.PROPOSED:
        return runs_out(pairing, now)
    if state not in life.TOGETHER:
        return []
    silent = too_silent(pairing, state, silent_days, now, back_at)
    return [*too_late(pairing, state, now), *silent, *worries(said, spoke_at)]


def runs_out(pairing: Watched, now: datetime) -> list[Risk]:
    """A proposal that nobody has answered a day before it ends."""
    is_close = pairing.expires_at <= now + LAST_DAY
    return [Risk(ANSWER, pairing.expires_at)] if is_close else []


def too_late(pairing: Watched, state: str, now: datetime) -> list[Risk]:
    """No first meeting by the day on which it was due."""
    due = pairing.meet_by
    has_met = pairing.first_met_at is not None
    if state != life.ACCEPTED or has_met or due is None or due > now:
        return []
    return [Risk(MEETING, due)]


def too_silent(
    pairing: Watched,
    state: str,
    silent_days: int,
    now: datetime,
    back_at: datetime | None = None,
) -> list[Risk]:
    """No sign of one or of both for so many days. A pause does not count, nor do the days on
    which the mentor was away, until `back_at`."""
    if state not in WATCHED:
        return []
    sides = (life.MENTOR, life.MENTEE)
    heard = {side: last_heard(pairing, side, now, back_at) for side in sides}
    early = now - timedelta(days=silent_days)
    quiet = {side: at for side, at in heard.items() if at is not None and at <= early}
    if not quiet:
        return []
    return [Risk(SILENT, max(quiet.values()), side="" if len(quiet) > 1 else next(iter(quiet)))]


def last_heard(
    pairing: Watched, side: str, now: datetime, back_at: datetime | None = None
) -> datetime | None:
    """The last sign of one of the two; a yes, the end of a pause and the mentor's return count
    for both."""
    own = pairing.mentor_sign_at if side == life.MENTOR else pairing.mentee_sign_at
    signs = [pairing.accepted_at, own or pairing.last_sign_at, pairing.paused_until, back_at]
    return max((one for one in signs if one is not None and one <= now), default=None)


def worries(said: Iterable[Said], spoke_at: datetime | None) -> list[Risk]:
    """What each of the two said last, if it worries and nobody has spoken with them since."""
    last: dict[int | None, Said] = {}
    for one in sorted(said, key=lambda one: one.at):
        last[one.member] = one
    open_ones = sorted((one for one in last.values() if one.is_worrying), key=lambda one: one.at)
    return [
        Risk(CALL if one.wants_call else BADLY, one.at, one.member)
        for one in open_ones
        if spoke_at is None or spoke_at < one.at
    ]
