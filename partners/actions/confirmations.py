"""What an organisation confirms: its e-mail with a code, and once a year all that it says."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from partners import codes
from partners.models import Partner
from partners.queries.drafts import today_of

from .organisations import lock_partner, refuse_unless_running


@transaction.atomic
def confirm_email(
    *, member: Member, partner: Partner, code: str, now: datetime | None = None
) -> Partner:
    """Confirm the organisation's address with the code that went to it."""
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    if row.email_confirmed_at is not None:
        return row
    now = now or timezone.now()
    values = (settings.SECRET_KEY, row.pk, row.email, code, today_of(row.hub, now))
    if not row.email or not codes.is_email_code(*values):
        raise Refused(_("This code is not right. Look at the mail once more."), "code")
    row.email_confirmed_at = now
    row.save(update_fields=["email_confirmed_at"])
    return row


@transaction.atomic
def confirm_partner(*, member: Member, partner: Partner, now: datetime | None = None) -> Partner:
    """Say once a year that all is still right. Refused unless the hub has approved it."""
    row = lock_partner(partner)
    refuse_unless_running(member, row)
    if row.state != Partner.State.APPROVED:
        raise Refused(_("The hub has not approved your organisation yet."))
    row.confirmed_at = now or timezone.now()
    row.save(update_fields=["confirmed_at"])
    return row
