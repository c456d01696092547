"""Messages to a member."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from .. import emails
from ..models import Member, Notice, OutboxRow


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


@transaction.atomic
def forget_name(
    *,
    member: Member,
    keys: Iterable[str],
    words: Callable[[], str],
    reader: Member | None = None,
) -> int:
    """Take a member's name out of what others (or one reader) were told under keys that begin so,
    and out of the mails about it. `words` stand there instead, in the reader's language.

    Says how many notices changed.
    """
    if not member.name:
        return 0
    begins = reduce(or_, (Q(key__startswith=key) for key in keys), Q(pk__in=[]))
    rows = Notice.objects.filter(begins, text__contains=member.name).exclude(member=member)
    rows = rows.filter(member=reader) if reader else rows
    changed = 0
    for notice in rows.select_related("member"):
        with notice.member.in_own_language():
            text = without(member.name, str(words()), notice.text)
        if text != notice.text:
            forget_in_mail(notice, text)
            changed += Notice.objects.filter(pk=notice.pk).update(text=text)
    return changed


def without(name: str, words: str, text: str) -> str:
    """A text with other words in place of a name, where it stands as a whole word."""
    found = re.split(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    said = found[0]
    for part in found[1:]:
        begins = not said or said.endswith((". ", "? ", "! "))
        said += (words[:1].upper() + words[1:] if begins else words) + part
    return said


def forget_in_mail(notice: Notice, text: str) -> None:
    """Say the mail about a notice with the new text: the row stays for a while, sent or not."""
    for row in OutboxRow.objects.filter(key=emails.notice_key(notice)):
        row.payload["text"] = row.payload["text"].replace(notice.text, text)
        row.save(update_fields=["payload"])
