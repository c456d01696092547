"""Offers as plain data for other programs: what the public page says, no contact, no person."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlencode, urljoin
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from content.blocks.support import SupportNote
from partners.addresses import slug_of
from partners.facets import PAGE_SIZE, Wanted
from partners.models import Offer, OfferDate, Partner
from partners.offering import is_ended

from .drafts import is_taken_down
from .index import offer_index
from .listing import Found, find_words
from .shown import helps_in, support_of

MOST_PAGES = 10_000


@dataclass(frozen=True)
class PartnerData:
    """Who offers it."""

    slug: str
    name: str
    kind: str
    place: str
    url: str


@dataclass(frozen=True)
class DateData:
    """One more date."""

    on: date
    until_on: date | None
    place: str


@dataclass(frozen=True)
class HelpData:
    """Which help and access there is."""

    money: bool
    childcare: bool
    travel: bool
    step_free: bool
    phone: bool
    words: str
    device: str


@dataclass(frozen=True)
class ImageData:
    """A picture, with what it shows."""

    url: str
    alt: str


@dataclass(frozen=True)
class SameData:
    """What the row says as it is."""

    title: str
    learns: str
    for_whom: str
    kind: str
    mode: str
    place: str
    is_any_time: bool
    from_on: date | None
    to_on: date | None
    cost: str
    amount: Decimal | None
    currency: str
    cost_note: str
    apply_by: str
    apply_link: str
    deadline_on: date | None
    language: str
    hours_week: int | None
    seats: int | None
    member_seats: int | None
    skills: str
    credential: str
    age_from: int | None
    age_to: int | None
    ends_on: date | None
    open_until: date | None
    checked_on: date | None
    is_for_all_hubs: bool
    is_on_behalf: bool


@dataclass(frozen=True)
class OfferData(SameData):
    """An offer. `url` is its page, where people apply; `support` is its note on help with money,
    while that is not over."""

    id: UUID
    url: str
    has_ended: bool
    topic: str
    level: str
    hubs: list[str]
    dates: list[DateData]
    help: HelpData
    support: SupportNote | None
    image: ImageData | None
    partner: PartnerData
    published_at: datetime | None


@dataclass(frozen=True)
class OffersPage:
    """A page of offers, with the addresses of the pages beside it."""

    count: int
    page: int
    pages: int
    next: str | None
    previous: str | None
    left_out: list[str]
    results: list[OfferData]


SAME = tuple(field.name for field in fields(SameData))


def offers_page(
    query: str, wanted: Wanted, left_out: list[str], number: int, today: date
) -> OffersPage:
    """The live offers that fit, a page of them. A page behind the last one is empty."""
    index = offer_index()
    live = index.live(today)
    words = find_words(query, index, wanted, today) if query else Found(live)
    found = index.fitting(wanted, words.offers & live)
    count = found.bit_count()
    pages = max(1, -(-count // PAGE_SIZE))
    asked = {"q": [query], **wanted} if query else dict(wanted)
    return OffersPage(
        count=count,
        page=number,
        pages=pages,
        next=page_address(asked, number + 1) if number < pages else None,
        previous=page_address(asked, min(number - 1, pages)) if number > 1 else None,
        left_out=left_out,
        results=read(index.page(found, (number - 1) * PAGE_SIZE, PAGE_SIZE), today),
    )


def page_address(asked: Wanted, number: int) -> str:
    """The address of a page of the same list."""
    more = {**asked, "page": [str(number)]}
    return full(f"{reverse('api:offers')}?{urlencode(more, doseq=True)}")


def full(path: str) -> str:
    """An address with the name of the site."""
    return urljoin(f"{settings.SITE_URL}/", path)


def whole() -> QuerySet[Offer]:
    """Public offers with all that is told of them: three statements."""
    rows = Offer.objects.public().select_related("partner", "topic", "level", "image")
    return rows.prefetch_related("hubs", "dates")


def read(keys: Sequence[int], today: date) -> list[OfferData]:
    """Some offers in the order of their keys; none costs nothing."""
    if not keys:
        return []
    by_key = {offer.pk: offer for offer in whole().filter(pk__in=keys).order_by()}
    return [data_of(by_key[key], today) for key in keys if key in by_key]


def offer_data(key: UUID, today: date) -> OfferData | None:
    """One public offer; None where there is none, or the hub has taken it down."""
    offer = whole().filter(uuid=key).first()
    return data_of(offer, today) if offer and not is_taken_down(offer) else None


def data_of(offer: Offer, today: date) -> OfferData:
    """An offer as data."""
    same: dict[str, Any] = {name: getattr(offer, name) for name in SAME}
    note = support_of(offer)
    return OfferData(
        **same,
        id=offer.uuid,
        url=full(reverse("partners:offer", args=[slug_of(offer)])),
        has_ended=is_ended(offer, today),
        topic=offer.topic.slug if offer.topic else "",
        level=offer.level.slug if offer.level else "",
        hubs=[] if offer.is_for_all_hubs else sorted(hub.slug for hub in offer.hubs.all()),
        dates=[date_data(row) for row in offer.dates.all()],
        help=help_data(offer, today),
        support=None if note is None or note.is_over else note,
        image=ImageData(full(offer.image.file.url), offer.image_alt) if offer.image else None,
        partner=partner_data(offer.partner),
        published_at=offer.last_published_at or offer.first_published_at,
    )


def date_data(row: OfferDate) -> DateData:
    """One more date as data."""
    return DateData(row.on, row.until_on, row.place)


def help_data(offer: Offer, today: date) -> HelpData:
    """The help and access of an offer."""
    names = helps_in(partial(getattr, offer), today)
    return HelpData(
        money="helps_money" in names,
        childcare="helps_childcare" in names,
        travel="helps_travel" in names,
        step_free="is_step_free" in names,
        phone="works_on_phone" in names,
        words=offer.help_words,
        device=offer.device,
    )


def partner_data(partner: Partner) -> PartnerData:
    """Who offers it."""
    url = full(reverse("partners:partner", args=[partner.slug]))
    return PartnerData(partner.slug, partner.name, partner.kind, partner.place, url)
