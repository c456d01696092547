"""A partner's own desk: its offers with their state, what was promised, what to do next."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Hub, Member
from partners import offering
from partners.addresses import slug_of
from partners.models import Colleague, Offer, OfferReview, Partner
from partners.reach import BROKEN, CLOSED

State = OfferReview.State
A_PAGE = 30
# When the yearly question is asked, here and by the clock.
CONFIRM_AFTER = timedelta(days=335)
STATE_WORDS: dict[str, Any] = {
    offering.DRAFT: gettext_lazy("Draft"),
    offering.WAITING: gettext_lazy("Waits for the hub"),
    offering.CHANGES: gettext_lazy("The hub asks for a change"),
    offering.DECLINED: gettext_lazy("Declined"),
    offering.LIVE: gettext_lazy("On the site"),
    offering.LIVE_WAITING: gettext_lazy("On the site, a change waits for the hub"),
    offering.ENDED: gettext_lazy("Ended"),
}
# What the weekly look at a link finds and a partner has to mend.
LINK_WORDS: dict[str, Any] = {
    BROKEN: gettext_lazy("The link of “%(title)s” does not work any more. Please look at it."),
    CLOSED: gettext_lazy(
        "The link of “%(title)s” does not lead to the open web, so we did not open it. Please"
        " look at it."
    ),
}


@dataclass(frozen=True)
class OfferRow:
    """An offer as its partner sees it. `last` is the last of all reviews, after-checks too."""

    offer: Offer
    review: OfferReview | None
    state: str
    draft_title: str = ""
    last: OfferReview | None = None
    is_late: bool = False

    @property
    def title(self) -> str:
        """Its title; a name for one that has none yet."""
        return self.draft_title or self.offer.title or _("An offer without a title")

    @property
    def words(self) -> str:
        """Its state in words."""
        return _("Off the site for now") if self.is_off else str(STATE_WORDS[self.state])

    @property
    def is_waiting(self) -> bool:
        """Whether the hub has something to read."""
        return self.state in (offering.WAITING, offering.LIVE_WAITING)

    @property
    def is_live(self) -> bool:
        """Whether it is on the site."""
        return self.state in (offering.LIVE, offering.LIVE_WAITING) or (
            self.state == offering.CHANGES and self.is_published
        )

    @property
    def is_off(self) -> bool:
        """Whether it would be on the site, and its partner is off it for a while."""
        return self.is_live and not self.offer.is_public

    @property
    def is_closed(self) -> bool:
        """Whether it is on the site, and people can no longer apply."""
        return self.is_live and self.is_late

    @property
    def is_published(self) -> bool:
        """Whether it has a page of its own that is not over."""
        return self.offer.live and self.offer.ended_at is None

    @property
    def is_over(self) -> bool:
        """Whether its end has come."""
        return self.state == offering.ENDED

    @property
    def promised_on(self) -> date | None:
        """By when the hub answers."""
        return self.review.promised_on if self.review and self.is_waiting else None

    @property
    def is_overdue(self) -> bool:
        """Whether the hub is late with its answer."""
        return self.is_waiting and self.review is not None and self.review.is_overdue

    @property
    def key(self) -> uuid.UUID:
        """The key of a new offer with its text: a second click makes no second one."""
        return uuid.uuid4()

    @property
    def url(self) -> str:
        """Its public page."""
        return reverse("partners:offer", args=[slug_of(self.offer)])

    @property
    def about_link(self) -> str:
        """What is wrong with the link that is on the site; empty where nothing is."""
        is_wrong = self.is_live and self.offer.link_state in LINK_WORDS
        return link_words(self.offer.title, self.offer.link_state) if is_wrong else ""

    @property
    def is_unsent(self) -> bool:
        """Whether the partner has not sent it yet."""
        return self.state == offering.DRAFT

    @property
    def has_unsent(self) -> bool:
        """Whether a change of what is on the site was written and not sent."""
        return self.state == offering.LIVE and self.offer.has_unpublished_changes

    @property
    def is_refused(self) -> bool:
        """Whether the hub has asked for a change or declined it."""
        return self.state in (offering.CHANGES, offering.DECLINED)

    @property
    def is_put_back(self) -> bool:
        """Whether the hub took a small change off the site again."""
        last = self.last
        return last is not None and last.is_after_check and last.state == State.CHANGES

    @property
    def is_edit_declined(self) -> bool:
        """Whether the hub declined a change of what stays as it was."""
        last = self.last
        is_declined = last is not None and last.state == State.DECLINED
        return is_declined and not self.is_refused


def link_words(title: str, state: str) -> str:
    """What is wrong with the link of an offer."""
    return str(LINK_WORDS[state]) % {"title": title}


def offer_rows(offers: Iterable[Offer], today: date) -> list[OfferRow]:
    """Offers with their last reviews: one statement for all of them."""
    found = list(offers)
    said: dict[int, OfferReview] = {}
    last: dict[int, OfferReview] = {}
    for review in OfferReview.objects.filter(offer__in=found).order_by("sent_at", "pk"):
        last[review.offer_id] = review
        if not review.is_after_check:
            said[review.offer_id] = review
    return [
        OfferRow(
            offer=offer,
            review=said.get(offer.pk),
            state=offering.state_of(offer, said.get(offer.pk), today),
            last=last.get(offer.pk),
            is_late=offering.is_closed(offer, today),
        )
        for offer in found
    ]


def offer_row(offer: Offer, today: date) -> OfferRow:
    """One offer with its last review."""
    return offer_rows([offer], today)[0]


@dataclass(frozen=True)
class PartnerHome:
    """The desk of one partner."""

    partner: Partner
    rows: list[OfferRow]
    page: Page
    is_confirm_due: bool

    @property
    def asks(self) -> list[OfferRow]:
        """Those for which the hub wants something."""
        return [row for row in self.rows if row.state == offering.CHANGES]


def partner_home(partner: Partner, number: int, now: datetime, today: date) -> PartnerHome:
    """The offers of a partner, newest first, a page of them."""
    page = Paginator(partner.offers.order_by("-pk"), A_PAGE).get_page(number)
    return PartnerHome(partner, offer_rows(page.object_list, today), page, is_due(partner, now))


def is_due(partner: Partner, now: datetime) -> bool:
    """Whether the yearly "all is still right" is asked for."""
    is_in = partner.state == Partner.State.APPROVED
    since = partner.confirmed_at or partner.decided_at or partner.applied_at
    return is_in and since <= now - CONFIRM_AFTER


@dataclass(frozen=True)
class PartnerRow:
    """A partner for which a member acts."""

    partner: Partner
    role: str
    offers: int


def partner_rows(member: Member) -> list[PartnerRow]:
    """The partners for which a member acts, with how many offers they have."""
    held = (
        Colleague.objects.filter(member=member)
        .select_related("partner__hub")
        .annotate(offers=Count("partner__offers"))
        .order_by("partner__name", "pk")
    )
    return [PartnerRow(row.partner, row.get_role_display(), row.offers) for row in held]


def writable(member: Member) -> QuerySet[Partner]:
    """The partners for which a member writes offers, as one of their people."""
    roles = (Colleague.Role.ADMIN, Colleague.Role.EDITOR)
    found = Partner.objects.for_colleague(member, *roles)
    return found.exclude(state__in=[Partner.State.LEFT, Partner.State.DECLINED])


def near_hubs(member: Member | None) -> list[Hub]:
    """The hubs that can be asked, a member's own first."""
    hubs = list(Hub.objects.all())
    if member is None:
        return hubs
    own = set(Hub.objects.for_member(member).values_list("pk", flat=True))
    return sorted(hubs, key=lambda hub: hub.pk not in own)
