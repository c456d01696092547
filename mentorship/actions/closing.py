"""The closing step: each of the two has words of their own, and the pair closes after both."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life, pulses
from mentorship.models import Pairing
from mentorship.queries.closing import closing_of, column, other_of

from . import words as said
from .moves import make_move
from .pairings import enter
from .pairs import keep_pulse
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
    going: int | None = None,
    wants_call: bool = False,
    now: datetime | None = None,
) -> Pairing:
    """The closing step of one side: what was reached, thanks, what comes next. The pair is closed
    once both have sent theirs, or at once where the other has left; until then the words can be
    changed. The last two questions, how it went and whether the hub should call, may be answered
    with it. Twice is once.

    Refuses other people, a pair that is not at its end, more than 1,000 letters each, and words
    that come after the end.
    """
    now = now or timezone.now()
    found, side = enter(member, pairing, now)
    given = {"achieved": achieved, "thanks": thanks, "next_step": next_step}
    given = {name: clean_length(words, LENGTH, name) for name, words in given.items()}
    if found.state == life.CLOSED:
        refuse_late(found, side, given)
        refuse_late_answer(found, member, going)
        return found
    if life.after(found, "close", side, now) is None:
        raise Refused(_("This has changed meanwhile. Please look at it again."))
    if going is not None or wants_call:
        keep_pulse(member, found, pulses.END, going, wants_call, now)
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


def refuse_late_answer(pairing: Pairing, member: Member, going: int | None) -> None:
    """Refuse an answer how it went that comes after the end, unless it was given before."""
    kept = pairing.pulses.filter(member=member, point=pulses.END)
    if going is not None and not kept.exists():
        raise Refused(_("This is over already, so your answer was not kept."))


def write_words(pairing: Pairing, side: str, given: Mapping[str, str], now: datetime) -> None:
    """Keep what one side says at the end, and that it was sent."""
    for name, words in given.items():
        setattr(pairing, column(side, name), words)
    setattr(pairing, f"{side}_closed_at", now)
    pairing.save()
