"""What partners forget when a member erases the account."""

from collections import Counter
from datetime import datetime
from functools import partial

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Member, Notice
from partners.models import (
    Colleague,
    Interest,
    OfferReport,
    Partner,
    PartnerInvitation,
    PartnerSuggestion,
)

from .offers import take_back_all
from .organisations import lock_partner
from .telling import tell_hub


def forget_partner_member(*, member: Member, now: datetime | None = None) -> None:
    """Take the person out of what stays. Runs inside the transaction that erases the member.

    Offers belong to the partner and stay. A partner that nobody runs any more is kept by its hub;
    one that the hub has not approved yet is gone, and its texts wait no longer.
    """
    now = now or timezone.now()
    for colleague in Colleague.objects.filter(member=member).order_by("partner"):
        leave(colleague, now)
    Interest.objects.filter(member=member).update(
        state=Interest.State.WITHDRAWN, name="", contact="", message="", changed_at=now
    )
    PartnerSuggestion.objects.filter(member=member).update(words="", answer="")
    settled = OfferReport.objects.filter(member=member, settled_at__isnull=False)
    settled.update(words="", answer="")
    if member.email:
        PartnerInvitation.objects.filter(email=member.email.lower()).delete()


def leave(colleague: Colleague, now: datetime) -> None:
    """Take a colleague out of a partner, whoever is left."""
    partner = lock_partner(Partner(pk=colleague.partner_id))
    forget_notices(f"partner:{partner.pk}:joined:{colleague.pk}")
    colleague.delete()
    runs = partner.colleagues.filter(role=Colleague.Role.ADMIN, member__is_active=True)
    if not runs.exists():
        orphan(partner, now)


def orphan(partner: Partner, now: datetime) -> None:
    """Nobody runs a partner any more: its hub keeps it, if it had let it in."""
    if partner.state == Partner.State.WAITING:
        partner.state = Partner.State.LEFT
        take_back_all(partner, now)
    elif partner.state in (Partner.State.APPROVED, Partner.State.PAUSED):
        partner.is_kept_by_hub, partner.clean_approvals = True, 0
        key = f"partner:{partner.pk}:orphan:{now:%Y%m%d%H%M%S}"
        tell_hub(partner, key, partial(orphan_words, partner), now)
    partner.save(update_fields=["state", "is_kept_by_hub", "clean_approvals"])


def orphan_words(partner: Partner) -> str:
    """That nobody runs an organisation any more."""
    return _("Nobody runs %(partner)s any more. Please invite somebody, or look after it.") % {
        "partner": partner.name
    }


def forget_notices(key: str) -> None:
    """Delete what others were told with somebody's name in it."""
    told = Notice.objects.filter(key=key)
    unread = Counter(told.unread().values_list("member", flat=True))
    told.delete()
    for member, count in unread.items():
        rest = Member.objects.filter(pk=member, unread_count__gte=count)
        rest.update(unread_count=F("unread_count") - count)
