"""What waits on a hub's desk of partners, for tests: a small edit, a report, a suggestion."""

import uuid
from types import SimpleNamespace
from typing import Any

from partners import actions
from partners.models import (
    Agreement,
    Offer,
    OfferReport,
    OfferReview,
    Partner,
    PartnerChange,
    PartnerSuggestion,
)
from tests.partners.desk_cast import in_days, live, place
from tests.partners.offers_cast import key, make_partner


def desk(name: str, *args: Any) -> str:
    """An address on the desk of Harbour Hub."""
    return place(name, "harbour", *args)


def small_edit(site: SimpleNamespace, number: int = 1, **values: Any) -> OfferReview:
    """A small edit of a trusted partner, live at once."""
    offer = live(site, number)
    Partner.objects.filter(pk=site.partner.pk).update(clean_approvals=5)
    actions.save_offer(member=site.ed, offer=offer, values=values or {"seats": 7})
    return actions.send_offer(member=site.ed, offer=offer)


def reported(site: SimpleNamespace, offer: Offer, **values: Any) -> OfferReport:
    """Somebody says that something is wrong."""
    facts = {"member": site.outsider, "kind": "link", "words": "It leads nowhere.", **values}
    return actions.report_offer(offer=offer, key=uuid.uuid4(), **facts)


def agreed(site: SimpleNamespace, words: str = "Room 3 on Mondays.", **values: Any) -> Agreement:
    """A partner says what was agreed."""
    facts = {"member": site.anna, "partner": site.partner, "hub": site.hub, "kind": "rooms"}
    return actions.propose_agreement(words=words, **{**facts, **values})


def suggested(site: SimpleNamespace, number: int = 1, **values: Any) -> PartnerSuggestion:
    """A member suggests an organisation."""
    facts = {"member": site.outsider, "hub": site.hub, "name": "The Library", "place": "Port"}
    return actions.suggest_partner(key=key(number), **{**facts, "words": "Near.", **values})


def renamed(site: SimpleNamespace, **values: Any) -> PartnerChange:
    """A partner asks for another name."""
    facts = {"member": site.anna, "partner": site.partner, "name": "Port College"}
    found = actions.ask_identity(**{**facts, "kind": "college", **values})
    assert found is not None
    return found


def queue(hub: str = "harbour") -> str:
    return place("desk_partners", hub)


def page_of(review: OfferReview, step: str = "") -> str:
    """The page of a text, or one of its answers."""
    name = f"desk_review_{step}" if step else "desk_review"
    return place(name, "harbour", review.pk)


def applied(site: SimpleNamespace, name: str = "New Library", **values: Any) -> Partner:
    """An organisation that waits."""
    values = {"state": "waiting", "proof": "", "promised_on": in_days(5), **values}
    return make_partner(site.hub, name, **values)
