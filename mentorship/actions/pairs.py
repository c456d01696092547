"""What two people do in their pair: goals, notes, messages, and how it goes."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import notify
from members.errors import Refused
from members.models import Member
from mentorship import life, pulses
from mentorship.models import Goal, Pairing, PairMessage, PairNote, Pulse
from mentorship.rules import side_of

from .moves import SIGNS, lock_pairing, note_sign
from .telling import KIND, name_of, other_side, pair_address

WORDS_LENGTH = 4000
GOAL_LENGTH = 200
QUIET = timedelta(hours=1)


def enter(member: Member, pairing: Pairing, now: datetime) -> tuple[Pairing, str]:
    """A pairing under lock and brought up to now, with the member's side.

    Refuses whoever is not one of the two, and a pair that has not begun or is over.
    """
    locked = lock_pairing(pairing, now)
    side = side_of(member, locked)
    if not side:
        raise Refused(_("This is not your pair."))
    if locked.state not in life.TOGETHER:
        raise Refused(_("You are not a pair now, so nothing can be added here."))
    return locked, side


def sign(pairing: Pairing, now: datetime, side: str = "") -> None:
    """Note that one side, or both, gave a sign."""
    note_sign(pairing, now, side=side)
    pairing.save(update_fields=["last_sign_at", *SIGNS.values()])


def own_key(key: uuid.UUID, pairing: Pairing, member: Member, words: str = "") -> uuid.UUID:
    """The key of a row: what is sent twice is one, other words are another one, and nobody meets
    the key of somebody else."""
    return uuid.uuid5(key, f"{pairing.pk} {member.pk} {words}")


def checked_words(words: str, most: int = WORDS_LENGTH) -> str:
    """Typed words without the space around them. Refuses none, and too many."""
    words = words.strip()
    if not words:
        raise Refused(_("Write a few words first."), "words")
    if len(words) > most:
        raise Refused(_("This is too long. Please keep it shorter."), "words")
    return words


@transaction.atomic
def set_goal(
    *, member: Member, pairing: Pairing, number: int, words: str, now: datetime | None = None
) -> Goal | None:
    """Write goal 1, 2 or 3 in the mentee's words. No words take the goal away; gives what is left.

    Refuses the mentor, another number, and more than 200 letters.
    """
    now = now or timezone.now()
    locked, side = enter(member, pairing, now)
    if side != life.MENTEE:
        raise Refused(_("Goals are in the words of the learner. Talk about them when you meet."))
    if number not in (1, 2, 3):
        raise Refused(_("Three goals are the most. Change one of them."))
    goal = Goal.objects.filter(pairing=locked, number=number).first()
    if not words.strip() and goal is not None:
        goal.delete()
        return None
    words = checked_words(words, GOAL_LENGTH)
    if goal is not None and goal.words == words:
        return goal
    goal = goal or Goal(pairing=locked, number=number, made_at=now)
    goal.words = words
    goal.save()
    sign(locked, now, side)
    return goal


@transaction.atomic
def meet_goal(
    *, member: Member, pairing: Pairing, number: int, met: bool, now: datetime | None = None
) -> Goal:
    """Say that a goal is met, or not yet after all. Either of the two may. Refuses a goal that is
    not there."""
    now = now or timezone.now()
    locked, side = enter(member, pairing, now)
    goal = Goal.objects.filter(pairing=locked, number=number).first()
    if goal is None:
        raise Refused(_("This goal is not there any more."))
    if bool(goal.met_at) != met:
        goal.met_at = now if met else None
        goal.save(update_fields=["met_at"])
        sign(locked, now, side)
    return goal


@transaction.atomic
def add_note(
    *,
    member: Member,
    pairing: Pairing,
    key: uuid.UUID,
    words: str,
    is_private: bool = False,
    now: datetime | None = None,
) -> PairNote:
    """Keep a note, for both or for oneself; one for oneself is no sign of life. The same note
    twice is one.

    Refuses an empty note and one over 4,000 letters.
    """
    now = now or timezone.now()
    words = checked_words(words)
    locked, side = enter(member, pairing, now)
    note, created = PairNote.objects.get_or_create(
        key=own_key(key, locked, member, f"{is_private} {words}"),
        defaults={
            "pairing": locked,
            "author": member,
            "words": words,
            "is_private": is_private,
            "made_at": now,
        },
    )
    if created and not is_private:
        sign(locked, now, side)
    return note


@transaction.atomic
def send_message(
    *, member: Member, pairing: Pairing, key: uuid.UUID, words: str, now: datetime | None = None
) -> PairMessage:
    """Send a message to the other one, who gets a notice without its words. Twice is one.

    Several within an hour make one mail. Refuses an empty message and one over 4,000 letters.
    """
    now = now or timezone.now()
    words = checked_words(words)
    locked, side = enter(member, pairing, now)
    message, created = PairMessage.objects.get_or_create(
        key=own_key(key, locked, member, words),
        defaults={"pairing": locked, "author": member, "words": words, "made_at": now},
    )
    if created:
        sign(locked, now, side)
        tell_of_message(message, other_side(locked, member), now)
    return message


def tell_of_message(message: PairMessage, to: Member | None, now: datetime) -> None:
    """A notice about a message; what it says stays on the page."""
    pairing = message.pairing
    lately = PairMessage.objects.filter(
        pairing=pairing, author=message.author, made_at__gt=now - QUIET
    ).exclude(pk=message.pk)
    if to is None:
        return
    with to.in_own_language():
        notify(
            member=to,
            key=f"pairing:{pairing.pk}:message:{message.pk}",
            kind=KIND,
            text=_("%(name)s wrote to you.") % {"name": name_of(message.author)},
            url=f"{pair_address(pairing)}#messages",
            email=not lately.exists(),
            now=now,
        )


@transaction.atomic
def answer_pulse(
    *,
    member: Member,
    pairing: Pairing,
    point: str,
    going: int,
    wants_call: bool = False,
    now: datetime | None = None,
) -> Pulse:
    """Say how it goes and whether the hub should call. The first answer to a point stands.

    Refuses a point that has not come, and an answer that is none.
    """
    now = now or timezone.now()
    locked, _side = enter(member, pairing, now)
    if point not in pulses.points_at(locked.accepted_at, locked.state, now):
        raise Refused(_("Nobody asks this now. Thank you all the same."))
    return keep_pulse(member, locked, point, going, wants_call, now)


def keep_pulse(
    member: Member,
    pairing: Pairing,
    point: str,
    going: int | None,
    wants_call: bool,
    now: datetime,
) -> Pulse:
    """Keep an answer to a point; the first one stands. Refuses an answer that is none."""
    if going not in Pulse.Going.values:
        raise Refused(_("Choose how it goes."), "going")
    pulse, _created = Pulse.objects.get_or_create(
        pairing=pairing,
        member=member,
        point=point,
        defaults={"going": going, "wants_call": wants_call, "made_at": now},
    )
    return pulse
