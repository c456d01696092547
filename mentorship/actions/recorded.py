"""What staff do with two people stands in the record of each, with the reason."""

from datetime import datetime

from members.actions import record
from members.models import Member
from mentorship.models import Pairing

from . import words as said


def record_both(
    pairing: Pairing, actor: Member | None, verb: str, reason: str, now: datetime
) -> None:
    """Put what staff did into the record of both people, with the reason.

    A no is the mentor's own business: the mentee's record says nothing of it.
    """
    for one in said.both(pairing):
        if verb != "decline" or one.pk != pairing.mentee_id:
            record_for(pairing, one, actor, verb, reason, now)


def record_for(
    pairing: Pairing,
    person: Member,
    actor: Member | None,
    verb: str,
    reason: str,
    now: datetime,
) -> None:
    """Put what staff did into the record of one person, in that person's language."""
    with person.in_own_language():
        text = said.moved_words(verb, pairing)
    record(
        member=person,
        actor=actor,
        hub=pairing.hub,
        verb="move_pairing",
        words=text,
        reason=reason,
        now=now,
    )
