"""Asking for a mentor, the first screen: nothing typed is lost; who is under 18 meets people."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from mentorship.models import MentorAsk
from tests.factories import PASSWORD, packs_of
from tests.mentorship.ask_parts import ASK, BOTH, CARDS, FIRST, SECOND, WHEN, WORDS, html_of
from tests.mentorship.factories import make_ask, make_mentor, make_pairing, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(cast: SimpleNamespace) -> Any:
    return make_topic()


# The first screen


def test_mentor_ask_is_open_to_a_visitor(client: Client, topic: Any) -> None:
    html = html_of(client.get(ASK))
    assert "What do you need?" in html and "Next you make an account." in html
    assert 'value="coding"' in html and 'value="unsure"' in html
    assert client.cookies == {}


def test_mentor_ask_says_what_is_missing_and_keeps_the_words(client: Client, topic: Any) -> None:
    response = client.post(ASK, {"words": WORDS})
    html = html_of(response)
    assert response.status_code == 422
    assert "Choose what it is about." in html and "Choose one of the two." in html
    assert f">\n{WORDS}</textarea>" in html
    assert '<a href="#id_topic">' in html and 'id="id_topic"' in html


def test_mentor_ask_refuses_what_is_too_long(client: Client, topic: Any) -> None:
    response = client.post(ASK, FIRST | {"words": "x" * 501})
    assert response.status_code == 422
    assert "Please keep it under 500 letters." in html_of(response)


def test_mentor_ask_of_a_visitor_goes_on_after_the_sign_up(client: Client, topic: Any) -> None:
    response = client.post(ASK, FIRST)
    assert response.status_code == 303
    assert response["Location"] == "/accounts/signup/?next=%2Fmentorship%2Fask%2Fwhen%2F"
    page = html_of(client.get(response["Location"]))
    assert "What you wrote is kept." in page
    made = client.post(
        response["Location"], {"name": "Nia", "username": "nia", "password1": "three small boats"}
    )
    assert made["Location"] == WHEN
    assert WORDS in html_of(client.get(WHEN))


def test_mentor_ask_of_a_visitor_goes_on_after_the_sign_in(
    client: Client, cast: SimpleNamespace, topic: Any
) -> None:
    client.post(ASK, FIRST)
    form = {"login": "learner", "password": PASSWORD}
    response = client.post(f"/accounts/login/?next={WHEN}", form)
    assert response["Location"] == WHEN
    assert WORDS in html_of(client.get(WHEN))


def test_mentor_ask_from_a_lesson_brings_the_lesson(
    client: Client, cast: SimpleNamespace, topic: Any
) -> None:
    pack = packs_of(cast.course)[0]
    html = html_of(client.get(f"{ASK}?lesson={pack.key}"))
    assert "The lesson “Read 1”" in html
    assert 'value="lesson" required id="id_topic_0" checked' in html.replace(
        'value="lesson" id="id_topic_0" required checked',
        'value="lesson" required id="id_topic_0" checked',
    )
    sent = FIRST | {"topic": "lesson", "lesson": pack.key}
    assert client.post(ASK, sent)["Location"].endswith("&hub=harbour")


@pytest.mark.parametrize("lesson", ["", "nonsense", uuid.UUID(int=7).hex])
def test_mentor_ask_with_a_lesson_that_is_not_there_is_the_plain_page(
    client: Client, topic: Any, lesson: str
) -> None:
    response = client.get(f"{ASK}?lesson={lesson}")
    assert response.status_code == 200
    assert "The lesson" not in html_of(response)
    assert client.post(ASK, FIRST | {"lesson": lesson}).status_code == 303
    assert client.post(ASK, FIRST | {"topic": "lesson", "lesson": lesson}).status_code == 422


def test_mentor_ask_from_a_course_brings_the_topic(client: Client, topic: Any) -> None:
    html = html_of(client.get(f"{ASK}?topic=coding"))
    assert html.count("checked") == 1
    assert html_of(client.get(f"{ASK}?topic=nonsense")).count("checked") == 0


def test_mentor_ask_shows_the_ask_that_waits(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    make_ask(cast.learner, cast.hub)
    html = html_of(signed_in(cast.learner).get(ASK))
    assert WORDS in html and "Your place in line stays." in html


def test_mentor_ask_while_somebody_is_asked_leads_to_the_answer(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ask = make_ask(cast.learner, cast.hub)
    make_pairing(ask, make_mentor(cast.mentor, cast.hub), "proposed")
    response = signed_in(cast.learner).get(ASK)
    assert (response.status_code, response["Location"]) == (303, CARDS)


# Under 18


def test_somebody_under_18_meets_the_people_of_the_hub(
    cast: SimpleNamespace, signed_in: Callable[..., Client], topic: Any
) -> None:
    client = signed_in(cast.learner)
    response = client.post(ASK, FIRST | {"age": "young"})
    assert (response.status_code, response["Location"]) == (303, "/mentorship/people/")
    html = html_of(client.get("/mentorship/people/"))
    assert "They help you, whatever your age, and they like questions." in html
    assert "Harbour Hub" in html and "Ring the bell." in html and "Valley Hub" not in html
    assert not MentorAsk.objects.exists()
    assert "mentor_ask" not in client.session


def test_somebody_under_18_finds_the_words_below_the_lesson(
    client: Client, cast: SimpleNamespace, topic: Any
) -> None:
    pack = packs_of(cast.course)[0]
    sent = FIRST | {"age": "young", "topic": "lesson", "lesson": pack.key}
    response = client.post(ASK, sent)
    assert response["Location"] == f"/mentorship/people/?lesson={pack.key}"
    assert f'href="{pack.url}#ask"' in html_of(client.get(response["Location"]))
    assert WORDS in html_of(client.get(pack.url))


def test_somebody_under_18_cannot_go_round_the_first_screen(
    cast: SimpleNamespace, signed_in: Callable[..., Client], topic: Any
) -> None:
    client = signed_in(cast.learner)
    response = client.post(WHEN, BOTH | {"age": "young"})
    assert (response.status_code, response["Location"]) == (303, "/mentorship/people/")
    assert client.post(WHEN, SECOND | {"words": WORDS, "topic": "coding"}).status_code == 422
    assert not MentorAsk.objects.exists()


def test_mentor_people_shows_every_hub_to_a_visitor(client: Client, cast: SimpleNamespace) -> None:
    html = html_of(client.get("/mentorship/people/"))
    assert "Harbour Hub" in html and "Valley Hub" in html
