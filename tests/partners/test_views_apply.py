"""An organisation applies: five fields, an account on the way, nothing typed is lost."""

import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.formats import date_format

from members.actions import join_hub
from members.models import Hub, HubRole, Member
from partners.models import Colleague, Partner
from tests.partners.desk_cast import client_of, cost_of, in_days, place, site_of, text_of
from tests.partners.offers_cast import key

ORGANISATION = {
    "name": "Harbour Library",
    "kind": "library",
    "place": "Harbour",
    "email": "desk@library.example",
    "hub": "harbour",
}
ACCOUNT = {"name": "Nia Newcomer", "username": "nianew", "password1": "three small boats"}


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


def apply_as(client: Client, **values: Any) -> Any:
    return client.post(place("partner_apply"), {**ORGANISATION, "key": str(key(5)), **values})


def fields_of(page: str) -> int:
    """How many fields of a form are asked for at once: rows of one choice are one."""
    main = page[page.index("<main") : page.index("<details")]
    lines = main.count('type="text"') + main.count('type="email"') + main.count("<select")
    return lines + main.count("<fieldset")


def test_partner_apply_asks_for_five_fields(client: Client, site: SimpleNamespace) -> None:
    page = text_of(client.get(place("partner_apply")))
    assert fields_of(page) == 5
    assert "within five days" in page


def test_a_visitors_empty_screen_is_the_same_for_everybody(
    client: Client, site: SimpleNamespace
) -> None:
    client.get(place("partner_apply"))
    assert cost_of(lambda: Client().get(place("partner_apply"))) == 0


def test_partner_apply_signed_in(site: SimpleNamespace) -> None:
    client = client_of(site.outsider)
    response = apply_as(client)
    assert response.status_code == 303
    assert response["Location"] == place("offer_new", "harbour-library")
    partner = Partner.objects.get(slug="harbour-library")
    assert (partner.state, partner.hub, partner.kind) == ("waiting", site.hub, "library")
    assert Colleague.objects.get(partner=partner).member == site.outsider
    day = date_format(in_days(5), "DATE_FORMAT")
    page = text_of(client.get(response["Location"]))
    assert f"Sent. Harbour Hub answers by {day}. You can write your first offer now." in page
    assert f"Harbour Hub checks your organisation and answers by {day}." in page
    assert apply_as(client)["Location"] == response["Location"]
    assert Partner.objects.filter(name="Harbour Library").count() == 1


BEGIN = f"/partners/desk/offers/new/?for={key(5)}"


def test_a_visitor_makes_an_account_on_the_way(client: Client, site: SimpleNamespace) -> None:
    """The application goes with the account; no screen stands between them."""
    response = apply_as(client)
    assert response.status_code == 303
    signup = response["Location"]
    assert signup == f"/accounts/signup/?{urlencode({'next': BEGIN, 'hub': 'harbour'})}"
    assert not Partner.objects.filter(name="Harbour Library").exists()
    assert "What you wrote is kept." in text_of(client.get(signup))
    response = client.post(signup, ACCOUNT)
    assert response["Location"] == BEGIN
    partner = Partner.objects.get(name="Harbour Library")
    assert Colleague.objects.get(partner=partner).member.username == "nianew"
    assert client.get(BEGIN)["Location"] == place("offer_new", partner.slug)
    assert "partner_apply" not in client.session


def test_a_visitors_form_carries_no_key_and_goes_with_the_account(
    client: Client, site: SimpleNamespace
) -> None:
    client.post(apply_as(client, key="")["Location"], ACCOUNT)
    assert Partner.objects.filter(name="Harbour Library").count() == 1


def sign_in(client: Client, member: Member, after: str = "") -> Any:
    member.set_password("three small boats")
    member.save()
    values = {"login": member.username, "password": "three small boats"}
    return client.post("/accounts/login/", {**values, "next": after or place("partner_apply")})


def test_who_has_an_account_signs_in_on_the_way(client: Client, site: SimpleNamespace) -> None:
    apply_as(client)
    assert sign_in(client, site.outsider, BEGIN)["Location"] == BEGIN
    partner = Partner.objects.get(name="Harbour Library")
    assert Colleague.objects.get(partner=partner).member == site.outsider


def test_who_signs_in_otherwise_looks_at_it_first(client: Client, site: SimpleNamespace) -> None:
    apply_as(client)
    assert sign_in(client, site.outsider)["Location"] == place("partner_apply")
    assert not Partner.objects.filter(name="Harbour Library").exists()
    page = text_of(client.get(place("partner_apply")))
    assert 'value="Harbour Library"' in page and str(key(5)) in page
    assert "Your words are kept. Look at them and send them." in page
    apply_as(client)
    assert Partner.objects.filter(name="Harbour Library").exists()


def test_nothing_is_sent_for_whoever_signs_in_next(client: Client, site: SimpleNamespace) -> None:
    """The words go with the sign-out, and after an hour."""
    apply_as(client)
    sign_in(client, site.otto)
    assert not Partner.objects.filter(name="Harbour Library").exists()
    client.post("/accounts/logout/")
    assert "Harbour Library" not in text_of(client.get(place("partner_apply")))
    apply_as(client)
    session = client.session
    session["partner_apply"] = {**session["partner_apply"], "at": time.time() - 3601}
    session.save()
    sign_in(client, site.otto, BEGIN)
    assert not Partner.objects.filter(name="Harbour Library").exists()
    assert "Harbour Library" not in text_of(client.get(place("partner_apply")))
    assert "partner_apply" not in client.session


def test_what_is_refused_after_the_sign_up_is_shown_again(
    client: Client, site: SimpleNamespace
) -> None:
    """Another organisation took the number meanwhile: the words are kept, and the reason said."""
    number = {"scheme": "charity", "number": "C 1"}
    apply_as(client, **number)
    Partner.objects.filter(pk=site.other_partner.pk).update(**number)
    client.post("/accounts/signup/", {**ACCOUNT, "next": BEGIN})
    assert client.get(BEGIN)["Location"] == place("partner_apply")
    page = text_of(client.get(place("partner_apply")))
    assert 'value="Harbour Library"' in page
    assert "Your words are kept. Look at them and send them." in page
    response = apply_as(client, **number)
    assert response.status_code == 422
    assert "An organisation with this number is here already." in text_of(response)
    assert not Partner.objects.filter(name="Harbour Library").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Write the name of your organisation."),
        ({"kind": ""}, "Choose the kind that fits best."),
        ({"place": ""}, "Write the town."),
        ({"email": "nobody"}, "This is no e-mail address."),
        ({"hub": "no-such"}, "Choose one from the list."),
        ({"website": "not a site"}, "This is no web address."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(
    client: Client, site: SimpleNamespace, values: dict[str, str], words: str
) -> None:
    response = apply_as(client, **{"number": "kept-number", **values})
    page = text_of(response)
    assert response.status_code == 422
    assert page.count(words) == 2
    assert 'value="kept-number"' in page
    assert not Partner.objects.filter(place="Harbour", kind="library").exists()


def test_one_hub_is_no_question(client: Client, site: SimpleNamespace) -> None:
    Partner.objects.all().delete()
    HubRole.objects.filter(hub=site.other_hub).delete()
    Hub.objects.filter(pk=site.other_hub.pk).delete()
    assert fields_of(text_of(client.get(place("partner_apply")))) == 4
    apply_as(client, hub="")
    assert client.session["partner_apply"]["hub"] == "harbour"


def test_ones_own_hub_comes_first(site: SimpleNamespace) -> None:
    member = Member.objects.get(pk=site.outsider.pk)
    join_hub(member=member, hub=site.other_hub)
    page = text_of(client_of(member).get(place("partner_apply")))
    assert page.index("Valley Hub, Here") < page.index("Harbour Hub, Here")
