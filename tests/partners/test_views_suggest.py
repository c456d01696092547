"""A member suggests a partner on one screen."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Membership
from partners.models import PartnerSuggestion
from tests.partners.desk_cast import client_of, cost_of, place, site_of, text_of
from tests.partners.hub_cast import suggested
from tests.partners.offers_cast import key

ADDRESS = "/partners/suggest/"


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.outsider)


def typed(**values: Any) -> dict[str, Any]:
    facts = {"key": key(1), "name": "The Library", "place": "library.example", "words": "Near."}
    return {**facts, "hub": "harbour", **values}


def test_partner_suggest(client: Client, site: SimpleNamespace) -> None:
    for _twice in range(2):
        response = client.post(ADDRESS, typed())
        assert (response.status_code, response["Location"]) == (303, place("partners"))
    row = PartnerSuggestion.objects.get()
    assert (row.name, row.place, row.words) == ("The Library", "library.example", "Near.")
    assert (row.hub, row.member) == (site.hub, site.outsider)
    page = text_of(client.get(place("partners")))
    assert "Thank you. Harbour Hub reads it and tells you what comes of it." in page


def test_the_own_hub_is_chosen_already(client: Client, site: SimpleNamespace) -> None:
    Membership.objects.create(member=site.outsider, hub=site.other_hub, joined_at=timezone.now())
    page = text_of(client.get(ADDRESS))
    assert '<option value="valley" selected>' in page
    assert f'href="{ADDRESS}"' in text_of(Client().get(place("partners")))


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client: Client) -> None:
    for wrong in ({"name": " "}, {"hub": "nowhere"}, {"place": "x" * 201}):
        response = client.post(ADDRESS, typed(**wrong, words="my-words"))
        assert response.status_code == 422
        assert "my-words" in text_of(response)
    assert "Write the name, as well as you know it." in text_of(
        client.post(ADDRESS, typed(name=""))
    )
    assert not PartnerSuggestion.objects.exists()
    client.post(ADDRESS, typed(key="no key"))
    assert PartnerSuggestion.objects.count() == 1


def test_three_a_day(client: Client, site: SimpleNamespace) -> None:
    for number in range(1, 4):
        suggested(site, number)
    response = client.post(ADDRESS, typed(key=key(4), name="kept-name"))
    page = text_of(response)
    assert response.status_code == 422
    assert "Thank you, that is enough for today. Come back tomorrow." in page
    assert "kept-name" in page


def test_a_visitor_signs_in_first(site: SimpleNamespace) -> None:
    for response in (Client().get(ADDRESS), Client().post(ADDRESS, typed())):
        assert response["Location"].startswith("/accounts/login/")
    assert not PartnerSuggestion.objects.exists()


def test_statements(client: Client) -> None:
    client.get(ADDRESS)
    assert cost_of(lambda: client.get(ADDRESS)) == 4
