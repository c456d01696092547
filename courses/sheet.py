"""Learners and lessons as lines of text: how far each lesson is, on which day, safe cells. Pure.

A file of ten thousand learners is made of what the database has as text: nothing is parsed twice.
"""

import csv
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

STATES = ("done", "started", "not_yet")
RISKY = ("=", "+", "-", "@", "\t", "\r")
FACT = re.compile(r': (?:"\d[^"]*"|\d+)')  # a time or a number in the text of steps
PLAIN = re.compile(r"[^ =+\-@\t\r\n\",][^\r\n\",]*")  # neither risky nor to be quoted
MOST_SHAPES = 2000
NEVER = "24:00"


def state_of(step: dict[str, Any] | None) -> str:
    """How far a lesson is: done, started, or not yet."""
    if not step:
        return "not_yet"
    return "done" if step.get("done") else "started"


def shape_of(steps: str) -> str:
    """The text of `Enrolment.steps` without times: people who are equally far have the same."""
    return FACT.sub(": 1", steps)


@lru_cache(MOST_SHAPES)
def states_of(shape: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """How far each lesson is, by the keys of the lessons."""
    steps = json.loads(shape)
    return tuple(state_of(steps.get(key)) for key in keys)


class Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


END = "\r\n"
write = csv.writer(Echo(), lineterminator=END).writerow


def line_of(cells: Iterable[str]) -> str:
    """Cells as a line of a CSV file, without its end."""
    return str(write([safe_cell(cell) for cell in cells]))[: -len(END)]


def cell_of(text: str) -> str:
    """Text as a cell of a line; most names stay as they are."""
    return text if PLAIN.fullmatch(text) else line_of([text])


def safe_cell(text: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def moment_of(text: str) -> datetime:
    """A time that the database gave as text, in UTC: `2026-11-02 12:00:00`."""
    return datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)


class Days:
    """The days of a place, for times that the database gave as text.

    In each day of UTC a new day of the place starts at most once; when, is looked up once.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.turns: dict[str, tuple[str, str, str]] = {}

    def day_of(self, moment: str | None) -> str:
        """The day on which something happened; nothing for what has not."""
        if not moment:
            return ""
        at, before, after = self.turns.get(moment[:10]) or self.look_up(moment[:10])
        return after if moment[11:16] >= at else before

    def look_up(self, day: str) -> tuple[str, str, str]:
        """When in a day of UTC a new day of the place starts; the days before and after that."""
        start = datetime.combine(date.fromisoformat(day), time(), UTC)
        before = start.astimezone(self.zone).date()
        after = before + timedelta(days=1)
        turn = datetime.combine(after, time(), self.zone).astimezone(UTC)
        at = f"{turn:%H:%M}" if turn.date() == start.date() else NEVER
        self.turns[day] = found = (at, before.isoformat(), after.isoformat())
        return found
