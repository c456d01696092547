"""Weekly times: parts of a day in somebody's own time zone, and what two people share. Pure.

A slot is a word such as "mon-eve". Minutes of the week count from Monday 00:00 UTC.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS: dict[str, tuple[int, int]] = {"am": (9, 12), "pm": (13, 17), "eve": (18, 21)}
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
WEEK = 7 * 24 * 60
BITS = 56

Ranges = frozenset[tuple[int, int]]


def clock_name(zone: str) -> str:
    """A time zone as people say it: the place, such as "Bogota"."""
    return zone.rpartition("/")[2].replace("_", " ")


def minutes_of(slots: Iterable[str], zone: str, on: date) -> Ranges:
    """The minutes of the week in UTC that some slots cover, as (first, end) pairs, in the week of
    a day. Words that are no slots are passed over."""
    return week_of(tuple(slots), zone, on - timedelta(days=on.weekday()))


@lru_cache(maxsize=4096)
def week_of(slots: tuple[str, ...], zone: str, monday: date) -> Ranges:
    """The minutes that some slots cover in one week; the times of many people are asked for
    again and again."""
    return frozenset(
        piece for slot in slots if slot in SLOTS for piece in pieces(slot, zone, monday)
    )


@lru_cache(maxsize=4096)
def pieces(slot: str, zone: str, monday: date) -> tuple[tuple[int, int], ...]:
    """One slot in UTC: one piece, or two where it goes over the end of the week."""
    day, part = slot.split("-")
    first, last = PARTS[part]
    start = minute_of(monday + timedelta(days=DAYS.index(day)), first, zone, monday)
    end = start + (last - first) * 60
    if end <= WEEK:
        return ((start, end),)
    return ((start, WEEK), (0, end - WEEK))


def minute_of(day: date, hour: int, zone: str, monday: date) -> int:
    """The minute of the week in UTC of an hour on a day in a zone."""
    moment = datetime.combine(day, time(hour), ZoneInfo(zone))
    first = datetime.combine(monday, time(0), ZoneInfo("UTC"))
    return int((moment - first).total_seconds() // 60) % WEEK


def shared_minutes(one: Ranges, other: Ranges) -> int:
    """How many minutes a week two people have in common."""
    return (mask_of(one) & mask_of(other)).bit_count()


@lru_cache(maxsize=2048)
def mask_of(ranges: Ranges) -> int:
    """A number with one bit for each minute of the week that some ranges cover."""
    mask = 0
    for start, end in ranges:
        mask |= (1 << end) - (1 << start)
    return mask


def week_bits(ranges: Ranges) -> tuple[int, int, int]:
    """The hours of the week that some minutes touch, as three numbers of 56 bits each."""
    bits = [0, 0, 0]
    for start, end in ranges:
        for hour in range(start // 60, -(-end // 60)):
            bits[hour // BITS] |= 1 << (hour % BITS)
    return bits[0], bits[1], bits[2]
