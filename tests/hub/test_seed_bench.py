"""The command that seeds a site."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from members.models import Member


def test_command_writes_the_facts_and_refuses_a_second_time(db: None, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    size = {"learners": 2, "courses": 1, "seed": 3}
    call_command("seed_bench", **size, password="a-password-7", json=path, verbosity=0)
    facts = json.loads(path.read_text())
    assert (facts["password"], facts["seed"], len(facts["courses"])) == ("a-password-7", 3, 1)
    assert Member.objects.filter(username__regex=r"^bench-\d+$").count() == 2
    assert facts["mentorship"] == {"askers": 0, "mentees": 0, "pairs": []}
    with pytest.raises(CommandError, match="seeded already"):
        call_command("seed_bench", **size, verbosity=0)


def test_command_refuses_a_site_with_people_and_an_empty_plan(db: None, settings: Any) -> None:
    with pytest.raises(CommandError, match="one course or more"):
        call_command("seed_bench", learners=5, courses=0, seed=3)
    with pytest.raises(CommandError, match="no mentors or more"):
        call_command("seed_bench", learners=5, courses=1, mentors=-1, seed=3)
    Member.objects.create(username="somebody", name="Somebody")
    settings.WEFT_DEMO = False
    with pytest.raises(CommandError, match="There are people"):
        call_command("seed_bench", learners=1, courses=1, seed=3)
