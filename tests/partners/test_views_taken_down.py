"""What is left of an offer that the hub has taken down: its title, its partner, and others."""

from types import SimpleNamespace

import pytest
from django.test import Client

from partners import actions
from partners.addresses import slug_of
from partners.models import Offer
from tests.partners.desk_cast import live, place, site_of, text_of

SECRETS = {
    "title": "Quick money",
    "learns": "HARM-LEARNS",
    "for_whom": "HARM-WHOM",
    "place": "HARM-PLACE",
    "contact": "HARM-CONTACT",
    "skills": "HARM-SKILLS",
    "help_words": "HARM-HELP",
    "apply_by": "link",
    "apply_link": "https://harm.example/pay",
}


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def offer(site: SimpleNamespace) -> Offer:
    live(site, 2**100, title="A good one")
    offer = live(site, 1, **SECRETS)
    actions.take_down_offer(member=site.reviewer, offer=offer, reason="It is a trick.")
    return offer


def test_offer_shows_its_title_and_others_only(client: Client, offer: Offer) -> None:
    response = client.get(place("offer", slug_of(offer)))
    page = text_of(response)
    assert response.status_code == 200
    for words in (
        '<h1 lang="en">Quick money</h1>',
        "Harbour College</a>",
        "Harbour Hub has taken this offer down. You cannot apply any more.",
        '<meta name="robots" content="noindex, follow">',
        "A good one",
    ):
        assert words in page, words
    gone = ("HARM", "harm.example", "ld+json", "It is a trick.", "Save for later", "/seen/")
    assert [words for words in gone if words in page] == []


def test_it_is_nowhere_else(client: Client, offer: Offer) -> None:
    slug = slug_of(offer)
    for address in (
        f"/api/offers/{offer.uuid}/",
        place("offer_file", slug),
        place("offer_go", slug),
    ):
        assert client.get(address).status_code == 404, address
    for address in (
        "/api/offers/",
        place("offers"),
        place("offer_feed"),
        place("offer_feed_json"),
        place("offer_calendar"),
        "/sitemap.xml",
        "/search/?q=quick",
        place("partner", offer.partner.slug),
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.content.decode()
        assert ("HARM" in text, slug in text) == (False, False), address


def test_an_offer_that_was_changed_and_read_again_is_whole(
    client: Client, site: SimpleNamespace, offer: Offer
) -> None:
    actions.save_offer(member=site.ed, offer=offer, values={"learns": "Honest words."})
    review = actions.send_offer(member=site.ed, offer=offer)
    actions.publish_offer(member=site.reviewer, review=review, revision_id=review.revision_id)
    page = text_of(client.get(place("offer", slug_of(offer))))
    assert ("Honest words." in page, "has taken this offer down" in page) == (True, False)
    assert client.get(f"/api/offers/{offer.uuid}/").json()["learns"] == "Honest words."


def test_one_that_its_partner_ended_keeps_its_words(client: Client, site: SimpleNamespace) -> None:
    offer = live(site, 1, learns="Fine words.")
    actions.end_offer(member=site.ed, offer=offer)
    page = text_of(client.get(place("offer", slug_of(offer))))
    assert ("Fine words." in page, "This offer has ended." in page) == (True, True)
    assert client.get(f"/api/offers/{offer.uuid}/").json()["has_ended"] is True
