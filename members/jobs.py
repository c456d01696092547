"""What the clock owes."""

from datetime import datetime

from . import outbox
from .actions import forget_old


def empty_outbox(now: datetime) -> int:
    """Run the effects that are still owed."""
    return outbox.empty(now)


def forget(now: datetime) -> dict[str, int]:
    """Delete what nobody needs any more."""
    return forget_old(now=now)
