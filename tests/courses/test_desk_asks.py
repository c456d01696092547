"""Reading a question and answering it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Notice
from tests.desk_parts import NOW, Desk, make_ask, make_desk


@pytest.fixture
def desk(db: None, client: Client) -> Desk:
    made = make_desk()
    client.force_login(made.reviewer)
    return made


def address(desk: Desk) -> str:
    return reverse("courses:desk_ask", args=["riverside", desk.ask.pk])


def test_answer(client: Client, desk: Desk) -> None:
    """The answer is kept and the learner gets one notice, even after a double click."""
    answers = [client.post(address(desk), {"answer": "A page in a page."}) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [
        (303, "/desk/riverside/")
    ] * 2
    desk.ask.refresh_from_db()
    assert (desk.ask.answer, desk.ask.answered_by) == ("A page in a page.", desk.reviewer)
    assert Notice.objects.filter(member=desk.learner, kind="answer").count() == 1


def test_empty_answer_is_refused(client: Client, desk: Desk) -> None:
    """Refused beside the field."""
    response = client.post(address(desk), {"answer": " "})
    assert response.status_code == 422
    assert "Write your answer first." in response.content.decode()


def test_second_answer_is_refused_and_kept(client: Client, desk: Desk) -> None:
    """A colleague was quicker: the typed answer is not lost."""
    client.post(address(desk), {"answer": "First."})
    response = client.post(address(desk), {"answer": "kept-words"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "A colleague has already answered this question." in page
    assert "kept-words" in page
    desk.ask.refresh_from_db()
    assert desk.ask.answer == "First."


def test_too_long_answer_is_kept(client: Client, desk: Desk) -> None:
    """The typed text stands on the page again."""
    answer = "kept-words " * 600
    response = client.post(address(desk), {"answer": answer})
    assert response.status_code == 422
    assert answer.strip() in response.content.decode()


def test_next_one_follows(client: Client, desk: Desk) -> None:
    """After an answer comes the question that waits behind it."""
    later = make_ask(desk.enrolment, "And?", key=uuid4(), made_at=NOW + timedelta(hours=1))
    response = client.post(address(desk), {"answer": "Yes."})
    assert response["Location"] == f"/desk/riverside/questions/{later.pk}/"


def test_question_is_escaped(client: Client, desk: Desk) -> None:
    """Markup in a question is shown, not run."""
    desk.ask.words = "<img src=x onerror=alert(1)>"
    desk.ask.save()
    page = client.get(address(desk)).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
