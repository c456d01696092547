"""Partners and offers for tests of the learners' edge: rows through the models, no action runs."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from content.models import Level, Topic
from members.models import Hub, Member
from partners.addresses import slug_of
from partners.models import Agreement, Colleague, Interest, Offer, Partner, SavedOffer

DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def make_partner(hub: Hub, slug: str = "city-college", **values: Any) -> Partner:
    """A partner in the directory."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "key": uuid.uuid4(),
        "name": slug.replace("-", " ").title(),
        "kind": "college",
        "place": "Harbour Town",
        "about": f"About {slug}.",
        "state": "approved",
        "applied_at": now,
        "promised_on": now.date(),
        "confirmed_at": now,
        **values,
    }
    return Partner.objects.create(slug=slug, hub=hub, **facts)


def make_topic(slug: str = "coding") -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0]


def make_level(slug: str = "starter", rank: int = 0) -> Level:
    facts = {"name": slug.title(), "words": "New.", "rank": rank}
    return Level.objects.get_or_create(slug=slug, defaults=facts)[0]


def make_offer(partner: Partner, title: str = "Web skills", **values: Any) -> Offer:
    """A live offer: free, at a place, from next month on, with a form here. `hubs` is a list.
    One can apply until its deadline, else until it ends."""
    now = timezone.now()
    hubs, dates = values.pop("hubs", []), values.pop("dates", [])
    facts: dict[str, Any] = {
        "uuid": uuid.uuid4(),
        "learns": f"You learn {title}.",
        "for_whom": "Everybody.",
        "kind": "course",
        "mode": "place",
        "place": "1 High Street, Harbour Town",
        "from_on": today() + 30 * DAY,
        "cost": "free",
        "apply_by": "form",
        "contact": "Ring Ada.",
        "live": True,
        "ends_on": today() + 60 * DAY,
        "checked_on": today(),
        "made_at": now,
        "first_published_at": now,
        "last_published_at": now,
        "is_for_all_hubs": not hubs,
        **values,
    }
    facts.setdefault(
        "open_until", min(facts.get("deadline_on") or facts["ends_on"], facts["ends_on"])
    )
    offer = Offer(partner=partner, title=title, **facts)
    offer.hubs = hubs
    offer.dates = dates
    offer.save()
    return offer


def a_note(kind: str, days: int = 0, left: str = "some") -> dict[str, Any]:
    """The fields of a note on help with money that ends in some days."""
    values = {"kind": kind, "who": "All.", "what": "The fare.", "how": "Tell Jo.", "left": left}
    until = today() + days * DAY
    return {
        **{f"support_{name}": value for name, value in values.items()},
        "support_seen_by": "Only Jo.",
        "support_until_on": until,
    }


def make_draft(partner: Partner, title: str = "DRAFT-WORDS", **values: Any) -> Offer:
    """An offer that was never published."""
    nothing = {"live": False, "first_published_at": None, "last_published_at": None}
    return make_offer(partner, title, **{**nothing, **values})


def make_colleague(partner: Partner, member: Member, role: str = "editor") -> Colleague:
    facts = {"role": role, "joined_at": timezone.now()}
    return Colleague.objects.create(partner=partner, member=member, **facts)


def make_interest(offer: Offer, member: Member, **values: Any) -> Interest:
    now = timezone.now()
    facts = {
        "name": "Learner",
        "contact": "PRIVATE-CONTACT",
        "message": "PRIVATE-MESSAGE",
        "made_at": now,
        "changed_at": now,
        **values,
    }
    return Interest.objects.create(offer=offer, member=member, **facts)


def make_saved(offer: Offer, member: Member, at: datetime | None = None) -> SavedOffer:
    return SavedOffer.objects.create(offer=offer, member=member, saved_at=at or timezone.now())


def make_agreement(partner: Partner, hub: Hub, **values: Any) -> Agreement:
    now = timezone.now()
    facts = {"kind": "rooms", "words": "A room on Mondays.", "made_at": now, "confirmed_at": now}
    return Agreement.objects.create(partner=partner, hub=hub, **{**facts, **values})


def path_of(offer: Offer, more: str = "") -> str:
    """The address of an offer, or of something below it."""
    return f"/offers/{slug_of(offer)}/{more}"


def html_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.status_code
    return response.content.decode()
