"""What a member saved for later, and where a member applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from content import version
from members.models import Member
from members.statements import Statement
from partners.models import Colleague, Interest, Offer, Partner, SavedOffer
from partners.offering import is_ended

from .acts_for import ACTS, ActsFor, acts_for
from .listing import read_offers
from .shown import OfferCard, card_of

MOST = 100
SAVED = "saved"
KEPT_SECONDS = 600
OwnRow = tuple[int, str, datetime]
State = Interest.State
# How far it is, as the member reads it.
WORDS = {
    State.NEW: _("Sent, not read yet"),
    State.SEEN: _("Read"),
    State.ANSWERED: _("Answered"),
    State.STARTED: _("You have started"),
    State.FINISHED: _("You have finished"),
    State.NO_PLACE: _("No place this time"),
    State.WITHDRAWN: _("Taken back"),
}


@dataclass(frozen=True)
class MyOffer:
    """An offer of mine: saved, or applied for with how far that is. One that is gone has no page
    while its partner is not in the directory."""

    card: OfferCard
    has_ended: bool
    is_gone: bool
    is_closed: bool
    state: str = ""
    state_words: str = ""


@dataclass(frozen=True)
class MyOffers:
    """All of them, and the partners for which a member acts."""

    saved: list[MyOffer]
    applied: list[MyOffer]
    acts_for: list[ActsFor]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not self.saved and not self.applied


@dataclass(frozen=True)
class Own:
    """What one offer is to a member."""

    is_saved: bool = False
    interest: Interest | None = None

    @property
    def is_sent(self) -> bool:
        """Whether the member has applied, and has not taken it back."""
        return self.interest is not None and self.interest.state != State.WITHDRAWN

    @property
    def state_words(self) -> str:
        """How far it is with what the member sent."""
        return str(WORDS[State(self.interest.state)]) if self.interest else ""


def my_offers(member: Member, today: date) -> MyOffers:
    """What a member saved and where a member applied. It is kept, so that it costs my page no
    statement."""
    every = own_rows(member)
    rows = [row for row in every if not row[1].startswith(ACTS)]
    keys = sorted({key for key, _state, _at in rows})
    names = version.digest("my-offers", *map(str, keys))
    offers = version.cached(names, lambda: by_key(keys)) if keys else {}
    found = [
        my_offer(offers[key], today, "" if state == SAVED else state)
        for key, state, _at in rows
        if key in offers
    ]
    return MyOffers(
        saved=[row for row in found if not row.state],
        applied=[row for row in found if row.state],
        acts_for=acts_for({key: state for key, state, _at in every if state.startswith(ACTS)}),
    )


def own_rows(member: Member) -> list[OwnRow]:
    """The offers of a member with "saved" or how far it is, the newest first; kept for some
    minutes, or until the member or a partner changes one."""
    key = own_key(member.pk)
    found: Any = version.get(key)
    if found is None:
        found = (read_own_rows(member),)
        version.put(key, found, KEPT_SECONDS)
    rows: list[OwnRow] = found[0]
    return rows


def own_key(member: int) -> str:
    """Under what the offers of a member are kept."""
    return f"my-offers:{member}"


def own_changed(member: int) -> None:
    """The offers of a member change in the running transaction."""
    transaction.on_commit(lambda: version.put(own_key(member), None), robust=True)


def some_own_rows(member: int) -> QuerySet[Any, Any]:
    """The offers of a member, and for whom a member acts."""
    saved = SavedOffer.objects.filter(member=member).order_by()
    applied = Interest.objects.filter(member=member).order_by()
    acts = Colleague.objects.filter(member=member).order_by()
    rows: QuerySet[Any, Any] = saved.values_list("offer_id", Value(SAVED), "saved_at").union(
        applied.values_list("offer_id", "state", "made_at"),
        acts.values_list("partner_id", Concat(Value(ACTS), F("role")), "joined_at"),
        all=True,
    )
    return rows[: 2 * MOST]


OWN_ROWS = Statement(some_own_rows, 7_777_777)


def read_own_rows(member: Member) -> list[OwnRow]:
    """Read the offers of a member, and for whom a member acts: one statement."""
    return sorted(OWN_ROWS.all(member.pk), key=lambda row: (row[2], row[0]), reverse=True)


def by_key(keys: list[int]) -> dict[int, Offer]:
    """Some offers by their keys."""
    return {offer.pk: offer for offer in read_offers(keys)}


def my_offer(offer: Offer, today: date, state: str) -> MyOffer:
    """One of them."""
    return MyOffer(
        card=card_of(offer),
        has_ended=is_ended(offer, today),
        is_gone=offer.partner.state != Partner.State.APPROVED,
        is_closed=not offer.is_open(today),
        state=state,
        state_words=str(WORDS[State(state)]) if state else "",
    )


def own_of(member: Member | None, offer: Offer) -> Own:
    """What an offer is to a member."""
    if member is None:
        return Own()
    return Own(
        is_saved=SavedOffer.objects.filter(member=member, offer=offer).exists(),
        interest=Interest.objects.filter(member=member, offer=offer).first(),
    )


def soonest(rows: Sequence[MyOffer], most: int) -> list[MyOffer]:
    """Those that can still be taken, a few of them."""
    return [row for row in rows if not row.is_closed][:most]
