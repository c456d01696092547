"""A mentor takes a break, comes back, or stops: an orderly hand-over, nobody is dumped.

Whoever was asked for goes on to the next mentor; whoever had the mentor gets a new ask that
waits with the first asking date.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import Mentor, MentorAsk, Pairing

from . import words as said
from .asks import renew_ask
from .moves import end_unseen, lock_mentors, locked, make_move, settle_row
from .proposals import send_on
from .wants import clean_length

REASON_LENGTH = 500


def pause_mentor(*, member: Member, now: datetime | None = None) -> Mentor:
    """Take no new learners for a while. The pairs go on; what was asked goes on to others.

    Twice is once. Refuses who is not a ready mentor.
    """
    now = now or timezone.now()
    with transaction.atomic():
        mentor = own_giver(member)
        if mentor.state == Mentor.State.PAUSED:
            return mentor
        if mentor.state != Mentor.State.READY:
            raise Refused(_("Your hub has not said yet that you are ready."))
        mentor.state = Mentor.State.PAUSED
        mentor.save(update_fields=["state"])
        asks = hand_on(mentor, member, now)
    send_all_on(asks, now)
    return mentor


@transaction.atomic
def return_mentor(*, member: Member, now: datetime | None = None) -> Mentor:
    """Take learners again. Twice is once. Refuses who has not paused, and whom the hub paused."""
    mentor = own_giver(member)
    if mentor.state == Mentor.State.READY:
        return mentor
    if mentor.state != Mentor.State.PAUSED:
        raise Refused(_("Your hub has not said yet that you are ready."))
    if mentor.is_held_by_hub:
        raise Refused(_("Your hub has paused this. Please ask the people of your hub."))
    mentor.state, mentor.free_since = Mentor.State.READY, now or timezone.now()
    mentor.save(update_fields=["state", "free_since"])
    return mentor


def leave_mentoring(*, member: Member, reason: str = "", now: datetime | None = None) -> Mentor:
    """Stop being a mentor, at once. Each pair closes; who had the mentor waits again, from the
    first asking date on. The reason is for the hub. Twice is once."""
    now = now or timezone.now()
    with transaction.atomic():
        mentor = own_giver(member)
        if mentor.state == Mentor.State.LEFT:
            return mentor
        reason = clean_length(reason, REASON_LENGTH, "reason")
        mentor.left_when_cleared = is_cleared(mentor)
        asks = leave(mentor, member, now, reason=reason)
    send_all_on(asks, now)
    return mentor


def is_cleared(mentor: Mentor) -> bool:
    """Whether the hub lets a mentor have learners, who may have paused alone."""
    states = (Mentor.State.READY, Mentor.State.PAUSED)
    return mentor.state in states and not mentor.is_held_by_hub


def own_giver(member: Member) -> Mentor:
    """The member's own row as a mentor, locked with whoever waits for it. Refuses others."""
    found = Mentor.objects.filter(member=member).first()
    if found is None:
        raise Refused(_("You are not a mentor."))
    return lock_giver(found)


def lock_giver(mentor: Mentor) -> Mentor:
    """A mentor, locked after the asks that may change with it: in the order of all locks."""
    open_rows = Pairing.objects.pending().filter(mentor=mentor)
    waiting = Q(state=MentorAsk.State.WAITING, member__in=open_rows.values("mentee"))
    asks = MentorAsk.objects.filter(Q(pk__in=open_rows.values("ask")) | waiting)
    list(asks.select_for_update(of=("self",)).order_by("pk"))
    return lock_mentors(mentor.pk)[mentor.pk]


def hand_on(
    mentor: Mentor,
    actor: Member | None,
    now: datetime,
    *,
    is_staff: bool = False,
    reason: str = "",
    away_from: date | None = None,
) -> list[MentorAsk]:
    """Take back what a mentor was asked; the mentees hear that it is not possible now, also of a
    no, which they did not know. Of somebody who is away from a day on only what runs into it.
    Gives their asks."""
    asks = []
    for pairing in open_pairings(mentor, now):
        if away_from is not None and pairing.expires_at.date() < away_from:
            continue
        if pairing.state == life.PROPOSED:
            stop(pairing, actor, now, is_staff=is_staff, reason=reason)
        elif life.is_unseen(pairing):
            end_unseen(pairing, now)
        else:
            continue
        said.tell_not_now(pairing, now)
        asks.append(pairing.ask)
    return asks


def leave(
    mentor: Mentor, actor: Member, now: datetime, *, is_staff: bool = False, reason: str = ""
) -> list[MentorAsk]:
    """End all that a mentor has. Gives the asks that wait for somebody else now. Why a mentor stops
    is for the mentor's own hub: the pairs' logs have it only where staff say it."""
    shown = reason if is_staff else ""
    asks = hand_on(mentor, actor, now, is_staff=is_staff, reason=shown)
    for pairing in open_pairings(mentor, now):
        is_ending = pairing.state == life.CLOSING
        pairing.end_reason = pairing.end_reason or Pairing.Reason.MENTOR_LEFT
        move = stop(pairing, actor, now, is_staff=is_staff, reason=shown)
        if is_ending:
            said.tell_closed(pairing, pairing.mentee, move, now)
        elif pairing.mentee_id:
            asks.append(renew_ask(pairing, pairing.ask.asked_at, now))
            said.tell_mentor_left(pairing, pairing.ask.asked_at, now)
    mentor.state, mentor.left_at = Mentor.State.LEFT, now
    mentor.left_words = "" if is_staff else reason
    mentor.save(update_fields=["state", "left_when_cleared", "left_at", "left_words"])
    return asks


def open_pairings(mentor: Mentor, now: datetime) -> list[Pairing]:
    """What a locked mentor has, locked, and brought up to now."""
    rows = Pairing.objects.pending().filter(mentor=mentor)
    found = [locked(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    for pairing in found:
        settle_row(pairing, now)
    return [one for one in found if one.state in life.HOLDING or life.is_unseen(one)]


def stop(
    pairing: Pairing, actor: Member | None, now: datetime, *, is_staff: bool, reason: str
) -> int:
    """End a proposal or a pair at once, and say by which move. Nobody is told here."""
    move = make_move(
        pairing,
        "stop",
        actor=actor,
        side=life.STAFF,
        now=now,
        reason=reason,
        is_staff=is_staff,
    )
    return move.pk


def send_all_on(asks: list[MentorAsk], now: datetime) -> None:
    """Send on what waits for somebody else, each in a transaction of its own."""
    for ask in asks:
        send_on(ask=ask, now=now)
