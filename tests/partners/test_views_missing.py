"""What is missing or wrong in an offer, and what the hub said, beside the field."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format

from partners import actions
from partners.models import Offer, OfferReview, Partner
from partners.offering import SCREENS
from partners.queries.answers import noted_fields
from partners.queries.drafts import read_draft
from tests.partners.desk_cast import (
    REST,
    WHAT,
    at,
    begin,
    client_of,
    in_days,
    live,
    place,
    screen,
    sent,
    site_of,
    text_of,
    written,
)
from tests.partners.offers_cast import key


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


def test_check_says_what_is_missing_and_sends_nothing(
    client: Client, site: SimpleNamespace
) -> None:
    begin(client, site)
    page = text_of(client.get(screen(site, "check")))
    assert "Say whom people can ask." in page
    response = client.post(screen(site, "check"), REST)
    assert response.status_code == 422
    assert "Something is missing. Please fill it in, then send it." in text_of(response)
    assert not OfferReview.objects.exists()


def test_check_keeps_what_else_is_said(client: Client, site: SimpleNamespace) -> None:
    written(site)
    hub = site.other_hub
    values = {"seats": "12", "member_seats": "3", "hubs": [hub.pk], "language": "es"}
    response = client.post(screen(site, "check"), values)
    assert response.status_code == 303
    text = read_draft(Offer.objects.get())
    assert (text["seats"], text["member_seats"], text["hubs"], text["is_for_all_hubs"]) == (
        12,
        3,
        [hub.pk],
        False,
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"seats": "many"}, "Write a number from 1 to 100000."),
        ({"seats": "3", "member_seats": "5"}, "There cannot be more seats for members than seats."),
        ({"topic": "987654"}, "Choose one from the list."),
        ({"hubs": ["987654"]}, "Choose one from the list."),
        ({"deadline_on": "soon"}, "Write the day like 2027-03-20."),
    ],
)
def test_check_says_what_is_wrong(
    client: Client, site: SimpleNamespace, values: dict[str, Any], words: str
) -> None:
    written(site)
    response = client.post(screen(site, "check"), REST | values)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not OfferReview.objects.exists()


def test_the_hubs_words_stand_beside_the_field(client: Client, site: SimpleNamespace) -> None:
    review = sent(site)
    notes = {"learns": "zebra-learns", "from_on": "zebra-dates", "where": "zebra-where"}
    actions.ask_change(member=site.reviewer, review=review, words="All fine but", notes=notes)
    what = text_of(client.get(screen(site, "what")))
    assert what.count("zebra-learns") == 1
    assert "zebra-dates" not in what
    page = text_of(client.get(screen(site, "where")))
    assert ("zebra-dates" in page, "zebra-where" in page) == (True, True)
    check = text_of(client.get(screen(site, "check")))
    assert [check.count(words) for words in notes.values()] == [1, 1, 1]


def test_the_hubs_words_stand_beside_every_field(client: Client, site: SimpleNamespace) -> None:
    """On the screen of the field, and in the list of answers also where nothing was said."""
    review = sent(site)
    names = [name for name, _label in noted_fields()]
    notes = {name: f"zebra-{name}-zebra" for name in names}
    actions.ask_change(member=site.reviewer, review=review, words="But", notes=notes)
    check = text_of(client.get(screen(site, "check")))
    for name, words in notes.items():
        [where] = [one for one, fields in SCREENS.items() if name in fields]
        count = 2 if where == "check" else 1
        assert (name, text_of(client.get(screen(site, where))).count(words)) == (name, count)
        assert (name, check.count(words)) == (name, count)
    assert check.count("<details open>") == 3


def test_a_promised_date_before_and_after_sending(client: Client, site: SimpleNamespace) -> None:
    written(site)
    day = date_format(in_days(5), "DATE_FORMAT")
    assert f"Harbour Hub reads it and answers by {day}." in text_of(
        client.get(screen(site, "check"))
    )
    client.post(screen(site, "check"), REST)
    page = text_of(client.get(at(site, "offer_status", key(1))))
    assert f"Sent. Harbour Hub reads it and answers by {day}." in page
    assert f"Harbour Hub has your offer and answers by {day}." in page


def test_a_small_edit_of_a_trusted_partner_says_so(client: Client, site: SimpleNamespace) -> None:
    offer = live(site)
    Partner.objects.update(clean_approvals=5)
    response = client.post(screen(site, "check"), REST | {"seats": "9"}, follow=True)
    assert "Your change is on the site now. The hub looks at it afterwards." in text_of(response)
    offer.refresh_from_db()
    assert offer.seats == 9


def test_what_the_hub_has_read_is_not_sent_again(client: Client, site: SimpleNamespace) -> None:
    actions.decline_offer(member=site.reviewer, review=sent(site), reason="No.")
    response = client.post(screen(site, "check"), REST)
    assert response.status_code == 422
    assert "Change something, then send it." in text_of(response)


def test_a_changed_reference_that_is_taken(client: Client, site: SimpleNamespace) -> None:
    written(site, 1, reference="A1")
    written(site, 2)
    response = client.post(screen(site, "check", 2), REST | {"reference": "A1"})
    assert response.status_code == 422
    assert "Another one of your offers has this reference." in text_of(response)


def test_offer_keep(client: Client, site: SimpleNamespace) -> None:
    """What is typed is kept before the first screen was sent, and on each one."""
    response = client.post(at(site, "offer_keep", key(1), "what"), {"title": "Half a ti"})
    assert (response.status_code, response.content) == (204, b"")
    client.post(at(site, "offer_keep", key(1), "where"), {"mode": "online", "from_on": "x"})
    client.post(at(site, "offer_keep", key(1), "check"), {"skills": "Care"})
    text = read_draft(Offer.objects.get())
    assert (text["title"], text["mode"], text["skills"], text["from_on"]) == (
        "Half a ti",
        "online",
        "Care",
        None,
    )
    assert client.post(at(site, "offer_keep", key(1), "else"), {}).status_code == 404
    assert client.get(at(site, "offer_keep", key(1), "what")).status_code == 405


def test_offer_keep_never_takes_the_offer_of_others(client: Client, site: SimpleNamespace) -> None:
    actions.begin_offer(member=site.otto, partner=site.other_partner, key=key(7))
    response = client.post(at(site, "offer_keep", key(7), "what"), {"title": "Mine"})
    assert response.status_code == 422
    response = client.post(at(site, "offer_new"), {"key": str(key(7)), **WHAT})
    assert response.status_code == 422
    assert Offer.objects.get(uuid=key(7)).title == ""


def test_missing_things(client: Client, site: SimpleNamespace) -> None:
    written(site)
    assert client.get(at(site, "offer_write", key(1), "else")).status_code == 404
    assert client.get(at(site, "offer_write", uuid.uuid4(), "what")).status_code == 404
    assert client.get(place("offer_new", "no-such")).status_code == 404
    other = actions.begin_offer(member=site.otto, partner=site.other_partner, key=key(3))
    assert client.get(at(site, "offer_write", other.uuid, "what")).status_code == 404
