"""Messages to a member."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .. import emails
from ..models import Member, Notice


@transaction.atomic
def notify(
    *,
    member: Member,
    key: str,
    kind: str,
    text: str,
    url: str = "",
    email: bool = True,
    now: datetime | None = None,
) -> Notice:
    """Tell a member something on /me/, and by e-mail when the member has one and wants it.

    One key makes one notice and one mail, however often it is sent.
    """
    values = {"kind": kind, "text": str(text), "url": url, "made_at": now or timezone.now()}
    notice, created = Notice.objects.get_or_create(member=member, key=key, defaults=values)
    if created:
        Member.objects.filter(pk=member.pk).update(unread_count=F("unread_count") + 1)
        if email and member.email and member.is_mail_wanted:
            emails.owe_notice(notice)
    return notice


@transaction.atomic
def mark_notices_read(*, member: Member, now: datetime | None = None) -> int:
    """Mark all that a member has been told as read. Says how much was new.

    The member's row is locked first, so that a notice written meanwhile is counted after.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    count = Notice.objects.for_member(member).unread().update(read_at=now or timezone.now())
    if locked.unread_count:
        Member.objects.filter(pk=member.pk).update(unread_count=0)
    member.unread_count = 0
    return count
