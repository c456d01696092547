"""A search finds offers by the name of their partner: another name is a job for a worker."""

from datetime import datetime

from wagtail.search.backends import get_search_backends

from members import outbox
from partners.models import Offer, Partner

AT_ONCE = 200


def owe_index(partner: Partner, now: datetime) -> None:
    """Let a worker do it, if there is anything to find. Each change of a name is owed anew."""
    if partner.offers.filter(first_published_at__isnull=False).exists():
        outbox.put(
            effect="partners.index_offers",
            key=f"partner:{partner.pk}:index:{now:%Y%m%d%H%M%S%f}",
            payload={"partner": partner.pk},
        )


def index_offers(*, partner: Partner) -> int:
    """Let a search find the published offers of a partner by its name as it is now, some at a
    time. Says how many. Twice changes nothing more."""
    rows = Offer.get_indexed_objects().filter(partner=partner).order_by("pk")
    count, last = 0, 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(Offer, some)
        count, last = count + len(some), some[-1].pk
    return count
