"""Forgets what nobody needs any more."""

from datetime import datetime, timedelta

from ..models import Notice, OutboxRow, SignInCode

CODES = timedelta(days=30)
NOTICES = timedelta(days=365)
OUTBOX = timedelta(days=30)


def forget_old(*, now: datetime) -> dict[str, int]:
    """Delete old codes, notices read long ago, and effects done long ago. Says how many."""
    old = {
        "codes": SignInCode.objects.filter(expires_at__lt=now - CODES),
        "notices": Notice.objects.filter(read_at__lt=now - NOTICES),
        "outbox": OutboxRow.objects.filter(done_at__lt=now - OUTBOX),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
