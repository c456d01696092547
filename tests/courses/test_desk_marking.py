"""A mended question is marked again from the desk."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from courses import actions
from courses.actions import Answer
from courses.models import Correction
from courses.queries import desk
from courses.queries.desk.questions import LONGEST, shortened
from members.models import HubRole
from tests.courses.test_actions_records import accept_also
from tests.factories import block_of, packs_of, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast: SimpleNamespace) -> str:
    return reverse("courses:desk_mark_again", args=[cast.hub.slug, cast.course.pk])


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_an_editor_has_a_question_marked_again(
    cast: SimpleNamespace, signed_in: Callable[..., Client], commit: Callable, place: str
) -> None:
    quiz = packs_of(cast.course)[1]
    second = block_of(quiz, "second")
    actions.answer_questions(member=cast.learner, lesson=quiz, answers=[Answer(second, "surfer")])
    accept_also(cast, commit, "surfer")
    client = signed_in(cast.editor)
    page = client.get(place).content.decode()
    code = f"{quiz.key}:{second}"
    assert f'<option value="{code}">' in page
    assert place in client.get(place.replace("mark-again/", "")).content.decode()
    sent = {"question": code, "reason": "That word is right too."}
    first, again = (client.post(place, sent) for _time in range(2))
    assert (first.status_code, first["Location"]) == (303, place.replace("mark-again/", ""))
    assert said(first) == ["1 answer has a better mark now. The learner was told."]
    assert "All answers were marked again. No mark rose." in said(again)
    assert Correction.objects.get().reason == "That word is right too."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"question": "", "reason": "zebra"}, "Choose a question."),
        ({"question": "gone:gone", "reason": "zebra"}, "Choose a question from the list."),
        ({"question": None, "reason": " "}, "Say why, in a few words."),
    ],
)
def test_what_is_missing_is_said_and_the_words_stay(
    cast: SimpleNamespace,
    signed_in: Callable[..., Client],
    place: str,
    sent: dict[str, str | None],
    sentence: str,
) -> None:
    question = sent["question"]
    code = desk.course_questions(cast.course)[0].code if question is None else question
    response = signed_in(cast.editor).post(place, {**sent, "question": code})
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert ("zebra" in html) == (sent["reason"] == "zebra")


@pytest.mark.parametrize("person", ["coordinator", "learner", "reviewer", "other_hub_editor"])
def test_nobody_else_finds_the_page(
    cast: SimpleNamespace, signed_in: Callable[..., Client], place: str, person: str
) -> None:
    client = signed_in(getattr(cast, person))
    assert client.get(place).status_code == client.post(place).status_code == 404


def test_an_editor_of_another_hub_does_not_find_it_on_the_own_desk(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    HubRole.objects.get_or_create(member=cast.admin, hub=cast.other_hub, role="editor")
    theirs = reverse("courses:desk_mark_again", args=[cast.other_hub.slug, cast.course.pk])
    for person in (cast.other_hub_editor, cast.admin):
        assert signed_in(person).get(theirs).status_code == 404


def test_a_course_without_a_published_question_says_so(
    cast: SimpleNamespace, signed_in: Callable[..., Client], commit: Callable, place: str
) -> None:
    with commit():
        page_of(cast.course).unpublish()
    response = signed_in(cast.editor).get(place)
    assert "This course has no published question." in response.content.decode()


def test_a_long_question_is_shortened() -> None:
    assert shortened("a" * LONGEST) == "a" * LONGEST
    assert shortened("b" * (LONGEST + 1)) == "b" * LONGEST + "…"
