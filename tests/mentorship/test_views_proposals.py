"""A question to a mentor on the page of the pair: what is asked, the answer, what became of it."""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentorship.actions.words import tell_proposed
from mentorship.models import MentorAsk, Pairing
from mentorship.queries.moments import hour_words
from tests.mentorship.pair_page_parts import new_pair, plain, reader_of, sender_of, url
from tests.mentorship.pair_parts import Pair, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(signed_in: Callable[..., Client]) -> Callable[..., str]:
    return reader_of(signed_in)


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    return sender_of(signed_in)


def test_a_no_reads_like_one_that_ran_out(look: Callable[..., str]) -> None:
    pair = new_pair("declined", ago=9)
    page = re.compile(r'csrfmiddlewaretoken" value="\w+"')
    no = page.sub("", look(pair, "mentee"))
    Pairing.objects.update(state="expired", decline_words="")
    assert page.sub("", look(pair, "mentee")) == no
    assert "Mara Mentor cannot be your mentor at the moment. You keep your place." in no
    Pairing.objects.update(state="withdrawn")
    assert "This question was taken back." in look(pair, "mentee")


def test_an_answer_is_due_by_the_clock_of_who_reads_it(look: Callable[..., str]) -> None:
    """The clock is named where it is not the one of the hub."""
    pair = new_pair("proposed")
    due, madrid = pair.pairing.expires_at, ZoneInfo("Europe/Madrid")
    mine = f"Please answer by {hour_words(due, madrid)} (clock of Madrid)."
    assert mine in look(pair, "mentor")
    theirs = look(pair, "mentee")
    assert f"You know more by {hour_words(due, ZoneInfo('UTC'))}." in theirs
    assert "clock of" not in theirs


def test_the_notice_of_a_question_names_the_clock_of_the_mentor() -> None:
    pair = new_pair("proposed")
    tell_proposed(pair.pairing, timezone.now())
    assert told(pair.mentor)[-1].endswith(" (clock of Madrid).")


@pytest.mark.parametrize("state", ["declined", "expired"])
@pytest.mark.parametrize(
    ("ask", "words", "way"),
    [
        ("waiting", "You keep your place.", "mentorship:mentor_ask_cards"),
        ("paired", "Another mentor said yes to you.", "hub:me"),
        ("withdrawn", "You took your question back.", "mentorship:mentor_ask"),
    ],
)
def test_an_old_question_says_what_has_become_of_it(
    look: Callable[..., str], state: str, ask: str, words: str, way: str
) -> None:
    pair = new_pair(state, ago=9)
    MentorAsk.objects.update(state=ask)
    page = look(pair, "mentee")
    assert words in page and f'class="button" href="{reverse(way)}"' in page
    assert ("You keep your place" in page) is (ask == "waiting")


def test_a_proposal_shows_the_mentor_what_is_asked(look: Callable[..., str]) -> None:
    explanation = {
        "band": "good",
        "reasons": [
            {"code": "topic", "topic": "coding"},
            {"code": "ahead", "steps": 2},
            {"code": "hours", "minutes": 120},
            {"code": "course", "course": "x"},
            {"code": "hub"},
            {"code": "waiting"},
            {"code": "language", "languages": ["en"]},
        ],
    }
    pair = new_pair("proposed", explanation=explanation, staff_reason="You two know bread.")
    page = plain(look(pair, "mentor"))
    for words in (
        "Lea Learner asks you to be a mentor",
        "Please answer by ",
        "I want to write a small program.",
        "Riverside says: You two know bread.",
        "You help with Coding.",
        "You are 2 courses ahead in this topic.",
        "You are both free for about 2 hours a week.",
        "You took the course ",
        "You come from the same hub.",
        "You have time now.",
        "You both speak English.",
        "Yes, I will mentor",
        "Not now",
        "Monday evening, Wednesday evening",
    ):
        assert words in page, words
    mentee = plain(look(pair, "mentee"))
    for words in ("You have asked Mara Mentor", "You know more by ", "Take it back"):
        assert words in mentee, words


def test_two_taps_to_a_yes(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=0)
    for _time in range(2):
        response = post(pair, "mentor", "pair_answer", decision="yes")
        assert (response.status_code, response["Location"]) == (303, url(pair))
    assert pair.again().state == "accepted"


def test_not_now_is_private_and_final(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=0)
    for _time in range(2):
        response = post(pair, "mentor", "pair_answer", decision="not-now", words="Holiday")
        assert (response.status_code, response["Location"]) == (303, "/me/")
    row = pair.again()
    assert (row.state, row.decline_words) == ("declined", "Holiday")


def test_an_answer_that_is_none_is_given_back(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=0)
    response = post(pair, "mentor", "pair_answer", decision="perhaps", words="kept-words")
    assert response.status_code == 422
    assert "Press “Yes, I will mentor” or “Not now”." in response.content.decode()
    long = post(pair, "mentor", "pair_answer", decision="not-now", words="kept " * 200)
    assert (long.status_code, "kept kept" in long.content.decode()) == (422, True)
    assert post(pair, "mentee", "pair_answer", decision="yes").status_code == 422
    assert pair.again().state == "proposed"


def test_a_late_yes_is_told_kindly(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=9)
    response = post(pair, "mentor", "pair_answer", decision="yes")
    assert (response.status_code, response["Location"]) == (303, "/me/")
    assert pair.again().state != "accepted"


def test_a_question_is_taken_back(post: Callable[..., HttpResponse]) -> None:
    pair = new_pair("proposed", ago=0)
    for _time in range(2):
        response = post(pair, "mentee", "pair_withdraw")
        assert (response.status_code, response["Location"]) == (303, url(pair))
    assert pair.again().state == "withdrawn"
    active = post(new_pair_again(pair), "mentee", "pair_withdraw")
    assert active.status_code == 422
    assert "Mara Mentor has said yes already." in active.content.decode()


def new_pair_again(pair: Pair) -> Pair:
    """The same two, a pair after all."""
    Pairing.objects.update(state="active", accepted_at=timezone.now(), answered_at=timezone.now())
    return pair


def test_no_answer_promises_a_question_to_somebody_else(signed_in: Callable[..., Client]) -> None:
    """The learner chooses alone, so nobody else is asked."""
    pair = new_pair("proposed")
    client = signed_in(pair.mentor)
    page = client.get(url(pair)).content.decode()
    assert "The learner is told when the time is over." in page
    client.post(url(pair, "pair_answer"), {"decision": "not-now"})
    page = client.get("/me/").content.decode()
    assert "Thank you for your answer. The learner is told when the time is over." in page
    assert "somebody else" not in page
