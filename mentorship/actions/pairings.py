"""What two people, the hub and the clock do with a pair as a whole."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import MemberBlock, MentorAsk, Pairing, PairingMove
from mentorship.rules import may_extend, may_move, side_of

from . import words as said
from .absences import tell_absences
from .answers import are_kept_apart
from .asks import renew_ask
from .moves import lock_pairing, locked, log_move, make_move, settle_row, shift
from .noted import note_meeting, take_meeting_back
from .proposals import send_on
from .recorded import record_both
from .telling import other_side
from .wants import clean_reason

LONGEST_PAUSE = timedelta(days=84)
# More time is no move: the state stays.
EXTEND = "extend"
OWN_REASONS = (
    Pairing.Reason.DONE,
    Pairing.Reason.NO_TIME,
    Pairing.Reason.NO_FIT,
    Pairing.Reason.SILENT,
    Pairing.Reason.OTHER,
)


@transaction.atomic
def settle(*, pairing: Pairing, now: datetime | None = None) -> Pairing:
    """Write what dates have ended, by nobody, and tell the two. Gives the row under lock."""
    found = locked(pairing.pk)
    settle_row(found, now or timezone.now())
    return found


def enter(member: Member, pairing: Pairing, now: datetime) -> tuple[Pairing, str]:
    """A pairing under lock, brought up to now, with the member's side. Refuses other people."""
    found = settle(pairing=pairing, now=now)
    side = side_of(member, found)
    if not side:
        raise Refused(_("This is not your pair."))
    return found, side


@transaction.atomic
def pause_pairing(
    *, member: Member, pairing: Pairing, until: datetime, now: datetime | None = None
) -> Pairing:
    """Take a break until a moment, at most twelve weeks; the dates of the pair move with it.

    Twice is once. Refuses other people, a day that has passed, and a pair that cannot pause.
    """
    now = now or timezone.now()
    found, side = enter(member, pairing, now)
    if found.state == life.PAUSED and found.paused_until == until:
        return found
    take_break(found, until, now)
    move = make_move(found, "pause", actor=member, side=side, now=now)
    said.tell_paused(found, other_side(found, member), move.pk, now)
    return found


def take_break(pairing: Pairing, until: datetime | None, now: datetime) -> None:
    """Put the end of a break on the row, and move the dates ahead by its length."""
    if until is None or not now < until <= now + LONGEST_PAUSE:
        raise Refused(_("Choose a day within the next twelve weeks."), "until")
    if pairing.state != life.PAUSED:
        shift(pairing, until - now)
        pairing.paused_until = until


@transaction.atomic
def resume_pairing(*, member: Member, pairing: Pairing, now: datetime | None = None) -> Pairing:
    """Go on before the break is over; what was not used of it is given back. Twice is once."""
    now = now or timezone.now()
    found, side = enter(member, pairing, now)
    if found.state in (life.ACCEPTED, life.ACTIVE):
        return found
    move = make_move(found, "resume", actor=member, side=side, now=now)
    said.tell_resumed(found, other_side(found, member), move.pk, now)
    return found


@transaction.atomic
def extend_pairing(*, member: Member, pairing: Pairing, now: datetime | None = None) -> Pairing:
    """Take more time, once in the life of a pair. Twice is once.

    Refuses other people, a pair that is at its end, and a programme without an extension.
    """
    now = now or timezone.now()
    found, _side = enter(member, pairing, now)
    if found.extended_at is not None:
        return found
    give_time(found, now)
    log_move(found, "extend", found.state, member, now)
    said.tell_extended(found, other_side(found, member), now)
    tell_absences(found, now)
    return found


def give_time(pairing: Pairing, now: datetime) -> None:
    """Put the extension of the programme on the dates of a locked pair. Refuses a pair that is at
    its end or had it already, and a programme without one."""
    weeks = pairing.programme.extension_weeks
    if not may_extend(pairing):
        raise Refused(_("This pair cannot have more time."))
    for name in ("term_ends_at", "closes_at"):
        moment = getattr(pairing, name)
        setattr(pairing, name, moment and moment + timedelta(weeks=weeks))
    pairing.extended_at = now
    pairing.save()


@transaction.atomic
def end_pairing(
    *, member: Member, pairing: Pairing, reason: str, now: datetime | None = None
) -> Pairing:
    """End a pair kindly: the closing step begins. Nobody has to give more than one of a few
    reasons, and the other one is not told which. Twice is once."""
    now = now or timezone.now()
    if reason not in OWN_REASONS:
        raise Refused(_("Choose one of the reasons."), "reason")
    found, side = enter(member, pairing, now)
    if found.state in (life.CLOSING, life.CLOSED):
        return found
    found.end_reason = reason
    move = make_move(found, "end", actor=member, side=side, now=now)
    said.tell_ending(found, other_side(found, member), move.pk, now)
    return found


def move_pairing(
    *,
    member: Member,
    pairing: Pairing,
    verb: str,
    reason: str,
    until: datetime | None = None,
    met_on: date | None = None,
    now: datetime | None = None,
) -> Pairing:
    """Make any move as staff of the hub, with a reason that both can read, or give the extension.
    A break needs `until`; a first meeting was on `met_on`, or today.

    The same move twice is one. Refuses whoever does not coordinate the hub or is one of the two.
    """
    now = now or timezone.now()
    with transaction.atomic():
        found = lock_pairing(pairing, now)
        if not may_move(member, found):
            raise Refused(_("You cannot move this pair."))
        if verb not in {*life.MOVES, EXTEND}:
            raise Refused(_("Choose one of the moves."), "verb")
        reason = clean_reason(reason)
        if is_made(found, verb):
            return found
        if verb == "pause":
            take_break(found, until, now)
        if verb == "accept" and are_kept_apart(found, now):
            raise Refused(_("These two cannot be a pair now. Look at the mentor's checks."), "verb")
        if verb == "meet":
            note_meeting(found, member, met_on, now)
        if verb == "not_met":
            take_meeting_back(found, now)
        by_staff(found, verb, member, reason, now)
    if found.state in (life.EXPIRED, life.WITHDRAWN):
        send_on(ask=found.ask, now=now)
    return found


def is_made(pairing: Pairing, verb: str) -> bool:
    """Whether a pair is already where a move leads, by that same move."""
    is_step = Q(verb=EXTEND) if verb == EXTEND else ~Q(before=F("after"))
    last = pairing.moves.filter(is_step).order_by("-pk").first()
    return last is not None and last.verb == verb and last.is_staff


def by_staff(pairing: Pairing, verb: str, member: Member, reason: str, now: datetime) -> None:
    """Make a move for the hub, tell the two, and put it into the record of both."""
    if verb == "end":
        pairing.end_reason = Pairing.Reason.OTHER
    move = step(pairing, verb, member, reason, now)
    record_both(pairing, member, verb, reason, now)
    if pairing.state == life.DECLINED:
        said.tell_no_for(pairing, now)
        return
    if pairing.state in (life.EXPIRED, life.WITHDRAWN):
        said.tell_not_now(pairing, now)
        said.tell_taken_back(pairing, now)
        return
    for one in said.both(pairing):
        TOLD[verb](pairing, one, move.pk, now)
    if verb in ("accept", "reopen", EXTEND):
        tell_absences(pairing, now)


def step(pairing: Pairing, verb: str, member: Member, reason: str, now: datetime) -> PairingMove:
    """Make and log what staff do with a locked pair."""
    if verb != EXTEND:
        return make_move(pairing, verb, actor=member, side=life.STAFF, now=now, reason=reason)
    give_time(pairing, now)
    return log_move(pairing, verb, pairing.state, member, now, reason=reason, is_staff=True)


TOLD = {
    "accept": said.tell_begun,
    "meet": said.tell_met,
    "not_met": said.tell_not_met,
    EXTEND: said.tell_more_time,
    "pause": said.tell_paused,
    "resume": said.tell_resumed,
    "end": said.tell_ending,
    "close": said.tell_closed,
    "stop": said.tell_closed,
    "reopen": said.tell_resumed,
}


@transaction.atomic
def ask_again(*, member: Member, pairing: Pairing, now: datetime | None = None) -> MentorAsk:
    """Ask for another mentor with one tick, in the words of the first ask. Twice is once.

    The first asking date is kept where the mentor or the hub ended it. Refuses other people, and
    while the pair is not over; who has sent the words of the closing step need not wait for the
    other one.
    """
    now = now or timezone.now()
    found, side = enter(member, pairing, now)
    if side != life.MENTEE:
        raise Refused(_("This is not your question."))
    has_closed = found.state == life.CLOSING and found.mentee_closed_at is not None
    if found.state != life.CLOSED and not has_closed:
        raise Refused(_("Your time together is not over. End it first."))
    return renew_ask(found, found.ask.asked_at if is_ended_by_others(found) else now, now)


def is_ended_by_others(pairing: Pairing) -> bool:
    """Whether the mentor or the hub brought a pair to its end: not the mentee, not a date. The log
    of a pair that is stopped for safety or by a block names nobody."""
    if pairing.end_reason in (Pairing.Reason.MENTOR_LEFT, Pairing.Reason.SAFETY):
        return True
    ends = pairing.moves.filter(verb__in=("end", "stop")).exclude(before=life.CLOSING)
    last = ends.order_by("-pk").first()
    if last is None or last.actor_id is not None:
        return last is not None and last.actor_id != pairing.mentee_id
    return last.verb == "stop" and not has_blocked(pairing)


def has_blocked(pairing: Pairing) -> bool:
    """Whether the mentee does not want to meet the mentor again."""
    giver = pairing.mentor.member_id if pairing.mentor else None
    return MemberBlock.objects.filter(member=pairing.mentee_id, blocked=giver).exists()
