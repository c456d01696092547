"""What mentorship forgets when a member erases the account."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import forget_name
from members.models import Member
from mentorship import life
from mentorship.models import Mentor, MentorAsk, Pairing, PairMessage, PairNote, SafetyCase

from .leaving import leave_mentoring
from .moves import lock_pairing, make_move
from .telling import mentor_of
from .tidying import MENTOR_WORDS, forget_asks, forget_words, without_case
from .words import tell_closed, tell_taken_back


def forget_pairs(*, member: Member, now: datetime | None = None) -> None:
    """End what is open in good order, then take the person out. Runs inside the transaction that
    erases the member.

    Dates and outcomes stay without the person. The words of a pair with an open safety case stay
    until the case is closed.
    """
    now = now or timezone.now()
    leave_pairs(member, now)
    if Mentor.objects.filter(member=member).exclude(state=Mentor.State.LEFT).exists():
        leave_mentoring(member=member, now=now)
    pairings = Pairing.objects.filter(Q(mentee=member) | Q(mentor__member=member))
    forget_names(member, list(pairings.values_list("pk", flat=True)))
    forget_words(list(without_case(pairings.filter(mentee=member)).values_list("pk", flat=True)))
    forget_mentor(member, pairings.filter(mentor__member=member))
    forget_asks(MentorAsk.objects.filter(member=member))
    closed = SafetyCase.objects.filter(reporter=member, closed_at__isnull=False)
    closed.update(words="")


def leave_pairs(member: Member, now: datetime) -> None:
    """End what the member has open as a mentee, and take a waiting ask back."""
    for row in Pairing.objects.filter(mentee=member, state__in=life.HOLDING).order_by("pk"):
        found = lock_pairing(row, now)
        if found.state == life.PROPOSED:
            make_move(found, "withdraw", actor=None, side=life.MENTEE, now=now)
            tell_taken_back(found, now)
        elif found.state in life.TOGETHER:
            move = make_move(found, "stop", actor=None, side=life.STAFF, now=now, is_staff=False)
            tell_closed(found, mentor_of(found), move.pk, now)
    waiting = MentorAsk.objects.filter(member=member, state=MentorAsk.State.WAITING)
    waiting.update(state=MentorAsk.State.WITHDRAWN, ended_at=now)


def forget_names(member: Member, pairings: list[int]) -> None:
    """Take the name out of what others were told about some pairings, and about the mentor."""
    mentor = Mentor.objects.filter(member=member).values_list("pk", flat=True)
    keys = [f"pairing:{key}:" for key in pairings] + [f"mentor:{key}:" for key in mentor]
    forget_name(member=member, keys=keys, words=lambda: _("Somebody who has left"))


def forget_mentor(member: Member, pairings: QuerySet[Pairing]) -> None:
    """Take out what a mentor wrote; what the mentee wrote is the mentee's."""
    free = list(without_case(pairings).values_list("pk", flat=True))
    for model in (PairMessage, PairNote):
        model.objects.filter(author=member, pairing__in=free).delete()
    Pairing.objects.filter(pk__in=free).update(**MENTOR_WORDS)
    pairings.update(decline_words="", staff_reason="")
    Mentor.objects.filter(member=member).update(left_words="")
