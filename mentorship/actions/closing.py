"""The closing step: each of the two has words of their own, and the pair closes after both."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import Pairing
from mentorship.queries.closing import closing_of, column, other_of

from . import words as said
from .moves import make_move
from .pairings import enter
from .wants import clean_length

LENGTH = 1000


@transaction.atomic
def close_pairing(
    *,
    member: Member,
    pairing: Pairing,
    achieved: str = "",
    thanks: str = "",
    next_step: str = "",
    now: datetime | None = None,
) -> Pairing:
    """The closing step of one side: what was reached, thanks, what comes next. The pair is closed
    once both have sent theirs, or at once where the other has left; until then the words can be
    changed. Twice is once.

    Refuses other people, a pair that is not at its end, more than 1,000 letters each, and words
    that come after the end.
    """
    now = now or timezone.now()
    found, side = enter(member, pairing, now)
    given = {"achieved": achieved, "thanks": thanks, "next_step": next_step}
    given = {name: clean_length(words, LENGTH, name) for name, words in given.items()}
    if found.state == life.CLOSED:
        refuse_late(found, side, given)
        return found
    if life.after(found, "close", side, now) is None:
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    write_words(found, side, given, now)
    there = said.both(found)
    if closing_of(found, other_of(side)).sent_at or len(there) < 2:
        move = make_move(found, "close", actor=member, side=side, now=now)
        for one in there:
            said.tell_closed(found, one, move.pk, now)
    return found


def refuse_late(pairing: Pairing, side: str, given: Mapping[str, str]) -> None:
    """Refuse words for the end that come after it, unless they were sent before."""
    kept = closing_of(pairing, side)
    is_kept = kept.sent_at is not None and kept.words == given
    if any(given.values()) and not is_kept:
        raise Refused(_("This is over already, so your words were not kept."))


def write_words(pairing: Pairing, side: str, given: Mapping[str, str], now: datetime) -> None:
    """Keep what one side says at the end, and that it was sent."""
    for name, words in given.items():
        setattr(pairing, column(side, name), words)
    setattr(pairing, f"{side}_closed_at", now)
    pairing.save()
