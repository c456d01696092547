"""A mentor is away for some days: nobody new is sent then, and those who are with the mentor know.

A question whose time is not over before the days begin is handed on, as in a pause.
"""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship.models import Absence, Mentor, Pairing
from mentorship.queries.away import away_in

from .leaving import hand_on, lock_giver, own_giver, send_all_on
from .telling import pair_address, tell


def set_absence(
    *, member: Member, from_on: date, until_on: date, now: datetime | None = None
) -> Absence:
    """Say on which days one is away. Nobody new is sent then; who one mentors is told; what was
    asked and runs into these days goes on to others.

    Twice is once. Refuses days in the wrong order, and days that have passed.
    """
    now = now or timezone.now()
    with transaction.atomic():
        mentor = own_giver(member)
        if until_on < from_on:
            raise Refused(_("The last day comes before the first one."), "until_on")
        if until_on < now.date():
            raise Refused(_("Choose days that are still to come."), "until_on")
        absence, created = Absence.objects.get_or_create(
            mentor=mentor, from_on=from_on, until_on=until_on
        )
        pairs = Pairing.objects.together().filter(mentor=mentor).select_related("mentee", "hub")
        for pairing in pairs.order_by("pk") if created else ():
            tell_absence(pairing, absence, now)
        asks = hand_on(mentor, member, now, away_from=from_on)
    send_all_on(asks, now)
    return absence


def hand_on_away(*, now: datetime) -> int:
    """Hand on what those were asked who are away today. Says how many questions went on."""
    asked = Pairing.objects.asked(now).values("mentor")
    count = 0
    for mentor in list(Mentor.objects.away_on(now.date()).filter(pk__in=asked).order_by("pk")):
        with transaction.atomic():
            asks = hand_on(lock_giver(mentor), None, now)
        send_all_on(asks, now)
        count += len(asks)
    return count


def tell_absences(pairing: Pairing, now: datetime) -> None:
    """Tell a mentee when the mentor, who says yes now, is away within their time."""
    for absence in away_in(pairing, now):
        tell_absence(pairing, absence, now)


def tell_absence(pairing: Pairing, absence: Absence, now: datetime) -> None:
    """Tell a mentee that the mentor is away, and from when to when."""
    tell(
        pairing.mentee,
        f"pairing:{pairing.pk}:away:{absence.pk}",
        partial(absence_words, absence),
        partial(pair_address, pairing),
        now,
    )


def absence_words(absence: Absence) -> str:
    """That a mentor is away, and when the two can meet again."""
    return _("%(name)s is away from %(first)s to %(last)s. You can meet again after that.") % {
        "name": absence.mentor.member.name,
        "first": date_format(absence.from_on, "DATE_FORMAT"),
        "last": date_format(absence.until_on, "DATE_FORMAT"),
    }


def drop_absence(*, member: Member, absence: Absence) -> bool:
    """Take days away back. Says whether they stood. Refuses those of somebody else."""
    if absence.mentor.member_id != member.pk:
        raise Refused(_("These are not your days."))
    return bool(Absence.objects.filter(pk=absence.pk).delete()[0])
