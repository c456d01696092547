"""Days of the demo's stories: so many before or after the day of loading, by a hub's clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentorship.slots import DAYS

USUAL = "10:00"


@dataclass(frozen=True)
class Days:
    """The days around the one of loading, or around the last weekday of a name before it."""

    now: datetime
    zone: str
    weekday: str = ""

    @property
    def first(self) -> date:
        """The day from which all others are counted: today, or six days ago at most."""
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        if not self.weekday:
            return today
        return today - timedelta(days=(today.weekday() - DAYS.index(self.weekday)) % 7)

    def day(self, ago: int) -> date:
        """So many days ago; below nothing it lies ahead."""
        return self.first - timedelta(days=ago)

    def moment(self, ago: int, at: str = USUAL) -> datetime:
        """A time on a day."""
        return datetime.combine(self.day(ago), time.fromisoformat(at), ZoneInfo(self.zone))
