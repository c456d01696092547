"""The third screen: cards with reasons, the line, and whom one has asked."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentorship.models import Mentor, MentorAsk, Pairing
from tests.factories import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing

pytestmark = pytest.mark.django_db
CARDS, ASK = "/mentorship/ask/cards/", "/mentorship/ask/"
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
POSTS = ["/mentorship/ask/cards/1/", "/mentorship/ask/cards/choose/", "/mentorship/ask/withdraw/"]


def html_of(response: Any) -> str:
    return response.content.decode()


def ask_url(mentor: Mentor) -> str:
    return reverse("mentorship:mentor_propose", args=[mentor.pk])


@pytest.fixture
def ask(cast: SimpleNamespace) -> MentorAsk:
    return make_ask(cast.learner, cast.hub)


@pytest.fixture
def mentor(cast: SimpleNamespace) -> Mentor:
    return make_mentor(cast.mentor, cast.hub)


@pytest.mark.parametrize("path", POSTS)
def test_a_visitor_signs_in_and_comes_back_to_the_cards(
    client: Client, cast: SimpleNamespace, path: str
) -> None:
    assert client.post(path)["Location"] == f"/accounts/login/?next={CARDS}"
    assert client.get(CARDS)["Location"] == f"/accounts/login/?next={CARDS}"
    assert client.get(path).status_code == 405


@pytest.mark.parametrize("path", POSTS)
def test_without_an_ask_the_first_screen_comes(
    cast: SimpleNamespace, signed_in: Callable[..., Client], path: str
) -> None:
    client = signed_in(cast.learner)
    for response in (client.post(path), client.get(CARDS)):
        assert (response.status_code, response["Location"]) == (303, ASK)


def test_mentor_ask_cards_shows_who_fits_and_why(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    html = html_of(signed_in(cast.learner).get(CARDS))
    for words in (
        "One person can help you",
        "You have an answer within 3 days.",
        ">Mentor</h2>",
        "Hello, I am Mentor.",
        "Helps with Coding.",
        "English",
        "by phone, by video",
        "Monday evening, Wednesday evening",
        "Ask Mentor",
        "Choose for me",
        ask.words,
    ):
        assert words in html, words
    assert "%" not in html.split("mentor-cards")[1].split("If you choose nobody")[0]


def test_every_card_asks_with_the_one_form(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    """One form and one token for all buttons; each says where it goes."""
    other = make_mentor(cast.neighbour, cast.hub)
    html = html_of(signed_in(cast.learner).get(CARDS))
    asked = re.findall(
        r'<button class="button" type="submit" form="ask-one" formaction="(.+?)">', html
    )
    assert sorted(asked) == sorted(ask_url(one) for one in (mentor, other))
    assert html.count('<form class="choose-for-me" id="ask-one" method="post"') == 1
    assert html.split("mentor-cards")[1].split("</ul>\n<p>")[0].count("<form") == 0


def test_mentor_ask_cards_shows_nothing_of_other_asks(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    make_ask(cast.neighbour, cast.hub, words="PRIVATE-WORDS")
    assert "PRIVATE-WORDS" not in html_of(signed_in(cast.learner).get(CARDS))


def test_mentor_ask_cards_says_when_the_hub_looks(
    cast: SimpleNamespace, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    ask = make_ask(cast.learner, cast.hub)
    day = (ask.asked_at + timedelta(days=5)).date()
    html = html_of(signed_in(cast.learner).get(CARDS))
    assert f"{day:%A}, {day.day} {day:%B %Y}." in html


def test_mentor_ask_cards_without_anybody_says_why_and_the_place(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    now = timezone.now()
    make_mentor(cast.mentor, cast.hub, slots=("sun-am",))
    make_ask(cast.neighbour, cast.hub, asked_at=now - timedelta(days=1))
    make_ask(cast.other_learner, cast.other_hub, asked_at=now - timedelta(days=2))
    make_ask(cast.learner, cast.hub, asked_at=now)
    html = html_of(signed_in(cast.learner).get(CARDS))
    day = (now + timedelta(days=5)).date()
    for words in (
        "Nobody is free for you yet",
        "1 mentor speaks English, but is not free in the evening.",
        "<b>number 2</b> in the line of Harbour Hub",
        f"<b>{day:%A}, {day.day} {day:%B %Y}</b>",
        "There were too few pairs here to say how long people wait.",
        "Can you meet at another time of the day, or at the weekend?",
        "Change times, languages or ways",
        "Choose for me",
    ):
        assert words in html, words


def test_mentor_ask_cards_says_how_long_people_waited(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    now = timezone.now()
    for days in (2, 4, 9):
        member = make_member(f"waited_{days}")
        ask = make_ask(member, cast.hub, asked_at=now - timedelta(days=days + 1))
        mentor = make_mentor(make_member(f"gives_{days}"), cast.hub)
        make_pairing(ask, mentor, at=now - timedelta(days=1))
    make_ask(cast.learner, cast.hub)
    html = html_of(signed_in(cast.learner).get(CARDS))
    assert "Half of the people here had a mentor within 4 days." in html


@pytest.mark.parametrize(("number", "statements"), [(1, 7), (3, 7)])
def test_mentor_ask_cards_costs_the_same_for_any_number(
    cast: SimpleNamespace,
    ask: MentorAsk,
    signed_in: Callable[..., Client],
    number: int,
    statements: int,
) -> None:
    for place in range(number):
        make_mentor(make_member(f"gives_{place}"), cast.hub)
    client = signed_in(cast.learner)
    client.get(CARDS)
    with CaptureQueriesContext(connection) as captured:
        assert html_of(client.get(CARDS)).count("Ask Gives") == number
    said = [one["sql"] for one in captured.captured_queries]
    assert len([sql for sql in said if not sql.startswith(NOT_COUNTED)]) == statements


def test_mentor_propose_asks_and_shows_until_when(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    response = client.post(ask_url(mentor))
    pairing = Pairing.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/mentorship/pairs/{pairing.pk}/"
    assert (pairing.mentor, pairing.mentee, pairing.state) == (mentor, cast.learner, "proposed")
    html = html_of(client.get(CARDS))
    day = pairing.expires_at.date()
    assert "You have asked Mentor" in html
    assert f"Mentor answers by {day:%A}, {day.day} {day:%B %Y}." in html
    assert "you choose again" in html


@pytest.mark.parametrize("origin", ["rules", "staff"])
def test_who_did_not_ask_alone_reads_that_we_asked(
    cast: SimpleNamespace,
    ask: MentorAsk,
    mentor: Mentor,
    signed_in: Callable[..., Client],
    origin: str,
) -> None:
    client = signed_in(cast.learner)
    pairing = make_pairing(ask, mentor, "proposed", origin=origin)
    for path in (CARDS, "/me/", "/mentorship/", f"/mentorship/pairs/{pairing.pk}/"):
        html = html_of(client.get(path))
        assert html.count("We have asked Mentor for you") == 1
        assert "You have asked" not in html


def test_mentor_propose_twice_is_one_proposal(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    first, second = client.post(ask_url(mentor)), client.post(ask_url(mentor))
    assert first["Location"] == second["Location"]
    assert Pairing.objects.count() == 1


def test_mentor_propose_a_second_person_is_refused_with_the_reason(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    other = make_mentor(make_member("other_mentor"), cast.hub)
    client = signed_in(cast.learner)
    client.post(ask_url(mentor))
    response = client.post(ask_url(other))
    assert response.status_code == 422
    assert "Mentor has been asked and answers by" in html_of(response)
    assert Pairing.objects.get().mentor == mentor


@pytest.mark.parametrize("facts", [{"state": "paused"}, {"slots": ("sun-am",)}, {"check_level": 0}])
def test_mentor_propose_somebody_who_does_not_fit_is_refused_on_the_cards(
    cast: SimpleNamespace, ask: MentorAsk, signed_in: Callable[..., Client], facts: dict[str, Any]
) -> None:
    other = make_mentor(cast.neighbour, cast.hub, **facts)
    make_mentor(cast.mentor, cast.hub)
    response = signed_in(cast.learner).post(ask_url(other))
    assert response.status_code == 422
    html = html_of(response)
    assert "is not free any more" in html and "Ask Mentor" in html and "Neighbour" not in html
    assert not Pairing.objects.exists()


def test_mentor_propose_somebody_who_is_not_there_reads_like_that_too(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    response = signed_in(cast.learner).post("/mentorship/ask/cards/987654/")
    assert response.status_code == 422
    assert "This person is not free any more." in html_of(response)


def test_mentor_choose_asks_the_best_one(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    response = client.post("/mentorship/ask/cards/choose/")
    pairing = Pairing.objects.get()
    assert response["Location"] == f"/mentorship/pairs/{pairing.pk}/"
    assert (pairing.mentor, pairing.origin) == (mentor, "rules")
    assert "we ask the next person for you" in html_of(client.get(CARDS))


def test_mentor_choose_with_nobody_free_stays_in_the_line(
    cast: SimpleNamespace, ask: MentorAsk, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    response = client.post("/mentorship/ask/cards/choose/")
    assert (response.status_code, response["Location"]) == (303, CARDS)
    ask.refresh_from_db()
    assert (ask.chooses_for_me, ask.state) == (True, "waiting")
    html = html_of(client.get(CARDS))
    assert "we ask them for you at once" in html and "Choose for me" not in html


def test_mentor_ask_withdraw_takes_it_back(
    cast: SimpleNamespace, ask: MentorAsk, mentor: Mentor, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    client.post(ask_url(mentor))
    response = client.post("/mentorship/ask/withdraw/")
    assert (response.status_code, response["Location"]) == (303, "/mentorship/")
    assert "You have taken your question back." in html_of(client.get("/mentorship/"))
    assert MentorAsk.objects.get().state == "withdrawn"
    assert Pairing.objects.get().state == "withdrawn"
    assert client.post("/mentorship/ask/withdraw/")["Location"] == ASK
