"""The safety lead stops new learners for whom a case is about, in the name of the hub."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import record
from members.errors import Refused
from members.models import Member
from mentorship.models import CaseEntry, Mentor, MentorAsk, SafetyCase

from .leaving import hand_on, lock_giver, send_all_on
from .safety import open_case, said, write_entry
from .screening import state_words
from .telling import offer_address, tell

LEFT, PAUSED = Mentor.State.LEFT, Mentor.State.PAUSED


def hold_mentor(
    *, member: Member, case: SafetyCase, reason: str, now: datetime | None = None
) -> SafetyCase:
    """Send no new learners to whom a case is about, until the hub says so. The pairs go on, what
    was asked goes on to others. The reason stays in the case: the mentor reads only that the hub
    has paused it. Twice is one. Refuses without a reason, and where nobody is a mentor."""
    reason, now = said(reason), now or timezone.now()
    with transaction.atomic():
        locked = open_case(member, case)
        found = Mentor.objects.filter(member=locked.subject_id or 0).first()
        if found is None:
            raise Refused(_("This person is not a mentor."))
        mentor, asks = lock_giver(found), []
        if not is_stopped(mentor):
            write_entry(locked, member, CaseEntry.Kind.HELD, reason, now)
            asks = stop_new(mentor, now)
    send_all_on(asks, now)
    return locked


def is_stopped(mentor: Mentor) -> bool:
    """Whether the hub has stopped new learners already."""
    return mentor.is_held_by_hub and mentor.state in (LEFT, PAUSED)


def stop_new(mentor: Mentor, now: datetime) -> list[MentorAsk]:
    """Pause a mentor in the name of the hub, and say only that. Gives the asks that go on."""
    asks = hand_on(mentor, None, now)
    mentor.is_held_by_hub = True
    if mentor.state != LEFT:
        mentor.state = PAUSED
    mentor.save(update_fields=["state", "is_held_by_hub"])
    with mentor.member.in_own_language():
        words = state_words(PAUSED)
    entry = record(member=mentor.member, actor=None, verb="move_mentor", words=words, now=now)
    key = f"mentor:{mentor.pk}:held:{entry.pk}"
    tell(mentor.member, key, partial(state_words, PAUSED), offer_address, now)
    return asks
