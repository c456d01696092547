"""Two hundred rounds of every race, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys

import pytest

from tests.databases import ROOT

pytestmark = [pytest.mark.server, pytest.mark.long]
ROUNDS = "200"


def race(**more: str) -> None:
    """Run the races with many rounds; all of them must end well."""
    kept = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "tests/courses/test_races.py"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**kept, "ROUNDS": ROUNDS, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    assert "7 passed" in done.stdout


def test_two_hundred_rounds_on_sqlite() -> None:
    race()


@pytest.mark.postgres
def test_two_hundred_rounds_on_postgres(postgres: str) -> None:
    race(DATABASE_URL=postgres)
