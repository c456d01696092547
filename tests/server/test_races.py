"""Hundreds of rounds of every race, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys

import pytest

from tests.databases import ROOT

pytestmark = [pytest.mark.server, pytest.mark.long]
# Each file of races, with its rounds and how many races there are.
RACES = {"courses": ("200", 7), "mentorship": ("500", 9), "partners": ("200", 9)}


def race(app: str, **more: str) -> None:
    """Run the races of an app with many rounds; all of them must end well."""
    rounds, count = RACES[app]
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"tests/{app}/test_races.py"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**kept, "ROUNDS": rounds, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    assert f"{count} passed" in done.stdout


@pytest.mark.parametrize("app", RACES)
def test_many_rounds_on_sqlite(app: str) -> None:
    race(app)


@pytest.mark.postgres
@pytest.mark.parametrize("app", RACES)
def test_many_rounds_on_postgres(app: str, postgres: str) -> None:
    race(app, DATABASE_URL=postgres)
