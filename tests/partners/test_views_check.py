"""The last screen of an offer: the page as learners will read it, the picture and its words."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.formats import date_format

from partners import actions
from partners.addresses import slug_of
from partners.models import Offer, OfferReview
from partners.queries.drafts import read_draft
from tests.partners.desk_cast import (
    REST,
    at,
    client_of,
    full,
    in_days,
    live,
    place,
    site_of,
    text_of,
    written,
)
from tests.partners.desk_pictures import picture
from tests.partners.edge_cast import make_level, make_topic
from tests.partners.offers_cast import NOT_YOURS, key, refused


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


def check(site: SimpleNamespace) -> str:
    """The address of the last screen of the first offer."""
    return at(site, "offer_write", key(1), "check")


def body(page: str) -> str:
    """What a page says below the head of the offer."""
    return page[page.index('<div class="with-aside">') : page.index("<dt>Questions?</dt>")]


def test_the_words_of_a_picture_change_alone(client: Client, site: SimpleNamespace) -> None:
    offer, address = written(site, 1, contact=""), at(site, "offer_picture", key(1))
    assert client.post(address, {"image_alt": "A lamp"}).status_code == 422
    client.post(address, {"image_alt": "A torch", "file": picture()})
    before = read_draft(Offer.objects.get())
    response = client.post(address, {"image_alt": "A torch that burns"})
    assert (response.status_code, response["Location"]) == (303, check(site))
    after = read_draft(Offer.objects.get())
    assert after == {**before, "image_alt": "A torch that burns"}
    assert text_of(client.get(check(site))).count('alt="A torch that burns"') == 1
    response = client.post(address, {"image_alt": " "})
    assert response.status_code == 422
    assert "Say what the picture shows." in text_of(response)
    for member in (site.vic, site.otto, site.outsider, site.reviewer):
        assert client_of(member).post(address, {"image_alt": "zebra"}).status_code == 404
        found = refused(actions.describe_picture, member=member, offer=offer, alt="zebra")
        assert found == (NOT_YOURS, "")
    client.post(at(site, "offer_picture_drop", key(1)))
    found = refused(actions.describe_picture, member=site.ed, offer=offer, alt="A lamp")
    assert found == ("Choose a picture.", "file")
    assert read_draft(Offer.objects.get())["image_alt"] == ""


def test_check_shows_the_page_as_learners_will_read_it(
    client: Client, site: SimpleNamespace
) -> None:
    """The card and the page of the last text, with the picture; not the own reference. What the
    public page says after that is the same."""
    topic, level = make_topic("metal"), make_level()
    offer = live(site, 1, title="The old words")
    more = {"topic": topic, "level": level, "device": "Old shoes", "reference": "ZEBRA-9"}
    dates = [{"on": in_days(40), "until_on": None, "place": "Library"}]
    values = {**full(**more), "is_for_all_hubs": False, "hubs": [site.other_hub.pk]}
    actions.save_offer(member=site.ed, offer=offer, values=values, dates=dates)
    client.post(at(site, "offer_picture", key(1)), {"image_alt": "A torch", "file": picture()})
    response = client.get(check(site))
    page = text_of(response)
    shown = page[page.index('<section class="as-read"') : page.index('<form id="rest"')]
    for words in (
        'lang="en"><a href="#as-read">Welding for beginners</a></h3>',
        '<article class="offer" id="as-read">',
        "Course · Metal",
        'alt="A torch"',
        "How to weld two plates.",
        "Old shoes",
        "Library",
        "<dt>For members of</dt><dd>Valley Hub</dd>",
        "<dt>Level</dt><dd>Starter</dd>",
        'type="button" disabled>Apply on their website</button>',
    ):
        assert words in shown, words
    for words in ("ZEBRA-9", "The old words", "/offers/", "Save for later"):
        assert words not in shown, words
    assert page.count("ZEBRA-9") == 1
    actions.send_offer(member=site.ed, offer=offer)
    [review] = OfferReview.objects.filter(state="waiting")
    actions.publish_offer(member=site.reviewer, review=review, revision_id=review.revision_id)
    public = text_of(Client().get(place("offer", slug_of(Offer.objects.get()))))
    assert body(shown) == body(public)


def test_check_shows_what_was_saved_and_what_has_gone(
    client: Client, site: SimpleNamespace
) -> None:
    topic = make_topic("metal")
    written(site, 1, topic=topic)
    response = client.post(check(site), REST | {"skills": "Care", "look": "1"})
    assert response["Location"] == f"{check(site)}#as-read"
    assert '<p lang="en">Care</p>' in text_of(client.get(check(site)))
    actions.save_offer(member=site.ed, offer=Offer.objects.get(), values={"topic": topic})
    topic.delete()
    page = text_of(client.get(check(site)))
    assert '<p class="kicker">Course</p>' in page


def test_check_shows_no_page_while_something_is_missing(
    client: Client, site: SimpleNamespace
) -> None:
    written(site, 1, contact="")
    page = text_of(client.get(check(site)))
    assert "Say what is missing. Then you see what learners will read." in page
    assert 'class="as-read"' not in page


def test_check_says_that_nobody_could_apply(client: Client, site: SimpleNamespace) -> None:
    written(site, 1, from_on=in_days(-3))
    day = date_format(in_days(-3), "DATE_FORMAT")
    page = text_of(client.get(check(site)))
    assert f"You can no longer apply: the last day was {day}." in page
