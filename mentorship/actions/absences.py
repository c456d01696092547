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
        for pairing in pairs_within(absence, now) if created else ():
            tell_absence(pairing, absence, now)
        asks = hand_on(mentor, member, now, away_from=from_on)
    send_all_on(asks, now)
    return absence


def pairs_within(absence: Absence, now: datetime) -> list[Pairing]:
    """The pairs of a mentor in whose time some days away fall."""
    rows = Pairing.objects.together().filter(mentor=absence.mentor)
    found = rows.select_related("mentee", "hub", "programme").order_by("pk")
    return [pairing for pairing in found if absence in away_in(pairing, now)]


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
    """That a mentor is away."""
    return _("%(name)s is away from %(first)s to %(last)s.") % named(absence)


def named(absence: Absence) -> dict[str, str]:
    """Who is away, from when to when."""
    return {
        "name": absence.mentor.member.name,
        "first": date_format(absence.from_on, "DATE_FORMAT"),
        "last": date_format(absence.until_on, "DATE_FORMAT"),
    }


def tell_back(pairing: Pairing, absence: Absence, now: datetime) -> None:
    """Tell a mentee that the mentor is there after all."""

    def words() -> str:
        return _("%(name)s is not away from %(first)s to %(last)s after all.") % named(absence)

    key = f"pairing:{pairing.pk}:back:{absence.pk}"
    tell(pairing.mentee, key, words, partial(pair_address, pairing), now)


@transaction.atomic
def drop_absence(*, member: Member, absence: Absence, now: datetime | None = None) -> bool:
    """Take days away back, and tell whom they were told. Says whether they stood. Refuses those of
    somebody else."""
    if absence.mentor.member_id != member.pk:
        raise Refused(_("These are not your days."))
    now = now or timezone.now()
    found = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    for pairing in pairs_within(found, now) if found else ():
        tell_back(pairing, absence, now)
    return bool(Absence.objects.filter(pk=absence.pk).delete()[0])
