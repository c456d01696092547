"""Whose clock a time is shown by."""

from zoneinfo import ZoneInfo

from mentorship import life
from mentorship.models import Pairing


def zone_of(pairing: Pairing, side: str) -> ZoneInfo:
    """The time zone of one of the two: what the person said when asking or offering."""
    if side == life.MENTOR and pairing.mentor is not None:
        return ZoneInfo(pairing.mentor.time_zone)
    return ZoneInfo(pairing.ask.time_zone)
