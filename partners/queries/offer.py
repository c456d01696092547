"""One offer as its page shows it, and others like it."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import QuerySet

from content.blocks.support import SupportNote
from content.models import WeftImage
from courses import queries as course_queries
from members.models import Hub
from partners import addresses
from partners.facets import Facets, town
from partners.models import Offer, Partner

from .index import offer_index
from .listing import live_cards
from .shown import (
    OfferCard,
    ages_words,
    card_of,
    checked_words,
    days_words,
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

    @property
    def support(self) -> SupportNote | None:
        """The note on help with money, if there is one."""
        if not self.offer.support_kind:
            return None
        parts = {
            part.name: getattr(self.offer, f"support_{part.name}") for part in fields(SupportNote)
        }
        return SupportNote(**parts)

    @property
    def ages(self) -> str:
        """For which ages it is."""
        return ages_words(self.offer.age_from, self.offer.age_to)

    def has_ended(self, today: date) -> bool:
        """Whether it can no longer be taken."""
        return not self.offer.live or self.offer.ends_on is None or self.offer.ends_on < today

    def checked(self, today: date) -> str:
        """How long ago the partner said that it is still right."""
        return checked_words(self.offer.checked_on, today)

    @property
    def published_at(self) -> datetime | None:
        """When what stands here was published."""
        return self.offer.last_published_at or self.offer.first_published_at


def named(slug: str) -> QuerySet[Offer]:
    """The public offers that an address can mean: one, or none."""
    ends = addresses.span(slug)
    if ends is None:
        return Offer.objects.none()
    return Offer.objects.public().filter(uuid__range=ends)


def public_offer(slug: str) -> Offer | None:
    """The public offer that an address means, with its partner."""
    return named(slug).select_related("partner__hub").order_by("pk").first()


def offer_page(slug: str) -> OfferPage | None:
    """The public offer that an address means, with all that its page shows."""
    parts = ("partner__hub", "topic", "level", "after_course", "image")
    offer = named(slug).select_related(*parts).order_by("pk").first()
    if offer is None:
        return None
    return OfferPage(
        offer=offer,
        partner=offer.partner,
        card=card_of(offer),
        topic=offer.topic.label if offer.topic else "",
        dates=tuple(
            MoreDate(row.on, row.until_on, days_words(row.on, row.until_on), row.place)
            for row in offer.dates.all()
        ),
        hubs=() if offer.is_for_all_hubs else tuple(offer.hubs.all()),
        course=course_of(offer),
        image=offer.image,
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
