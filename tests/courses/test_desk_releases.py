"""A course asks for more: what changed in words, and the editor's choice."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Lesson, Release
from courses.queries import desk as queries
from tests.desk_parts import NOW, Desk, lessons_of, make_desk, make_enrolment, make_member, rule


@pytest.fixture
def desk(db: None, client: Client) -> Desk:
    made = make_desk()
    client.force_login(made.editor)
    return made


def make_release(desk: Desk, number: int = 2, **changes: Any) -> Release:
    """A tighter release: a fourth lesson, and other rules for the first."""
    rows = lessons_of(desk.course)
    extra = Lesson.objects.create(course=desk.course, title=f"First steps {len(rows) + 1}")
    rules = [rule(row.key.hex) for row in [*rows, extra]]
    rules[0] |= changes
    return Release.objects.create(
        course=desk.course,
        number=number,
        outline={"lessons": rules},
        change="tighter",
        made_at=NOW,
    )


def address(desk: Desk, number: int = 2) -> str:
    return reverse("courses:desk_release", args=["riverside", desk.course.pk, number])


def test_added_lessons_are_named(client: Client, desk: Desk) -> None:
    """The page says what is new and how many people it is about."""
    make_release(desk)
    page = client.get(address(desk)).content.decode()
    assert "First steps 4" in page
    assert "Fewer than 5 people have started this course and not finished it." in page


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            {},
            {"done_when": "person"},
            "“First steps 1” is now done when: A person at the hub says so.",
        ),
        (
            {"done_when": "questions", "questions": ["a"], "pass_mark": 60},
            {"done_when": "questions", "questions": ["a"], "pass_mark": 80},
            "“First steps 1” now needs 80% right. It was 60%.",
        ),
        (
            {"done_when": "questions", "questions": ["a"]},
            {"done_when": "questions", "questions": ["a", "b"]},
            "“First steps 1” now asks other questions.",
        ),
        (
            {"done_when": "task", "tasks": ["a"]},
            {"done_when": "task", "tasks": ["a", "b"]},
            "“First steps 1” now asks for another task.",
        ),
    ],
)
def test_stricter_rules_in_words(
    desk: Desk, old: dict[str, Any], new: dict[str, Any], sentence: str
) -> None:
    """Each stricter rule is one sentence."""
    first = desk.course.releases.get(number=1)
    first.outline["lessons"][0] |= old
    first.save()
    release = make_release(desk, **(old | new))
    words = queries.release_words(release)
    assert (words.added, words.stricter, words.people) == (["First steps 4"], [sentence], 1)


@pytest.mark.parametrize("count", [0, 5])
def test_people_sentence(count: int) -> None:
    """Nobody, or how many."""
    assert (
        queries.people_sentence(count)
        == {
            0: "Nobody has started this course and not finished it.",
            5: "5 people have started this course and not finished it.",
        }[count]
    )


def test_choose_everybody(client: Client, desk: Desk) -> None:
    """Who has not finished is moved; who has finished stays."""
    ended = make_enrolment(make_member("ended"), desk.course, desk.hub, done=3)
    release = make_release(desk)
    response = client.post(address(desk), {"reach": "unfinished"})
    assert (response.status_code, response["Location"]) == (303, "/desk/riverside/")
    release.refresh_from_db()
    desk.enrolment.refresh_from_db()
    ended.refresh_from_db()
    assert (release.reach, release.chosen_by) == ("unfinished", desk.editor)
    assert (desk.enrolment.release, desk.enrolment.required_count) == (release, 4)
    assert ended.release.number == 1


def test_older_choice_does_not_pull_people_back(client: Client, desk: Desk) -> None:
    """Who is on a later release stays there when an older one is decided."""
    make_release(desk)
    newest = make_release(desk, 3)
    client.post(address(desk, 3), {"reach": "unfinished"})
    client.post(address(desk, 2), {"reach": "unfinished"})
    desk.enrolment.refresh_from_db()
    assert desk.enrolment.release == newest


def test_choose_new_learners(client: Client, desk: Desk) -> None:
    """Nobody is moved; the choice no longer waits."""
    make_release(desk)
    assert queries.open_releases(desk.editor, desk.hub).count() == 1
    assert client.post(address(desk), {"reach": "new"}).status_code == 303
    desk.enrolment.refresh_from_db()
    assert desk.enrolment.release.number == 1
    assert queries.open_releases(desk.editor, desk.hub).count() == 0


def test_choose_nobody(client: Client, desk: Desk) -> None:
    """Nobody is moved, and the choice is kept."""
    release = make_release(desk)
    assert client.post(address(desk), {"reach": "optional"}).status_code == 303
    release.refresh_from_db()
    desk.enrolment.refresh_from_db()
    assert (release.reach, desk.enrolment.release.number) == ("optional", 1)


@pytest.mark.parametrize("sent", [{}, {"reach": "everything"}])
def test_no_choice_is_refused(client: Client, desk: Desk, sent: dict[str, str]) -> None:
    """Refused beside the three choices; the question stays open."""
    make_release(desk)
    response = client.post(address(desk), sent)
    assert response.status_code == 422
    assert "Choose one of the three." in response.content.decode()
    assert queries.open_releases(desk.editor, desk.hub).count() == 1


def test_first_choice_is_not_made_for_the_editor(client: Client, desk: Desk) -> None:
    """None of the three is ticked before."""
    make_release(desk)
    assert "checked" not in client.get(address(desk)).content.decode()


def test_looser_release_has_no_page(client: Client, desk: Desk) -> None:
    """Only a tighter release is a question."""
    make_release(desk)
    Release.objects.update(change="looser")
    assert client.get(address(desk)).status_code == 404
