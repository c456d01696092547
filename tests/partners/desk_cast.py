"""A partner's desk for tests: the people of `offers_cast`, offers with days to come, and what a
browser sends."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Member
from partners import actions
from partners.models import Offer, OfferReview
from tests.partners.offers_cast import FULL, key, make_site

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
WHAT = {
    "title": "Welding for beginners",
    "kind": "course",
    "learns": "How to weld two plates.",
    "for_whom": "Anybody over 16.",
}
HOW = {"apply_by": "form", "contact": "Ring Jo on 020 7946 0000."}
REST = {"is_for_all_hubs": "on", "language": "en"}


def in_days(days: int) -> date:
    """A day from now on."""
    return timezone.localdate() + timedelta(days=days)


def where() -> dict[str, str]:
    """The second screen as a browser sends it."""
    return {"mode": "online", "from_on": in_days(30).isoformat(), "cost": "free"}


def site_of() -> SimpleNamespace:
    """The people, and a client for whoever signs in."""
    site = make_site()
    site.client = client_of
    return site


def client_of(member: Member) -> Client:
    """A browser of a member."""
    client = Client()
    client.force_login(member)
    return client


def full(**values: Any) -> dict[str, Any]:
    """All that an offer needs, with days to come."""
    return {**FULL, "from_on": in_days(30), "to_on": in_days(60), **values}


def written(site: SimpleNamespace, number: int = 1, **values: Any) -> Offer:
    """A draft in which nothing is missing."""
    offer = actions.begin_offer(member=site.ed, partner=site.partner, key=key(number))
    actions.save_offer(member=site.ed, offer=offer, values=full(**values))
    return Offer.objects.get(pk=offer.pk)


def sent(site: SimpleNamespace, number: int = 1, **values: Any) -> OfferReview:
    """An offer that waits for the hub."""
    return actions.send_offer(member=site.ed, offer=written(site, number, **values))


def live(site: SimpleNamespace, number: int = 1, **values: Any) -> Offer:
    """An offer on the site."""
    review = sent(site, number, **values)
    actions.publish_offer(member=site.reviewer, review=review, revision_id=review.revision_id)
    return Offer.objects.get(pk=review.offer_id)


def place(name: str, *args: Any) -> str:
    """An address of this app."""
    return reverse(f"partners:{name}", args=args)


def at(site: SimpleNamespace, name: str, *args: Any) -> str:
    """An address on the desk of the site's partner."""
    return place(name, site.partner.slug, *args)


def text_of(response: Any) -> str:
    """What a page says, in one line."""
    return " ".join(response.content.decode().split())


def cost_of(act: Callable[[], Any]) -> int:
    """How many statements something costs."""
    with CaptureQueriesContext(connection) as captured:
        act()
    said = [query["sql"] for query in captured.captured_queries]
    return len([sql for sql in said if not sql.startswith(NOT_COUNTED)])


def screen(site: SimpleNamespace, name: str, number: int = 1) -> str:
    """The address of a screen of an offer."""
    return at(site, "offer_write", key(number), name)


def begin(client: Client, site: SimpleNamespace, **values: Any) -> Any:
    """Send the first screen."""
    return client.post(at(site, "offer_new"), {"key": str(key(1)), **WHAT, **values})
