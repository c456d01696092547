"""An address that takes forms alone leads a browser to the page above it."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from hub.form_addresses import address_above
from mentorship.models import Pairing
from tests.mentorship.factories import make_ask, make_mentor, make_pairing

pytestmark = pytest.mark.django_db
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def proposal(cast: SimpleNamespace) -> Pairing:
    ask = make_ask(cast.learner, cast.hub)
    return make_pairing(ask, make_mentor(cast.mentor, cast.hub), "proposed")


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/mentorship/pairs/7/answer/", "/mentorship/pairs/7/"),
        ("/mentorship/pairs/7/goals/2/met/", "/mentorship/pairs/7/goals/"),
        ("/mentorship/pairs/7/goals/", "/mentorship/pairs/7/"),
        ("/mentorship/ask/cards/7/", "/mentorship/ask/cards/"),
        ("/desk/riverside/mentorship/people/7/move/", "/desk/riverside/mentorship/people/7/"),
        ("/display/", "/"),
        ("/hubs/riverside/about/", "/"),
    ],
)
def test_address_above(path: str, above: str) -> None:
    assert address_above(path) == above


def test_who_signs_in_between_comes_to_the_page_of_the_form(
    cast: SimpleNamespace, proposal: Pairing, client: Client
) -> None:
    """The session ended, the mentor said yes: after the sign-in the question stands there again."""
    cast.mentor.password = make_password("a-good-password-1")
    cast.mentor.save()
    path = f"/mentorship/pairs/{proposal.pk}/answer/"
    asked = client.post(path, {"decision": "yes"}, headers=BROWSER)
    form = {"login": cast.mentor.username, "password": "a-good-password-1"}
    signed_in = client.post(asked["Location"], form, headers=BROWSER)
    assert urlsplit(signed_in["Location"]).path == path
    page = client.get(signed_in["Location"], headers=BROWSER, follow=True)
    assert page.redirect_chain == [(f"/mentorship/pairs/{proposal.pk}/", 302)]
    assert (page.status_code, page.context["page"].own.state) == (200, "proposed")


def test_a_refused_form_is_led_up_in_the_language_of_its_address(
    cast: SimpleNamespace, proposal: Pairing, client: Client
) -> None:
    client.force_login(cast.learner)
    found = client.get(f"/es/mentorship/pairs/{proposal.pk}/withdraw/", headers=BROWSER)
    assert (found.status_code, found["Location"]) == (302, f"/es/mentorship/pairs/{proposal.pk}/")
    assert "no-store" in found["Cache-Control"]


@pytest.mark.parametrize("headers", [{}, {"accept": "application/json"}, {"accept": "*/*"}])
def test_a_program_is_told_that_there_is_nothing_to_get(
    client: Client, headers: dict[str, str]
) -> None:
    found = client.get("/mentorship/ask/cards/choose/", headers=headers)
    assert (found.status_code, found["Allow"]) == (405, "POST")


def test_what_a_browser_sends_to_a_page_stays_refused(client: Client) -> None:
    assert client.post("/courses/", headers=BROWSER).status_code == 405
