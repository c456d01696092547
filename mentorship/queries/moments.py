"""Days and times in the words of the reader, by a clock that is named."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.models import Hub
from mentorship.slots import clock_name


def day_words(moment: datetime, zone: ZoneInfo) -> str:
    """A day with its weekday, such as "Monday, 2 November 2026"."""
    local = moment.astimezone(zone)
    return f"{date_format(local, 'l')}, {date_format(local, 'DATE_FORMAT')}"


def hour_words(moment: datetime, zone: ZoneInfo) -> str:
    """A day and a time, such as "Monday, 2 November 2026, 18:30"."""
    return f"{day_words(moment, zone)}, {date_format(moment.astimezone(zone), 'TIME_FORMAT')}"


def with_clock(words: str, zone: ZoneInfo, hub: Hub) -> str:
    """A time, with the place whose clock it is by where that is not the clock of the hub."""
    if zone.key == hub.time_zone:
        return words
    return _("%(time)s (clock of %(place)s)") % {"time": words, "place": clock_name(zone.key)}
