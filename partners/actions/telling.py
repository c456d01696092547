"""Words that partners and the hub's people are told. Each is written in the reader's language.

A key makes one notice of what is told twice.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format

from members.actions import notify
from members.models import Hub, Member
from partners.models import Colleague, Offer, Partner
from partners.rules import WRITERS

KIND = "partners"


def day_of(day: date) -> str:
    """A day in the language of the moment."""
    return date_format(day, "DATE_FORMAT")


def partner_address(partner: Partner, path: str = "") -> str:
    """The address of a page of a partner's desk, in the language of the moment."""
    return f"{reverse('partners:partner_home', args=[partner.slug])}{path}"


def offer_address(offer: Offer) -> str:
    """Where a partner sees the state of an offer."""
    return reverse("partners:offer_status", args=[offer.partner.slug, offer.uuid])


def hub_address(hub: Hub, path: str = "") -> str:
    """The address of a page below the partners desk of a hub."""
    return f"{reverse('partners:desk_partners', args=[hub.slug])}{path}"


def writers(partner: Partner) -> list[Member]:
    """Who writes for a partner: its admins and editors, and the hub's people while it keeps
    the partner."""
    return with_keepers(partner, people(partner, *WRITERS))


def runners(partner: Partner) -> list[Member]:
    """Who runs a partner: its admins, and the hub's people while it keeps the partner."""
    return with_keepers(partner, people(partner, Colleague.Role.ADMIN))


def with_keepers(partner: Partner, found: list[Member]) -> list[Member]:
    """Some people of a partner, and the hub's people while it keeps the partner."""
    keepers = reviewers(partner.hub) if partner.is_kept_by_hub else []
    return found + [one for one in keepers if one not in found]


def people(partner: Partner, *roles: str) -> list[Member]:
    """The people of a partner with one of the roles."""
    held = Member.objects.filter(
        partner_roles__partner=partner, partner_roles__role__in=roles, is_active=True
    )
    return list(held.order_by("pk"))


def reviewers(hub: Hub) -> list[Member]:
    """Who looks after the partners of a hub."""
    held = Member.objects.filter(
        roles__hub=hub, roles__role__in=("reviewer", "coordinator"), is_active=True
    )
    return list(held.distinct().order_by("pk"))


def tell_hub(
    partner: Partner,
    key: str,
    words: Callable[[], str],
    now: datetime,
    but: Member | None = None,
) -> None:
    """Tell those who look after a hub's partners, and are none of this one's people."""
    own = set(partner.colleagues.values_list("member", flat=True))
    own |= {but.pk} if but else set()
    found = [one for one in reviewers(partner.hub) if one.pk not in own]
    tell(found, key, words, partial(hub_address, partner.hub), now)


def tell_writers(
    partner: Partner,
    key: str,
    words: Callable[[], str],
    url: Callable[[], str],
    now: datetime,
    but: Member | None = None,
) -> None:
    """Tell those who write for a partner, except who did it."""
    found = [one for one in writers(partner) if but is None or one.pk != but.pk]
    tell(found, key, words, url, now)


@transaction.atomic
def tell(
    members: Iterable[Member],
    key: str,
    words: Callable[[], str],
    url: Callable[[], str],
    now: datetime,
) -> None:
    """Tell some people something, each in their own language."""
    for member in members:
        with member.in_own_language():
            notify(member=member, key=key, kind=KIND, text=words(), url=url(), now=now)
