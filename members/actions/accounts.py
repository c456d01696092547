"""What the network admin does to an account."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import outbox
from ..errors import Refused
from ..models import Member
from ..rules import may_change_account
from .hubs import sync_flags
from .records import record


@transaction.atomic
def change_account(
    *,
    member: Member,
    to: Member,
    is_active: bool,
    is_superuser: bool,
    now: datetime | None = None,
) -> Member:
    """Switch an account on or off, or make its owner a network admin. It is logged."""
    if not may_change_account(member, to):
        raise Refused(_("You cannot change this account. Ask another network admin."))
    if (to.is_active, to.is_superuser) == (is_active, is_superuser):
        return to
    to.is_active, to.is_superuser = is_active, is_superuser
    to.save(update_fields=["is_active", "is_superuser"])
    sync_flags(to)
    now = now or timezone.now()
    if not is_active:
        end_sessions(to, now)
    with to.in_own_language():
        words = said(is_active, is_superuser)
    record(member=to, actor=member, verb="change_account", words=words, now=now)
    return to


def end_sessions(member: Member, now: datetime) -> None:
    """Owe the end of every session, so that none comes back with the account."""
    outbox.put(
        effect="members.end_sessions",
        key=f"end-sessions:{member.pk}:{now.isoformat()}",
        payload={"member": str(member.pk)},
    )


def said(is_active: bool, is_superuser: bool) -> str:
    """The state of an account in words."""
    if not is_active:
        return _("Your account was switched off.")
    if is_superuser:
        return _("Your account is on. You are a network admin.")
    return _("Your account is on. You are not a network admin.")
