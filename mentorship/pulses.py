"""When the two of a pair are asked how it goes: after two weeks, after six, at the end. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from . import life

WEEK_2, WEEK_6, END = "week_2", "week_6", "end"
AFTER = {WEEK_2: timedelta(weeks=2), WEEK_6: timedelta(weeks=6)}


def points_at(accepted_at: datetime | None, state: str, now: datetime) -> list[str]:
    """The points that a pair has reached, the first one first."""
    if accepted_at is None or state not in life.TOGETHER:
        return []
    reached = [point for point, after in AFTER.items() if accepted_at + after <= now]
    return [*reached, END] if state == life.CLOSING else reached


def pulse_due(
    accepted_at: datetime | None, state: str, answered: Collection[str], now: datetime
) -> str:
    """The point about which one of the two is asked now; empty when there is none.

    Only the last point counts: nobody is asked about what is long over.
    """
    last = points_at(accepted_at, state, now)[-1:]
    return next((point for point in last if point not in answered), "")
