"""Lines of learners: states out of text, days of a place, safe cells."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from courses.sheet import Days, cell_of, line_of, moment_of, shape_of, state_of, states_of

DAY = "2026-11-01T12:00:00.123456+00:00"
STEPS: list[dict[str, Any]] = [
    {},
    {"a" * 32: {"read": DAY, "done": DAY}},
    {"a" * 32: {"read": DAY}, "b" * 32: {"percent": 0}},
    {"1" * 32: {"percent": 70, "done": DAY}, "2" * 32: {"confirmed": DAY, "done": DAY}},
    {"1" * 32: {}, "2" * 32: {"done": None, "read": DAY}, "a" * 32: {"done": ""}},
]
KEYS = ("a" * 32, "b" * 32, "1" * 32, "2" * 32)
ZONES = (
    "UTC",
    "Europe/London",
    "Africa/Nairobi",
    "Asia/Kathmandu",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/St_Johns",
    "America/Havana",
    "America/Asuncion",
    "Asia/Beirut",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
)


@pytest.mark.parametrize("steps", STEPS)
def test_states_are_those_of_the_steps(steps: dict[str, Any]) -> None:
    plain = tuple(state_of(steps.get(key)) for key in KEYS)
    assert states_of(shape_of(json.dumps(steps)), KEYS) == plain


def test_people_who_are_equally_far_have_the_same_shape() -> None:
    early, late = ({"a" * 32: {"read": day, "percent": day.day}} for day in two_days())
    assert shape_of(json.dumps(early, default=str)) == shape_of(json.dumps(late, default=str))
    done = json.dumps(early | {"b" * 32: {"done": DAY}}, default=str)
    assert shape_of(done) != shape_of(json.dumps(early, default=str))


def two_days() -> list[datetime]:
    return [datetime(2026, 1, day, tzinfo=UTC) for day in (2, 13)]


@pytest.mark.parametrize("name", ZONES)
def test_days_are_those_of_the_place(name: str) -> None:
    """Each quarter of an hour and the minute before it, through a year."""
    zone, moment = ZoneInfo(name), datetime(2026, 1, 1, tzinfo=UTC)
    days = Days(zone)
    while moment.year < 2027:
        for one in (moment, moment - timedelta(seconds=1)):
            day = one.astimezone(zone).date().isoformat()
            assert days.day_of(f"{one:%Y-%m-%d %H:%M:%S.%f}") == day
        moment += timedelta(minutes=15)
    assert days.day_of(None) == ""


def test_times_are_read_as_both_databases_write_them() -> None:
    found = datetime(2026, 11, 2, 12, 0, 5, tzinfo=UTC)
    for text in ("2026-11-02 12:00:05.123456", "2026-11-02 12:00:05", "2026-11-02 12:00:05.1+00"):
        assert moment_of(text) == found


def test_lines_can_be_read_again() -> None:
    cells = ["plain", 'with "marks"', "a, b", "two\nlines", "", "=1+1", "-1"]
    assert next(csv.reader(StringIO(line_of(cells), newline=""))) == [
        *cells[:3],
        "two\nlines",
        "",
        "'=1+1",
        "'-1",
    ]


@pytest.mark.parametrize("text", ["Ana", " a b ", "=1", "x=1", '"', "a,b", "a\nb", "\r", "", "É"])
def test_a_cell_is_a_line_of_one(text: str) -> None:
    assert cell_of(text) == line_of([text])
