"""One offer as its page shows it, and others like it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from content.blocks.support import SupportNote
from content.models import WeftImage
from courses import queries as course_queries
from members.models import Hub, Member
from partners import addresses
from partners.facets import Facets, town
from partners.models import Interest, Offer, OfferDate, Partner, SavedOffer
from partners.models.offers import OfferQuerySet
from partners.offering import is_closed, is_ended

from .drafts import is_taken_down
from .index import offer_index
from .listing import live_cards
from .shown import (
    OfferCard,
    ages_words,
    apply_words,
    card_of,
    checked_words,
    closed_words,
    days_words,
    support_of,
)

SIMILAR = 4
# The facets in which others should be alike: the first that leaves any decides.
ALIKE = (
    ("topic", "level", "near", "cost"),
    ("topic", "level"),
    ("topic", "near"),
    ("topic",),
    ("kind", "near"),
    ("kind",),
    ("near",),
)


@dataclass(frozen=True)
class MoreDate:
    """One more date of an offer."""

    on: date
    until_on: date | None
    words: str
    place: str


@dataclass(frozen=True)
class OfferPage:
    """An offer with all that its page shows."""

    offer: Offer
    partner: Partner
    card: OfferCard
    topic: str
    dates: tuple[MoreDate, ...]
    hubs: tuple[Hub, ...]
    course: tuple[str, str] | None
    image: WeftImage | None
    is_taken_down: bool

    @property
    def support(self) -> SupportNote | None:
        """The note on help with money, if there is one."""
        return support_of(self.offer)

    @property
    def ages(self) -> str:
        """For which ages it is."""
        return ages_words(self.offer.age_from, self.offer.age_to)

    def has_ended(self, today: date) -> bool:
        """Whether it is over."""
        return is_ended(self.offer, today)

    def is_closed(self, today: date) -> bool:
        """Whether people can no longer apply."""
        return is_closed(self.offer, today)

    @property
    def apply_words(self) -> str:
        """What the button says with which people apply."""
        return apply_words(self.offer)

    @property
    def closed_words(self) -> str:
        """That people can no longer apply."""
        return closed_words(self.offer)

    def checked(self, today: date) -> str:
        """How long ago the partner said that it is still right."""
        return checked_words(self.offer.checked_on, today)

    @property
    def published_at(self) -> datetime | None:
        """When what stands here was published."""
        return self.offer.last_published_at or self.offer.first_published_at


def meant(slug: str) -> OfferQuerySet:
    """The offers that an address can mean: one, or none."""
    ends = addresses.span(slug)
    return Offer.objects.filter(uuid__range=ends) if ends else Offer.objects.none()


def named(slug: str) -> OfferQuerySet:
    """The public ones among them."""
    return meant(slug).public()


def public_offer(slug: str) -> Offer | None:
    """The public offer that an address means, with its partner."""
    return named(slug).select_related("partner__hub").order_by("pk").first()


def own_offer(slug: str, member: Member) -> Offer | None:
    """The offer that an address means and that a member saved or applied for, whatever has become
    of its partner since."""
    saved = SavedOffer.objects.filter(member=member, offer=OuterRef("pk"))
    applied = Interest.objects.filter(member=member, offer=OuterRef("pk"))
    mine = meant(slug).filter(Exists(saved) | Exists(applied))
    return mine.select_related("partner__hub").order_by("pk").first()


def offer_page(slug: str) -> OfferPage | None:
    """The public offer that an address means, with all that its page shows."""
    parts = ("partner__hub", "topic", "level", "after_course", "image")
    offer = named(slug).select_related(*parts).order_by("pk").first()
    if offer is None:
        return None
    return page_of(offer, offer.dates.all(), () if offer.is_for_all_hubs else offer.hubs.all())


def page_of(offer: Offer, dates: Iterable[OfferDate], hubs: Iterable[Hub]) -> OfferPage:
    """An offer with its other dates and its own hubs as its page shows it."""
    return OfferPage(
        offer=offer,
        partner=offer.partner,
        card=card_of(offer),
        topic=offer.topic.label if offer.topic else "",
        dates=tuple(
            MoreDate(row.on, row.until_on, days_words(row.on, row.until_on), row.place)
            for row in dates
        ),
        hubs=tuple(hubs),
        course=course_of(offer),
        image=offer.image,
        is_taken_down=is_taken_down(offer),
    )


def course_of(offer: Offer) -> tuple[str, str] | None:
    """The course after which the offer comes, with its address, where it is live."""
    if offer.after_course is None:
        return None
    pack = course_queries.course_facts(offer.after_course)
    return (pack.title, pack.url) if pack else None


def similar(offer: Offer, today: date) -> list[OfferCard]:
    """Live offers that are like this one in as much as can be."""
    index = offer_index()
    others = index.live(today) & ~index.having([offer.pk])
    found = alike(index, values_of(offer), others)
    return live_cards(index.page(found, 0, SIMILAR), today)


def values_of(offer: Offer) -> dict[str, list[str]]:
    """The values of an offer in which others should be alike."""
    found = {
        "topic": offer.topic.slug if offer.topic else "",
        "level": offer.level.slug if offer.level else "",
        "near": town(offer.place)[0],
        "cost": offer.cost if offer.cost == Offer.Cost.FREE else "",
        "kind": offer.kind,
    }
    return {name: [value] for name, value in found.items() if value}


def alike(index: Facets, values: dict[str, list[str]], others: int) -> int:
    """Those that are alike in the first group of facets that leaves any."""
    for group in ALIKE:
        wanted = {name: values[name] for name in group if name in values}
        found = index.fitting(wanted, others) if len(wanted) == len(group) else 0
        if found:
            return found
    return 0
