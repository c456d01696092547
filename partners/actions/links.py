"""Looks once a week whether the links of offers still answer."""

import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, TypeVar

from django.db.models import F, Q, QuerySet

from partners.models import Offer
from partners.queries.desk import LINK_WORDS, link_words
from partners.reach import BROKEN, UNSURE, Ask, Resolve, ask_site, resolve_name, state_of_link

from .telling import offer_address, tell_writers

EVERY, SOONER = timedelta(days=7), timedelta(days=1)
# How many links a run looks at, for how many seconds it begins another one, and how long it stays
# with one that leads on and on.
AT_ONCE, SECONDS, SECONDS_A_LINK = 10, 40.0, 15.0
DOUBT = "doubt"
Clock = Callable[[], float]
Given = ParamSpec("Given")
Got = TypeVar("Got")


def check_links(
    *,
    now: datetime,
    resolve: Resolve | None = None,
    ask: Ask | None = None,
    clock: Clock = time.monotonic,
) -> int:
    """Look at some links that were not looked at for a week. One that is broken is looked at again
    a day later before its partner is told. Says how many were looked at.

    A run takes so many links and so many seconds; what is left comes the next time. No lock is
    held while a site thinks.
    """
    find: Resolve = resolve or resolve_name
    look: Ask = ask or ask_site
    until, count = clock() + SECONDS, 0
    for offer in list(due_links(now)[:AT_ONCE]):
        if clock() >= until:
            break
        by = clock() + SECONDS_A_LINK
        known, asked = patient(find, by, clock), patient(look, by, clock)
        note(offer, state_of_link(offer.apply_link, resolve=known, ask=asked), now)
        count += 1
    return count


def patient(step: Callable[Given, Got], until: float, clock: Clock) -> Callable[Given, Got]:
    """A step on behalf of one link, until its seconds are over; what comes later is too slow."""

    def taken(*given: Given.args, **named: Given.kwargs) -> Got:
        if clock() >= until:
            raise TimeoutError("too slow")
        return step(*given, **named)

    return taken


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
    """Write how a link is, if it is still the same one and nobody else has looked meanwhile. Who
    writes for the partner is told when it is broken for the second time, or leads to no public
    place: once, and again when that comes after it was whole."""
    before = offer.link_state
    if state == BROKEN and before not in (DOUBT, *LINK_WORDS):
        state = DOUBT
    if state == UNSURE and before in LINK_WORDS:
        state = before
    same = Offer.objects.filter(pk=offer.pk, apply_link=offer.apply_link, link_state=before)
    is_new = state in LINK_WORDS and state != before
    if same.update(link_state=state, link_checked_at=now) and is_new:
        word = hashlib.sha256(offer.apply_link.encode()).hexdigest()[:16]
        key = f"offer:{offer.pk}:link:{word}:{now:%Y%m%d}"
        url = partial(offer_address, offer)
        tell_writers(offer.partner, key, partial(link_words, offer.title, state), url, now)
