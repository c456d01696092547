"""The texts of offers as plain values: the one that is live, the last one, and any other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Revision

from members.models import Hub
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
