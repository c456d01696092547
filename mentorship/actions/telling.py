"""Words that a mentor, a mentee or the hub's people are told. Plain, warm, with a date.

Each is written in the reader's language. A key makes one notice of what is told twice.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.actions import notify
from members.models import Hub, Member
from mentorship import life
from mentorship.models import Pairing
from mentorship.queries.moments import with_clock
from mentorship.queries.zones import zone_of

KIND = "mentoring"


def address(path: str = "") -> str:
    """The address of a page below that of mentorship, in the language of the moment."""
    return f"{reverse('mentorship:mentorship')}{path}"


def cards_address() -> str:
    """Where a mentee chooses a mentor."""
    return reverse("mentorship:mentor_ask_cards")


def offer_address() -> str:
    """Where a mentor says what to give."""
    return reverse("mentorship:mentor_offer")


def desk_address(hub: Hub, path: str = "") -> str:
    """The address of a page below a hub's mentorship desk, in the language of the moment."""
    return f"{reverse('mentorship:desk_board', args=[hub.slug])}{path}"


def pair_address(pairing: Pairing) -> str:
    """The address of a pair's page."""
    return reverse("mentorship:pair", args=[pairing.pk])


def day_of(moment: datetime, hub: Hub) -> str:
    """A day as people at the hub call it."""
    return date_format(moment.astimezone(ZoneInfo(hub.time_zone)), "DATE_FORMAT")


def time_for(moment: datetime, pairing: Pairing, reader: Member | None) -> str:
    """A day and time by the clock of one of the two, which is named where the hub has another."""
    is_mentee = reader is not None and reader.pk == pairing.mentee_id
    zone = zone_of(pairing, life.MENTEE if is_mentee else life.MENTOR)
    words = date_format(moment.astimezone(zone), "DATETIME_FORMAT")
    return with_clock(words, zone, pairing.hub)


def mentor_of(pairing: Pairing) -> Member | None:
    """The person who is the mentor, if the account still stands."""
    return pairing.mentor.member if pairing.mentor else None


def other_side(pairing: Pairing, member: Member) -> Member | None:
    """The other one of the two."""
    mentor = mentor_of(pairing)
    return pairing.mentee if mentor is not None and member.pk == mentor.pk else mentor


def name_of(member: Member | None) -> str:
    """A name, or a word for somebody who has gone."""
    return member.name if member else _("Somebody who has left")


def coordinators(hub: Hub, but: Collection[int] = ()) -> list[Member]:
    """Who looks after mentorship in a hub, but for whom it is about: its coordinators; where there
    are none, the network admins."""
    others = Member.objects.get_queryset().filter(is_active=True).exclude(pk__in=but).order_by("pk")
    held = list(others.filter(roles__hub=hub, roles__role="coordinator"))
    return held or list(others.filter(is_superuser=True))


def tell(
    member: Member | None,
    key: str,
    words: Callable[[], str],
    url: Callable[[], str],
    now: datetime,
) -> None:
    """Tell one person, in their language. Nobody is told nothing."""
    if member is None:
        return
    with member.in_own_language():
        notify(member=member, key=key, kind=KIND, text=words(), url=url(), now=now)


def tell_of(
    pairing: Pairing, member: Member | None, event: str, words: Callable[[], str], now: datetime
) -> None:
    """Tell one person something about a pairing, with a link to its page."""
    tell(member, f"pairing:{pairing.pk}:{event}", words, lambda: pair_address(pairing), now)
