"""Logs what staff do to a member's record."""

from datetime import datetime

from django.utils import timezone

from ..models import Hub, Member, RecordEntry


def record(
    *,
    member: Member,
    actor: Member | None,
    hub: Hub | None = None,
    verb: str,
    words: str,
    reason: str = "",
    now: datetime | None = None,
) -> RecordEntry:
    """Log that somebody looked at or changed a member's record. The member can read it.

    Call it inside the transaction of the change itself.
    """
    return RecordEntry.objects.create(
        member=member,
        actor=actor,
        hub=hub,
        verb=verb,
        words=words,
        reason=reason,
        made_at=now or timezone.now(),
    )
