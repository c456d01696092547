"""Erasing an account."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail import hooks

from .. import outbox
from ..errors import Refused
from ..models import Hub, Member, OutboxRow
from ..rules import may_erase
from .hubs import sync_groups


@transaction.atomic
def erase_member(*, member: Member) -> bool:
    """Erase an account with all that names the person. Says whether there was one.

    Apps above keep what must stay without the person: their `member_erase` hooks run first,
    inside this transaction.
    """
    locked = Member.objects.select_for_update().filter(pk=member.pk).first()
    if locked is None:
        return False
    others = Member.objects.filter(is_superuser=True, is_active=True).exclude(pk=locked.pk)
    if not may_erase(locked, others.exists()):
        raise Refused(_("You are the last network admin. Make somebody else one first."))
    hubs = list(Hub.objects.filter(roles__member=locked).distinct())
    for erase in hooks.get_hooks("member_erase"):
        erase(member=locked)
    forget(locked)
    for hub in hubs:
        sync_groups(hub=hub)
    return True


def forget(member: Member) -> None:
    """Delete the row, what hangs on it, the mails on their way, and every session."""
    number = str(member.pk)
    OutboxRow.objects.filter(done_at__isnull=True, payload__member=member.pk).delete()
    member.delete()
    outbox.put(
        effect="members.end_sessions", key=f"end-sessions:{number}", payload={"member": number}
    )
