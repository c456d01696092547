"""Meetings as an iCalendar file (RFC 5545): one to keep, or a feed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

PRODUCT = "-//Weft//Mentorship//EN"
REFRESH = "PT6H"


@dataclass(frozen=True)
class Event:
    """One meeting as a calendar shows it; `stamp` is when it was last changed."""

    uid: str
    starts_at: datetime
    minutes: int
    summary: str
    stamp: datetime
    place: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(events: Iterable[Event], name: str = "") -> bytes:
    """Some meetings as one file. A name makes it a feed that a calendar looks at again."""
    found = Calendar()
    found.add("version", "2.0")
    found.add("prodid", PRODUCT)
    if name:
        found.add("x-wr-calname", name)
        found.add("x-published-ttl", REFRESH)
    for event in events:
        found.add_component(entry(event))
    return found.to_ical()


def entry(event: Event) -> Entry:
    """One meeting; all its times are in UTC."""
    found = Entry()
    starts_at = event.starts_at.astimezone(UTC)
    found.add("uid", event.uid)
    found.add("dtstamp", event.stamp.astimezone(UTC))
    found.add("dtstart", starts_at)
    found.add("dtend", starts_at + timedelta(minutes=event.minutes))
    found.add("summary", event.summary)
    found.add("sequence", int(event.stamp.timestamp()))
    found.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.place:
        found.add("location", event.place)
    if event.url:
        found.add("url", event.url)
    return found
