"""What all mentors together can give, and what nobody gives."""

from dataclasses import replace
from typing import Any

import pytest

from mentorship.supply import Supply

from .test_matching import ASKER, BARE, DAY, GIVER, MORNING, TODAY


@pytest.mark.parametrize(
    "asker,giver,emptied",
    [
        ({}, {}, ""),
        ({"wishes": frozenset({"woman"})}, {}, ""),
        ({}, {"member": 1, "is_kept_apart": True}, ""),
        ({}, {"check_due_on": TODAY}, "cleared"),
        ({}, {"check_due_on": TODAY + DAY}, ""),
        ({"check_level": 2}, {}, "cleared"),
        ({"languages": frozenset({"so"})}, {}, "language"),
        ({"ways": frozenset({"video"})}, {}, "way"),
        ({}, {"hub": 2}, ""),
        ({}, {"hub": 2, "serves_all_hubs": False}, "way"),
        ({}, {"ways": frozenset({"hub"})}, ""),
        ({}, {"ways": frozenset({"hub"}), "hub": 2}, "way"),
        ({}, {"minutes": MORNING}, "time"),
        ({}, {"seats_left": 0}, "seat"),
        ({"wishes": frozenset({"man"})}, {}, "wish"),
        ({"wishes": frozenset({"man", "woman"})}, {}, "wish"),
    ],
)
def test_what_one_mentor_lacks(asker: dict[str, Any], giver: dict[str, Any], emptied: str) -> None:
    supply = Supply([replace(GIVER, **giver)], TODAY)
    assert supply.emptied_by(replace(ASKER, **asker)) == emptied


def test_two_who_have_half_of_it_each_do_not_fit() -> None:
    rows = [replace(GIVER, minutes=MORNING), replace(BARE, languages=frozenset({"de"}))]
    assert Supply(rows, TODAY).emptied_by(ASKER) == "time"
    assert Supply([*rows, BARE], TODAY).emptied_by(ASKER) == ""


def test_without_mentors_nobody_is_cleared() -> None:
    assert Supply([], TODAY).emptied_by(ASKER) == "cleared"
