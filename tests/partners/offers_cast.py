"""A hub with reviewers, a partner with its people, a stranger beside each; and a whole offer."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from members.errors import Refused
from members.models import Hub, HubRole, Member, Notice
from partners import actions
from partners.models import Colleague, Offer, OfferReview, Partner
from partners.queries.drafts import read_draft
from tests.factories import make_member

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
NOT_YOURS = "Only people who write offers for this organisation can do this."
FULL: dict[str, Any] = {
    "title": "Welding for beginners",
    "learns": "How to weld two plates.",
    "for_whom": "Anybody over 16.",
    "kind": "course",
    "mode": "place",
    "place": "Harbour College, room 3",
    "from_on": date(2026, 6, 1),
    "to_on": date(2026, 6, 30),
    "cost": "amount",
    "amount": Decimal("20.00"),
    "currency": "EUR",
    "apply_by": "link",
    "apply_link": "https://college.example/welding",
    "contact": "Ring Jo on 020 7946 0000.",
}


def key(number: int) -> uuid.UUID:
    """A key as a client would make it."""
    return uuid.UUID(int=number)


def make_hub(slug: str) -> Hub:
    """A hub without pages."""
    return Hub.objects.create(slug=slug, name=f"{slug.title()} Hub", place="Here")


def staff(name: str, hub: Hub, role: str) -> Member:
    """Somebody who works for a hub."""
    member = make_member(name, email=f"{name}@hub.example")
    HubRole.objects.create(member=member, hub=hub, role=role)
    return member


def make_partner(hub: Hub, name: str = "Harbour College", **values: Any) -> Partner:
    """An approved organisation."""
    slug = name.lower().replace(" ", "-")
    facts = {
        "key": uuid.uuid4(),
        "slug": slug,
        "name": name,
        "kind": "college",
        "place": "Harbour",
        "website": f"https://{slug}.example",
        "email": f"post@{slug}.example",
        "state": "approved",
        "proof": "known",
        "hub": hub,
        "applied_at": NOW - 30 * DAY,
        "confirmed_at": NOW - 30 * DAY,
        "promised_on": TODAY,
        **values,
    }
    return Partner.objects.create(**facts)


def colleague(name: str, partner: Partner, role: str) -> Member:
    """Somebody who acts for an organisation."""
    member = make_member(name, email=f"{name}@college.example")
    Colleague.objects.create(partner=partner, member=member, role=role, joined_at=NOW)
    return member


def make_site() -> SimpleNamespace:
    """Everybody: those who may, and those who may not."""
    site = SimpleNamespace(hub=make_hub("harbour"), other_hub=make_hub("valley"))
    site.reviewer = staff("reviewer", site.hub, "reviewer")
    site.coordinator = staff("coordinator", site.hub, "coordinator")
    site.hub_editor = staff("hub_editor", site.hub, "editor")
    site.other_reviewer = staff("other_reviewer", site.other_hub, "reviewer")
    site.partner = make_partner(site.hub)
    site.anna = colleague("anna", site.partner, "admin")
    site.ed = colleague("ed", site.partner, "editor")
    site.vic = colleague("vic", site.partner, "viewer")
    site.other_partner = make_partner(site.hub, "Valley School")
    site.otto = colleague("otto", site.other_partner, "admin")
    site.outsider = make_member("outsider")
    return site


def draft(site: SimpleNamespace, number: int = 1, **values: Any) -> Offer:
    """An offer in which all that is needed is written."""
    offer = actions.begin_offer(
        member=site.ed, partner=site.partner, key=key(number), now=NOW - 9 * DAY
    )
    actions.save_offer(member=site.ed, offer=offer, values={**FULL, **values}, now=NOW - 9 * DAY)
    return fresh(offer)


def sent(site: SimpleNamespace, number: int = 1, **values: Any) -> OfferReview:
    """An offer that waits for the hub."""
    return actions.send_offer(
        member=site.ed, offer=draft(site, number, **values), now=NOW - 2 * DAY
    )


def published(site: SimpleNamespace, number: int = 1, **values: Any) -> Offer:
    """An offer on the site."""
    review = sent(site, number, **values)
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW - DAY
    )
    return fresh(review.offer)


def trusted(site: SimpleNamespace, number: int = 1, **values: Any) -> Offer:
    """An offer on the site of a partner whose offers were clean."""
    offer = published(site, number, **values)
    Partner.objects.filter(pk=site.partner.pk).update(clean_approvals=5)
    return fresh(offer)


def save(site: SimpleNamespace, offer: Offer, now: datetime = NOW, **values: Any) -> None:
    """The editor writes something."""
    actions.save_offer(member=site.ed, offer=offer, values=values, now=now)


def fresh(offer: Offer) -> Offer:
    """An offer as it is stored now."""
    return Offer.objects.select_related("partner__hub").get(pk=offer.pk)


def again(review: OfferReview) -> OfferReview:
    """A review as it is stored now."""
    return OfferReview.objects.get(pk=review.pk)


def text(offer: Offer) -> dict[str, Any]:
    """What the partner wrote last."""
    return read_draft(fresh(offer))


def told(member: Member) -> list[str]:
    """What a member has been told, the first first."""
    rows = Notice.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("text", flat=True))


def refused(action: Any, **values: Any) -> tuple[str, str]:
    """The reason and the field of a refusal."""
    with pytest.raises(Refused) as found:
        action(**values)
    return found.value.reason, found.value.field


def picture() -> bytes:
    """A small picture with a place in its head."""
    out = BytesIO()
    image = Image.new("RGB", (40, 30), "red")
    exif = image.getexif()
    exif[0x010E] = "SECRET-PLACE"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def strangers(site: SimpleNamespace) -> list[Member]:
    """Those who may look or review, and those who may do nothing: none of them writes."""
    return [site.vic, site.otto, site.reviewer, site.other_reviewer, site.outsider]
