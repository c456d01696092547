"""Who is invited to act for a partner."""

from django.db.models import QuerySet
from django.utils import timezone

from partners.codes import digest
from partners.models import Partner, PartnerInvitation


def open_invitations(partner: Partner) -> QuerySet[PartnerInvitation]:
    """The invitations that are still good."""
    return partner.invitations.filter(used_at__isnull=True, expires_at__gt=timezone.now())


def invitation_of(code: str) -> PartnerInvitation | None:
    """The invitation of a code, if it is still good."""
    rows = PartnerInvitation.objects.select_related("partner__hub", "made_by")
    found = rows.filter(digest=digest(code), used_at__isnull=True)
    return found.filter(expires_at__gt=timezone.now()).first()
