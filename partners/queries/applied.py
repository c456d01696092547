"""Who applied for the offers of a partner, as its people read it."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from members.models import Member
from partners.models import Interest, Offer, Partner

A_PAGE = 30


def applied_to(partner: Partner, reader: Member) -> QuerySet[Interest]:
    """Those who applied and whose words the reader may see, the newest first. Nothing of the
    member's row is read: what was agreed to send is all there is."""
    found = Interest.objects.read_by(reader).filter(offer__partner=partner)
    return found.select_related("offer")


def applied_page(partner: Partner, reader: Member, number: int, offer: UUID | None = None) -> Page:
    """A page of them; of one offer where it is named."""
    rows = applied_to(partner, reader)
    return Paginator(rows.filter(offer__uuid=offer) if offer else rows, A_PAGE).get_page(number)


def new_count(partner: Partner, reader: Member) -> int:
    """How many applied whom nobody has read yet."""
    return applied_to(partner, reader).filter(state=Interest.State.NEW).count()


def applied_offer(partner: Partner, offer: UUID | None) -> Offer | None:
    """The partner's offer that is named, if there is one."""
    return partner.offers.filter(uuid=offer).first() if offer else None
