"""The secret address of a member's calendar feed."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member
from mentorship.models import CalendarKey

BYTES = 32


def calendar_key(*, member: Member, now: datetime | None = None) -> CalendarKey:
    """The key of a member's feed; the first time it is made. Twice is one."""
    key, _created = CalendarKey.objects.get_or_create(
        member=member, defaults={"token": new_token(), "made_at": now or timezone.now()}
    )
    return key


@transaction.atomic
def new_calendar_key(*, member: Member, now: datetime | None = None) -> CalendarKey:
    """Give the feed a new address. The old one ends at once."""
    drop_calendar_key(member=member)
    return calendar_key(member=member, now=now)


def drop_calendar_key(*, member: Member) -> bool:
    """End the feed. Says whether there was one."""
    return bool(CalendarKey.objects.filter(member=member).delete()[0])


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(BYTES)
