"""Looks once a week whether the links of offers still answer."""

import hashlib
from datetime import datetime, timedelta
from functools import partial

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from partners.models import Offer
from partners.reach import BROKEN, Ask, Resolve, state_of_link

from .telling import offer_address, tell_writers

EVERY, SOONER = timedelta(days=7), timedelta(days=1)
AT_ONCE = 10
DOUBT = "doubt"


def check_links(*, now: datetime, resolve: Resolve | None = None, ask: Ask | None = None) -> int:
    """Look at some links that were not looked at for a week. One that is broken is looked at again
    a day later before its partner is told. Says how many were looked at.

    No lock is held while a site thinks.
    """
    found = list(due_links(now)[:AT_ONCE])
    for offer in found:
        note(offer, state_of_link(offer.apply_link, resolve=resolve, ask=ask), now)
    return len(found)


def due_links(now: datetime) -> QuerySet[Offer]:
    """The live offers whose link has to be looked at, the longest waiting first."""
    rows = Offer.objects.live_offers(now.date()).filter(apply_by=Offer.Apply.LINK)
    never = Q(link_checked_at__isnull=True)
    again = Q(link_state=DOUBT, link_checked_at__lte=now - SOONER)
    old = Q(link_checked_at__lte=now - EVERY)
    rows = rows.filter(never | again | old).exclude(apply_link="")
    return rows.select_related("partner__hub").order_by(
        F("link_checked_at").asc(nulls_first=True), "pk"
    )


def note(offer: Offer, state: str, now: datetime) -> None:
    """Write how a link is, if it is still the same one, and tell who writes for the partner when it
    is broken for the second time."""
    before = offer.link_state
    if state == BROKEN and before not in (DOUBT, BROKEN):
        state = DOUBT
    same = Offer.objects.filter(pk=offer.pk, apply_link=offer.apply_link)
    if same.update(link_state=state, link_checked_at=now) and state == BROKEN:
        word = hashlib.sha256(offer.apply_link.encode()).hexdigest()[:16]
        key = f"offer:{offer.pk}:link:{word}"
        url = partial(offer_address, offer)
        tell_writers(offer.partner, key, partial(broken_words, offer), url, now)


def broken_words(offer: Offer) -> str:
    """That a link leads nowhere."""
    return _("The link of “%(title)s” does not work any more. Please look at it.") % {
        "title": offer.title
    }
