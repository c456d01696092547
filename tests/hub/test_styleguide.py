"""The style guide: who sees it, and that nothing is missing on it."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from hub.styleguide.questions import SAMPLES, STATES, question_rows
from members.models import Member

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
SignIn = Callable[[Member], Client]


@pytest.fixture
def staff(db: None) -> Member:
    return Member.objects.create_user(
        username="writer", password="a-quiet-loom-1", name="Writer", is_staff=True
    )


def test_shows_every_component(staff: Member, signed_in: SignIn) -> None:
    response = signed_in(staff).get(reverse("hub:styleguide"))
    assert response.status_code == 200
    shown = {part.name for part in response.templates}
    files = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert len(files) > 8
    assert files - shown == set()


def test_shows_every_question_in_every_state(staff: Member, signed_in: SignIn) -> None:
    page = signed_in(staff).get(reverse("hub:styleguide")).content.decode()
    for sample in SAMPLES:
        for state in STATES:
            assert page.count(f'id="question-{sample.kind}-{state}"') == 1
    assert page.count("No tries left.") == len(SAMPLES)
    assert page.count("2 tries left.") == len(SAMPLES)


def test_samples_are_marked_as_they_say() -> None:
    rows = {
        row["kind"]: {one["name"]: one["state"] for one in row["states"]} for row in question_rows()
    }
    assert set(rows) == {
        "one", "several", "truefalse", "text", "number", "order", "match", "gap"
    }  # fmt: skip
    for states in rows.values():
        assert states["new"]["is_answered"] is False
        assert states["error"]["error"]
        assert states["not-yet"]["is_right"] is False
        assert states["not-yet"]["tries_left"] == 2
        assert states["no-tries"]["can_retry"] is False
        assert states["right"]["is_right"] is True


def test_has_a_part_from_right_to_left(staff: Member, signed_in: SignIn) -> None:
    assert '<div dir="rtl" lang="ar">' in signed_in(staff).get("/styleguide/").content.decode()


def test_not_for_visitors(client: Client, db: None) -> None:
    assert client.get("/styleguide/").status_code == 404


def test_not_for_learners(cast: SimpleNamespace, signed_in: SignIn) -> None:
    assert signed_in(cast.learner).get("/styleguide/").status_code == 404


@override_settings(DEBUG=True)
def test_for_everybody_while_building(client: Client, db: None) -> None:
    assert client.get("/styleguide/").status_code == 200


def test_costs_only_the_session(staff: Member, signed_in: SignIn) -> None:
    client = signed_in(staff)
    client.get("/styleguide/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get("/styleguide/")
    assert len(seen) <= 2


def test_changes_nothing_by_post(staff: Member, signed_in: SignIn) -> None:
    assert signed_in(staff).post("/styleguide/").status_code == 405
