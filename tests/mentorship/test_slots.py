"""Weekly times in somebody's own zone, and what two people share."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship import slots

WINTER, SUMMER = date(2026, 1, 14), date(2026, 7, 15)
HOUR = 60
DAY = 24 * HOUR
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
)
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
some_slots = st.frozensets(st.sampled_from(slots.SLOTS))
zones = st.sampled_from(ZONES)
people = st.tuples(some_slots, zones)


def test_a_slot_is_three_or_four_hours_of_a_day() -> None:
    assert len(slots.SLOTS) == 21
    found = slots.minutes_of(["mon-am", "tue-pm", "sun-eve"], "UTC", WINTER)
    assert found == {
        (9 * HOUR, 12 * HOUR),
        (DAY + 13 * HOUR, DAY + 17 * HOUR),
        (6 * DAY + 18 * HOUR, 6 * DAY + 21 * HOUR),
    }


def test_words_that_are_no_slots_are_passed_over() -> None:
    assert slots.minutes_of(["mon", "mon-am-pm", "", "noon"], "UTC", WINTER) == frozenset()


def test_a_slot_follows_the_clocks_of_its_zone() -> None:
    """An evening in Berlin begins at 17:00 UTC in winter, at 16:00 in summer."""
    assert slots.minutes_of(["mon-eve"], "Europe/Berlin", WINTER) == {(17 * HOUR, 20 * HOUR)}
    assert slots.minutes_of(["mon-eve"], "Europe/Berlin", SUMMER) == {(16 * HOUR, 19 * HOUR)}


def test_the_week_in_which_clocks_change_has_both() -> None:
    """Clocks went forward on Sunday 29 March 2026: six days of winter, one of summer."""
    found = slots.minutes_of(["sat-am", "sun-am"], "Europe/Berlin", date(2026, 3, 25))
    assert found == {
        (5 * DAY + 8 * HOUR, 5 * DAY + 11 * HOUR),
        (6 * DAY + 7 * HOUR, 6 * DAY + 10 * HOUR),
    }


def test_two_zones_that_change_on_different_days_share_more_between() -> None:
    """New York changes on 8 March 2026, Berlin on 29 March: for three weeks five hours lie
    between them, not six."""
    for on, shared in ((date(2026, 3, 4), 120), (date(2026, 3, 18), 180), (date(2026, 4, 1), 120)):
        berlin = slots.minutes_of(["wed-eve"], "Europe/Berlin", on)
        york = slots.minutes_of(["wed-pm"], "America/New_York", on)
        assert slots.shared_minutes(berlin, york) == shared, on


def test_a_slot_goes_over_the_end_of_the_week() -> None:
    """Sunday evening in New York is Monday in UTC; Monday morning in Auckland is Sunday."""
    assert slots.minutes_of(["sun-eve"], "America/New_York", SUMMER) == {
        (6 * DAY + 22 * HOUR, 7 * DAY),
        (0, 1 * HOUR),
    }
    assert slots.minutes_of(["mon-am"], "Pacific/Auckland", SUMMER) == {
        (6 * DAY + 21 * HOUR, 7 * DAY)
    }
    assert slots.minutes_of(["sun-eve"], "America/Los_Angeles", SUMMER) == {(HOUR, 4 * HOUR)}


@pytest.mark.parametrize(
    "ranges,bits",
    [
        ([], (0, 0, 0)),
        ([(0, 60)], (1, 0, 0)),
        ([(0, 61)], (3, 0, 0)),
        ([(30, 31)], (1, 0, 0)),
        ([(55 * 60, 57 * 60)], (1 << 55, 1, 0)),
        ([(111 * 60, 113 * 60), (167 * 60, 168 * 60)], (0, 1 << 55, 1 | 1 << 55)),
    ],
)
def test_bits_are_the_hours_that_are_touched(
    ranges: list[tuple[int, int]], bits: tuple[int, int, int]
) -> None:
    assert slots.week_bits(frozenset(ranges)) == bits


def test_minutes_count_once_where_ranges_overlap() -> None:
    one = frozenset({(0, 60), (30, 90)})
    assert slots.shared_minutes(one, frozenset({(0, 200)})) == 90


@given(people, people, days)
def test_shared_minutes_are_the_same_for_both(
    one: tuple[frozenset[str], str], other: tuple[frozenset[str], str], on: date
) -> None:
    mine, yours = slots.minutes_of(*one, on), slots.minutes_of(*other, on)
    shared = slots.shared_minutes(mine, yours)
    assert shared == slots.shared_minutes(yours, mine) == counted(mine, yours)
    if shared:
        touched = zip(slots.week_bits(mine), slots.week_bits(yours), strict=True)
        assert any(a & b for a, b in touched)


def counted(one: slots.Ranges, other: slots.Ranges) -> int:
    """The minutes in common, counted one by one."""
    minutes = [set[int]().union(*(range(*pair) for pair in ranges)) for ranges in (one, other)]
    return len(minutes[0] & minutes[1])


@given(people, days)
def test_no_change_of_clocks_makes_a_slot_longer_or_shorter(
    one: tuple[frozenset[str], str], on: date
) -> None:
    chosen, zone = one
    ranges = slots.minutes_of(chosen, zone, on)
    hours = sum(slots.PARTS[slot.split("-")[1]][1] - slots.PARTS[slot.split("-")[1]][0]
                for slot in chosen)  # fmt: skip
    assert slots.shared_minutes(ranges, ranges) == hours * HOUR
    assert all(0 <= start < end <= slots.WEEK for start, end in ranges)


@given(zones, zones, days)
def test_the_whole_week_is_shared_with_somebody_in_the_same_zone(
    zone: str, other: str, on: date
) -> None:
    mine = slots.minutes_of(slots.SLOTS, zone, on)
    assert slots.shared_minutes(mine, slots.minutes_of(slots.SLOTS, zone, on)) == 70 * HOUR
    assert slots.shared_minutes(mine, slots.minutes_of(slots.SLOTS, other, on)) <= 70 * HOUR


@given(st.sampled_from(slots.SLOTS), zones, days)
def test_a_slot_is_where_the_clock_of_the_zone_says(slot: str, zone: str, on: date) -> None:
    """Read back in the zone, a slot begins at its hour on its day."""
    monday = on - timedelta(days=on.weekday())
    start = slots.pieces(slot, zone, monday)[0][0]
    day, part = slot.split("-")
    wanted = monday + timedelta(days=slots.DAYS.index(day))
    found = {local_start(monday, start, zone, week) for week in (-1, 0, 1)}
    assert (wanted, slots.PARTS[part][0], 0) in found


def local_start(monday: date, minute: int, zone: str, week: int) -> tuple[date, int, int]:
    """What the clock of a zone shows at a minute of the week, some weeks on."""
    first = datetime.combine(monday, time(0), UTC) + timedelta(weeks=week, minutes=minute)
    there = first.astimezone(ZoneInfo(zone))
    return there.date(), there.hour, there.minute
