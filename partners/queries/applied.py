"""Who applied for the offers of a partner, as its people read it."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from partners.models import Interest, Partner

A_PAGE = 30


def applied_to(partner: Partner) -> QuerySet[Interest]:
    """All who applied and have not taken it back, the newest first. Nothing of the member's row
    is read: what was agreed to send is all there is."""
    found = Interest.objects.filter(offer__partner=partner).select_related("offer")
    return found.exclude(state=Interest.State.WITHDRAWN)


def applied_page(partner: Partner, number: int) -> Page:
    """A page of them."""
    return Paginator(applied_to(partner), A_PAGE).get_page(number)
