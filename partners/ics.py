"""Open days, first days and deadlines of offers as an iCalendar file (RFC 5545). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Weft//Training offers//EN"
REFRESH = "PT6H"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day, or some days on end, of an offer; `stamp` is when it was last changed."""

    uid: str
    first: date
    last: date
    summary: str
    stamp: datetime
    place: str = ""
    url: str = ""


def calendar(days: Iterable[Day], name: str = "") -> bytes:
    """Some days as one file. A name makes it a feed that a calendar looks at again."""
    found = Calendar()
    found.add("version", "2.0")
    found.add("prodid", PRODUCT)
    if name:
        found.add("x-wr-calname", name)
        found.add("x-published-ttl", REFRESH)
    for day in days:
        found.add_component(entry(day))
    return found.to_ical()


def entry(day: Day) -> Event:
    """One entry that lasts whole days; the end is the day after."""
    found = Event()
    found.add("uid", day.uid)
    found.add("dtstamp", day.stamp.astimezone(UTC))
    found.add("dtstart", day.first)
    found.add("dtend", day.last + DAY)
    found.add("summary", day.summary)
    found.add("transp", "TRANSPARENT")
    if day.place:
        found.add("location", day.place)
    if day.url:
        found.add("url", day.url)
    return found
