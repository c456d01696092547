"""A mentor answers: yes, or a no of which the mentee learns nothing."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import Mentor, Pairing, Programme
from mentorship.queries.closing import is_blocked
from mentorship.rules import may_answer

from . import words as said
from .absences import tell_absences
from .moves import lock_pairing, make_move
from .telling import name_of
from .wants import clean_length

WORDS_LENGTH = 500


@transaction.atomic
def accept_pairing(*, member: Member, pairing: Pairing, now: datetime | None = None) -> Pairing:
    """Say yes as the mentor. The two are a pair from now on. Twice is once.

    Refuses other people, a proposal that ran out or was taken back, and a mentor who is not ready.
    """
    now = now or timezone.now()
    found = answerable(member, pairing, now)
    if found.state in life.TOGETHER:
        return found
    refuse_closed(found)
    refuse_apart(found, now)
    move = make_move(found, "accept", actor=member, side=life.MENTOR, now=now)
    said.tell_begun(found, found.mentee, move.pk, now)
    tell_absences(found, now)
    return found


def answerable(member: Member, pairing: Pairing, now: datetime) -> Pairing:
    """A proposal, locked, for the mentor who was asked. Refuses other people."""
    found = lock_pairing(pairing, now)
    if not may_answer(member, found):
        raise Refused(_("You cannot answer this."))
    return found


def refuse_closed(pairing: Pairing) -> None:
    """Refuse to answer what does not wait for an answer any more."""
    if pairing.state != life.PROPOSED:
        raise Refused(
            _("%(name)s does not wait for your answer any more. Thank you all the same.")
            % {"name": name_of(pairing.mentee)}
        )


def refuse_apart(pairing: Pairing, now: datetime) -> None:
    """Refuse a yes where the two cannot be a pair now."""
    if are_kept_apart(pairing, now):
        raise Refused(_("You cannot say yes just now. Please ask the people of your hub."))


def are_kept_apart(pairing: Pairing, now: datetime) -> bool:
    """Whether the hub has stopped the mentor, the checks have run out meanwhile, or one of the two
    does not want to meet the other one."""
    mentor = pairing.mentor
    assert mentor is not None
    is_on = mentor.state in (Mentor.State.READY, Mentor.State.PAUSED)
    return (
        not is_on
        or not is_in_date(mentor, pairing.programme, now)
        or is_blocked(mentor.member_id, pairing.mentee_id)
    )


def is_in_date(mentor: Mentor, programme: Programme, now: datetime) -> bool:
    """Whether a mentor's checks reach the level of a programme and are not due again. Where no
    check is asked for, none is ever due."""
    is_due = mentor.check_due_on is not None and mentor.check_due_on <= now.date()
    return not programme.check_level or (mentor.check_level >= programme.check_level and not is_due)


@transaction.atomic
def decline_pairing(
    *, member: Member, pairing: Pairing, words: str = "", now: datetime | None = None
) -> Pairing:
    """Say no as the mentor. The seat is free at once. The words are for the hub; to the mentee
    the question is out until its time is over, and nobody else is asked before. Twice is once."""
    now = now or timezone.now()
    found = answerable(member, pairing, now)
    if found.state == life.DECLINED:
        return found
    refuse_closed(found)
    found.decline_words = clean_length(words, WORDS_LENGTH, "words")
    make_move(found, "decline", actor=member, side=life.MENTOR, now=now)
    return found
