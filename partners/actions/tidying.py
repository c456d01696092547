"""What is forgotten by itself: who applied, a year after the end, old invitations and tables."""

from datetime import datetime, timedelta

from django.db.models import Q

from partners.models import Interest, Offer, OfferUpload, PartnerInvitation, UploadRow

KEPT = timedelta(days=365)
INVITATION_KEPT = UPLOAD_KEPT = timedelta(days=30)
NAMED = ~Q(name="") | ~Q(contact="") | ~Q(message="")


def delete_old_interest(*, now: datetime) -> int:
    """Forget names, contacts and messages of those who applied, twelve months after the offer has
    ended. That somebody applied, and what became of it, stays. Says how many."""
    before = now - KEPT
    over = Offer.objects.filter(Q(ended_at__lte=before) | Q(ends_on__lt=before.date()))
    rows = Interest.objects.filter(NAMED, offer__in=over)
    return rows.update(name="", contact="", message="")


def delete_old_invitations(*, now: datetime) -> int:
    """Delete invitations that were used or ran out a month ago, with their addresses."""
    before = now - INVITATION_KEPT
    gone, _rows = PartnerInvitation.objects.filter(
        Q(used_at__lte=before) | Q(expires_at__lte=before)
    ).delete()
    return gone


def delete_old_uploads(*, now: datetime) -> int:
    """Delete tables that came in a month ago, with all their rows. The offers that they have
    become stay. Says how many."""
    old = OfferUpload.objects.filter(made_at__lte=now - UPLOAD_KEPT)
    keys = list(old.values_list("pk", flat=True))
    UploadRow.objects.filter(upload__in=keys).delete()
    OfferUpload.objects.filter(pk__in=keys).delete()
    return len(keys)
