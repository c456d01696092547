"""The picture of an offer, and its note on help with money."""

from types import SimpleNamespace

import pytest
from django.test import Client

from partners import actions
from partners.addresses import slug_of
from partners.models import Offer
from partners.queries.drafts import read_draft
from partners.queries.index import offers_changed
from tests.partners.desk_cast import (
    REST,
    at,
    client_of,
    in_days,
    place,
    screen,
    site_of,
    text_of,
    written,
)
from tests.partners.desk_pictures import picture
from tests.partners.offers_cast import key


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


def test_offer_picture(client: Client, site: SimpleNamespace) -> None:
    written(site)
    address = at(site, "offer_picture", key(1))
    assert client.get(address)["Location"] == screen(site, "check")
    response = client.post(address, {"file": picture(), "image_alt": ""})
    assert response.status_code == 422
    assert "Say what the picture shows." in text_of(response)
    response = client.post(address, {"image_alt": "A torch", "file": picture(b"no picture")})
    assert response.status_code == 422
    assert "This file is not a picture that we can read." in text_of(response)
    response = client.post(address, {"image_alt": "A torch", "file": picture()})
    assert (response.status_code, response["Location"]) == (303, screen(site, "check"))
    assert read_draft(Offer.objects.get())["image_alt"] == "A torch"
    page = text_of(client.get(screen(site, "check")))
    assert page.count('alt="A torch"') == 1
    assert "Take the picture out" in page


def test_offer_picture_drop(client: Client, site: SimpleNamespace) -> None:
    written(site)
    client.post(at(site, "offer_picture", key(1)), {"image_alt": "A torch", "file": picture()})
    address = at(site, "offer_picture_drop", key(1))
    for _twice in range(2):
        response = client.post(address)
        assert (response.status_code, response["Location"]) == (303, screen(site, "check"))
    text = read_draft(Offer.objects.get())
    assert (text["image"], text["image_alt"]) == (None, "")
    page = text_of(client.get(screen(site, "check")))
    assert "The picture is out of your text." in page
    assert "Take the picture out" not in page
    for name in ("vic", "otto", "outsider", "reviewer"):
        assert client_of(getattr(site, name)).post(address).status_code == 404


SUPPORT = {
    "support_kind": "travel",
    "support_who": "Everybody on the course",
    "support_what": "The bus fare",
    "support_how": "Tell Jo.",
    "support_until_on": in_days(20).isoformat(),
    "support_seen_by": "Only Jo",
    "support_left": "some",
}


def test_a_note_on_help_with_money(client: Client, site: SimpleNamespace) -> None:
    """Half of one is not sent; the hub and learners read a whole one."""
    written(site)
    half = {**SUPPORT, "support_how": ""}
    response = client.post(screen(site, "check"), {**REST, **half})
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("Say this too, or leave all of the note on help with money empty.") == 3
    assert "The bus fare" in page
    assert client.post(screen(site, "check"), {**REST, **SUPPORT}).status_code == 303
    [review] = Offer.objects.get().reviews.all()
    desk = client_of(site.reviewer).get(place("desk_review", "harbour", review.pk))
    assert "What they get: The bus fare<br>How to ask: Tell Jo.<br>" in text_of(desk)
    actions.publish_offer(member=site.reviewer, review=review, revision_id=review.revision_id)
    public = Client().get(place("offer", slug_of(Offer.objects.get())))
    shown = text_of(public)
    for words in ("<h2>Help with travel costs</h2>", "Some is left", "Only Jo", "Tell Jo."):
        assert words in shown
    Offer.objects.update(support_until_on=in_days(-1))
    offers_changed()
    shown = text_of(client.get(place("offer", slug_of(Offer.objects.get()))))
    assert "This help ended on" in shown
    assert "Tell Jo." not in shown
