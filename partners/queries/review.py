"""What waits for a hub: texts of offers, oldest first, and organisations to check."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from content.models import WeftImage
from members.models import Hub, Member
from partners.models import Colleague, OfferReview, Partner
from partners.models.reviews import OfferReviewQuerySet

from .answers import Compared, compare
from .drafts import read_live, read_revision

A_PAGE = 30
IN_PANEL = 5


def reviews_for(member: Member, hub: Hub) -> OfferReviewQuerySet:
    """The texts that partners sent to a hub, for its people; those of one's own organisations
    are for others."""
    mine = Colleague.objects.filter(member=member).values("partner")
    found = OfferReview.objects.visible_to(member).filter(hub=hub)
    return found.exclude(offer__partner__in=mine).select_related(
        "offer__partner__hub", "revision", "hub", "sent_by", "decided_by"
    )


def waiting_reviews(member: Member, hub: Hub) -> OfferReviewQuerySet:
    """Those that wait, oldest first. After-checks are apart: those texts are live already."""
    return reviews_for(member, hub).waiting().filter(is_after_check=False)


def partners_to_check(member: Member, hub: Hub) -> QuerySet[Partner]:
    """Organisations that wait for a yes, oldest first; not one's own."""
    mine = Colleague.objects.filter(member=member).values("partner")
    waiting = Partner.objects.filter(hub=hub, state=Partner.State.WAITING)
    return waiting.exclude(pk__in=mine).order_by("applied_at", "pk")


@dataclass(frozen=True)
class ReviewRow:
    """A text that waits."""

    review: OfferReview
    title: str
    is_late: bool

    @property
    def partner(self) -> Partner:
        """Who sent it."""
        return self.review.offer.partner


def review_rows(reviews: Any, today: date) -> list[ReviewRow]:
    """Texts with their titles as they were sent."""
    return [ReviewRow(review, title_of(review), review.promised_on < today) for review in reviews]


def title_of(review: OfferReview) -> str:
    """The title as it was sent."""
    return str(review.revision.content.get("title") or _("An offer without a title"))


@dataclass(frozen=True)
class Queue:
    """What waits for a hub."""

    rows: list[ReviewRow]
    page: Page
    partners: list[Partner]
    today: date


def queue_of(member: Member, hub: Hub, number: int, today: date) -> Queue:
    """What waits, a page of it, and all organisations to check."""
    page = Paginator(waiting_reviews(member, hub), A_PAGE).get_page(number)
    rows = review_rows(page.object_list, today)
    return Queue(rows, page, list(partners_to_check(member, hub)[:A_PAGE]), today)


@dataclass(frozen=True)
class Waiting:
    """The first things that wait, for the desk of a hub."""

    rows: list[ReviewRow]
    partners: list[Partner]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self.rows and not self.partners


def desk_waiting(member: Member, hub: Hub, today: date) -> Waiting:
    """The oldest things that wait: two statements."""
    rows = review_rows(waiting_reviews(member, hub)[:IN_PANEL], today)
    return Waiting(rows, list(partners_to_check(member, hub)[:IN_PANEL]))


def waiting_counts(member: Member) -> Counter[int]:
    """How many things wait in each hub where a member looks after partners."""
    hubs = Hub.objects.for_staff(member, "reviewer", "coordinator")
    mine = Colleague.objects.filter(member=member).values("partner")
    reviews = OfferReview.objects.waiting().filter(hub__in=hubs, is_after_check=False)
    waiting = Partner.objects.filter(hub__in=hubs, state=Partner.State.WAITING)
    counts: Counter[int] = Counter()
    for rows in (
        reviews.exclude(offer__partner__in=mine),
        waiting.exclude(pk__in=mine),
    ):
        for row in rows.order_by().values("hub").annotate(count=Count("pk")):
            counts[row["hub"]] += row["count"]
    return counts


@dataclass(frozen=True)
class ReviewPage:
    """One text that was sent, beside what is live; a new one beside what was read last. `last` is
    what the hub said then."""

    review: OfferReview
    title: str
    rows: list[Compared]
    last: OfferReview | None
    is_new: bool
    is_late: bool
    picture: WeftImage | None
    picture_alt: str

    @property
    def is_beside(self) -> bool:
        """Whether there is a text beside it."""
        return not self.is_new or self.last is not None

    @property
    def changes(self) -> int:
        """How many rows differ from the text beside it."""
        return sum(row.is_changed for row in self.rows)


def review_page(review: OfferReview, today: date) -> ReviewPage:
    """A text that was sent, row by row beside the live one, or beside what was read last."""
    offer, last = review.offer, asked_before(review)
    sent = read_revision(review.revision, offer)
    live = read_live(offer) if offer.first_published_at else None
    read = read_revision(last.revision, offer) if last else None
    is_third = last is not None and live is not None and last.revision_id != offer.live_revision_id
    return ReviewPage(
        review=review,
        title=title_of(review),
        rows=compare(live or read, sent, read if is_third else None, last.notes if last else None),
        last=last,
        is_new=live is None,
        is_late=review.promised_on < today,
        picture=picture_of(sent),
        picture_alt=sent["image_alt"],
    )


def asked_before(review: OfferReview) -> OfferReview | None:
    """The review in which the hub read an earlier text and wanted another one, if that was the
    last thing that it said."""
    said = review.offer.reviews.filter(decided_at__lte=review.sent_at).exclude(pk=review.pk)
    read = said.exclude(state=OfferReview.State.WITHDRAWN).order_by("-decided_at", "-pk")
    last = read.select_related("revision", "decided_by").first()
    return None if last is None or last.state == OfferReview.State.PUBLISHED else last


def picture_of(values: Mapping[str, Any]) -> WeftImage | None:
    """The picture of a text, if it has one."""
    key = values["image"]
    return WeftImage.objects.filter(pk=key).first() if key else None
