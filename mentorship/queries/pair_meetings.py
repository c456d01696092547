"""The meetings of a pair, as its page shows them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mentorship.models import Meeting, Pairing

MEETINGS = 200
State = Meeting.State


@dataclass(frozen=True)
class Meetings:
    """The meetings of a pair: to come, over but not settled, and held or missed."""

    planned: list[Meeting] = field(default_factory=list)
    unsettled: list[Meeting] = field(default_factory=list)
    past: list[Meeting] = field(default_factory=list)

    @property
    def next(self) -> Meeting | None:
        return self.planned[0] if self.planned else None

    @property
    def later(self) -> list[Meeting]:
        return self.planned[1:]

    @property
    def newest(self) -> int:
        """The number of the meeting that was made last; 0 before the first one."""
        return max((row.pk for row in (*self.planned, *self.unsettled, *self.past)), default=0)

    @property
    def held(self) -> int:
        return sum(row.state == State.HELD for row in self.past)


def meetings_of(pairing: Pairing, now: datetime) -> Meetings:
    """The meetings of a pair, the next one first and the last ones first."""
    rows = pairing.meetings.exclude(state=State.CANCELLED).order_by("-starts_at", "-pk")[:MEETINGS]
    found = list(rows)
    open_ones = [row for row in found if row.state == State.PLANNED]
    return Meetings(
        planned=[row for row in reversed(open_ones) if not is_over(row, now)],
        unsettled=[row for row in open_ones if is_over(row, now)],
        past=[row for row in found if row.state != State.PLANNED],
    )


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether a meeting that was planned is over by the clock."""
    return meeting.starts_at + timedelta(minutes=meeting.minutes) <= now
