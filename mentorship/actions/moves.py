"""How a pairing moves: under a lock, as `mentorship.life` says, each move logged.

Locks are always taken in one order: the ask, the mentor, the pairing. Whoever holds a mentor
asks for no other mentor, so nobody waits in a circle. A proposal is sent on in a transaction of
its own.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import Mentor, MentorAsk, Pairing, PairingMove
from mentorship.queries.away import first_meeting_by

from . import words

DATES = ("meet_by", "term_ends_at", "closes_at")
SIGNS = {life.MENTOR: "mentor_sign_at", life.MENTEE: "mentee_sign_at"}


def lock_pairing(pairing: Pairing, now: datetime) -> Pairing:
    """The pairing with its people, locked until the transaction ends; what a date has ended since
    it was last looked at is written."""
    lock_ask(pairing.ask_id)
    lock_mentors(pairing.mentor_id)
    found = locked(pairing.pk)
    settle_row(found, now)
    return found


def lock_ask(pk: int) -> MentorAsk:
    """An ask, locked until the transaction ends."""
    rows = MentorAsk.objects.select_for_update(of=("self",))
    return rows.select_related("member", "hub", "programme", "topic", "course").get(pk=pk)


def lock_mentors(*keys: int | None) -> dict[int, Mentor]:
    """Mentors by their keys, locked in one order until the transaction ends."""
    rows = Mentor.objects.select_for_update(of=("self",)).select_related("member", "hub")
    return {row.pk: row for row in rows.filter(pk__in=[one for one in keys if one]).order_by("pk")}


def locked(pk: int) -> Pairing:
    """A pairing with its people, locked. Its mentor must be locked already."""
    rows = Pairing.objects.select_for_update(of=("self",))
    return rows.select_related("ask", "mentor__member", "mentee", "hub", "programme").get(pk=pk)


def make_move(
    pairing: Pairing,
    verb: str,
    *,
    actor: Member | None,
    side: str,
    now: datetime,
    reason: str = "",
    is_staff: bool | None = None,
) -> PairingMove:
    """Make and log a move of a locked pairing. Refuses one that may not be made now.

    Dates that a person gives (`paused_until`, `end_reason`) stand on the row before; the others
    follow from the move.
    """
    after = life.after(pairing, verb, side, now)
    if after is None:
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    by_staff = side == life.STAFF if is_staff is None else is_staff
    return write_move(pairing, verb, after, actor, now, reason=reason, is_staff=by_staff)


def write_move(
    pairing: Pairing,
    verb: str,
    after: str,
    actor: Member | None,
    at: datetime,
    *,
    reason: str = "",
    is_staff: bool = False,
) -> PairingMove:
    """Write a state with the dates that follow from it, and the line in the log. With the end the
    mentor loses what names the mentee."""
    before, pairing.state = pairing.state, after
    if verb in FOLLOWS:
        FOLLOWS[verb](pairing, at)
    if after in life.ENDED:
        pairing.ended_at = None if after == life.DECLINED else at
        pairing.paused_until = None
        words.forget_mentee(pairing)
    pairing.save()
    return log_move(pairing, verb, before, actor, at, reason=reason, is_staff=is_staff)


def log_move(
    pairing: Pairing,
    verb: str,
    before: str,
    actor: Member | None,
    at: datetime,
    *,
    reason: str = "",
    is_staff: bool = False,
) -> PairingMove:
    """One more line in the log of a pairing."""
    return PairingMove.objects.create(
        pairing=pairing,
        actor=actor,
        verb=verb,
        before=before,
        after=pairing.state,
        is_staff=is_staff,
        reason=reason,
        made_at=at,
    )


def settle_row(pairing: Pairing, now: datetime) -> list[PairingMove]:
    """Write what dates have ended, move by move, by nobody, and tell the two."""
    if life.is_unseen(pairing) and pairing.expires_at <= now:
        end_unseen(pairing, pairing.expires_at)
        words.tell_not_now(pairing, now)
    moves = []
    while due := life.due_move(pairing, now):
        verb, at = due
        found = life.MOVES[verb][pairing.state]
        after = life.resumed(pairing) if verb == "resume" else found
        moves.append(write_move(pairing, verb, after, None, at))
    for move in moves[-1:]:
        tell_settled(pairing, move, now)
    return moves


def end_unseen(pairing: Pairing, at: datetime) -> None:
    """End a no, of which the mentee knows nothing, for the mentee too."""
    pairing.ended_at = at
    pairing.save(update_fields=["ended_at"])


def tell_settled(pairing: Pairing, move: PairingMove, now: datetime) -> None:
    """Tell the two what a date has done."""
    if move.verb == "expire":
        words.tell_ran_out(pairing, now)
        return
    told = {
        "resume": words.tell_resumed,
        "end": words.tell_ending,
        "close": words.tell_closed,
    }[move.verb]
    for member in words.both(pairing):
        told(pairing, member, move.pk, now)


def accepted(pairing: Pairing, at: datetime) -> None:
    """The dates of a pair that begins, and its ask has found somebody."""
    programme = pairing.programme
    pairing.answered_at = pairing.accepted_at = at
    note_sign(pairing, at)
    pairing.meet_by = first_meeting_by(pairing, at)
    pairing.term_ends_at = at + timedelta(weeks=programme.term_weeks)
    pairing.closes_at = pairing.term_ends_at + timedelta(days=programme.closing_days)
    pairing.ask.state, pairing.ask.ended_at = MentorAsk.State.PAIRED, at
    pairing.ask.save(update_fields=["state", "ended_at"])


def declined(pairing: Pairing, at: datetime) -> None:
    """When the mentor answered."""
    pairing.answered_at = at


def met(pairing: Pairing, at: datetime) -> None:
    """The first meeting, which is a sign of both on its day, whenever it was told."""
    pairing.first_met_at = pairing.first_met_at or at
    note_sign(pairing, pairing.first_met_at)


def not_met(pairing: Pairing, at: datetime) -> None:
    """The only meeting was none."""
    pairing.first_met_at = None


def resumed(pairing: Pairing, at: datetime) -> None:
    """A break is over: what was not used of it is given back."""
    shift(pairing, min(at - (pairing.paused_until or at), timedelta(0)))
    pairing.paused_until = None
    note_sign(pairing, at)


def ended(pairing: Pairing, at: datetime) -> None:
    """The closing step begins."""
    pairing.paused_until = None
    pairing.closes_at = at + timedelta(days=pairing.programme.closing_days)
    pairing.end_reason = pairing.end_reason or Pairing.Reason.TERM


def stopped(pairing: Pairing, at: datetime) -> None:
    """A pair that ends at once has a reason; a proposal has none."""
    if pairing.state == life.CLOSED:
        pairing.end_reason = pairing.end_reason or Pairing.Reason.OTHER


def reopened(pairing: Pairing, at: datetime) -> None:
    """A pair goes on: to the end of its time, or for one extension when that is over."""
    programme = pairing.programme
    pairing.end_reason = ""
    note_sign(pairing, at)
    pairing.mentee_closed_at = pairing.mentor_closed_at = None
    if life.is_past(pairing.term_ends_at, at) or pairing.term_ends_at is None:
        pairing.term_ends_at = at + timedelta(weeks=max(programme.extension_weeks, 1))
    pairing.closes_at = pairing.term_ends_at + timedelta(days=programme.closing_days)


def note_sign(pairing: Pairing, at: datetime, *, side: str = "") -> None:
    """Note a sign of one side, or of both. The last sign of the other one stays what it was."""
    before = pairing.last_sign_at or pairing.accepted_at
    for one, name in SIGNS.items():
        last = getattr(pairing, name) or before
        setattr(pairing, name, last if side and side != one else max(last or at, at))
    pairing.last_sign_at = max(pairing.last_sign_at or at, at)


def shift(pairing: Pairing, by: timedelta) -> None:
    """Move the dates that lie ahead of a pair."""
    for name in DATES:
        moment = getattr(pairing, name)
        if moment is not None:
            setattr(pairing, name, moment + by)


FOLLOWS: dict[str, Callable[[Pairing, datetime], None]] = {
    "accept": accepted,
    "decline": declined,
    "meet": met,
    "not_met": not_met,
    "resume": resumed,
    "end": ended,
    "stop": stopped,
    "reopen": reopened,
}
