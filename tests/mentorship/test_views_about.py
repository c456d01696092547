"""What mentorship is: public, kept for visitors, with real figures and published weights."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content import version
from mentorship.models import Programme
from tests.factories import make_member
from tests.mentorship.factories import make_ask, make_mentor, make_pairing, make_programme

pytestmark = pytest.mark.django_db
PAGE = "/mentorship/"


def html_of(response: Any) -> str:
    return response.content.decode()


def statements(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(PAGE).status_code == 200
    return len(captured)


def test_mentorship_says_what_it_is_and_what_to_do(client: Client, cast: SimpleNamespace) -> None:
    html = html_of(client.get(PAGE))
    for words in (
        "You meet for half an hour a week, for about 12 weeks.",
        '<a class="button" href="/mentorship/ask/">Ask for a mentor</a>',
        '<a class="button second" href="/mentorship/offer/">Become a mentor</a>',
        "Within 3 days.",
        "The first time within 14 days",
        "What counts, and how much",
        '<th scope="row">The same topic</th><td>5</td>',
        '<a href="/hubs/harbour/">Harbour Hub</a>',
        "Too few pairs yet to say.",
        "Under 18? These people help you.",
    ):
        assert words in html, words
    assert client.cookies == {}
    assert not Programme.objects.exists()


def test_mentorship_publishes_the_weights_of_each_open_programme(
    client: Client, cast: SimpleNamespace
) -> None:
    make_programme(cast.hub, title="Coding pairs", weight_hub=9, term_weeks=8)
    make_programme(cast.other_hub, title="Closed one", is_open=False)
    html = html_of(client.get(PAGE))
    assert "Harbour Hub: Coding pairs" in html and "for about 8 weeks" in html
    rows = html.split("<tbody>")[1].split("</tbody>")[0]
    assert rows.startswith('<tr><th scope="row">The same hub</th><td>9</td></tr>')
    assert "Closed one" not in html


def test_mentorship_says_the_lengths_of_all_open_programmes(
    client: Client, cast: SimpleNamespace
) -> None:
    """Not those of the first one only, nor those of one that is shut."""
    make_programme(cast.hub, term_weeks=8, proposal_days=2, first_meeting_days=7)
    make_programme(cast.other_hub, term_weeks=20, proposal_days=2, first_meeting_days=10)
    make_programme(cast.hub, title="Shut", is_open=False, term_weeks=40, proposal_days=9)
    html = html_of(client.get(PAGE))
    assert "for about 8 to 20 weeks" in html
    assert "Within 2 days. If not" in html
    assert "The first time within 7 to 10 days, by phone" in html


def test_mentorship_says_how_long_people_waited(client: Client, cast: SimpleNamespace) -> None:
    now = timezone.now()
    for days in (2, 6, 9):
        ask = make_ask(
            make_member(f"asks_{days}"), cast.hub, asked_at=now - timedelta(days=days + 1)
        )
        mentor = make_mentor(make_member(f"gives_{days}"), cast.hub)
        make_pairing(ask, mentor, at=now - timedelta(days=1))
    html = html_of(client.get(PAGE))
    assert html.count("Half of the people had a mentor within 6 days.") == 1
    assert html.count("Too few pairs yet to say.") == 1


def test_mentorship_comes_from_the_cache_for_a_visitor(
    client: Client, cast: SimpleNamespace
) -> None:
    client.get(PAGE)
    assert statements(Client()) == 0
    version.bump()
    assert statements(Client()) == 7


@pytest.mark.parametrize("number", [1, 3])
def test_mentorship_costs_a_member_the_same_for_any_number(
    cast: SimpleNamespace, signed_in: Callable[..., Client], number: int
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, capacity=5)
    for place in range(number):
        make_pairing(make_ask(make_member(f"asks_{place}"), cast.hub), mentor, "active")
    client = signed_in(cast.mentor)
    client.get(PAGE)
    assert statements(client) == 5


def test_mentorship_shows_a_member_what_is_theirs(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ask = make_ask(cast.learner, cast.hub, words="PRIVATE-WORDS")
    pairing = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "proposed")
    mine = html_of(signed_in(cast.learner).get(PAGE))
    assert "You have asked Mentor." in mine and f"/mentorship/pairs/{pairing.pk}/" in mine
    assert "Ask for a mentor" not in mine
    asked = html_of(signed_in(cast.mentor).get(PAGE))
    assert "Learner asks you to be a mentor" in asked and "PRIVATE-WORDS" in asked
    assert "What I give as a mentor" in asked
    other = html_of(signed_in(cast.neighbour).get(PAGE))
    assert "PRIVATE-WORDS" not in other and "Learner" not in other
    assert "Ask for a mentor" in other


def test_mentorship_stands_in_the_foot_of_every_page(client: Client, cast: SimpleNamespace) -> None:
    assert '<li><a href="/mentorship/">Mentors</a></li>' in html_of(client.get("/courses/"))
