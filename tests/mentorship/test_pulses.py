"""When people are asked how it goes."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorship.pulses import points_at, pulse_due

BEGAN = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "state", "points"),
    [
        (13, "active", []),
        (14, "active", ["week_2"]),
        (41, "paused", ["week_2"]),
        (42, "accepted", ["week_2", "week_6"]),
        (3, "closing", ["end"]),
        (90, "closing", ["week_2", "week_6", "end"]),
        (90, "closed", []),
        (90, "proposed", []),
    ],
)
def test_points(days: int, state: str, points: list[str]) -> None:
    assert points_at(BEGAN, state, BEGAN + days * DAY) == points


def test_nobody_is_asked_before_a_yes() -> None:
    assert points_at(None, "active", BEGAN) == []


@pytest.mark.parametrize(
    ("days", "state", "answered", "due"),
    [
        (10, "active", [], ""),
        (20, "active", [], "week_2"),
        (20, "active", ["week_2"], ""),
        (50, "active", ["week_2"], "week_6"),
        (50, "active", ["week_6"], ""),
        (50, "closing", ["week_6"], "end"),
        (50, "closing", ["end"], ""),
    ],
)
def test_only_the_last_point_is_asked(days: int, state: str, answered: list[str], due: str) -> None:
    assert pulse_due(BEGAN, state, answered, BEGAN + days * DAY) == due
