"""Who is invited to act for a partner, and whether a code went to its address."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from partners.codes import DAYS, digest
from partners.emails import is_code_owed
from partners.models import Partner, PartnerInvitation


def open_invitations(partner: Partner) -> QuerySet[PartnerInvitation]:
    """The invitations that are still good."""
    return partner.invitations.filter(used_at__isnull=True, expires_at__gt=timezone.now())


def invitation_of(code: str) -> PartnerInvitation | None:
    """The invitation of a code, if it is still good."""
    rows = PartnerInvitation.objects.select_related("partner__hub", "made_by")
    found = rows.filter(digest=digest(code), used_at__isnull=True)
    return found.filter(expires_at__gt=timezone.now()).first()


def has_code(partner: Partner, today: date) -> bool:
    """Whether a code that is still good went to an address that is not confirmed yet. Asks nothing
    where there is none to confirm."""
    if not partner.email or partner.email_confirmed_at is not None:
        return False
    return is_code_owed(partner, [today - timedelta(days=past) for past in range(DAYS)])
