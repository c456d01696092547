"""PostgreSQL: the demo loads, and what the suite says of learning and people holds there too."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.databases import ROOT, copy_on_server, with_name
from tests.demo_site import manage

pytestmark = [pytest.mark.server, pytest.mark.postgres]
# All of the suite runs with DATABASE_URL at a server; this is what depends on the database most.
SUITE = [
    "tests/courses/test_actions_enrolments.py",
    "tests/courses/test_actions_erasing.py",
    "tests/courses/test_actions_learning.py",
    "tests/courses/test_actions_records.py",
    "tests/courses/test_desk_asks.py",
    "tests/courses/test_desk_figures.py",
    "tests/courses/test_desk_learners.py",
    "tests/courses/test_jobs.py",
    "tests/courses/test_races.py",
    "tests/hub/test_backup.py",
    "tests/members",
    "tests/mentorship/test_queries_cards.py",
    "tests/mentorship/test_queries_matching.py",
    "tests/mentorship/test_queries_mine.py",
    "tests/hub/test_search.py::test_search_finds_courses_lessons_hubs_and_pages",
    "tests/hub/test_search.py::test_accents_do_not_matter_and_every_word_counts",
]
ENVIRONMENT = {name: value for name, value in os.environ.items() if "PYTEST" not in name}


@pytest.fixture(scope="module")
def suite(postgres: str) -> str:
    """What the tests of learning and people say on PostgreSQL; each worker has its own copy."""
    command = [sys.executable, "-m", "pytest", *SUITE, "-q", "-n", "2"]
    done = subprocess.run(
        [*command, "-m", "not browser and not server"],
        cwd=ROOT,
        env={**ENVIRONMENT, "DATABASE_URL": postgres},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    return done.stdout


def test_the_suite_passes(suite: str) -> None:
    """Everything passes; at most what speaks of SQLite's own plans is left out."""
    passed, skipped = (re.search(rf"(\d+) {word}", suite) for word in ("passed", "skipped"))
    assert passed
    assert int(passed[1]) > 250
    assert skipped is None or int(skipped[1]) <= 1


def test_the_demo_loads_and_loads_again(postgres: str, tmp_path: Path) -> None:
    """The demo is loaded once, however often it is asked for."""
    counts = []
    with copy_on_server(postgres) as name:
        url = with_name(postgres, name)
        for _time in range(2):
            manage(tmp_path, "load_demo", DATABASE_URL=url)
            counts.append(count_rows(url))
        assert "courses.jobs.due: 3 courses" in manage(tmp_path, "tick", DATABASE_URL=url)
    assert counts[0] == counts[1]
    assert min(counts[0].values()) > 0


def test_a_search_has_its_index(postgres: str) -> None:
    """The words of title and text together are indexed, as a search asks for them."""
    named = "SELECT indexdef FROM pg_indexes WHERE indexname = 'content_search_words'"
    with copy_on_server(postgres) as name, psycopg.connect(with_name(postgres, name)) as database:
        (found,) = database.execute(named).fetchone()
    assert found.endswith("USING gin (((title || body)))")


def count_rows(url: str) -> dict[str, int]:
    """How many rows the main tables have."""
    tables = ["members_member", "courses_enrolment", "courses_certificate", "wagtailcore_page"]
    with psycopg.connect(url) as database:
        rows = {name: database.execute(f"SELECT count(*) FROM {name}") for name in tables}
        return {name: row.fetchone()[0] for name, row in rows.items()}
