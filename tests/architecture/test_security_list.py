"""docs/security.md names tests and files that are there, and sums itself up truly."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.server.test_races import RACES
from tests.walls.readers import PERSONAS

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:[\w-]+/)+[\w.-]+\.(?:py|js|html|md|lock))(?:::(\w+))?`")
NAMES = sorted(set(NAMED.findall(TEXT)))
ROW = re.compile(r"^\| ([\d., ]+) \| [^|]+ \| ([a-z* ]+) \|", re.M)
SECTIONS = {"No": "no", "In part": "in part", "Operator": "**operator**"}


def found(path: str) -> Path:
    """A file of the site, or one of its tests."""
    return next((one for one in (ROOT / path, ROOT / "tests" / path) if one.is_file()), ROOT / path)


@pytest.mark.parametrize(("path", "name"), NAMES)
def test_each_test_or_file_is_there(path: str, name: str) -> None:
    assert found(path).is_file()
    assert not name or f"def {name}(" in found(path).read_text(encoding="utf-8")


def rows() -> list[tuple[str, str]]:
    """Each item with how far it is met."""
    return [(one, met) for ids, met in ROW.findall(TEXT) for one in ids.split(", ")]


def test_each_item_stands_once_and_is_judged() -> None:
    items = [item for item, _met in rows()]
    assert len(items) == len(set(items)) > 150
    assert len(NAMES) > 100
    assert {met for _item, met in rows()} == {"yes", "no", "in part", "**operator**"}


@pytest.mark.parametrize("name", SECTIONS)
def test_what_is_not_met_is_summed_up_truly(name: str) -> None:
    last = TEXT.rpartition("## What is not met")[2]
    line = re.search(rf"^- {name}: (.*?)(?=^- |\Z)", last, re.M | re.S)
    assert line
    said = set(re.findall(r"\b\d+\.\d+\.\d+\b", line[1]))
    assert said == {item for item, met in rows() if met == SECTIONS[name]}


def test_what_was_tried_is_counted_truly() -> None:
    races = sum(count for _rounds, count in RACES.values())
    assert f" {len(PERSONAS)} personas, " in TEXT
    assert f"| {races} races on SQLite and on PostgreSQL" in TEXT


def test_each_test_of_hostile_input_is_named() -> None:
    files = [path.name for path in (ROOT / "tests" / "walls").glob("test_*.py")]
    named = {path.rpartition("/")[2] for path, _name in NAMES}
    assert set(files) - named == {"test_running.py"}
