"""Private words of partners: drafts, what the hub said, who applied, reports, suggestions."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from members.actions import join_hub
from members.models import Hub, Member
from partners import actions
from partners.addresses import slug_of
from partners.models import Colleague, Offer, Partner

from .places import Places, make_person
from .planted import Canaries

DAY = timedelta(days=1)
HUB = ("coordinator", "reviewer")
# Who stands for partners in every hub, and what they are.
OFFER_PEOPLE = {"partner": "partner", "applicant": "learner"}
TEXT: dict[str, Any] = {
    "title": "An offer",
    "learns": "You learn to read a plan.",
    "for_whom": "Everybody.",
    "kind": "course",
    "mode": "online",
    "is_any_time": True,
    "cost": "free",
    "apply_by": "form",
    "contact": "Ring us.",
}


@dataclass
class Desk:
    """One partner with its person, the hub's people, and somebody who applies."""

    canaries: Canaries
    hub: Hub
    partner: Partner
    admin: Member
    applicant: Member
    now: datetime

    def word(self, what: str, *roles: str, owner: Member | None = None) -> str:
        """A new word; the partner's person sees it unless somebody else owns it."""
        return self.canaries.plant(what, self.hub, *roles, owner=owner or self.admin)

    def staff(self, role: str) -> Member:
        """Somebody of the hub."""
        return Member.objects.get(roles__hub=self.hub, roles__role=role)

    def offer(self, name: str, **values: Any) -> Offer:
        """A text of a new offer."""
        key = uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{self.hub.slug}.seed.weft")
        offer = actions.begin_offer(member=self.admin, partner=self.partner, key=key, now=self.now)
        self.write(offer, **values)
        return Offer.objects.get(pk=offer.pk)

    def write(self, offer: Offer, **values: Any) -> None:
        """The partner's person writes something."""
        given = {**TEXT, **values}
        actions.save_offer(member=self.admin, offer=offer, values=given, now=self.now)


def plant_offers(
    places: Places, canaries: Canaries, password: str, now: datetime
) -> list[dict[str, str]]:
    """Plant words in every hub; gives the addresses of the public offers in which they stand."""
    return [
        plant_in(number, hub, canaries, password, now) for number, hub in enumerate(places.hubs, 1)
    ]


def plant_in(
    number: int, hub: Hub, canaries: Canaries, password: str, now: datetime
) -> dict[str, str]:
    """One partner of a hub with all its words."""
    people = [
        make_person(f"bench-{name}-{number}", canaries.writer, password) for name in OFFER_PEOPLE
    ]
    join_hub(member=people[1], hub=hub, now=now)
    partner = make_partner(number, hub, canaries, people[0], now)
    desk = Desk(canaries, hub, partner, people[0], people[1], now)
    plant_unsent(desk)
    plant_reviews(desk)
    live = plant_live(desk)
    plant_interest(desk, live)
    plant_told(desk, live)
    return {
        "hub": hub.slug,
        "partner": f"/partners/{partner.slug}/",
        "offer": f"/offers/{slug_of(live)}/",
    }


def make_partner(
    number: int, hub: Hub, canaries: Canaries, admin: Member, now: datetime
) -> Partner:
    """An approved partner with its admin; how the hub knows it is for the hub alone."""
    partner = Partner.objects.create(
        key=uuid.uuid5(uuid.NAMESPACE_DNS, f"planted.{hub.slug}.seed.weft"),
        slug=f"planted-{number}",
        name=f"Planted partner {number}",
        kind="community",
        place=hub.place,
        hub=hub,
        state=Partner.State.APPROVED,
        proof=Partner.Proof.KNOWN,
        proof_words=canaries.plant("how a hub knows a partner", hub, *HUB),
        applied_at=now,
        promised_on=now.date(),
        decided_at=now,
        confirmed_at=now,
    )
    Colleague.objects.create(
        partner=partner, member=admin, role=Colleague.Role.ADMIN, joined_at=now
    )
    return partner


def plant_unsent(desk: Desk) -> None:
    """An offer that was never sent."""
    desk.offer("unsent", title=desk.word("title of an offer that was never sent"))


def plant_reviews(desk: Desk) -> None:
    """Offers that came back, with what the hub said."""
    reviewer = desk.staff("reviewer")
    changed = desk.offer("change", title=desk.word("title of an offer to change", *HUB))
    review = actions.send_offer(member=desk.admin, offer=changed, now=desk.now)
    words, note = desk.word("change asked for", *HUB), desk.word("words beside a field", *HUB)
    actions.ask_change(
        member=reviewer, review=review, words=words, notes={"title": note}, now=desk.now
    )
    declined = desk.offer("decline", title=desk.word("title of an offer that was declined", *HUB))
    review = actions.send_offer(member=desk.admin, offer=declined, now=desk.now)
    reason = desk.word("reason of a decline", *HUB)
    actions.decline_offer(member=reviewer, review=review, reason=reason, now=desk.now)


def plant_live(desk: Desk) -> Offer:
    """An offer on the site with an edit that was not sent."""
    offer = desk.offer("live", title=f"Live offer of {desk.partner.name}")
    review = actions.send_offer(member=desk.admin, offer=offer, now=desk.now)
    actions.publish_offer(
        member=desk.staff("reviewer"),
        review=review,
        revision_id=review.revision_id,
        now=desk.now,
    )
    offer = Offer.objects.get(pk=offer.pk)
    desk.write(offer, title=offer.title, learns=desk.word("edit of an offer that was not sent"))
    return offer


def plant_interest(desk: Desk, offer: Offer) -> None:
    """Somebody applies: the member and those who write for the partner read it."""
    admin = desk.admin.username
    found = {}
    for what in ("name", "contact", "message"):
        found[what] = desk.word(f"{what} of somebody who applied", owner=desk.applicant)
        desk.canaries.words[-1]["seen_by"].append(admin)
    actions.send_interest(member=desk.applicant, offer=offer, agrees=True, now=desk.now, **found)


def plant_told(desk: Desk, offer: Offer) -> None:
    """A report and a suggestion: only the hub's people read them."""
    for what in ("report of an offer", "suggestion of a partner"):
        word = desk.canaries.plant(what, desk.hub, *HUB)
        key = uuid.uuid5(uuid.NAMESPACE_DNS, f"{what}.{desk.hub.slug}")
        if what.startswith("report"):
            actions.report_offer(
                member=desk.applicant, offer=offer, key=key, kind="other", words=word, now=desk.now
            )
        else:
            actions.suggest_partner(
                member=desk.applicant, hub=desk.hub, key=key, name=word, now=desk.now
            )
