"""A link to a place inside, however it is written: the partner reads what is wrong with it, and
nothing is ever opened."""

import socket
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partners import actions
from partners.addresses import slug_of
from partners.models import Offer, OfferReview
from partners.reach import Answer, Target
from tests.partners.desk_cast import (
    HOW,
    REST,
    at,
    client_of,
    live,
    place,
    site_of,
    text_of,
    written,
)
from tests.partners.offers_cast import fresh, key, text, told

PUBLIC, WEEK = "93.184.216.34", timedelta(days=7)
NO_ADDRESS = "This is no web address. Write one like www.example.org/course."
NOT_OPEN = "Write an address of the open web, like https://www.example.org/course."
INSIDE = {
    "http://2130706433/": NO_ADDRESS,
    "http://0177.0.0.1/": NO_ADDRESS,
    "http://017700000001/": NO_ADDRESS,
    "http://0x7f000001/": NO_ADDRESS,
    "http://127.1/": NO_ADDRESS,
    "http://127.0.0.1/": NOT_OPEN,
    "http://localhost/": NOT_OPEN,
    "http://[::1]/": NOT_OPEN,
    "http://[::ffff:127.0.0.1]/": NOT_OPEN,
    "http://[::ffff:7f00:1]/": NOT_OPEN,
    "http://10.0.0.8:8080/": NOT_OPEN,
}
TITLE = "Welding for beginners"
CLOSED = (
    f"The link of “{TITLE}” does not lead to the open web, so we did not open it."
    " Please look at it."
)
BROKEN = f"The link of “{TITLE}” does not work any more. Please look at it."
PILL = '<span class="pill pill-late">Look at the link</span>'


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks a name up, or opens a line, fails the test."""

    def never(*place: Any, **more: Any) -> Any:
        raise AssertionError(place)

    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setattr(socket, "create_connection", never)


class Web:
    """Names with their addresses; every site answers with one number."""

    def __init__(self, *found: str, status: int = 200) -> None:
        self.found, self.status = list(found), status
        self.known: list[str] = []
        self.asked: list[str] = []

    def resolve(self, host: str, port: int) -> list[str]:
        self.known.append(host)
        return [self.found.pop(0)]

    def ask(self, target: Target, method: str) -> Answer:
        self.asked.append(target.ip)
        return Answer(self.status, "")

    def check(self, weeks: float = 0) -> int:
        now = timezone.now() + weeks * WEEK
        return actions.check_links(now=now, resolve=self.resolve, ask=self.ask)


def status(client: Client, site: SimpleNamespace) -> str:
    """The partner's own page of the first offer."""
    return text_of(client.get(at(site, "offer_status", key(1))))


@pytest.mark.parametrize("url", INSIDE)
def test_a_link_inside_is_not_taken(client: Client, site: SimpleNamespace, url: str) -> None:
    """The sentence stands on top and beside the field, with what was typed; nothing is sent."""
    written(site)
    address = at(site, "offer_write", key(1), "how")
    form = {**HOW, "apply_by": "link", "apply_link": url}
    response = client.post(address, form)
    page = text_of(response)
    assert response.status_code == 422
    assert (page.count(INSIDE[url]), page.count(f'value="{url}"')) == (2, 1)
    if INSIDE[url] == NO_ADDRESS:
        assert text(Offer.objects.get())["apply_link"] == "https://college.example/welding"
        return
    response = client.post(at(site, "offer_write", key(1), "check"), REST)
    assert response.status_code == 422
    assert NOT_OPEN in text_of(response)
    assert not OfferReview.objects.exists()


@pytest.mark.parametrize("url", INSIDE)
def test_a_website_inside_is_not_taken(site: SimpleNamespace, url: str) -> None:
    form = {"place": "Harbour", "language": "en", "website": url}
    response = client_of(site.anna).post(at(site, "partner_page"), form)
    page = text_of(response)
    assert response.status_code == 422
    assert (page.count(INSIDE[url]), page.count(f'value="{url}"')) == (2, 1)
    site.partner.refresh_from_db()
    assert site.partner.website == "https://harbour-college.example"


@pytest.mark.parametrize("url", [*INSIDE, "http://inside.example/"])
def test_the_partner_reads_that_a_link_leads_inside(
    client: Client, site: SimpleNamespace, url: str
) -> None:
    """One that is on the site already is not opened; a name that is known inside is neither."""
    offer, web = live(site), Web("127.0.0.1")
    Offer.objects.filter(pk=offer.pk).update(apply_link=url)
    assert CLOSED not in status(client, site)
    assert (web.check(), fresh(offer).link_state, web.asked) == (1, "closed", [])
    assert web.known == (["inside.example"] if "example" in url else [])
    for name in ("ed", "vic"):
        page = status(client_of(getattr(site, name)), site)
        assert (page.count(CLOSED), page.count(PILL)) == (1, 1)
    assert text_of(client.get(at(site, "partner_home"))).count(PILL) == 1
    assert (told(site.ed)[-1], told(site.anna)[-1]) == (CLOSED, CLOSED)
    assert CLOSED not in [*told(site.vic), *told(site.reviewer)]
    public = text_of(Client().get(place("offer", slug_of(offer))))
    assert "does not lead to the open web" not in public


def test_a_name_that_has_changed_its_mind_since(client: Client, site: SimpleNamespace) -> None:
    """Public at first, inside a week later: it is not opened again, and told once."""
    offer, web = live(site), Web(PUBLIC, "127.0.0.1", "::ffff:127.0.0.1")
    assert (web.check(0), CLOSED in status(client, site), web.asked) == (1, False, [PUBLIC])
    for weeks in (1, 2):
        assert (web.check(weeks), status(client, site).count(CLOSED)) == (1, 1)
    assert (web.asked, web.found) == ([PUBLIC], [])
    assert told(site.ed).count(CLOSED) == 1
    actions.save_offer(member=site.ed, offer=offer, values={"apply_link": "https://new.example/"})
    review = actions.send_offer(member=site.ed, offer=offer)
    assert status(client, site).count(CLOSED) == 1
    revision = review.revision_id
    actions.publish_offer(member=site.reviewer, review=review, revision_id=revision)
    page = status(client, site)
    assert (CLOSED in page, PILL in page) == (False, False)


def test_a_broken_link_stands_on_the_page_until_it_works(
    client: Client, site: SimpleNamespace
) -> None:
    offer, web = live(site), Web(*[PUBLIC] * 3, status=404)
    assert (web.check(0), BROKEN in status(client, site)) == (1, False)
    assert (web.check(1), status(client, site).count(BROKEN)) == (1, 1)
    assert told(site.ed)[-1] == BROKEN
    web.status = 200
    assert (web.check(2), BROKEN in status(client, site)) == (1, False)
    Offer.objects.filter(pk=offer.pk).update(link_state="closed")
    actions.end_offer(member=site.ed, offer=offer)
    assert CLOSED not in status(client, site)
