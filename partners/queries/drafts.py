"""The texts of offers as plain values: the one that is live, the last one, and any other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from wagtail.models import Revision

from members.models import Hub, Member
from partners.models import Offer, OfferDate, OfferReview
from partners.offering import FIELDS, NOTHING

DATE = ("on", "until_on", "place")


def today_of(hub: Hub, now: datetime) -> date:
    """Which day it is at a hub."""
    return now.astimezone(ZoneInfo(hub.time_zone)).date()


def read_draft(offer: Offer) -> dict[str, Any]:
    """What the partner wrote last."""
    revision = offer.latest_revision
    return read_revision(revision, offer) if revision else read_live(offer)


def read_live(offer: Offer) -> dict[str, Any]:
    """What is on the row: what is published, once something is."""
    data = offer.serializable_data()
    return values_of(data, offer.reference)


def read_revision(revision: Revision, offer: Offer) -> dict[str, Any]:
    """One of an offer's texts."""
    return values_of(revision.content, offer.reference)


def values_of(data: Mapping[str, Any], reference: str) -> dict[str, Any]:
    """A stored text as plain values. What it lacks is empty."""
    found = {name: plain(name, data.get(name, NOTHING[name])) for name in (*FIELDS, "image")}
    dates = [
        {name: date_field(name).to_python(one[name]) for name in DATE}
        for one in data.get("dates", [])
    ]
    dates.sort(key=lambda one: (one["on"], one["place"]))
    hubs = sorted(data.get("hubs", []))
    return {**found, "reference": reference, "hubs": hubs, "dates": dates}


def date_field(name: str) -> Any:
    """A field of a more date."""
    return OfferDate._meta.get_field(name)


def plain(name: str, value: Any) -> Any:
    """A stored value of a field as a Python value; a relation is the key of what it points to."""
    field: Any = Offer._meta.get_field(name)
    if field.many_to_many:
        return value
    if field.remote_field:
        return field.target_field.to_python(value)
    return field.to_python(value)


def last_review(offer: Offer) -> OfferReview | None:
    """The last review of an offer that is no after-check."""
    return offer.reviews.filter(is_after_check=False).order_by("-sent_at", "-pk").first()


def waiting_review(offer: Offer) -> OfferReview | None:
    """The review that waits for the hub."""
    return offer.reviews.waiting().filter(is_after_check=False).first()


def is_taken_down(offer: Offer) -> bool:
    """Whether the hub said no to the very text that was on the site."""
    if offer.live:
        return False
    said = offer.reviews.filter(state=OfferReview.State.DECLINED)
    return said.filter(revision=offer.live_revision_id).exists()


@dataclass(frozen=True)
class Mark:
    """What a form was made of: the last text of the offer with its moment, and what was sent
    last. A form carries it, so that nobody sends or overwrites what they have not seen."""

    revision: int = 0
    at: datetime | None = None
    review: int = 0

    def __str__(self) -> str:
        at = self.at.isoformat() if self.at else ""
        return f"{self.revision} {at} {self.review}"


def mark_of(offer: Offer, revision: Revision | None = None) -> Mark:
    """The mark of an offer as it is now; of another text of it, if one is given."""
    text = revision or offer.latest_revision
    sent = offer.reviews.order_by("-pk").values_list("pk", flat=True).first()
    return Mark(text.pk, text.created_at, sent or 0) if text else Mark(review=sent or 0)


def read_mark(given: str) -> Mark:
    """The mark that a form carried. One that cannot be read has seen nothing."""
    try:
        revision, at, review = given.split(" ")
        moment = datetime.fromisoformat(at).astimezone(UTC) if at else None
        return Mark(int(revision), moment, int(review))
    except (ValueError, OverflowError):
        return Mark()


def others_since(offer: Offer, member: Member, mark: Mark) -> bool:
    """Whether somebody else has written in an offer since a form was made."""
    newer = Q(pk__gt=mark.revision)
    if mark.at is not None:
        newer |= Q(pk=mark.revision, created_at__gt=mark.at)
    return offer.revisions.filter(newer).exclude(user=member).exists()


def sent_since(offer: Offer, mark: Mark) -> bool:
    """Whether an offer was sent to its hub since a form was made."""
    return offer.reviews.filter(pk__gt=mark.review).exists()
