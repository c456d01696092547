"""The style guide: who sees it, and that nothing is missing on it."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from hub.styleguide.lessons import quiz_rows, task_rows
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


def test_shows_a_task_in_every_state(staff: Member, signed_in: SignIn) -> None:
    page = signed_in(staff).get("/styleguide/").content.decode()
    states = [row["name"] for row in task_rows()]
    assert states == [
        "not-yet", "refused", "waiting", "sent-back", "accepted", "link", "photo", "only-to-do"
    ]  # fmt: skip
    for name in states:
        assert page.count(f'id="task-task-{name}"') == 1
    for words in ("Waiting to be read", "Sent back with a note", "Accepted"):
        assert page.count(f"<strong>{words}</strong>") == 1
    assert page.count("Hand it in</button>") == 5


def test_shows_a_quiz_in_every_state() -> None:
    rows = {row["name"]: row["part"] for row in quiz_rows()}
    assert {name: part["right"] for name, part in rows.items()} == {
        "new": 0, "not-passed": 2, "passed": 3
    }  # fmt: skip
    assert [part["is_answered"] for part in rows.values()] == [False, True, True]
    assert [part["is_open"] for part in rows.values()] == [True, True, False]


def test_shows_questions_to_the_hub_and_media(staff: Member, signed_in: SignIn) -> None:
    response = signed_in(staff).get("/styleguide/")
    shown = {part.name for part in response.templates}
    wanted = {f"blocks/{name}.html" for name in ("audio", "video", "file", "links", "_transcript")}
    assert wanted | {"courses/_ask.html", "courses/_ask_form.html"} <= shown
    page = response.content.decode()
    assert "<footer>Hana Novak, 21 November 2026</footer>" in page
    assert "Sample Hub has your question." in page
    assert page.count('preload="none"') == 2
    assert '<p class="print-head guide-shown">Weft, Sample Hub</p>' in page
    assert page.count('class="breadcrumb"') == 2


def test_names_everything_once(staff: Member, signed_in: SignIn) -> None:
    page = signed_in(staff).get("/styleguide/").content.decode()
    names = re.findall(r' id="([^"]+)"', page)
    assert sorted({name for name in names if names.count(name) > 1}) == []


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
