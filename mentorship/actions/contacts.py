"""Staff spoke with the two of a pair: the desk then knows that somebody has asked."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import Pairing, PairingMove
from mentorship.risks import CONTACTS
from mentorship.rules import may_move

from .moves import lock_pairing, log_move

SAME = timedelta(minutes=10)


@transaction.atomic
def note_contact(
    *, member: Member, pairing: Pairing, who: str, now: datetime | None = None
) -> PairingMove:
    """Note that staff spoke with the mentee, the mentor or both. It moves nothing, and no words
    are kept: one of the two may have said what the other must not read. Twice is once.

    Refuses whoever does not coordinate the hub or is one of the two, and two who are not together.
    """
    now = now or timezone.now()
    found = lock_pairing(pairing, now)
    if not may_move(member, found):
        raise Refused(_("You cannot move this pair."))
    if who not in CONTACTS:
        raise Refused(_("Choose one."), "who")
    if found.state not in life.TOGETHER:
        raise Refused(_("These two are not a pair now."))
    same = found.moves.filter(actor=member, verb=CONTACTS[who], made_at__gt=now - SAME).first()
    return same or log_move(found, CONTACTS[who], found.state, member, now, is_staff=True)
